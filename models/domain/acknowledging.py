"""What people are told and say that they know of: one mechanism, whatever it is about (domain §2.4, 8)."""

from dataclasses import dataclass
from enum import StrEnum

from models.domain.live_notices import EndStillOpen, EndToConfirm, of_end
from models.domain.notices import (
    ExpectationsNote,
    NoticeKind,
    ScopeStillOpen,
    ScopeToConfirm,
    of_scope,
)


class Matter(StrEnum):
    """What is to be acknowledged; the values stand in the database."""

    SCOPE = "scope"
    """A scope change (S0-36)."""
    END = "notice"
    """The end of a live model (S3-13)."""
    EXPECTATIONS = "expectations"
    """What to expect of a project; its number is the project's (S1-23)."""


@dataclass(frozen=True)
class Subject:
    """One thing that people acknowledge; `str` of it is what its acknowledgements are called."""

    matter: Matter
    number: int

    def __str__(self) -> str:
        return f"{self.matter}:{self.number}"

    @classmethod
    def of(cls, name: str) -> "Subject":
        """The thing that is called so."""
        matter, _, number = name.partition(":")
        return cls(Matter(matter), int(number))


def asks(subject: Subject, member_id: int) -> NoticeKind:
    """What a person is told who is to acknowledge it."""
    number = subject.number
    match subject.matter:
        case Matter.SCOPE:
            return ScopeToConfirm(scope_id=number, member_id=member_id)
        case Matter.END:
            return EndToConfirm(notice_id=number, member_id=member_id)
        case _:  # Matter.EXPECTATIONS
            return ExpectationsNote(project_id=number)


def told_about(subject: Subject, member_id: int) -> list[str]:
    """The subjects of everything that a person is told about it, from the first time to the last."""
    match subject.matter:
        case Matter.SCOPE:
            return of_scope(subject.number, member_id)
        case Matter.END:
            return of_end(subject.number, member_id)
        case _:  # Matter.EXPECTATIONS
            return [asks(subject, member_id).subject]


@dataclass(frozen=True)
class Asking:
    """That somebody is asked to acknowledge something; `again` where they were before."""

    subject: Subject
    member_id: int
    again: bool


def asking(about: NoticeKind) -> Asking | None:
    """What a notice asks to confirm; None where it asks for something else."""
    match about:
        case ScopeToConfirm(scope_id=number, member_id=who):
            return Asking(Subject(Matter.SCOPE, number), who, again=False)
        case ScopeStillOpen(scope_id=number, member_id=who):
            return Asking(Subject(Matter.SCOPE, number), who, again=True)
        case EndToConfirm(notice_id=number, member_id=who):
            return Asking(Subject(Matter.END, number), who, again=False)
        case EndStillOpen(notice_id=number, member_id=who):
            return Asking(Subject(Matter.END, number), who, again=True)
        case _:
            return None
