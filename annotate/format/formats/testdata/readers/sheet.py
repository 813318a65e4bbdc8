"""Compare a CSV of byline with the spreadsheet that LibreOffice made of it: sheet.py CSV XLSX"""
import csv
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
want = list(csv.reader(open(sys.argv[1], newline="", encoding="utf-8")))
book = zipfile.ZipFile(sys.argv[2])
strings = ["".join(t.text or "" for t in s.iter(main + "t")) for s in tree.fromstring(book.read("xl/sharedStrings.xml"))]
cells = wrong = 0
rows = tree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(main + "row")
for row in rows:
    expected = want[int(row.get("r")) - 1]
    for cell in row.iter(main + "c"):
        column = 0
        for letter in re.match("[A-Z]+", cell.get("r")).group():
            column = 26 * column + ord(letter) - 64
        value = cell.find(main + "v")
        if cell.find(main + "f") is not None:
            print(f"{cell.get('r')} is a formula")
            wrong += 1
        if value is None:
            continue
        got = strings[int(value.text)] if cell.get("t") == "s" else value.text
        same = got == expected[column - 1] or got.replace("_x000D_", "\r") == expected[column - 1]
        try:
            same = same or float(got) == float(expected[column - 1])
        except ValueError:
            pass
        cells += 1
        if not same:
            print(f"{cell.get('r')} is {got!r}, the CSV has {expected[column - 1]!r}")
            wrong += 1
print(f"{cells} cells, {wrong} wrong")
sys.exit(wrong > 0 or cells == 0)
