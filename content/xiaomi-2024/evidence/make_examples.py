#!/usr/bin/env python3
"""Writes the EXAMPLE files of this folder: invented site figures that add up to the published totals.

The figures of sites are not public. These files show what a register of evidence looks like and let the program check
sums against files; they say nothing about any real place. Every run writes the same bytes: the shares come from SHA-256
of the metric and the site, and no clock or random source is read. Prints the checksums for `register.yaml`.
"""

import hashlib
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
METRICS = HERE.parent / "metrics"
YEAR = "2024"
NOTE = "EXAMPLE: invented for demonstration; no real site"
SITES = {
    "phone-aiot": ["EXAMPLE office A", "EXAMPLE office B", "EXAMPLE laboratory C", "EXAMPLE phone factory D"],
    "ev": ["EXAMPLE car factory E", "EXAMPLE car factory F", "EXAMPLE showrooms G"],
}
FILES = {
    "EXAMPLE-energy-sites-2024.csv": (
        "energy.yaml",
        ["energy.direct.natural-gas", "energy.direct.gasoline", "energy.direct.diesel",
         "energy.indirect.electricity", "energy.indirect.electricity.renewable", "energy.indirect.heat"],
    ),
    "EXAMPLE-greenhouse-gas-sites-2024.csv": (
        "ghg.yaml",
        ["ghg.scope1.co2", "ghg.scope1.ch4", "ghg.scope1.n2o", "ghg.scope1.hfc", "ghg.scope2"],
    ),
    "EXAMPLE-emissions-sites-2024.csv": (
        "emissions.yaml",
        ["emission.nox", "emission.voc", "emission.sox", "emission.cod", "emission.bod", "emission.nh3-n"],
    ),
    "EXAMPLE-waste-sites-2024.csv": ("waste.yaml", ["waste.non-hazardous", "waste.hazardous"]),
}


def block(text, metric):
    """The lines of one metric."""
    found = re.search(rf"^  {re.escape(metric)}:\n((?:    .*\n|\n)+)", text, re.M)
    return found.group(1)


def figure(line):
    """The figure of the year on a line, as a decimal that keeps its digits."""
    return Decimal(re.search(rf'{YEAR}: "([\d,.]+)"', line).group(1).replace(",", ""))


def total_of(text):
    return figure(re.search(r"^    values: .*", text, re.M).group(0))


def members_of(text, dimension):
    inner = re.search(rf"^      {re.escape(dimension)}:\n((?:        .*\n)+)", text, re.M).group(1)
    return {line.split(":")[0].strip(): figure(line) for line in inner.splitlines()}


def weight(*names):
    """A whole number from 100 to 1123 that follows from names alone."""
    return 100 + int.from_bytes(hashlib.sha256("|".join(names).encode()).digest()[:2], "big") % 1024


def shared(value, names, seed, step):
    """A value in steps, spread over names so that the parts add up to it exactly."""
    steps = int(value / step)
    weights = {name: weight(seed, name) for name in names}
    parts = {name: steps * weights[name] // sum(weights.values()) for name in names}
    parts[names[0]] += steps - sum(parts.values())
    return {name: parts[name] * step for name in names}


def exact(total, parts):
    """Parts with two further digits that round to the printed parts and add up to what rounds to the printed total.

    Printed parts add up to the printed total but for the rounding of each; the difference is spread over those parts
    that can take it without rounding to another printed figure.
    """
    step = Decimal(1).scaleb(total.as_tuple().exponent)
    gap = total - sum(parts.values())
    if not gap:
        return dict(parts)
    sign = 1 if gap > 0 else -1
    free = [name for name in parts if parts[name]]
    moved = {name: value + sign * step * Decimal("0.49") * (name in free) for name, value in parts.items()}
    assert sum(moved.values()).quantize(step, ROUND_HALF_UP) == total, (total, parts)
    return moved


def write(name, header, rows):
    text = "\n".join([header] + [",".join(row) for row in rows]) + "\n"
    (HERE / name).write_bytes(text.encode())
    print(f"{hashlib.sha256(text.encode()).hexdigest()}  evidence/{name}")


def sites():
    for name, (source, metrics) in FILES.items():
        text = (METRICS / source).read_text(encoding="utf-8")
        rows = []
        for metric in metrics:
            lines = block(text, metric)
            unit = re.search(r"^    unit: (\S+)", lines, re.M).group(1)
            parts = exact(total_of(lines), members_of(lines, "segment"))
            for segment, value in parts.items():
                step = Decimal(1).scaleb(value.as_tuple().exponent)
                for site, amount in shared(value, SITES[segment], metric, step).items():
                    rows.append([metric, segment, site, str(amount), unit, YEAR, NOTE])
        write(name, "metric,segment,site,value,unit,year,note", rows)


def workforce():
    text = (METRICS / "workforce.yaml").read_text(encoding="utf-8")
    lines = block(text, "workforce.full-time")
    genders, regions = members_of(lines, "gender"), members_of(lines, "region")
    part_time = members_of(block(text, "workforce.total"), "employment-type")["part-time"]
    rows, one = [], Decimal(1)
    # Women are spread over the regions by size; the men are the rest of each region.
    everyone = sum(regions.values())
    women = {region: genders["female"] * count // everyone for region, count in regions.items()}
    women["china"] += genders["female"] - sum(women.values())
    for region, count in regions.items():
        for gender, number in (("female", women[region]), ("male", count - women[region])):
            places = [f"EXAMPLE workplace {region} {letter}" for letter in "AB"]
            for place, people in shared(number, places, gender, one).items():
                if people:
                    rows.append(["full-time", region, gender, place, str(people), "person", YEAR, NOTE])
    for place, people in shared(part_time, ["EXAMPLE workplace china A", "EXAMPLE workplace china B"], "p", one).items():
        rows.append(["part-time", "china", "", place, str(people), "person", YEAR, NOTE])
    write("EXAMPLE-workforce-sites-2024.csv", "employment-type,region,gender,site,value,unit,year,note", rows)
    # A list of people would be confidential: it is named in the register, and bundles leave it out.
    people = [["EXAMPLE-0001", "full-time", "china", "2024-12-31", NOTE], ["EXAMPLE-0002", "part-time", "china", "2024-12-31", NOTE]]
    write("EXAMPLE-CONFIDENTIAL-staff-list-2024.csv", "person,employment-type,region,as-of,note", people)


if __name__ == "__main__":
    sites()
    workforce()
