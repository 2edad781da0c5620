#!/usr/bin/env bash
# The sample's report.pdf as another program reads it: it is tagged, every page has its number and the case's hash, every leaver, finding
# and rule stands in its text; under pseudonyms no name and no address does. What a program can tell of PDF/UA-1 holds, by outloud (which is no veraPDF, and
# knows nothing of PDF/A), of the report and of the sheet of a leaver. Installs poppler's tools (Debian), and outloud into an environment of its own under
# target/tools/, where they are missing.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v pdftotext >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends poppler-utils >/dev/null
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build --locked --bin lastday
code=0
target/debug/lastday audit samples/acme --out "$work/result" --quiet || code=$?
[ "$code" -eq 4 ] || { echo "the sample ended with $code instead of 4"; exit 1; }
version=0.2.1
env=target/tools/outloud
if ! "$env/bin/pip" show outloud 2>/dev/null | grep -q "^Version: $version$"; then
  rm -rf "$env"
  python3 -m venv "$env"
  "$env/bin/pip" install --quiet --disable-pip-version-check "outloud==$version"
fi
code=0
target/debug/lastday leaver E1023 samples/acme --out "$work/leaver.pdf" --quiet >/dev/null || code=$?
[ "$code" -eq 1 ] || { echo "the test of a leaver ended with $code instead of 1"; exit 1; }
# The other layer of that program guesses at what is a table or a footer from how it looks.
"$env/bin/outloud" --layer conformance --fail-on error --quiet "$work/result/report.pdf" "$work/leaver.pdf"
target/debug/lastday pack "$work/result" --case samples/acme --redact "$work/key.json" --out "$work/redacted.zip" --quiet
python3 - "$work" <<'P'
import csv, json, re, subprocess, sys, zipfile
from pathlib import Path

work = Path(sys.argv[1])

def read(pdf):
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return dict(line.split(":", 1) for line in info.splitlines() if ":" in line), text

def squeezed(text):
    # At the end of a line pdftotext takes a hyphen for a sign of division.
    return re.sub(r"[\s-]+", "", text)

def rows(name):
    with open(work / "result" / name, newline="") as file:
        return list(csv.DictReader(file))

# The structure that a screen reader walks through: pictures, contents, chapters, and every heading cell says what it heads.
tree = subprocess.run(["pdfinfo", "-struct", work / "result/report.pdf"], capture_output=True, text=True, check=True).stdout
tags = [line.strip() for line in tree.splitlines()]
heads, figures = sum(tag.startswith("TH ") for tag in tags), sum(tag.startswith("Figure") for tag in tags)
assert heads > 100 and heads == sum(tag.startswith("/Scope") for tag in tags), heads
assert figures > 30, figures
assert "TOC" in tags and sum(tag.startswith("H1") for tag in tags) > 5, "no contents, or no chapters"

info, text = read(work / "result/report.pdf")
pages = int(info["Pages"])
assert info["Tagged"].strip() == "yes" and "A4" in info["Page size"], info
case = json.load(open(work / "result/manifest.json"))["case_file"]["sha256"]
flat = squeezed(text)
assert case in flat, "the case's hash"
for number, page in enumerate(text.split("\f")[:pages], 1):
    assert f"{number} of {pages}" in page and f"case {case[:16]}" in page, f"page {number}: {page[:200]}"
wanted = {row["person"] for row in rows("revocations.csv")} | {row["finding_id"] for row in rows("findings.csv")}
wanted |= {row["rule"] for row in rows("findings.csv")} | {row["evidence_at"].split("; ")[0] for row in rows("findings.csv")}
missing = sorted(word for word in wanted if squeezed(word) not in flat)
assert len(wanted) > 100 and not missing, f"not in the document: {missing}"

with zipfile.ZipFile(work / "redacted.zip") as pack:
    name = next(name for name in pack.namelist() if name.endswith("report.pdf"))
    (work / "redacted.pdf").write_bytes(pack.read(name))
_, redacted = read(work / "redacted.pdf")
hidden = " ".join(redacted.split())
secret = set()
for file in ("accounts.csv", "revocations.csv"):
    for row in rows(file):
        secret |= {row[column] for column in ("email", "person") if row.get(column)}
told = sorted(word for word in secret if re.search(rf"\b{re.escape(word)}\b", hidden) or "@" in word and squeezed(word) in squeezed(redacted))
assert len(secret) > 100 and not told, f"under pseudonyms, and still there: {told[:10]}"
print(f"report.pdf: {pages} pages, {len(wanted)} texts found; none of {len(secret)} names and addresses under pseudonyms")
P
