"""Has LibreOffice compute a workbook again and compares every cell with what the program wrote.

A copy of the workbook without the stored results of its formulas goes through LibreOffice, so that every result in the
converted file is one that LibreOffice computed.
"""

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from openpyxl import load_workbook

source = Path(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    blank = Path(folder) / "facts.xlsx"
    with zipfile.ZipFile(source) as book, zipfile.ZipFile(blank, "w") as copy:
        for name in book.namelist():
            data = book.read(name).decode()
            copy.writestr(name, re.sub(r"(</f>)<v>[^<]*</v>", r"\1", data))
    done = Path(folder) / "done"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(done), str(blank)],
        check=True, capture_output=True, timeout=300,
    )
    own, other = load_workbook(source, data_only=True), load_workbook(done / "facts.xlsx", data_only=True)
    formulas = load_workbook(source)
    compared = faults = 0
    for sheet in own.sheetnames:
        for row in own[sheet].iter_rows():
            for cell in row:
                there = other[sheet][cell.coordinate].value
                same = cell.value == there
                if isinstance(cell.value, (int, float)) and isinstance(there, (int, float)):
                    same = abs(cell.value - there) <= 1e-9 * max(1.0, abs(cell.value))
                compared += str(formulas[sheet][cell.coordinate].value).startswith("=")
                if not same and not (cell.value in (None, "") and there in (None, "")):
                    faults += 1
                    print(f"{sheet}!{cell.coordinate}: {cell.value!r}, LibreOffice has {there!r}")
print(f"{compared} formulas were computed again")
sys.exit(1 if faults or not compared else 0)
