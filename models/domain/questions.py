"""The standup's questions as a team words them (S4-14), within the kinds that feed the record."""

from dataclasses import dataclass
from enum import StrEnum

MOST = 150
"""Characters of a question or a hint."""


class Kind(StrEnum):
    """What a question is about; the record needs these (domain §3.3)."""

    LEARNED = "learned"
    STATUS = "status"
    VALUE = "value"
    NEXT_STEP = "next_step"
    BLOCKER = "blocker"

    @property
    def always(self) -> bool:
        """Whether it can't be left out: without it there is no answer."""
        return self in (Kind.LEARNED, Kind.STATUS)


@dataclass(frozen=True)
class Question:
    """A team's own words; None leaves the default. One that isn't `asked` is left out of the form."""

    wording: str | None = None
    hint: str | None = None
    asked: bool = True


@dataclass(frozen=True)
class Questions:
    """All of them."""

    learned: Question = Question()
    status: Question = Question()
    value: Question = Question()
    next_step: Question = Question()
    blocker: Question = Question()

    def of(self, kind: Kind) -> Question:
        """The one about `kind`."""
        question: Question = getattr(self, kind.value)
        return question


DEFAULT = Questions()


def questions_of(stored: dict[str, object]) -> Questions:
    """The questions that a standup keeps; what isn't understood is the default."""
    return Questions(**{kind.value: _question(kind, stored.get(kind.value)) for kind in Kind})


def kept(questions: Questions) -> dict[str, object]:
    """As a standup keeps them: only what differs from the defaults."""
    return {
        kind.value: {"wording": one.wording, "hint": one.hint, "asked": one.asked or kind.always}
        for kind in Kind
        if (one := questions.of(kind)) != Question()
    }


def _question(kind: Kind, stored: object) -> Question:
    if not isinstance(stored, dict):
        return Question()
    return Question(
        wording=_words(stored.get("wording")),
        hint=_words(stored.get("hint")),
        asked=kind.always or stored.get("asked") is not False,
    )


def _words(stored: object) -> str | None:
    return stored[:MOST] if isinstance(stored, str) and stored.strip() else None
