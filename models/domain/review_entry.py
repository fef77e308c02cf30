"""What has to be there before a review can be held, who is in it, and who hears of its end (domain §4.1).

A review may be planned and opened all the same: what is missing is said, so that somebody can see to it.
"""

from dataclasses import dataclass
from enum import StrEnum

from models.domain.project import Role
from models.domain.review import ReviewKind

OUTSIDER = "a scientist from another project"
"""What a peer review wants besides those who made it."""


@dataclass(frozen=True)
class Standing:
    """How far a project is, as far as a review of it asks.

    `accepted`: a confirmed number reaches what is needed. `handed_over`: the hand-over's standing decision
    is a go. `outsider`: a scientist from another project takes part. `same_code`: a live model is only
    trained anew.
    """

    measured: bool = False
    problem: bool = False
    phrase: bool = False
    accepted: bool = False
    handed_over: bool = False
    outsider: bool = False
    same_code: bool = False
    reason: bool = False


def lacking(kind: ReviewKind, standing: Standing) -> tuple[str, ...]:
    """What is missing before a review of this kind can be held, in words; nothing where all is there."""
    match kind:
        case ReviewKind.PEER:
            asked = {
                "a measured prototype": standing.measured,
                "a written problem": standing.problem,
                OUTSIDER: standing.outsider,
            }
        case ReviewKind.STAKEHOLDER:
            asked = {"what the number means, in plain words": standing.phrase}
        case ReviewKind.HANDOVER:
            asked = {"a confirmed number that is good enough": standing.accepted}
        case ReviewKind.DEPLOYMENT:
            asked = {"a go on the hand-over": standing.handed_over or standing.same_code}
        case ReviewKind.DEPRECATION:
            asked = {"the reason": standing.reason}
        case _:  # a project review needs nothing
            asked = {}
    return tuple(words for words, is_there in asked.items() if not is_there)


class Reader(StrEnum):
    """Who hears how a review ended (the letters of domain §1)."""

    TEAM = "team"
    PM = "pm"
    REVIEWERS = "reviewers"
    ENGINEERING = "engineering"
    STAKEHOLDERS = "stakeholders"
    LEADERSHIP = "leadership"


RESULT_GOES_TO: dict[ReviewKind, tuple[Reader, ...]] = {
    ReviewKind.PEER: (Reader.TEAM, Reader.PM),
    ReviewKind.PROJECT: (Reader.PM, Reader.LEADERSHIP),
    ReviewKind.STAKEHOLDER: (Reader.STAKEHOLDERS, Reader.PM),
    ReviewKind.HANDOVER: (Reader.REVIEWERS, Reader.ENGINEERING),
    ReviewKind.DEPLOYMENT: (Reader.PM, Reader.STAKEHOLDERS, Reader.LEADERSHIP),
    ReviewKind.DEPRECATION: (Reader.STAKEHOLDERS, Reader.PM),
}
"""The card in the project's channel shows it anyway; these hear of it besides."""

ENGINEERS = (Role.ML_ENGINEER, Role.DATA_ENGINEER, Role.DEVOPS, Role.SOFTWARE_ENGINEER)
SCIENTISTS = (Role.DATA_SCIENTIST, Role.ANALYST)
TOLD: dict[Reader, tuple[Role, ...]] = {
    Reader.PM: (Role.PM,),
    Reader.ENGINEERING: (*ENGINEERS, Role.DESIGNER),
    Reader.STAKEHOLDERS: (Role.STAKEHOLDER,),
}
"""The roles that are told in person; the others read it where it is posted."""

INVITED: dict[ReviewKind, tuple[Role, ...]] = {
    ReviewKind.PEER: (Role.DATA_SCIENTIST, Role.ML_ENGINEER),
    ReviewKind.PROJECT: (Role.PM, Role.LEADER),
    ReviewKind.STAKEHOLDER: (Role.STAKEHOLDER, Role.PM, Role.DATA_SCIENTIST),
    ReviewKind.HANDOVER: (Role.DATA_SCIENTIST, Role.ML_ENGINEER, Role.SOFTWARE_ENGINEER),
    ReviewKind.DEPLOYMENT: (
        Role.PM,
        *(Role.DATA_SCIENTIST, Role.ML_ENGINEER),
        *(Role.PRIVACY, Role.STAKEHOLDER),
    ),
    ReviewKind.DEPRECATION: (Role.PM, Role.DATA_SCIENTIST, Role.STAKEHOLDER),
}
"""Who takes part by their role."""


def chairs(kind: ReviewKind) -> tuple[Role, ...]:
    """Who leads it, the first of these roles that somebody holds: the PM, in a peer review a scientist."""
    makers = (*SCIENTISTS, *ENGINEERS)
    if kind is ReviewKind.PEER:
        return (*makers, Role.PM, Role.LEADER)
    return (Role.PM, Role.LEADER, *makers)
