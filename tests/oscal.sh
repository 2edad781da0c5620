#!/usr/bin/env bash
# The OSCAL files of the sample and of a made-up company, by compliance-trestle: it imports and validates them, and tests/oscal.py holds them against the
# other files of the result. Installs compliance-trestle into an environment of its own under target/tools/ where it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
version=5.2.0
env=target/tools/trestle
if ! "$env/bin/trestle" version 2>/dev/null | grep -q "v$version"; then
  rm -rf "$env"
  python3 -m venv "$env"
  "$env/bin/pip" install --quiet --disable-pip-version-check "compliance-trestle==$version"
fi
tools=$PWD/$env/bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build --locked --example generate --bin lastday
code=0
target/debug/lastday audit samples/acme --out "$work/sample" --quiet || code=$?
[ "$code" -eq 4 ] || { echo "the sample ended with $code instead of 4"; exit 1; }
seed=${SEED:-$RANDOM}
echo "a company by seed $seed"
target/debug/examples/generate "$work/case" --people 3000 --systems 6 --events-per-account 10 --seed "$seed"
target/debug/lastday audit "$work/case" --out "$work/company" --quiet
mkdir "$work/workspace"
cd "$work/workspace"
"$tools/trestle" init --local >/dev/null
for result in sample company; do
  for kind in assessment-results assessment-plan; do
    "$tools/trestle" import --file "$work/$result/oscal-$kind.json" --output "$result" >/dev/null
    "$tools/trestle" validate --type "$kind" --name "$result"
  done
  "$tools/python" "$OLDPWD/tests/oscal.py" "$work/$result"
done
