"""The whole check: format, lint, types, import contracts, tests with coverage. `python -m tests.check`.

Runs everything even when something failed, and says at its end what passed. Exits 1 when anything failed.
What only reads the code is done beside each other, before the tests: one of them alone needs one core.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = (sys.executable, "-m")
PYTEST = ("pytest", "-n", "2", "--dist", "worksteal", "-q")
READING = (
    ("format", (*PYTHON, "ruff", "format", "--check", ".")),
    ("lint", (*PYTHON, "ruff", "check", ".")),
    ("types", (*PYTHON, "mypy", "bot", "handlers", "models", "scheduler", "tests")),
    ("import contracts", (str(Path(sys.executable).with_name("lint-imports")), "--no-logo")),
)
STEPS = (
    ("tests", (*PYTHON, "coverage", "run", "-m", *PYTEST)),
    ("coverage", (*PYTHON, "coverage", "combine", "-q")),
    ("coverage of all", (*PYTHON, "coverage", "report", "--skip-covered", "--fail-under=95")),
    (
        "coverage of the rules",
        (*PYTHON, "coverage", "report", "--include=models/domain/*", "--fail-under=100"),
    ),
)
ALONE = (
    *(*PYTHON, "pytest", "-q", "-n", "0"),
    *("--last-failed", "--last-failed-no-failures", "none"),
)
"""Stories keep Slack's three seconds; on a busy machine they starve beside others. Those that failed are run
once more, alone and untraced, and it is said; what fails alone has failed."""


def _read() -> list[str]:
    """Have the code read, all at once; which of these steps failed."""
    started = time.monotonic()
    running = [
        (
            name,
            subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT),
        )
        for name, command in READING
    ]
    failed = []
    for name, process in running:
        said, _ = process.communicate()
        print(f"\n── {name}\n{said.decode()}", end="", flush=True)
        if process.returncode:
            failed.append(name)
    print(f"   {time.monotonic() - started:.0f} s", flush=True)
    return failed


def main() -> int:
    """Run the steps; returns the exit code."""
    # Python keeps what it has compiled: some machines say that it shall not, and every process pays for it.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    failed = _read()
    for name, command in STEPS:
        print(f"\n── {name}", flush=True)
        started = time.monotonic()
        passed = subprocess.run(command, cwd=ROOT, check=False).returncode == 0
        if not passed and "pytest" in command:
            print("\n   Some failed beside others. They are run once more, alone:", flush=True)
            passed = subprocess.run(ALONE, cwd=ROOT, check=False).returncode == 0
        if not passed:
            failed.append(name)
        print(f"   {time.monotonic() - started:.0f} s", flush=True)
    print()
    for name, _ in READING + STEPS:
        print(f"{'FAILED' if name in failed else 'passed'}  {name}")
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        print("No Chromium was found: the browser tests did not run.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
