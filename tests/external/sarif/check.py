"""Validates SARIF of real and of broken projects, and of an evidence bundle, with Microsoft's validator.

usage: check.py ESGREPORT ROOT WORK BUNDLE_SARIF...

The validator ends with 0 whatever it finds, so its own log is read: there must be no result and no notification in it.
A log that is damaged on purpose must have results, so that a validator that looks at nothing is noticed.
"""

import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
PARTS = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}


def tool():
    """The program that the package holds; the script that would make it executable does not run."""
    folder = HERE / "node_modules/@microsoft" / f"sarif-multitool-{PARTS[platform.system()]}"
    name = "Sarif.Multitool.exe" if platform.system() == "Windows" else "Sarif.Multitool"
    program = folder / name
    program.chmod(0o755)
    return program


def validate(program, output, logs):
    """What the validator says of logs, as texts. All are handed over at once, since it is slow to start."""
    environment = dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1")
    command = [program, "validate", *logs, "--output", output, "--log", "ForceOverwrite"]
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    assert f"{len(logs)} files scanned" in done.stdout, done.stdout
    said = []
    for run in json.loads(output.read_text(encoding="utf-8-sig"))["runs"]:
        for invocation in run["invocations"]:
            assert invocation["executionSuccessful"], invocation
            for kind in ("toolExecutionNotifications", "toolConfigurationNotifications"):
                said += [notice["message"]["text"] for notice in invocation.get(kind) or []]
        for result in run.get("results") or []:
            file = result["locations"][0]["physicalLocation"]["artifactLocation"]
            said.append(f"{file}: {result['ruleId']}: {result['message']}")
    return said


def main(binary, root, work, *bundled):
    root, work = pathlib.Path(root), pathlib.Path(work)
    program, logs = tool(), []

    def check(name, *arguments):
        log = work / f"{name}.sarif"
        command = [binary, "check", "--ui", "en", "--as-of", "2025-06-30", "--format", "sarif", *arguments]
        done = subprocess.run(command, cwd=root, stdout=log.open("wb"))
        assert done.returncode in (0, 1, 2), done
        logs.append(log)
        return json.loads(log.read_text(encoding="utf-8"))["runs"][0]

    report = root / "content/xiaomi-2024"
    accepted = check("accepted", report)["results"]
    assert accepted and all(result["suppressions"] for result in accepted)
    open_copy = work / "open"
    shutil.copytree(report, open_copy)
    head = open_copy / "report.yaml"
    head.write_text(head.read_text(encoding="utf-8").split("\nsuppressions:")[0] + "\n", encoding="utf-8")
    found = check("open", open_copy)["results"]
    assert len(found) == len(accepted) and not any(result["suppressions"] for result in found)

    broken = sorted(path for path in (root / "tests/projects/bad").iterdir())
    results = sum(len(check(path.name, path, "--strict")["results"]) for path in broken)
    assert results > 300, results
    run = check("several", *broken, work / "nowhere")
    assert not run["invocations"][0]["executionSuccessful"]
    baseline = work / "baseline.json"
    check("created", root / "tests/projects/bad/wrong-sums", "--baseline", baseline, "--create-baseline")
    states = {result["baselineState"] for result in check("again", root / "tests/projects/bad/wrong-sums", "--baseline", baseline)["results"]}
    assert states == {"unchanged"}, states

    logs += map(pathlib.Path, bundled)
    faults = validate(program, work / "validated.json", logs)
    damaged = work / "damaged.sarif"
    log = json.loads(logs[0].read_text(encoding="utf-8"))
    log["runs"][0]["results"][0]["ruleIndex"] = 999
    damaged.write_text(json.dumps(log), encoding="utf-8")
    said = validate(program, work / "damaged.json", [damaged])
    assert said, "the validator finds nothing in a damaged log"
    for fault in faults:
        print(fault)
    print(f"SARIF: {len(logs)} logs, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
