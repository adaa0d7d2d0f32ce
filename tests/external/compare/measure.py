"""Measures processes beside each other and prints tables in Markdown. Ratios are to the first row of a table: the median
over the turns in which both were run."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

program, generate, runs = sys.argv[1], sys.argv[2], int(sys.argv[5])
root, work = Path(sys.argv[3]), Path(sys.argv[4])
report = str(root / "content/xiaomi-2024")
out = work / "out"


class Cost:
    """The best time of some runs in seconds, by the clock and on processors, and the most memory in MiB that one took."""

    def __init__(self, commands, times=runs, fails=(0,)):
        self.commands, self.times, self.fails = commands, times, fails
        self.taken, self.time, self.processors, self.memory = [], float("inf"), float("inf"), 0

    def run(self):
        start, processors = time.perf_counter(), 0
        for command in self.commands:
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            said = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
            if os.waitstatus_to_exitcode(status) not in self.fails:
                sys.exit(f"{' '.join(command)[:200]}\n{said.decode()[-2000:]}")
            self.memory = max(self.memory, usage.ru_maxrss // 1024)
            processors += usage.ru_utime + usage.ru_stime
        self.taken.append(time.perf_counter() - start)
        self.time = min(self.taken)
        self.processors = min(self.processors, processors)

    def cells(self):
        return f"{self.time * 1000:,.0f} ms | {self.processors * 1000:,.0f} ms | {self.memory:,} MiB"


def measure(rows):
    """Runs them in turns, so that a machine whose speed changes is as fast for one as for another."""
    for turn in range(max(cost.times for _, cost in rows)):
        for _, cost in rows:
            if turn < cost.times:
                cost.run()


def table(title, rows):
    measure(rows)
    print(f"\n### {title}\n\n| what | time | on processors | memory | ratio |\n|---|---|---|---|---|")
    for name, cost in rows:
        ratio = statistics.median(own / first for own, first in zip(cost.taken, rows[0][1].taken))
        print(f"| {name} | {cost.cells()} | {ratio:.2f} |", flush=True)


def alone():
    rows = [(f"`{name}`", Cost([[program, *arguments]])) for name, arguments in [
        ("--version", ["--version"]),
        ("check", ["check", report]),
        ("facts", ["facts", "--project", report]),
        ("bundle", ["bundle", report, "-o", str(work / "bundle.zip")]),
        ("verify", ["verify", str(work / "bundle.zip")]),
    ]]
    measure(rows)
    print("\n### Commands on the report of this repository\n\n| command | time | on processors | memory |\n|---|---|---|---|")
    for name, cost in rows:
        print(f"| {name} | {cost.cells()} |", flush=True)


def schemas():
    """Every YAML file against its schema, by a validator that knows nothing else."""
    subprocess.run([program, "schema", "--out", str(work / "schemas")], check=True, stdout=subprocess.DEVNULL)
    kinds = {}
    for path in sorted(Path(report).rglob("*.yaml")):
        inner = path.relative_to(report)
        kind = inner.parts[0] if len(inner.parts) > 1 else inner.stem
        kind = {"evidence": "register"}.get(kind, kind)
        if (work / "schemas" / f"{kind}.json").exists():
            kinds.setdefault(kind, []).append(str(path))
    commands = [["check-jsonschema", "--schemafile", str(work / "schemas" / f"{kind}.json"), *paths]
                for kind, paths in kinds.items()]
    table("Checking the same files", [
        ("`esgreport check`: shapes, figures, references, prose", Cost([[program, "check", report]])),
        ("`check-jsonschema`: shapes, one process for each kind of file", Cost(commands, 2)),
    ])


def printing():
    build = [program, "build", report, "--lang", "zh-Hans", "-o", str(out)]
    subprocess.run([*build, "--emit", "typst"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    source = out / "typst.zh-Hans"
    bare = ("import typst; typst.compile({0!r}, output={1!r}, root={2!r}, font_paths=[{3!r}], "
            "ignore_system_fonts=True, pdf_standards=['a-3a', 'ua-1'])")
    bare = bare.format(str(source / "typst/main.typ"), str(work / "bare.pdf"), str(source), str(root / "templates/fonts"))
    page, plain = str(out / "report.zh-Hans.html"), str(work / "plain.html")
    few = max(1, runs // 2)
    languages = subprocess.run([program, "build", report, "--format", "pdf", "-o", str(out)], check=True,
                               capture_output=True, text=True).stdout.count(".pdf")
    pinned = ["taskset", "-c", "0", program, "build", report, "--format", "pdf", "-o", str(out), "--lang"]
    table("A processor for each language", [
        ("`esgreport build --lang en --format pdf`, on one processor", Cost([[*pinned, "en"]], few)),
        ("`esgreport build --lang zh-Hans --format pdf`, on one processor", Cost([[*pinned, "zh-Hans"]], few)),
        (f"`esgreport build`: {languages} languages, PDF and HTML, on {languages} processors",
         Cost([["taskset", "-c", f"0-{languages - 1}", program, "build", report, "-o", str(out)]], few)),
    ])
    table("Printing the same document", [
        ("`esgreport build --lang zh-Hans --format pdf`: checked, printed, read back and proven",
         Cost([[*build, "--format", "pdf"]], few)),
        ("bare Typst on the emitted source", Cost([[sys.executable, "-c", bare]], few)),
        ("`esgreport build --lang zh-Hans`: PDF and HTML", Cost([build], few)),
        ("`esgreport build`: two languages, PDF and HTML", Cost([[program, "build", report, "-o", str(out)]], few)),
        ("headless Chromium prints the HTML", Cost([["chromium", "--headless", "--no-sandbox", "--disable-gpu",
         f"--print-to-pdf={work / 'chromium.pdf'}", f"file://{page}"]], few)),
        ("pandoc and WeasyPrint on the HTML", Cost([["pandoc", "-s", page, "-o", plain],
         ["weasyprint", "-q", plain, str(work / "weasy.pdf")]], 1)),
    ])


def generated():
    def make(name, *numbers):
        folder = work / name
        subprocess.run([generate, str(folder), *map(str, numbers)], check=True)
        return sorted(map(str, folder.iterdir()))

    rows = [(f"{facts:,} facts", Cost([[program, "check", *make(f"facts{facts}", facts)]], few))
            for facts, few in [(1_000, runs), (10_000, runs), (100_000, 2)]]
    table("`check` of generated projects, by facts", rows)
    rows = [(f"{count:,} projects of 300 facts", Cost([[program, "check", *make(f"projects{count}", 300, count)]], few))
            for count, few in [(10, runs), (100, 2), (1_000, 1)]]
    table("`check` of many projects", rows)
    rows = []
    for sections in (16, 80, 330):
        [folder] = make(f"pages{sections}", 3_000, 1, sections, 8)
        command = [program, "build", folder, "--lang", "en", "--format", "pdf", "-o", str(work / "pages")]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        pages = said.split("(")[-1].split()[0]
        rows.append((f"{pages} pages", Cost([command], 1)))
    table("`build --format pdf` of generated reports, by pages", rows)


print(f"{os.cpu_count()} cores, best of {runs} runs or fewer.")
parts = [alone, schemas, printing, generated]
wanted = sys.argv[6:]
for part in parts:
    if not wanted or part.__name__ in wanted:
        part()
