"""Where coverage's tracer rests within a test that counts: in what is called all the time and is not ours.

That is SQLAlchemy behind its greenlets (to follow them costs twice what the tests themselves do), SQLite's
thread, what draws examples, and Slack's models while they become JSON. Of drawn examples the first few count:
no line may be one that only luck reaches.
"""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from itertools import count
from typing import Any

import aiosqlite.core
from slack_sdk.models.basic_objects import JsonObject
from sqlalchemy.util.concurrency import _concurrency_shim

LOOKED_AT = 5
"""Examples of each drawn test."""


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


def begin() -> None:
    """Have the tracer rest there from here on."""
    greenlet: Any = _concurrency_shim._AsyncIoGreenlet
    for name in ("switch", "throw"):
        setattr(greenlet, name, Entered.by(getattr(greenlet, name)))
    JsonObject.to_dict = _untraced(JsonObject.to_dict)  # type: ignore[method-assign]
    module: Any = aiosqlite.core
    module._connection_worker_thread = _never_traced(module._connection_worker_thread)


@contextmanager
def while_drawn(test: Any) -> Generator[None, None, None]:
    """`test` is what Hypothesis holds of a test: only what it was written for is traced, not the drawing."""
    inner: Any = test.inner_test
    tracer: Any = sys.gettrace()
    test.inner_test = _traced(inner, tracer)
    tracer.stop()
    try:
        yield
    finally:
        tracer.start()
        test.inner_test = inner


def _untraced(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def untraced(*args: Any, **named: Any) -> Any:
        tracer: Any = sys.gettrace()
        if tracer is None:
            return call(*args, **named)
        tracer.stop()
        try:
            return call(*args, **named)
        finally:
            tracer.start()

    return untraced


def _traced(call: Callable[..., Any], tracer: Any) -> Callable[..., Any]:
    examples = count(1)

    @wraps(call)
    def traced(*args: Any, **named: Any) -> Any:
        if next(examples) > LOOKED_AT:
            return call(*args, **named)
        tracer.start()
        try:
            return call(*args, **named)
        finally:
            tracer.stop()

    return traced


def _never_traced(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def never(*args: Any, **named: Any) -> Any:
        sys.settrace(None)
        return call(*args, **named)

    return never
