"""The peer: Fellegi-Sunter by the ECM classifier of the Python package recordlinkage, on the same columns.

Names are split at the first blank and compared by Jaro-Winkler (0.92), place and day for equality, login with the login that
`first.last` and `flast` would give. Of an account's matches the one with the highest probability counts.
"""

import pandas
import recordlinkage


def frame(path, key):
    table = pandas.read_csv(path, dtype=str, keep_default_na=False).set_index(key)
    parts = table["name"].str.split(" ", n=1, expand=True)
    table["given"], table["surname"] = parts[0], parts[1] if 1 in parts else ""
    return table.replace("", None)


def ecm(folder, people, accounts, form):
    left, right = frame(folder / "accounts.csv", "account_id"), frame(folder / "people.csv", "person_id")
    right["login"] = (right["given"].str.lower() + "." + right["surname"].str.lower()).fillna("")
    index = recordlinkage.Index()
    for column in ("given", "surname"):
        index.block(column)
    if form == "full":
        index.block("start_at")
    pairs = index.index(left, right)
    compare = recordlinkage.Compare()
    compare.string("given", "given", method="jarowinkler", threshold=0.92)
    compare.string("surname", "surname", method="jarowinkler", threshold=0.92)
    compare.string("login", "login", method="jarowinkler", threshold=0.9)
    if form == "full":
        compare.exact("location", "location")
        compare.exact("start_at", "start_at")
    vectors = compare.compute(pairs, left, right).astype(int)
    classifier = recordlinkage.ECMClassifier(init="jaro", atol=1e-4)
    classifier.fit(vectors)
    chance = pandas.Series(classifier.prob(vectors), index=vectors.index)
    best = chance[chance >= 0.5].groupby(level=0).idxmax()
    listed = {"P" + p["key"] for p in people}
    own = {f"a{place}": "P" + a["key"] for place, a in enumerate(accounts)}
    right_ones = sum(own[account] == person for account, person in best)
    linkable = sum(person in listed for person in own.values())
    return {
        "linked": len(best),
        "wrong": len(best) - right_ones,
        "precision": round(right_ones / len(best), 4) if len(best) else None,
        "recall": round(right_ones / linkable, 4),
    }
