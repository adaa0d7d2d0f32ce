"""Has Arelle load and validate an export without network, and compares every fact with ours.

`check.py BINARY PROJECT`. A damaged report and a damaged taxonomy must be errors: a validator that accepts everything
proves nothing.
"""

import json
import subprocess
import sys
import tempfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

from arelle.api.Session import Session
from arelle.RuntimeOptions import RuntimeOptions
from arelle.logging.handlers.StructuredMessageLogHandler import StructuredMessageLogHandler

binary, project = sys.argv[1], sys.argv[2]


def export(folder):
    def run(*arguments):
        subprocess.run([binary, "facts", "--project", project, *arguments], check=True, capture_output=True)

    run("--format", "xbrl-taxonomy", "-o", str(folder))
    run("--format", "xbrl-json", "-o", str(folder / "report.json"))


def validate(folder):
    """What Arelle objects to, and what it has loaded: facts by concept, period, unit and members; labels; references."""
    options = RuntimeOptions(
        entrypointFile=str(folder / "report.json"), internetConnectivity="offline", plugins="loadFromOIM",
        validate=True, keepOpen=True,
    )
    facts, labels, references = {}, {}, 0
    with Session() as session:
        session.run(options, logHandler=StructuredMessageLogHandler())
        for model in session.get_models():
            for fact in getattr(model, "factsInInstance", ()):
                if fact.context is None:
                    continue
                context = fact.context
                members = {dim.localName: value.memberQname.localName for dim, value in context.qnameDims.items()}
                period = f"{context.startDatetime.isoformat()}/{context.endDatetime.isoformat()}"
                sides = fact.unit.measures if fact.unit is not None else ((), ())
                unit = tuple(sorted(str(measure.localName) for measure in side) for side in sides)
                key = (fact.qname.localName, period, str(unit), tuple(sorted(members.items())))
                try:
                    value = None if fact.isNil else Decimal(fact.value)
                except InvalidOperation:
                    value = fact.value
                facts[key] = (value, fact.decimals)
            from arelle import XbrlConst

            for arcrole in (XbrlConst.conceptLabel, XbrlConst.conceptReference):
                for relation in model.relationshipSet(arcrole).modelRelationships:
                    if arcrole == XbrlConst.conceptReference:
                        references += 1
                    elif relation.toModelObject.role == XbrlConst.standardLabel:
                        resource = relation.toModelObject
                        labels[(relation.fromModelObject.qname.localName, resource.xmlLang)] = resource.text
        entries = session.get_log_messages()
    assert entries, "Arelle logs nothing at all"
    bad = [entry for entry in entries if str(entry["levelname"]).lower() not in ("info", "debug")]
    return [str(entry)[:600] for entry in bad], facts, labels, references


def unit_of(text):
    if text is None:
        return "(['pure'], [])"
    above, _, below = text.partition("/")
    names = lambda side: sorted(part.strip("()").split(":")[1] for part in side.split("*")) if side else []
    return str((names(above), names(below)))


def own(folder):
    """Our facts in the same form."""
    found = {}
    report = json.loads((folder / "report.json").read_text())
    for fact in report["facts"].values():
        dimensions = fact["dimensions"]
        if dimensions["concept"] == "xbrl:note":
            continue
        start, end = dimensions["period"].split("/")
        members = sorted((k[4:], v[4:]) for k, v in dimensions.items() if k.startswith("esg:"))
        key = (dimensions["concept"][4:], f"{start}/{end}", unit_of(dimensions.get("unit")), tuple(members))
        value = fact["value"]
        decimals = fact.get("decimals")
        found[key] = (None if value is None else Decimal(value),
                      None if value is None else "INF" if decimals is None else str(decimals))
    return found


def damage(path, old, new):
    text = path.read_text()
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1))


with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    export(folder)
    errors, theirs, labels, references = validate(folder)
    if errors:
        sys.exit("\n".join(errors))
    ours = own(folder)
    strip = lambda facts: {key: value for key, (value, _) in facts.items()}
    assert strip(ours) == strip(theirs), set(strip(ours).items()) ^ set(strip(theirs).items())
    for key, (value, decimals) in ours.items():
        assert value is None or theirs[key][1] == decimals, (key, decimals, theirs[key][1])
    figures = json.loads(subprocess.run(
        [binary, "facts", "--project", project, "--format", "json"], check=True, capture_output=True).stdout)
    stated = sum(len(metric["values"]) for metric in figures["metrics"])
    assert stated == len(ours), (stated, len(ours))
    for metric in figures["metrics"]:
        for lang, words in metric["label"].items():
            assert labels[(metric["id"], lang)] == words, (metric["id"], lang)
        if "zh-Hans" in metric["label"]:
            assert (metric["id"], "zh-Hant") in labels, metric["id"]
    print(f"Arelle: {len(theirs)} facts, {len(labels)} labels, {references} references")

    schema = next(folder.glob("*.xsd")).name
    first = figures["metrics"][0]["id"]
    for what, file, old, new in (
        ("a concept that is not declared", "report.json", f'"esg:{first}"', '"esg:no.such.concept"'),
        ("a value that is no decimal", "report.json", '"value": "', '"value": "about '),
        ("a period that is none", "report.json", "T00:00:00/", "T00:00:00//"),
        ("a schema that is not well formed", schema, "</xsd:schema>", ""),
        ("a concept without a type", schema, 'type="xbrli:decimalItemType"', 'type="xbrli:noSuchType"'),
    ):
        export(folder)
        damage(folder / file, old, new)
        if not validate(folder)[0]:
            sys.exit(f"{what}: Arelle found nothing")
    print("five damaged exports were refused")
