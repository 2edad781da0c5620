"""Runs the tool and its peers on the same case, whole processes in turn, and prints a table of wall time, CPU time and peak memory.

run.py LASTDAY CASE_DIR [--rounds N] [--only NAME,NAME]

Every figure is the operating system's own account of the process and its children (wait4); each is the median of the rounds, in which
all contestants take their turn one after the other, so that a busy spell of the machine meets them all. The floor is what any answer
that cites its inputs must do: read every byte, and take the SHA-256 of every file, both with two processes at once.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def measured(command):
    """Wall time in s, CPU time in s, peak resident memory in MB, of a process that must succeed."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 4):
        sys.exit(f"{' '.join(map(str, command))} ended with {code}\n{errors.decode(errors='replace')[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def contestants(tool, case, work):
    names = work / "files"
    names.write_bytes(b"".join(os.fsencode(p) + b"\0" for p in sorted(case.iterdir()) if p.is_file()))
    each = lambda command: ["xargs", "--null", "--arg-file", str(names), "--max-args", "1", "--max-procs", "2", command]
    return {
        "lastday audit": [tool, "audit", str(case), "--out", str(work / "result"), "--quiet"],
        "lastday audit --no-population": [tool, "audit", str(case), "--out", str(work / "result-without"), "--quiet", "--no-population"],
        "DuckDB by hand": [sys.executable, str(HERE / "peer.py"), str(case), str(work / "duckdb.csv")],
        "Polars by hand": [sys.executable, str(HERE / "peer_polars.py"), str(case), str(work / "polars.csv")],
        "floor: read every byte": each("cat"),
        "floor: SHA-256 of every file": [sys.executable, str(HERE / "floor.py"), str(case)],
    }


def main():
    args = sys.argv[1:]
    option = lambda name, default: args[args.index(name) + 1] if name in args else default
    if len(args) < 2:
        sys.exit(__doc__)
    tool, case = str(Path(args[0]).resolve()), Path(args[1]).resolve()
    rounds, only = int(option("--rounds", "3")), option("--only", "")
    work = Path(tempfile.mkdtemp(prefix="lastday-bench-", dir=option("--work", None)))
    try:
        all_of = contestants(tool, case, work)
        chosen = {n: c for n, c in all_of.items() if not only or any(o in n for o in only.split(","))}
        taken = {name: [] for name in chosen}
        for number in range(rounds):
            for name, command in chosen.items():
                taken[name].append(measured(command))
                wall, cpu, memory = taken[name][-1]
                print(f"round {number + 1}: {name}: {wall:.2f} s, {cpu:.2f} s CPU, {memory:.0f} MB", file=sys.stderr)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    size = sum(p.stat().st_size for p in case.iterdir() if p.is_file())
    middle = {name: [statistics.median(column) for column in zip(*runs)] for name, runs in taken.items()}
    base = next(iter(middle.values()))
    print(f"{size / 1e9:.2f} GB, median of {rounds} rounds, {os.cpu_count()} cores\n")
    print("| work | wall | CPU | peak memory | wall, the tool's = 1 |")
    print("|---|---:|---:|---:|---:|")
    for name, (wall, cpu, memory) in middle.items():
        print(f"| {name} | {wall:.2f} s | {cpu:.2f} s | {memory:,.0f} MB | {wall / base[0]:.2f} |")


if __name__ == "__main__":
    main()
