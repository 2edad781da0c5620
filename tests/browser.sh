#!/usr/bin/env bash
# The sample's report in headless Chromium: it renders, the filter filters, nothing is printed to the console and no request
# leaves the file. Installs Chromium (Debian) and a driver (npm) where they are missing.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v chromium >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp tests/browser.mjs "$work/"
(cd "$work" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund playwright-core@1.65.1 axe-core@4.14.1)
cargo build --locked --bin lastday
code=0
target/debug/lastday audit samples/acme --out "$work/result" --quiet || code=$?
[ "$code" -eq 4 ] || { echo "the sample ended with $code instead of 4"; exit 1; }
(cd "$work" && node browser.mjs "$work/result/report.html")
