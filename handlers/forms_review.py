"""Forms of a review as frozen values; those with a field for every item are read one by one."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator

from handlers.blocks.review_forms import ANSWER, BY, NOTE, NOTE_LIMIT, WHAT, WHO, mark_of
from handlers.forms import FrozenForm, InvalidForm, Optional300, Text, blank_is_none
from handlers.forms_answers import id_of
from models.checklists import ml_tests
from models.domain.checklist import Item, ItemKind
from models.domain.decision import DecisionKind
from models.domain.errors import Unknown
from models.domain.review import Answer
from models.reviewing import Said

LINK = re.compile(r"https?://[^\s<>|]+")


class CloseForm(FrozenForm):
    """What was decided, and why."""

    decision: DecisionKind
    reason: Text
    next_on: Annotated[date | None, BeforeValidator(blank_is_none)] = None
    dissent: Optional300 = None


class Shown(NamedTuple):
    """Which review a form of answers is about, and a mark of what stood in it when it was opened, by item."""

    review_id: int
    marks: dict[str, str]

    @classmethod
    def of(cls, metadata: str) -> "Shown":
        """From a view's metadata, “12|key=1a2b3c4d,key=”.

        Raises:
            Unknown: it is none that we made.
        """
        review_id, _, shown = metadata.partition("|")
        try:
            pairs = [pair.partition("=") for pair in shown.split(",") if pair]
            return cls(int(review_id), {key: mark for key, _, mark in pairs})
        except ValueError as error:
            raise Unknown from error


def answers_of(
    values: Mapping[str, Any] | None, items: Sequence[Item], marks: Mapping[str, str]
) -> dict[str, Said]:
    """What somebody has said by item; what they left as it stood is none of it.

    So two people who answer at the same moment overwrite nothing of each other's.

    Raises:
        InvalidForm: something less than a yes without a word about it.
    """
    given, problems = dict(values or {}), {}
    said: dict[str, Said] = {}
    for item in items:
        answer, typed = _answer(given.get(ANSWER + item.key)), given.get(NOTE + item.key)
        if mark_of(answer, typed) == marks.get(item.key, ""):
            continue
        note, link = _note(typed)
        if item.kind is ItemKind.STATEMENT and note is None:
            note, link = link, None  # where it is written is an answer, too
        if item.kind is ItemKind.CONFIRM and answer is None and note is None and link is None:
            continue
        if problem := _problem(item, answer, note):
            problems[problem[0]] = problem[1]
        else:
            said[item.key] = Said(answer, note, link)
    if problems:
        raise InvalidForm(problems)
    return said


def _answer(value: Any) -> Answer | None:
    return Answer(value) if value in set(Answer) else None


def _note(value: Any) -> tuple[str | None, str | None]:
    """The words, and the first link among them."""
    words = str(value or "").replace("\x00", "").strip()[:NOTE_LIMIT]
    found = LINK.search(words)
    if found is None:
        return words or None, None
    rest = f"{words[: found.start()].rstrip()} {words[found.end() :].lstrip()}".strip()
    return rest or None, found[0]


def _problem(item: Item, answer: Answer | None, note: str | None) -> tuple[str, str] | None:
    if item.kind is ItemKind.STATEMENT:
        if answer is Answer.YES and note is None:
            return NOTE + item.key, "Please write it down before it is settled."
        return None
    if answer is None:
        return ANSWER + item.key, "Please choose one as well."
    if answer is not Answer.YES and note is None:
        asks = "Why not?" if answer is Answer.NOT_APPLICABLE else "What is missing?"
        return NOTE + item.key, f"{asks} A few words, please."
    return None


class ConditionForm(NamedTuple):
    """A condition as typed, for the item of that key."""

    item: str
    text: str
    owner: str
    due: date


def conditions_of(values: Mapping[str, Any] | None, items: Sequence[Item]) -> list[ConditionForm]:
    """The conditions that are filled in.

    Raises:
        InvalidForm: one of them is half filled in.
    """
    given, problems = dict(values or {}), {}
    found = []
    for item in items:
        who, by = given.get(WHO + item.key), given.get(BY + item.key)
        what = str(given.get(WHAT + item.key) or "").strip()
        if not (who or by or what):
            continue
        if not who:
            problems[WHO + item.key] = "Who sees to it?"
        if not by:
            problems[BY + item.key] = "By when?"
        if who and by:
            text = what or item.label
            found.append(ConditionForm(item.key, text, str(who), date.fromisoformat(str(by))))
    if problems:
        raise InvalidForm(problems)
    return found


class Section(NamedTuple):
    """A section of the ML Test Score in a review."""

    review_id: int
    name: str

    @property
    def tests(self) -> Sequence[str]:
        """The keys of its tests."""
        return [test.key for test in ml_tests().sections[self.name]]

    @classmethod
    def of(cls, value: str) -> "Section":
        """From a button's value or a form's metadata, “12|data”.

        Raises:
            Unknown: it is none that we made.
        """
        review_id, _, name = value.partition("|")
        if name not in ml_tests().sections:
            raise Unknown
        return cls(id_of(review_id), name)


def points_of(values: Mapping[str, Any] | None, tests: Sequence[str]) -> dict[str, float]:
    """The points of each test.

    Raises:
        InvalidForm: a test has none, or some that there aren't.
    """
    given, allowed = dict(values or {}), {f"{one:g}": one for one in ml_tests().points}
    if wrong := [test for test in tests if given.get(test) not in allowed]:
        raise InvalidForm(dict.fromkeys(wrong, "Please choose one."))
    return {test: allowed[given[test]] for test in tests}
