"""Linking at scale: time, memory, precision and recall on cases of examples/names.rs, whose truth is known.

    cargo build --release --locked --bin lastday --example names
    python3 benches/linking/scale.py target/release 20000 200000 1000000
"""

import csv
import json
import pathlib
import os
import subprocess
import sys
import tempfile
import time


def measure(programs, people):
    with tempfile.TemporaryDirectory() as folder:
        case, out = pathlib.Path(folder) / "case", pathlib.Path(folder) / "out"
        subprocess.run([programs / "examples/names", case, "--people", str(people)], check=True)
        start = time.monotonic()
        ran = subprocess.Popen([programs / "lastday", "audit", case, "--out", out, "--quiet"])
        _, status, used = os.wait4(ran.pid, 0)
        wall = time.monotonic() - start
        if status not in (0, 4 << 8):
            sys.exit(f"lastday ended with {status}")
        truth = csv.reader(open(case / "truth.csv", encoding="utf-8"))
        next(truth)
        found = csv.DictReader(open(out / "accounts.csv", encoding="utf-8"))
        whose = {(system[1:], account[1:]): person for system, account, person in truth}
        counts = dict.fromkeys(("accounts", "without_key", "linked", "wrong", "disputed", "held", "true"), 0)
        for row in found:
            counts["accounts"] += 1
            own = whose[row["system"][1:], row["account_id"][1:]]
            if row["match_rule"] in ("person_id", "email"):
                continue
            counts["without_key"] += 1
            counts["true"] += own != ""
            if row["situation"] == "linked":
                counts["linked"] += 1
                counts["wrong"] += row["person_id"] != own
            elif row["situation"] == "disputed" and own:
                counts["disputed"] += 1
                counts["held"] += own in row["person_id"].split("; ")[:3]
        right = counts["linked"] - counts["wrong"]
        return {
            "people": people,
            **counts,
            "precision": round(right / max(1, counts["linked"]), 5),
            "recall": round(right / max(1, counts["true"]), 4),
            "wall_s": round(wall, 1),
            "cpu_s": round(used.ru_utime + used.ru_stime, 1),
            "peak_mb": used.ru_maxrss // 1024,
        }


if __name__ == "__main__":
    for people in map(int, sys.argv[2:]):
        print(json.dumps(measure(pathlib.Path(sys.argv[1]), people)), flush=True)
