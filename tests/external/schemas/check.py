"""The exported schemas judged by check-jsonschema: it accepts every file of the projects and refuses damaged ones.

usage: check.py SCHEMAS SCRATCH PROJECT...
"""

import pathlib
import re
import subprocess
import sys

KINDS = [
    ("metrics/**/*.yaml", "metrics"),
    ("disclosures/**/*.yaml", "disclosures"),
    ("conclusions/**/*.yaml", "conclusions"),
    ("evidence/register.yaml", "register"),
    ("frameworks/crosswalk/*.yaml", "crosswalk"),
]
ROOT = ["report", "dimensions", "reasons", "units", "tables", "targets", "topics", "stakeholders", "theme", "checks", "glossary", "review", "seal"]


def files_of(project):
    """Files of a project with the kind of each."""
    for pattern, kind in KINDS:
        for path in sorted(project.glob(pattern)):
            yield path, kind
    for kind in ROOT:
        path = project / f"{kind}.yaml"
        if path.exists():
            yield path, kind
    for path in sorted(project.glob("frameworks/*/*.yaml")):
        if path.parent.name != "crosswalk":
            yield path, "catalog"


def accepts(schemas, kind, paths):
    """Whether check-jsonschema finds nothing, and what it says."""
    command = ["check-jsonschema", "--no-cache", "--schemafile", str(schemas / f"{kind}.json"), *map(str, paths)]
    run = subprocess.run([str(pathlib.Path(sys.executable).parent / command[0]), *command[1:]], capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"check-jsonschema could not run: {run.stdout}{run.stderr}")
    return run.returncode == 0, run.stdout + run.stderr


def damages(text, kind):
    """Texts that are no longer right, each for one reason."""
    yield "a key that is not known", text + "\nno-such-key: 1\n"
    yield "a list in the place of a map", "- 1\n"
    keys = re.findall(r"^([a-z][a-z-]*):", text, re.M)
    for key in keys[:1]:
        yield f"`{key}` is spelt wrong", re.sub(rf"^{key}:", f"{key}x:", text, count=1, flags=re.M)
    if kind == "metrics":
        yield "no label", re.sub(r"^    label:.*\n", "", text, count=1, flags=re.M)
        yield "a year of two digits", text.replace("values: {2024:", "values: {24:", 1)
    if kind == "report":
        yield "a language that is not there", re.sub(r"^languages: .*$", "languages: [fr]", text, flags=re.M)


def main():
    schemas, scratch = map(pathlib.Path, sys.argv[1:3])
    scratch.mkdir(parents=True, exist_ok=True)
    kinds, faults, good, bad = {}, [], 0, 0
    for project in map(pathlib.Path, sys.argv[3:]):
        for path, kind in files_of(project):
            kinds.setdefault(kind, []).append(path)
    for kind, paths in kinds.items():
        fine, said = accepts(schemas, kind, paths)
        good += len(paths)
        if not fine:
            faults.append(f"{kind}: refused\n{said}")
        text = paths[0].read_text(encoding="utf-8")
        for number, (why, damaged) in enumerate(damages(text, kind)):
            if damaged == text:
                continue
            bad += 1
            target = scratch / f"{kind}-{number}.yaml"
            target.write_text(damaged, encoding="utf-8")
            if accepts(schemas, kind, [target])[0]:
                faults.append(f"{kind}: accepted with {why}: {target}")
    if faults:
        sys.exit("\n".join(faults))
    print(f"check-jsonschema: {good} files of {len(kinds)} kinds accepted, {bad} damaged ones refused")


main()
