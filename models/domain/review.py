"""Reviews: their kinds and states, and what an item of a checklist is answered with (domain §4.1)."""

from enum import StrEnum

from models.domain.project import Role


class ReviewKind(StrEnum):
    """The six reviews."""

    PEER = "peer"
    PROJECT = "project"
    STAKEHOLDER = "stakeholder"
    HANDOVER = "handover"
    DEPLOYMENT = "deployment"
    DEPRECATION = "deprecation"

    @property
    def label(self) -> str:
        """As people call it."""
        return {
            ReviewKind.PEER: "Peer review",
            ReviewKind.PROJECT: "Project review",
            ReviewKind.STAKEHOLDER: "Stakeholder review",
            ReviewKind.HANDOVER: "Hand-over review",
            ReviewKind.DEPLOYMENT: "Launch check",
            ReviewKind.DEPRECATION: "Retirement review",
        }[self]


class ReviewState(StrEnum):
    """scheduled → open → held; or cancelled (domain §2.3)."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    HELD = "held"
    CANCELLED = "cancelled"


class Answer(StrEnum):
    """To an item that asks for a yes; an open question is filled in, and `yes` says that it is settled."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "na"

    @property
    def label(self) -> str:
        """As people read it."""
        return {
            Answer.YES: "Yes",
            Answer.PARTLY: "Partly",
            Answer.NO: "No",
            Answer.NOT_APPLICABLE: "Doesn't apply",
        }[self]


class Side(StrEnum):
    """The two technical signatures under a deployment (S3-27)."""

    SCIENTIST = "scientist"
    ENGINEER = "engineer"

    @property
    def article(self) -> str:
        """“a scientist”."""
        return "a scientist" if self is Side.SCIENTIST else "an engineer"

    @property
    def roles(self) -> tuple[Role, ...]:
        """Those who sign for it."""
        if self is Side.SCIENTIST:
            return (Role.DATA_SCIENTIST, Role.ANALYST)
        return (Role.ML_ENGINEER, Role.DATA_ENGINEER, Role.DEVOPS, Role.SOFTWARE_ENGINEER)
