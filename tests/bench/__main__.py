"""`python -m tests.bench [NAME…]`: measures what design §6 promises, and prints it as a table.

Nothing here asserts a time: machines differ. Compare the ratios, which are measured in turns.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from bot.serve import rest_collector
from tests.bench import (
    answering,
    answers,
    history,
    modals,
    notebook,
    pace,
    progress,
    queries,
    stalled,
    starting,
)
from tests.bench.report import Figure, machine, table

Bench = Callable[[Path], Coroutine[Any, Any, list[Figure]]]
BENCHES: dict[str, Bench] = {
    "answers": answers.bench,
    "modals": modals.bench,
    "queries": queries.bench,
    "starting": starting.bench,
    "pace": pace.bench,
    "idle": history.idle,
    "opening": history.opening,
    "stalled": stalled.bench,
    "progress": progress.bench,
    "find": notebook.bench_find,
    "recall": notebook.bench_recall,
    "answering": answering.bench,
}


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all, and print their figures."""
    unknown = set(names) - set(BENCHES)
    if unknown:
        raise SystemExit(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(BENCHES)}")
    figures: list[Figure] = []
    rest_collector()  # as the bot itself does
    for name in names or BENCHES:
        print(f"{name} … {machine()}", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="labmate-bench-") as folder:
            figures += asyncio.run(BENCHES[name](Path(folder)))
    print(table(figures))
    print(f"\n{machine()}")


if __name__ == "__main__":
    main(sys.argv[1:])
