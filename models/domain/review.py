"""Reviews: their kinds and states, and what an item of a checklist is answered with (domain §4.1)."""

from enum import StrEnum


class ReviewKind(StrEnum):
    """The six reviews."""

    PEER = "peer"
    PROJECT = "project"
    STAKEHOLDER = "stakeholder"
    HANDOVER = "handover"
    DEPLOYMENT = "deployment"
    DEPRECATION = "deprecation"


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


class Side(StrEnum):
    """The two technical signatures under a deployment (S3-27)."""

    SCIENTIST = "scientist"
    ENGINEER = "engineer"
