"""The checklists of the package, as files that a team can read, and reading one that a team has written."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

from models.domain.checklist import Checklist
from models.domain.errors import BotError
from models.domain.facts_reviews import MlScore
from models.domain.ml_test_score import Band, scored
from models.domain.review import ReviewKind


class ChecklistRefused(BotError):
    """That is no checklist."""


class Test(NamedTuple):
    """One of the 28 tests."""

    key: str
    text: str


class Tests(NamedTuple):
    """The ML Test Score: its tests by section, what a score says, and what points mean."""

    sections: dict[str, tuple[Test, ...]]
    bands: tuple[Band, ...]
    points: dict[float, str]


@cache
def packaged(kind: ReviewKind) -> Checklist:
    """The package's own checklist of a kind of review."""
    return read(_text(kind.value))


@cache
def ml_tests() -> Tests:
    """The tests of Breck et al. 2017."""
    found = yaml.safe_load(_text("ml_test_score"))
    return Tests(
        sections={
            section: tuple(Test(one["key"], one["text"]) for one in tests)
            for section, tests in found["sections"].items()
        },
        bands=tuple(Band(float(one["to"]), one["says"], one["over"]) for one in found["bands"]),
        points={float(points): says for points, says in found["points"].items()},
    )


def scored_of(points: Mapping[str, float], on: date) -> MlScore:
    """The ML Test Score that these points by test come to."""
    tests = ml_tests()
    texts = {test.key: test.text for section in tests.sections.values() for test in section}
    sections = {
        name: tuple(test.key for test in section) for name, section in tests.sections.items()
    }
    found = scored(sections, points, tests.bands)
    return MlScore(
        scored=found,
        on=on,
        next=tuple(texts[test] for test in found.next),
        missing=tuple(name for name, keys in sections.items() if points.keys().isdisjoint(keys)),
    )


def _text(name: str) -> str:
    return files(__name__).joinpath(f"{name}.yaml").read_text("utf-8")


def read(text: str) -> Checklist:
    """A checklist that somebody has written.

    Raises:
        ChecklistRefused: the sentence names the line.
    """
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        found = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ChecklistRefused(f"Line {line}: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise ChecklistRefused(f"It can't be read: {error}") from error
    try:
        return Checklist.model_validate(found)
    except ValidationError as error:
        problem = error.errors()[0]
        line = _line(tree, problem["loc"])
        where = ".".join(str(part) for part in problem["loc"]) or "the whole"
        raise ChecklistRefused(f"Line {line}, {where}: {problem['msg']}.") from error


def written(checklist: Checklist) -> str:
    """A checklist as a file that `read` takes."""
    return yaml.safe_dump(
        checklist.model_dump(mode="json", exclude_defaults=True),
        sort_keys=False,
        allow_unicode=True,
        width=110,
    )


def _line(node: Any, path: tuple[int | str, ...]) -> int:
    """The line on which the innermost part of `path` that is there begins, from 1."""
    for part in path:
        inner = _inside(node, part)
        if inner is None:
            break
        node = inner
    return 1 if node is None else int(node.start_mark.line) + 1


def _inside(node: Any, part: int | str) -> Any:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part]
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    return None
