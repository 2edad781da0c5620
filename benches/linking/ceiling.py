"""What names alone can give: a classifier that is told the truth, beside which a method that is not can be read.

    .venv/bin/pip install scikit-learn jellyfish
    .venv/bin/python benches/linking/ceiling.py

Gradient boosting on the similarities and frequencies of given name and surname, trained on four fifths of the accounts and their
true people, asked about the other fifth, five times over. For each account the likeliest person competes with the others. Printed:
the recall at which the precision is still 0.999, and the recall if everybody's likeliest person were taken.
"""

import collections

import jellyfish
import numpy
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from evaluate import febrl

SHARED_BY = 400


def keys(given, surname):
    found = set()
    for word in filter(None, (given, surname)):
        found |= {("start", word[:3]), ("sound", jellyfish.metaphone(word)), ("end", word[-3:]), ("all", word)}
        found |= {("all", word[:i] + word[i + 1 :]) for i in range(len(word))}
    if given and surname:
        found.add(("initials", given[0], surname[0]))
    return found


def compared(a, b, frequencies, people):
    if not a or not b:
        return [-1.0] * 5
    rarity = [numpy.log(max(frequencies[word], 0.5) / people) for word in (a, b)]
    return [jellyfish.jaro_winkler_similarity(a, b), jellyfish.damerau_levenshtein_distance(a, b), *rarity, min(len(a), len(b))]


def ceiling(number):
    people, accounts = ([(r["given"].lower(), r["surname"].lower(), r["key"]) for r in side] for side in febrl(number))
    frequencies = [collections.Counter(person[part] for person in people) for part in (0, 1)]
    blocks = collections.defaultdict(set)
    for place, (given, surname, _) in enumerate(people):
        for key in keys(given, surname):
            blocks[key].add(place)
    pairs, true, group = [], [], []
    for place, (given, surname, own) in enumerate(accounts):
        near = set().union(*(blocks[key] for key in keys(given, surname) if len(blocks[key]) < SHARED_BY))
        for candidate in sorted(near):
            g, s, key = people[candidate]
            turned = [jellyfish.jaro_winkler_similarity(*words) if all(words) else -1.0 for words in ((given, s), (surname, g))]
            levels = compared(given, g, frequencies[0], len(people)) + compared(surname, s, frequencies[1], len(people))
            pairs.append(levels + turned)
            true.append(key == own)
            group.append(place)
    pairs, true, group = numpy.array(pairs), numpy.array(true), numpy.array(group)
    odds = numpy.zeros(len(pairs))
    for taught, asked in GroupKFold(5).split(pairs, true, group):
        model = HistGradientBoostingClassifier(max_iter=200, learning_rate=0.08, random_state=0).fit(pairs[taught], true[taught])
        chance = model.predict_proba(pairs[asked])[:, 1]
        odds[asked] = chance / (1.0 - chance + 1e-9)
    best = []
    for place in range(len(accounts)):
        own = numpy.where(group == place)[0]
        if len(own):
            first = own[odds[own].argmax()]
            best.append((odds[first] / (1.0 + odds[own].sum()), bool(true[first])))
    right = taken = 0
    recall = 0.0
    for _, correct in sorted(best, reverse=True):
        taken, right = taken + 1, right + correct
        if right / taken >= 0.999:
            recall = right / len(accounts)
    print(f"FEBRL {number}: recall {recall:.3f} at a precision of 0.999; {right / len(accounts):.3f} if everybody's likeliest is taken")


if __name__ == "__main__":
    for number in (1, 2, 3, 4):
        ceiling(number)
