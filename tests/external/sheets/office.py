"""Edits a workbook in LibreOffice: `office.py BOOK EDITS.json`, with the Python that has `uno`.

EDITS is a list of [cell, value] for the first sheet; a number is entered as a number, a text as a text, as if typed. The book is
saved in place, in the form that LibreOffice gives it.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


def property_of(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
    sys.exit("LibreOffice does not answer")


book, edits = Path(sys.argv[1]).resolve(), json.loads(Path(sys.argv[2]).read_text())
with tempfile.TemporaryDirectory() as folder:
    pipe = f"sheets-{Path(folder).name}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{folder}/profile",
         f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        context = connect(pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        document = desktop.loadComponentFromURL(book.as_uri(), "_blank", 0, (property_of("Hidden", True),))
        sheet = document.Sheets.getByIndex(0)
        assert sheet.isProtected(), "the sheet of figures is protected"
        for name, value in edits:
            cell = sheet.getCellRangeByName(name)
            if isinstance(value, str):
                cell.String = value
            else:
                cell.Value = value
        document.storeToURL(book.as_uri(), (property_of("FilterName", "Calc MS Excel 2007 XML"),))
        document.close(True)
        try:
            desktop.terminate()
        except Exception:
            pass
    finally:
        try:
            office.wait(60)
        except subprocess.TimeoutExpired:
            office.terminate()
