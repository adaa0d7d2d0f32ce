"""Sends workbooks of a project out, has openpyxl and LibreOffice edit and save them, and takes them back.

`check.py BINARY PROJECT OFFICE_PYTHON`. What must hold: a book that was only saved changes nothing; one that was edited changes
exactly the edited values and leaves every other byte of the files as it was; a changed label is refused.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from openpyxl import load_workbook

binary, source, office_python = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
here = Path(__file__).parent


class Plain(yaml.SafeLoader):
    """YAML whose scalars stay as they are written."""


Plain.yaml_implicit_resolvers = {}


def run(*arguments, code=0):
    done = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != code:
        sys.exit(f"{arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def openpyxl_edit(book, edits):
    opened = load_workbook(book)
    for name, value in edits:
        opened.worksheets[0][name] = value
    opened.save(book)


def office_edit(book, edits):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(edits, file)
        file.flush()
        subprocess.run([office_python, str(here / "office.py"), str(book), file.name], check=True, timeout=300)


def rows_of(book):
    """Rows of the sheet of figures as cells by the names in the hidden first row."""
    sheet = load_workbook(book).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    for cells in sheet.iter_rows(min_row=3):
        yield {name: cell for name, cell in zip(head, cells)}


def edits_of(book):
    """One edit of each kind that the book has room for: cells with values, and the figure each is about."""
    found, wanted = [], {}
    for row in rows_of(book):
        value, was = row["value"], row["was"].value or ""
        name = (row["id"].value, row["member"].value or "", row["year"].value)
        typed = isinstance(value.value, (int, float)) and value.protection.locked is False
        if typed and not row["qualifier"].value and "figure" not in wanted and "." in was:
            places = len(was.split(".")[1])
            wanted["figure"] = (name, f"{7.5:.{places}f}")
            found.append([value.coordinate, 7.5])
        elif typed and row["qualifier"].value and "qualified" not in wanted:
            wanted["qualified"] = (name, None)
            found.append([value.coordinate, value.value + 1])
        elif typed and not row["qualifier"].value and "missing" not in wanted and "figure" in wanted:
            reason = next((r["reason"].value for r in rows_of(book) if r["reason"].value), None)
            if reason:
                wanted["missing"] = (name, {"not-material": reason})
                found += [[value.coordinate, ""], [row["missing"].coordinate, "not-material"],
                          [row["reason"].coordinate, reason]]
        elif was.startswith("not-") and "found" not in wanted:
            wanted["found"] = (name, None)
            found += [[value.coordinate, 3], [row["missing"].coordinate, ""], [row["reason"].coordinate, ""]]
    return found, wanted


def leaves(tree, path=()):
    """Values of a file of metrics by id, members and year."""
    for metric, body in tree["metrics"].items():
        for year, value in (body.get("values") or {}).items():
            yield (metric, "", year), value
        for name, members in (body.get("by") or {}).items():
            for key, years in members.items():
                pairs = " ".join(f"{d}={m}" for d, m in zip(name.split("+"), key.split("+")))
                for year, value in years.items():
                    yield (metric, pairs, year), value


def compare(before, after, wanted):
    old, new = dict(leaves(yaml.load(before, Plain))), dict(leaves(yaml.load(after, Plain)))
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    assert changed == {name for name, _ in wanted.values()}, (changed, wanted)
    for name, value in wanted.values():
        assert value is None or new[name] == value, (name, new[name], value)
    if "qualified" in wanted:
        name = wanted["qualified"][0]
        words = lambda text: re.sub(r"[\d,.]+", "#", text)
        assert words(old[name]) == words(new[name]), (old[name], new[name])
    one, other = before.split("\n"), after.split("\n")
    assert len(one) == len(other)
    differing = [(a, b) for a, b in zip(one, other) if a != b]
    assert 0 < len(differing) <= len(wanted)
    for a, b in differing:
        strip = lambda line: re.sub(r'"[^"]*"|\{not-[^{}]*\}', "#", line)
        assert strip(a) == strip(b), (a, b)


def computed_of(book):
    """What the locked formulas of a book give, as the program that saved it computed them."""
    sheet = load_workbook(book, data_only=True).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, cells)) for cells in sheet.iter_rows(min_row=3, values_only=True)]
    return [(row["id"], row["value"], row["computed"]) for row in rows if row["computed"] not in (None, "")]


tested = computed = 0
for tool, edit in (("openpyxl", openpyxl_edit), ("LibreOffice", office_edit)):
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        shutil.copytree(source, project)
        run("facts", "--project", project, "--collect", "topic", "--lang", "zh", "-o", Path(folder) / "books")
        books = sorted((Path(folder) / "books").glob("*.xlsx"))
        for number, book in enumerate(books):
            # LibreOffice takes seconds to start, so of many books it is given some.
            if tool == "LibreOffice" and len(books) > 8 and number % 8:
                continue
            file = project / "metrics" / f"{book.stem}.yaml"
            before = file.read_text()
            edits, wanted = edits_of(book)
            saved = book.with_name("saved.xlsx")
            shutil.copy(book, saved)
            edit(saved, [])
            said = run("import", saved, project)
            assert "changed 0 figures and added 0 in 0 files" in said, said
            assert file.read_text() == before
            if tool == "LibreOffice":
                for name, value, result in computed_of(saved):
                    if isinstance(result, str):
                        assert not result.startswith(("#", "Err:")), (name, result)
                        continue
                    computed += 1
                    assert isinstance(value, (int, float)), (name, value)
                    # The published figures of one project contradict each other here and there, by little.
                    assert abs(result - value) <= 0.02 * abs(value), (name, value, result)
            saved.unlink()
            if not wanted:
                continue
            edit(book, edits)
            shown = run("import", book, project, "--dry-run")
            assert file.read_text() == before and shown.startswith("--- metrics/"), shown
            run("import", book, project)
            compare(before, file.read_text(), wanted)
            tested += len(wanted)
            label = next(rows_of(book))["label"].coordinate
            openpyxl_edit(book, [[label, "something else"]])
            said = run("import", book, project, code=1)
            assert "that is not to be changed" in said, said
    print(f"{tool}: {tested} values edited so far, in {source.name}")
assert tested and computed
print(f"{computed} locked formulas were computed by LibreOffice")
