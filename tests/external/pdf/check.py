"""Checks finished PDF reports with pikepdf and poppler: python check.py REPORT.pdf…

Exits with 1 on any fault: metadata, tags, alternative texts, header cells, embedded fonts, attached facts, bookmarks,
and figures of the attached facts that the pages do not show.
"""

import json
import subprocess
import sys

import pikepdf

faults = 0


def fault(path, text):
    global faults
    faults += 1
    print(f"FAIL {path}: {text}")


def elements(node, depth=0):
    """All structure elements below a node."""
    if depth > 60:
        return
    kids = node.get("/K")
    if kids is None:
        return
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid, depth + 1)


def check(path):
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        with pdf.open_metadata() as meta:
            for key, wanted in {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}.items():
                if meta.get(key) != wanted:
                    fault(path, f"{key} is {meta.get(key)}, expected {wanted}")
            if not meta.get("dc:title"):
                fault(path, "no title")
        if root.get("/MarkInfo", {}).get("/Marked") is not True:
            fault(path, "not marked as tagged")
        if not str(root.get("/Lang", "")):
            fault(path, "no language")
        if root.ViewerPreferences.get("/DisplayDocTitle") is not True:
            fault(path, "the title is not displayed")
        found = list(elements(root.StructTreeRoot))
        kinds = [str(element.S) for element in found]
        for element in found:
            if str(element.S) == "/Figure" and not str(element.get("/Alt", "")):
                fault(path, "a picture without an alternative")
            if str(element.S) == "/Table" and "/TH" not in [str(inner.S) for inner in elements(element)]:
                fault(path, "a table without header cells")
        levels = [int(kind[2:]) for kind in kinds if kind[:2] == "/H" and kind[2:].isdigit()]
        for before, after in zip([0, *levels], levels):
            if after > before + 1:
                fault(path, f"a heading of level {after} follows one of level {before}")
        with pdf.open_outline() as outline:
            if len(outline.root) < 2:
                fault(path, "no bookmarks")
        for page in pdf.pages:
            for name, font in page.resources.get("/Font", {}).items():
                inner = font.get("/DescendantFonts", [font])[0]
                descriptor = inner.get("/FontDescriptor", {})
                if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                    fault(path, f"the font {name} is not embedded")
        if len(pdf.attachments) != 1:
            fault(path, f"{len(pdf.attachments)} attachments, expected 1")
            return
        attached = next(iter(pdf.attachments.values())).get_file().read_bytes()
        facts = json.loads(attached)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    text = text.replace("−", "-")
    shown = 0
    for metric in facts["metrics"]:
        for value in metric["values"]:
            if "value" in value:
                shown += f"{int(value['value'].split('.')[0]):,}" in text
    if shown < 5:
        fault(path, f"only {shown} of the attached figures are on the pages")
    print(f"{path}: {len(found)} tags, {kinds.count('/Table')} tables, {shown} figures shown")


for name in sys.argv[1:]:
    check(name)
sys.exit(1 if faults else 0)
