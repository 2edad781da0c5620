"""Compares a result of `lastday audit` with the independent computation of oracle.py.

agree.py CASE_DIR RESULT_DIR [--examples N]

Row by row: who, which account, departure, outcome, instant, latency, bounds, target, uses, the counts, the percentiles of the latency. Exit 1 on any
difference. What the contract leaves open (evidence word, exposure, share) is shown as a note and never fails.
A log-only account has no id in any dump, so its row is found by person and system, and its id is only noted.
"""

import csv
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import oracle

HARD = (
    "departed_at outcome revoked_at latency_seconds revoked_before revoked_after target_seconds uses_after_departure login"
).split()
SOFT = ["exposure_seconds", "evidence"]


def short(row):
    keep = "person_id system account_id departed_at revoked_at revoked_after revoked_before latency_seconds outcome uses_after_departure"
    return " ".join(f"{key}={row[key]}" for key in keep.split() if row.get(key))


def same(field, ours, theirs):
    if field in ("latency_seconds", "target_seconds", "uses_after_departure", "exposure_seconds"):
        return (float(ours) if ours else None) == (float(theirs) if theirs else None)
    return ours == theirs


def close(a, b):
    return a is not None and b is not None and abs(a - b) < 1e-4


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    limit = int(sys.argv[sys.argv.index("--examples") + 1]) if "--examples" in sys.argv else 5
    if len(args) < 2:
        sys.exit(__doc__)
    case_dir, result_dir = args[0], Path(args[1])
    con, summary = oracle.compute(case_dir)
    ours = oracle.rows(con)
    with open(result_dir / "revocations.csv", encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        theirs = list(reader)
        missing_columns = [c for c in [*HARD, *SOFT, "person_id", "system", "account_id"] if c not in reader.fieldnames]

    hard, soft = defaultdict(list), defaultdict(list)
    counted, noted = Counter(), Counter()

    def difference(kind, text, fails=True):
        (counted if fails else noted)[kind] += 1
        examples = (hard if fails else soft)[kind]
        if len(examples) < limit:
            examples.append(text)

    for column in missing_columns:
        difference("column missing", column)
    by_key, by_person = defaultdict(list), defaultdict(list)
    for number, row in enumerate(theirs):
        by_key[row["person_id"], row["system"], row["account_id"]].append(number)
        by_person[row["person_id"], row["system"]].append(number)
    taken, compared = set(), 0
    for row in ours:
        key = (row["person_id"], row["system"], row["account_id"])
        found = [n for n in by_key.get(key, []) if n not in taken]
        if not found and row["log_only"] == "True":
            known = [n for n in by_person.get(key[:2], []) if n not in taken]
            found = known if len(by_person.get(key[:2], [])) == 1 else []
            if found:
                difference("id of a log-only account", f"oracle {row['account_id']}, tool {theirs[found[0]]['account_id']}", False)
        if not found:
            kind = "log-only account" if row["log_only"] == "True" else row["outcome"]
            difference(f"row only in the oracle ({kind})", short(row))
            continue
        number = found[0]
        taken.add(number)
        compared += 1
        other = theirs[number]
        for field in HARD:
            if field == "login" and row["log_only"] == "True" or field not in other:
                continue
            bounds = field in ("revoked_after", "revoked_before")
            if bounds and not row["revoked_before"] and row["outcome"] in ("open", "pending", "undetermined"):
                # Nothing shows an end: how the still usable side is written is open.
                if not same(field, row[field], other[field]):
                    difference(f"{field} of an account without an end ({row['outcome']})", f"tool {other[field]} in {short(row)}", False)
                continue
            if field == "revoked_after" and not row[field] and other[field] and row["revoked_before"] and other[field] < row["departed_at"]:
                # Nothing shows when it was last usable: that it was later than its creation is true as well, and decides nothing.
                difference("revoked_after from the creation only", f"tool {other[field]} in {short(row)}", False)
                continue
            if not same(field, row[field], other[field]):
                kind = f"outcome {row['outcome']} -> {other[field]}" if field == "outcome" else field
                difference(kind, f"oracle {row[field] or '(empty)'}, tool {other[field] or '(empty)'}\n      oracle: {short(row)}\n      "
                                 f"tool:   {short(other)} evidence={other.get('evidence')} {other.get('evidence_at', '')[:120]}")
        if row["exposure_seconds"] and not same("exposure_seconds", row["exposure_seconds"], other.get("exposure_seconds", "")):
            difference(f"exposure_seconds ({row['outcome']})", f"oracle {row['exposure_seconds']}, tool {other.get('exposure_seconds')}: {short(row)}", False)
        if row["revoked_before"] or row["revoked_at"]:
            if row["evidence"] != other.get("evidence", ""):
                difference("evidence", f"oracle {row['evidence']}, tool {other.get('evidence')}: {short(row)}", False)
    for number, row in enumerate(theirs):
        if number not in taken:
            difference(f"row only in the tool ({row['outcome']})", short(row))

    found = json.loads((result_dir / "summary.json").read_text(encoding="utf-8"))
    for name, value in summary["counts"].items():
        if found.get("counts", {}).get(name) != value:
            hint = f" (of ours, {summary['other']['log_only_accounts']} are log-only)" if name == "accounts" else ""
            difference("counts", f"{name}: oracle {value}, tool {found.get('counts', {}).get(name)}{hint}")
    latency, other = found.get("latency", {}), summary["other"]
    names = [f"{p}_{bound}seconds" for p in ("median", "p90", "p95") for bound in ("", "after_", "before_")]
    for name in [*names, "max_seconds"]:
        if summary["latency"][name] != latency.get(name):
            difference("latency", f"{name}: oracle {summary['latency'][name]}, tool {latency.get(name)}")
    ways = {"on_time/(on_time+late+open)": summary["latency"]["within_target_share"]}
    ways |= {k: v for k, v in other.items() if k.startswith("share_")}
    fits = [way for way, value in ways.items() if close(value, latency.get("within_target_share"))]
    difference("within_target_share", f"tool {latency.get('within_target_share')}, fits {fits or 'none'} of {ways}", False)

    for kind in sorted(soft, key=lambda kind: -noted[kind]):
        print(f"note: {kind}: {noted[kind]}")
        for text in soft[kind]:
            print(f"    {text}")
    for kind in sorted(hard, key=lambda kind: -counted[kind]):
        print(f"DIFFERENT: {kind}: {counted[kind]}")
        for text in hard[kind]:
            print(f"    {text}")
    outcomes = Counter(row["outcome"] for row in ours)
    print(f"compared {compared} rows of {len(ours)} in the oracle and {len(theirs)} in the tool's result; "
          f"outcomes {dict(sorted(outcomes.items()))}; {sum(counted.values())} differences")
    sys.exit(1 if counted else 0)


if __name__ == "__main__":
    main()
