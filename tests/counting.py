"""What counts for coverage. Python's tracer slows down whatever runs, so it rests where the same was traced.

`coverage run -m pytest` is one run of all tests. The tracer stands still in stories, browser tests, fire and
whatever runs on PostgreSQL: the same code was traced on SQLite. A story marked `counted` is traced, once.
It stands still while tests are collected, once all that is ours has been imported, and in the process that
only hands tests out to others.

It rests in what is called all the time and has nothing of ours (`tests.resting`), too. What we have within
SQLAlchemy (columns' types, a session's own rules, migrations) is traced by the tests marked `traced_through`.
"""

import os
import pkgutil
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import coverage
import pytest

import bot
import handlers
import models
import scheduler
from tests import resting

CHILDREN = "COVERAGE_PROCESS_CONFIG"
"""Processes that are started with it in their environment are traced as well."""

ONCE = "one_way"
"""The fixture of stories that are told once, on whichever database."""

NOT_AT_ONCE = (".__main__", ".env", ".windows")
"""What does something as soon as it is imported; and pandas, which takes a second, for children only."""


def counts(item: pytest.Item) -> bool:
    """Whether a test is traced."""
    marks = {mark.name for mark in item.iter_markers()}
    if "counted" in marks:
        return "postgresql" not in marks or ONCE in getattr(item, "fixturenames", ())
    return not marks & {"stories", "browser", "fire", "postgresql"}


class Counting:
    """The plugin. Without coverage it does nothing."""

    def __init__(self, *, hands_out: bool) -> None:
        tracer = coverage.Coverage.current()
        self._collector: Any = tracer._collector if tracer else None
        self._hands_out = hands_out
        if self._collector:
            self._follow = self._collector.concur_id_func
            resting.begin()
            self._rest_in_sqlalchemy(True)

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Collect untraced: to import the tests costs three times as much with a tracer looking on."""
        if not self._collector:
            return (yield)
        if not self._hands_out:
            _import_ours()
        with self._resting():
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """Nothing of ours runs where tests are only handed out."""
        if not (self._collector and self._hands_out):
            return (yield)
        with self._resting():
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Trace a test as far as it counts."""
        if not self._collector:
            return (yield)
        if not counts(item):
            with self._resting(), _children_untraced():
                return (yield)
        if item.get_closest_marker("traced_through"):
            return (yield from self._through())
        drawn: Any = getattr(getattr(item, "obj", None), "hypothesis", None)
        if drawn is not None:
            with resting.while_drawn(drawn):
                return (yield)
        return (yield)

    @contextmanager
    def _resting(self) -> Generator[None, None, None]:
        self._collector.stop()
        try:
            yield
        finally:
            self._collector.start()

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
        resting.Entered.rest = rest
        self._collector.start()


@contextmanager
def _children_untraced() -> Generator[None, None, None]:
    told = os.environ.pop(CHILDREN, None)
    try:
        yield
    finally:
        if told is not None:
            os.environ[CHILDREN] = told


def _import_ours() -> None:
    for package in (bot, handlers, models, scheduler):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith(NOT_AT_ONCE):
                import_module(found.name)
