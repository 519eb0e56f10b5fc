"""Run the checks one after another, all of them, and say at the end what was not well and what could not run.

    python .ci/checks.py quick|all

With CI=true a check that could not run is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.services.tools import ROOT, TOOLS

PROGRAMS = Path(sys.executable).parent
ON_BOTH_CORES = ("-n", "2", "--dist", "worksteal", "-q")
BROWSER = "tests/real_browser"
TESTS = (*ON_BOTH_CORES, f"--ignore={BROWSER}")
KNOWS_NO_DATABASE = "--ignore=tests/content"
FAST = ("tests/content", "tests/house", "tests/test_thai.py", "tests/test_permissions.py")
WITH_POSTGRESQL = ("python", "-m", "tests.services.postgresql", "TEST_DATABASE_URL")
EACH_IN_A_STEP_OF_ITS_OWN = (f"{BROWSER}/test_markup.py", f"{BROWSER}/test_lighthouse.py")


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]
    needs: tuple[str, ...] = ()
    """Names of `TOOLS`."""

    @property
    def missing(self) -> list[str]:
        return [name for name in self.needs if TOOLS[name]() is None]


LOOK = (
    Check("format", ("ruff", "format", "--check", "--quiet", ".")),
    Check("lint", ("ruff", "check", "--quiet", ".")),
    Check("types", ("mypy",)),
    Check("import contracts", ("lint-imports", "--no-logo")),
    Check("templates", ("djlint", "templates", "--lint", "--quiet")),
    Check("lessons", ("classroom", "content", "check")),
)
QUICK = (*LOOK, Check("fast tests", ("pytest", *ON_BOTH_CORES, "-m", "not slow", *FAST)))
ALL = (
    *LOOK,
    Check("tests on SQLite", ("pytest", *TESTS)),
    Check("tests on PostgreSQL", (*WITH_POSTGRESQL, "pytest", *TESTS, KNOWS_NO_DATABASE), needs=("PostgreSQL",)),
    Check(
        "real browser, axe, first view",
        ("pytest", *ON_BOTH_CORES, BROWSER, *(f"--ignore={file}" for file in EACH_IN_A_STEP_OF_ITS_OWN)),
        needs=("Chromium", "axe-core"),
    ),
    Check("markup", ("pytest", "-q", f"{BROWSER}/test_markup.py"), needs=("Chromium", "Java", "the Nu checker")),
    Check("Lighthouse", ("pytest", "-q", f"{BROWSER}/test_lighthouse.py"), needs=("Chromium", "Node.js", "Lighthouse")),
    Check("short soak", ("python", "-m", "bench.soak", "--short")),
)


@dataclass(frozen=True)
class Outcome:
    check: Check
    is_well: bool
    seconds: float
    says: str


def main(which: str) -> int:
    checks = {"quick": QUICK, "all": ALL}[which]
    outcomes = [run(check) for check in checks if not check.missing]
    left_out = [check for check in checks if check.missing]
    failed = [outcome.check for outcome in outcomes if not outcome.is_well]
    if os.environ.get("CI") == "true":
        failed += left_out
    tell(outcomes, left_out)
    print(f"{len(outcomes) - sum(not one.is_well for one in outcomes)} passed, {len(failed)} failed")
    return 1 if failed else 0


def run(check: Check) -> Outcome:
    """Run it with its output shown as it comes; its last line is its summary."""
    print(f"── {check.name}", flush=True)
    begun, last = time.monotonic(), ""
    program, *arguments = check.command
    environment = os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    with subprocess.Popen(
        [PROGRAMS / program, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    return Outcome(check, process.returncode == 0, time.monotonic() - begun, last)


def tell(outcomes: list[Outcome], left_out: list[Check]) -> None:
    print("──")
    for outcome in outcomes:
        mark = "ok    " if outcome.is_well else "FAILED"
        print(f"{mark} {outcome.check.name:<32}{outcome.seconds:6.1f} s  {outcome.says.strip('= ')[:80]}")
    for check in left_out:
        print(f"NOT RUN {check.name}: {', '.join(check.missing)} missing (installed by `make test` as root on Debian)")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
