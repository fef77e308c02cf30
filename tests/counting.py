"""What counts for coverage. Python's tracer slows down whatever runs, so it rests where the same was traced.

`coverage run -m pytest` is one run of all tests. The tracer stands still in stories, browser tests, fire and
whatever runs on PostgreSQL: the same code was traced on SQLite. A story marked `counted` is traced, once.

It rests in SQLAlchemy, too: to follow its greenlets costs twice what the tests themselves do. What we have in
there (columns' types, a session's own rules, migrations) is traced by the tests marked `traced_through`.
"""

import os
import sys
from collections.abc import Generator
from typing import Any

import coverage
import pytest
from sqlalchemy.util.concurrency import _concurrency_shim

CHILDREN = "COVERAGE_PROCESS_CONFIG"
"""Processes that are started with it in their environment are traced as well."""

ONCE = "one_way"
"""The fixture of stories that are told once, on whichever database."""


def counts(item: pytest.Item) -> bool:
    """Whether a test is traced."""
    marks = {mark.name for mark in item.iter_markers()}
    if "counted" in marks:
        return "postgresql" not in marks or ONCE in getattr(item, "fixturenames", ())
    return not marks & {"stories", "browser", "fire", "postgresql"}


class Counting:
    """The plugin. Without coverage it does nothing."""

    def __init__(self) -> None:
        tracer = coverage.Coverage.current()
        self._collector: Any = tracer._collector if tracer else None
        if self._collector:
            self._follow = self._collector.concur_id_func
            self._rest_in_sqlalchemy(True)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Trace a test as far as it counts."""
        if not self._collector:
            return (yield)
        if not counts(item):
            return (yield from self._resting())
        if item.get_closest_marker("traced_through"):
            return (yield from self._through())
        return (yield)

    def _resting(self) -> Generator[None, object, object]:
        told = os.environ.pop(CHILDREN, None)
        self._collector.stop()
        try:
            return (yield)
        finally:
            self._collector.start()
            if told is not None:
                os.environ[CHILDREN] = told

    def _through(self) -> Generator[None, object, object]:
        self._rest_in_sqlalchemy(False)
        try:
            return (yield)
        finally:
            self._rest_in_sqlalchemy(True)

    def _rest_in_sqlalchemy(self, rest: bool) -> None:
        """Coverage asks at each call in which greenlet it is; where it enters none, there is but one."""
        self._collector.stop()
        self._collector.concur_id_func = None if rest else self._follow
        Entered.rest = rest
        self._collector.start()


class Entered:
    """What happens when SQLAlchemy's greenlets are entered: the tracer may `rest` until they are left."""

    rest = False

    @staticmethod
    def by(enter: Any) -> Any:
        def entered(greenlet: Any, *args: Any, **named: Any) -> Any:
            tracer: Any = sys.gettrace() if Entered.rest else None
            if tracer is None:
                return enter(greenlet, *args, **named)
            tracer.stop()
            try:
                return enter(greenlet, *args, **named)
            finally:
                tracer.start()

        return entered


for name in ("switch", "throw"):
    kind = _concurrency_shim._AsyncIoGreenlet
    setattr(kind, name, Entered.by(getattr(kind, name)))
