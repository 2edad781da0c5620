#!/usr/bin/env bash
# The tool against an independent computation of the same tables in SQL (benches/peers/oracle.py, by DuckDB), row by row, on companies
# made by examples/generate: one of 20,000 people, one whose logs come in parts that overlap, and one whose people sign in to some
# systems through another, with a dump that gives the time of the newest change only.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0
cargo build --locked --example generate --bin lastday
check() {
  name=$1
  shift
  target/debug/examples/generate "$work/$name" "$@"
  target/debug/lastday audit "$work/$name" --out "$work/$name-result" --quiet
  "$work/venv/bin/python" benches/peers/agree.py "$work/$name" "$work/$name-result"
}
check company --people 20000 --systems 6 --events-per-account 10 --seed 7
check parts --people 3000 --systems 6 --events-per-account 10 --seed 8 --files 3 --overlap 500
check bounds --people 8000 --systems 6 --events-per-account 10 --seed 9 --bounds 1
