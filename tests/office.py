"""Opens evidence.xlsx in a running LibreOffice, recalculates it and compares the cover with summary.json."""

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


pipe, result = sys.argv[1:]
summary = json.load(open(f"{result}/summary.json"))
context = connected(pipe)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
book = desktop.loadComponentFromURL(f"file://{result}/evidence.xlsx", "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
book.calculateAll()

sheets = {name: book.Sheets.getByName(name) for name in book.Sheets.ElementNames}
assert list(sheets) == ["cover", "revocations", "findings", "reconciliation", "rejects", "joiners", "movers", "matches", "accounts"], list(sheets)

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
try:
    desktop.terminate()
except Exception:
    pass
print(f"LibreOffice: {len(sheets)} sheets, {formulas} formulas agree with the summary")
