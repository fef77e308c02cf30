"""What counts for coverage. Python's tracer slows down whatever runs, so it rests where the same was traced.

`coverage run -m pytest` is one run of all tests. The tracer stands still in stories, browser tests, fire and
whatever runs on PostgreSQL: the same code was traced on SQLite. A story marked `counted` is traced, once.
"""

import os
from collections.abc import Generator

import coverage
import pytest

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

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Let the tracer rest for the time of a test that doesn't count."""
        tracer = coverage.Coverage.current()
        if tracer is None or counts(item):
            return (yield)
        told = os.environ.pop(CHILDREN, None)
        tracer.stop()
        try:
            return (yield)
        finally:
            tracer.start()
            if told is not None:
                os.environ[CHILDREN] = told
