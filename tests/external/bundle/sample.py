"""Draws samples again from the description in docs/auditor.md and compares them with those of the program.

Values are fractions here and decimals there; nothing is shared. Populations with zeros, negative values, values of
different decimals and values above the interval are put into a copy of the small project. Usage: sample.py PROGRAM PROJECT
"""

import csv
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

program, project = sys.argv[1], Path(sys.argv[2])


def draws(population, seed):
    number = 0
    while True:
        block = hashlib.sha256(f"{population}:{seed}:{number}".encode()).digest()
        yield int.from_bytes(block[:16], "big")
        number += 1


def below(limit, numbers):
    top = 2**128 - 1
    for number in numbers:
        if number < top - top % limit:
            return number % limit


def plain(text):
    """A value without separators of thousands, its decimals as written."""
    return text.replace(",", "")


def population_of(rows):
    text = "esgreport-population/1\n" + "".join(f"row {at + 2}\t{plain(v)}\n" for at, v in enumerate(rows))
    return hashlib.sha256(text.encode()).hexdigest()


def mus(rows, size, seed):
    """Selected rows with how often, by the fixed-interval method over units of the smallest decimal."""
    scale = max(len(plain(v).partition(".")[2]) for v in rows)
    units = [max(0, int(Fraction(plain(v)) * 10**scale)) for v in rows]
    total = sum(units)
    start = below(total, draws(population_of(rows), seed))
    hits, interval = {}, Fraction(total, size)
    for k in range(size):
        point = (start + k * total) // size
        at, end = 0, units[0]
        while point >= end:
            at += 1
            end += units[at]
        hits[at + 1] = hits.get(at + 1, 0) + 1
    certain = {at + 1 for at, unit in enumerate(units) if unit >= interval}
    assert certain <= set(hits), "a row above the interval was not selected"
    assert all(Fraction(plain(rows[at - 1])) > 0 for at in hits)
    return hits, certain


def random(rows, size, seed):
    numbers, left, picked = draws(population_of(rows), seed), list(range(len(rows))), []
    for _ in range(size):
        at = below(len(left), numbers)
        picked.append(left[at])
        left[at] = left[-1]
        left.pop()
    return {at + 1: 1 for at in picked}, set()


def drawn(bundle, method, size, seed):
    command = [program, "sample", bundle, "--evidence", "meters", "--method", method, "--size", str(size), "--seed", str(seed)]
    said = subprocess.run(command, check=True, capture_output=True, text=True, env={"LC_ALL": "C"}).stdout
    hits, certain = {}, set()
    for line in said.splitlines():
        cells = line.split("\t")
        if len(cells) < 3:
            continue
        mark = cells[3] if len(cells) > 3 else ""
        times = re.search(r"drawn (\d+) times", mark)
        hits[int(cells[0])] = int(times[1]) if times else 1
        if mark.startswith("certain"):
            certain.add(int(cells[0]))
    return re.search(r"population ([0-9a-f]{64})", said)[1], hits, certain, said


populations = [
    ["350.10", "250.05", "180.00", "220.10"],
    ["10", "-4", "0", "20.5", "-0.5", "0.00", "1,000.25", "3", "3", "3"],
    [f"{(n * 7919) % 1000 / 100:.2f}" for n in range(1, 120)],
    ["1"] * 50 + ["49.999"] + ["50"],
]
compared = 0
with tempfile.TemporaryDirectory() as folder:
    for rows in populations:
        copy = Path(folder) / "project"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(project, copy)
        meters, register = copy / "evidence/meters.csv", copy / "evidence/register.yaml"
        before = hashlib.sha256(meters.read_bytes()).hexdigest()
        with meters.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["meter", "value"])
            writer.writerows([f"M-{at}", value] for at, value in enumerate(rows))
        after = hashlib.sha256(meters.read_bytes()).hexdigest()
        register.write_text(register.read_text().replace(before, after))
        bundle = f"{folder}/bundle.zip"
        subprocess.run([program, "bundle", copy, "-o", bundle], check=True, capture_output=True)
        for method, own in (("mus", mus), ("random", random)):
            for size in (1, 3, min(len(rows), 25)):
                for seed in (0, 1, 7, 2**63):
                    population, hits, certain, said = drawn(bundle, method, size, seed)
                    assert population == population_of(rows), said
                    wanted, always = own(rows, size, seed)
                    assert (hits, certain) == (dict(sorted(wanted.items())), always), (rows, method, size, seed, said, wanted)
                    assert sum(hits.values()) == size
                    compared += 1
        if any(value.startswith("-") for value in rows):
            assert "2 records below zero with a sum of -4.5" in drawn(bundle, "mus", 3, 1)[3]
print(f"{compared} samples were drawn again")
