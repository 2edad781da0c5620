#!/usr/bin/env bash
# The tool beside its peers on one made-up case: builds both, installs the peers into a folder of their own, makes the case, prints the table.
#
#   benches/peers/run.sh [PEOPLE [EVENTS_PER_ACCOUNT [ROUNDS [more options of examples/generate]]]]
#
# Without arguments: one million people, six million accounts, sixty million events, 4.1 GB; three rounds. WORK names the folder (default:
# target/bench), which keeps the case for the next time.
set -euo pipefail
cd "$(dirname "$0")/../.."
people=${1:-1000000} events=${2:-10} rounds=${3:-3}
more=("${@:4}")
[ ${#more[@]} -gt 0 ] || more=(--sized 1)
work=${WORK:-target/bench}
mkdir -p "$work"
if [ ! -x "$work/venv/bin/python" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0 polars==2.1.0
fi
cargo build --locked --release --bin lastday --example generate
built=${CARGO_TARGET_DIR:-target}/release
case="$work/case-$people-$events-$(printf %s "${more[*]}" | tr -c 'a-z0-9' '-')"
if [ ! -f "$case.done" ]; then
  rm -rf "$case"
  "$built/examples/generate" "$case" --people "$people" --systems 6 --events-per-account "$events" --seed 11 "${more[@]}"
  touch "$case.done"
fi
"$work/venv/bin/python" benches/peers/run.py "$built/lastday" "$case" --rounds "$rounds" --work "$work"
