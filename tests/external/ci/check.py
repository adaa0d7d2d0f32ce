"""What build servers and hooks run, with programs of others: JUnit read by junitparser, the hook run by pre-commit, the
action and the GitLab job judged by the schemas of their makers, the script of the job run.

usage: check.py ESGREPORT ROOT WORK
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import yaml
from junitparser import Error, Failure, JUnitXml, Skipped

BIN = pathlib.Path(sys.executable).parent


def run(*command, code=0, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    said = done.stdout + done.stderr
    assert done.returncode == code, f"{command} ended with {done.returncode}:\n{said}"
    return said if code else done.stdout


def junit(binary, root, work):
    """The tests of a JUnit file are what `check` counts."""
    bad = sorted(str(path) for path in (root / "tests/projects/bad").iterdir())
    projects = [str(root / "content/xiaomi-2024"), *bad, str(work / "nowhere")]
    command = [binary, "check", "--ui", "en", "--as-of", "2025-06-30", *projects]
    xml, data = work / "check.xml", work / "check.json"
    run(*command, "--write", f"junit={xml}", "--write", f"json={data}", code=2)
    found = json.loads(data.read_text(encoding="utf-8"))
    suites = list(JUnitXml.fromfile(str(xml)))
    assert [suite.name for suite in suites] == projects, [suite.name for suite in suites]
    kinds = {Failure: 0, Skipped: 0, Error: 0}
    for suite in suites:
        cases = list(suite)
        assert suite.tests == len(cases) > 0, suite.name
        names = [(case.classname, case.name) for case in cases]
        assert len(set(names)) == len(names), suite.name
        own = [type(result) for case in cases for result in case.result]
        assert suite.failures == own.count(Failure) and suite.skipped == own.count(Skipped), suite.name
        for kind in kinds:
            kinds[kind] += own.count(kind)
    assert kinds[Failure] == found["summary"]["error"], kinds
    assert kinds[Skipped] == len(found["suppressed"]) > 10, kinds
    assert kinds[Error] == 1, kinds
    print(f"JUnit: {len(suites)} suites, {kinds[Failure]} failures, {kinds[Skipped]} skipped")


def hook(binary, root, work):
    """The hook runs where files of a report change, and stops a commit with errors."""
    hooks, user = work / "hooks", work / "user"
    environment = dict(
        os.environ,
        PATH=f"{pathlib.Path(binary).parent}{os.pathsep}{os.environ['PATH']}",
        PRE_COMMIT_HOME=str(work / "pre-commit"),
        LC_ALL="C",
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_CONFIG_NOSYSTEM="1",
    )
    git = ["git", "-c", "user.name=A. Bell", "-c", "user.email=bell@example.com"]
    for folder in (hooks, user):
        folder.mkdir()
        run(*git, "init", "-q", cwd=folder, env=environment)
    shutil.copy(root / ".pre-commit-hooks.yaml", hooks)
    run(BIN / "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml", cwd=hooks, env=environment)
    run(*git, "add", "-A", cwd=hooks, env=environment)
    run(*git, "commit", "-qm", "Hooks", cwd=hooks, env=environment)
    revision = run(*git, "rev-parse", "HEAD", cwd=hooks, env=environment).strip()
    shutil.copytree(root / "tests/projects/ok/smallest", user / "report")
    entry = {"id": "esgreport-check-system", "args": ["report"]}
    config = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": [entry]}]}
    (user / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (user / "notes.txt").write_text("no part of a report\n", encoding="utf-8")
    run(*git, "add", "-A", cwd=user, env=environment)
    commit = [BIN / "pre-commit", "run", "--color", "never", "--verbose"]
    said = run(*commit, cwd=user, env=environment)
    assert "0 errors, 0 warnings, 0 notes" in said and "Passed" in said, said
    run(*git, "commit", "-qm", "A report", cwd=user, env=environment)
    (user / "notes.txt").write_text("changed\n", encoding="utf-8")
    run(*git, "add", "-A", cwd=user, env=environment)
    said = run(*commit, cwd=user, env=environment)
    assert "(no files to check)Skipped" in said, said
    prose = user / "report/narrative/about.en.md"
    prose.write_text(prose.read_text(encoding="utf-8") + "\n{{ no.such-metric@2024 }}\n", encoding="utf-8")
    run(*git, "add", "-A", cwd=user, env=environment)
    said = run(*commit, cwd=user, env=environment, code=1)
    assert "no.such-metric" in said and "exit code: 1" in said, said
    print("pre-commit: the hook passes, skips and fails")


def schemas(root):
    check = BIN / "check-jsonschema"
    run(check, "--builtin-schema", "vendor.github-actions", root / "action.yml")
    run(check, "--builtin-schema", "vendor.gitlab-ci", root / "ci/gitlab.yml")
    print("action.yml, ci/gitlab.yml: valid")


def job(binary, root, work):
    """The script of the GitLab job, run as its runner does."""
    found = yaml.safe_load((root / "ci/gitlab.yml").read_text(encoding="utf-8"))["esgreport"]
    folder = work / "job"
    shutil.copytree(root / "tests/projects/ok/smallest", folder / "one")
    shutil.copytree(root / "tests/projects/bad/wrong-sums", folder / "two")
    path = f"{pathlib.Path(binary).parent}{os.pathsep}{os.environ['PATH']}"
    for projects, code in (("one", 0), ("one two", 1)):
        variables = dict(found["variables"], ESGREPORT_PROJECTS=projects, PATH=path)
        environment = dict(os.environ, **variables)
        run("bash", "-e", "-c", "\n".join(found["script"]), cwd=folder, env=environment, code=code)
        artifacts = [found["artifacts"]["reports"]["junit"], *found["artifacts"]["paths"]]
        for artifact in artifacts:
            assert (folder / artifact).stat().st_size > 0, artifact
    print("GitLab: the script of the job runs")


def main(binary, root, work):
    root, work = pathlib.Path(root), pathlib.Path(work)
    junit(binary, root, work)
    hook(binary, root, work)
    schemas(root)
    job(binary, root, work)


if __name__ == "__main__":
    main(*sys.argv[1:])
