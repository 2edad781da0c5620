"""Opens evidence.xlsx in a running LibreOffice, recalculates it and compares the cover with summary.json; then the working paper of a sample."""

import csv
import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.FormulaResult import ERROR
from com.sun.star.table.CellContentType import FORMULA


def connected(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
    sys.exit("LibreOffice did not start within a minute")


pipe, result, sample = sys.argv[1:]
summary = json.load(open(f"{result}/summary.json"))
context = connected(pipe)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
book = desktop.loadComponentFromURL(f"file://{result}/evidence.xlsx", "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
book.calculateAll()

sheets = {name: book.Sheets.getByName(name) for name in book.Sheets.ElementNames}
assert list(sheets) == ["cover", "revocations", "findings", "controls", "maturity", "reconciliation", "rejects", "joiners", "movers", "matches", "accounts"], list(sheets)

formulas = 0
for name, sheet in sheets.items():
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    for row in range(cursor.RangeAddress.EndRow + 1):
        for column in range(min(cursor.RangeAddress.EndColumn + 1, 26)):
            cell = sheet.getCellByPosition(column, row)
            if cell.Type == FORMULA:
                formulas += 1
                assert cell.FormulaResultType2 != ERROR, f"{name}: an error in row {row + 1}, column {column + 1}"
assert formulas >= 10, f"only {formulas} formulas"

cover = {}
for row in range(60):
    label = sheets["cover"].getCellByPosition(0, row).String
    cover[label] = sheets["cover"].getCellByPosition(1, row).Value
for outcome in ["on_time", "late", "open", "pending", "undetermined"]:
    assert cover["revocations: " + outcome.replace("_", " ")] == summary["counts"][outcome], outcome
assert cover["Accounts of all systems"] == summary["counts"]["accounts"]

# Times are times, and durations are durations.
rows = sheets["revocations"]
head = {rows.getCellByPosition(column, 0).String: column for column in range(26)}
cell = rows.getCellByPosition(head["revoked_at (UTC)"], 1)
assert cell.Value > 45000 and cell.String.startswith("2026-"), cell.String
assert rows.getCellByPosition(head["target (h:mm:ss)"], 1).String == "1:00:00"
book.close(True)

# The working paper: no formula, and each row of it as the CSV file has it.
book = desktop.loadComponentFromURL(f"file://{sample}/leaver-test.xlsx", "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
assert list(book.Sheets.ElementNames) == ["cover", "leaver-test", "selection"], book.Sheets.ElementNames
paper = book.Sheets.getByName("leaver-test")
written = list(csv.DictReader(open(f"{sample}/leaver-test.csv", encoding="utf-8")))
head = {paper.getCellByPosition(column, 0).String: column for column in range(60)}
for row, expected in enumerate(written, start=1):
    for name in ["person_id", "person", "system", "login", "verdict", "evidence_at", "departed_on"]:
        cell = paper.getCellByPosition(head[name], row)
        assert cell.Type != FORMULA and cell.String == expected[name], (name, row, cell.String, expected[name])
    assert paper.getCellByPosition(head["departed_at (UTC)"], row).Value > 45000
    seconds = expected["latency_seconds"]
    if seconds:
        assert abs(paper.getCellByPosition(head["latency_hours"], row).Value - int(seconds) / 3600) < 1e-6
book.close(True)
try:
    desktop.terminate()
except Exception:
    pass
print(f"LibreOffice: {len(sheets)} sheets, {formulas} formulas agree with the summary; the working paper has {len(written)} rows")
