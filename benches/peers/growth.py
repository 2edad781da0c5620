"""Time and memory of the tool as a case grows, whole processes by the operating system's own account (wait4), as tables.

growth.py LASTDAY GENERATE [--rounds N] [--work DIR]

Four series, each with one thing that changes: people (accounts and events in proportion), events for each account, the number of files
that the same events lie in, and the number of systems whose logs are NDJSON in a vendor's shape. Cases are made by examples/generate and
removed again. Each figure is the median of the rounds, in which all cases of a series take their turn one after the other.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from run import measured

SERIES = {
    "people (6 systems, 10 events for each account)": [
        (f"{people:,}", ["--people", str(people), "--systems", "6", "--events-per-account", "10", "--sized", "1"])
        for people in (20_000, 60_000, 200_000, 600_000)
    ],
    "events for each account (20,000 people, 6 systems)": [
        (f"{events}", ["--people", "20000", "--systems", "6", "--events-per-account", str(events), "--sized", "1"])
        for events in (10, 30, 100, 300)
    ],
    "files that the log of each system lies in (20,000 people, 6 systems, 100 events for each account)": [
        (f"{files:,}", ["--people", "20000", "--systems", "6", "--events-per-account", "100", "--sized", "1", "--files", str(files)])
        for files in (1, 30, 1000)
    ],
    "systems with a log in NDJSON (the same events in one file or several)": [
        (f"{systems}", ["--people", str(120_000 // systems), "--systems", str(systems), "--events-per-account", "10", "--ndjson", "1"])
        for systems in (1, 6)
    ],
}


def main():
    args = sys.argv[1:]
    option = lambda name, default: args[args.index(name) + 1] if name in args else default
    if len(args) < 2:
        sys.exit(__doc__)
    tool, generate = (str(Path(path).resolve()) for path in args[:2])
    rounds, work = int(option("--rounds", "3")), Path(tempfile.mkdtemp(prefix="lastday-growth-", dir=option("--work", None)))
    try:
        for title, cases in SERIES.items():
            taken = {name: [] for name, _ in cases}
            sizes = {}
            for place, (name, options) in enumerate(cases):
                case = work / f"case-{place}"
                subprocess.run([generate, str(case), "--seed", "11", *options], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                sizes[name] = sum(path.stat().st_size for path in case.iterdir())
            for _ in range(rounds):
                for place, (name, _) in enumerate(cases):
                    command = [tool, "audit", str(work / f"case-{place}"), "--out", str(work / "result"), "--quiet", "--no-pdf"]
                    taken[name].append(measured(command))
            for place in range(len(cases)):
                shutil.rmtree(work / f"case-{place}")
            print(f"| {title} | input | wall | CPU | wall for each GB | peak memory |\n|---|---:|---:|---:|---:|---:|")
            for name, runs in taken.items():
                wall, cpu, memory = (statistics.median(column) for column in zip(*runs))
                size = sizes[name] / 1e9
                print(f"| {name} | {size:.2f} GB | {wall:.1f} s | {cpu:.1f} s | {wall / size:.1f} s | {memory:,.0f} MB |")
            print(flush=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
