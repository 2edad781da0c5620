#!/usr/bin/env bash
# The sample's workbook in LibreOffice: it opens, every formula is calculated anew and gives what summary.json says, and no
# cell holds an error. Installs LibreOffice Calc and its Python bridge (Debian) where they are missing.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v soffice >/dev/null || ! /usr/bin/python3 -c 'import uno' 2>/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc python3-uno >/dev/null
fi
work=$(mktemp -d)
office=
trap '[ -z "$office" ] || kill "$office" 2>/dev/null || true; rm -rf "$work"' EXIT
cargo build --locked --bin lastday
code=0
target/debug/lastday audit samples/acme --out "$work/result" --quiet || code=$?
[ "$code" -eq 4 ] || { echo "the sample ended with $code instead of 4"; exit 1; }
code=0
target/debug/lastday sample samples/acme --size 10 --seed office --by department --out "$work/sample" --quiet >/dev/null || code=$?
[ "$code" -eq 4 ] || { echo "the sample of leavers ended with $code instead of 4"; exit 1; }
soffice --headless --norestore "-env:UserInstallation=file://$work/profile" \
  "--accept=pipe,name=lastday-$$;urp;" >/dev/null 2>&1 &
office=$!
/usr/bin/python3 tests/office.py "lastday-$$" "$work/result" "$work/sample"
