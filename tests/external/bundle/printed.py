"""Tries to fool `esgreport verify report.pdf` with pikepdf and qpdf. Usage: printed.py PROGRAM REPORT.pdf

Saving a PDF again is no change and must pass; every change of what it prints or of what is attached must be found.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf

program, source = sys.argv[1], Path(sys.argv[2])
faults = []


def verify(path):
    done = subprocess.run([program, "verify", path], capture_output=True, text=True, env={"LC_ALL": "C"})
    return done.returncode, done.stdout


def passes(name, path):
    code, said = verify(path)
    if code != 0:
        faults.append(f"{name} should pass: {said[:600]}")


def fails(name, path, words):
    code, said = verify(path)
    if code != 1 or words not in said:
        faults.append(f"{name} should be found with `{words}`: {code} {said[:600]}")


def digit_runs(pdf, page):
    """Runs of glyphs that are read as figures, with their operations."""
    fonts = {}
    for name, font in page.Resources.Font.items():
        text = font.ToUnicode.read_bytes().decode("latin-1")
        pairs = re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>\n", text)
        fonts[name] = {int(glyph, 16): chr(int(code, 16)) for glyph, code in pairs}
    current = {}
    for at, (operands, operator) in enumerate(pikepdf.parse_content_stream(page)):
        if str(operator) == "Tf":
            current = fonts.get(str(operands[0]), {})
        if str(operator) in ("Tj", "TJ"):
            strings = operands[0] if str(operator) == "TJ" else operands
            for place, string in enumerate(strings):
                if isinstance(string, pikepdf.String):
                    raw = bytes(string)
                    text = "".join(current.get(int.from_bytes(raw[i:i + 2], "big"), "?") for i in range(0, len(raw), 2))
                    yield at, place, raw, text, {sign: glyph for glyph, sign in current.items()}


def change_digit(pdf):
    """Prints another digit in the first figure with a comma or a point that there is."""
    for number, page in enumerate(pdf.pages, 1):
        for at, place, raw, text, glyphs in digit_runs(pdf, page):
            found = re.search(r"\d[\d,]*[.,]\d+", text)
            if not found:
                continue
            last = found.end() - 1
            other = next((d for d in "0123456789" if d != text[last] and d in glyphs), None)
            if other is None:
                continue
            changed = raw[:2 * last] + glyphs[other].to_bytes(2, "big") + raw[2 * last + 2:]
            operations = list(pikepdf.parse_content_stream(page))
            operands, operator = operations[at]
            if str(operator) == "TJ":
                items = list(operands[0])
                items[place] = pikepdf.String(changed)
                operations[at] = ([pikepdf.Array(items)], operator)
            else:
                operations[at] = ([pikepdf.String(changed)], operator)
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operations))
            return number, found[0], found[0][:-1] + other
    raise SystemExit("no figure was found that could be changed")


with tempfile.TemporaryDirectory() as folder:
    there = lambda name: str(Path(folder) / f"{name}.pdf")
    passes("the report itself", source)
    for name, options in {"linearized": ["--linearize"], "objects": ["--object-streams=disable"],
                          "stronger": ["--recompress-flate", "--compression-level=9"],
                          "plain": ["--stream-data=uncompress"]}.items():
        subprocess.run(["qpdf", *options, source, there(name)], check=True)
        passes(f"written again by qpdf ({name})", there(name))
    with pikepdf.open(source) as pdf:
        pdf.save(there("again"))
    passes("written again by pikepdf", there("again"))

    with pikepdf.open(source) as pdf:
        number, was, now = change_digit(pdf)
        pdf.save(there("digit"))
    fails(f"{now} in the place of {was} on page {number}", there("digit"), f"page {number} ")
    subprocess.run(["qpdf", "--linearize", there("digit"), there("digit-again")], check=True)
    fails("the same, written again by qpdf", there("digit-again"), f"page {number} ")

    with pikepdf.open(source) as pdf:
        name, spec = next(iter(pdf.attachments.items()))
        facts = spec.get_file().read_bytes()
        changed = re.sub(rb'("value": "\d+\.\d)(\d)', lambda m: m[1] + (b"1" if m[2] == b"0" else b"0"), facts, count=1)
        assert changed != facts
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, changed, filename=name)
        pdf.save(there("facts"))
    fails("another fact attached", there("facts"), "the attached facts")

    with pikepdf.open(source) as pdf:
        pdf.attachments["other.json"] = pikepdf.AttachedFileSpec(pdf, changed, filename="other.json")
        pdf.save(there("beside"))
    fails("other facts beside", there("beside"), "2 files of facts are attached")

    with pikepdf.open(source) as pdf:
        for name in list(pdf.attachments):
            del pdf.attachments[name]
        if "/AF" in pdf.Root:
            del pdf.Root["/AF"]
        pdf.remove_unreferenced_resources()
        pdf.save(there("without"))
    fails("no facts attached", there("without"), "no facts are attached")

    with pikepdf.open(source) as pdf:
        count = len(pdf.pages)
        del pdf.pages[1]
        pdf.save(there("fewer"))
    fails("a page taken out", there("fewer"), f"there are {count - 1} pages, and {count} were printed")

    with pikepdf.open(source) as pdf:
        pages = list(pdf.pages)
        pdf.pages[1], pdf.pages[2] = pages[2], pages[1]
        pdf.save(there("order"))
    fails("pages in another order", there("order"), "is the one that was printed as page")

    with pikepdf.open(source) as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        stamp = pdf.make_stream(b"BT /F 20 Tf 100 100 Td (9,999.99) Tj ET", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                                BBox=[0, 0, 500, 500], Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)))
        page.add_overlay(pikepdf.Page(pdf.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Page, MediaBox=[0, 0, 500, 500], Contents=stamp, Resources=stamp.Resources))))
        pdf.save(there("over"))
    fails("a figure drawn over a page", there("over"), "page 1 ")

    with pikepdf.open(source) as pdf:
        note = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText,
                                                    Rect=[10, 10, 200, 60], Contents="9,999.99", DA="/Helv 12 Tf"))
        pdf.pages[0].Annots = pikepdf.Array([*pdf.pages[0].get("/Annots", []), note])
        pdf.save(there("note"))
    fails("a note over a page", there("note"), "page 1 has something laid over it (FreeText)")

print("\n".join(faults) or f"{source.name}: {was} made {now}, and seven other ways, were found")
sys.exit(1 if faults else 0)
