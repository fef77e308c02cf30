"""A project's stages, states and roles (domain §2.2, §2.3)."""

import re
from enum import StrEnum
from unicodedata import normalize

KEY_PATTERN = re.compile(r"[A-Z][A-Z0-9]{1,9}")
"""What a project's key looks like: the FRAUD of FRAUD-12."""


class Stage(StrEnum):
    """The eight stages."""

    CONCEPTION = "conception"
    DATA = "data"
    PROTOTYPE = "prototype"
    DEVELOPMENT = "development"
    READINESS = "readiness"
    DEPLOYMENT = "deployment"
    PRODUCTION = "production"
    DEPRECATION = "deprecation"


class RiskTier(StrEnum):
    """How much harm a wrong result does (S1-30); high makes validation and redress must-haves."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Serving(StrEnum):
    """How the output reaches its users (S2-3)."""

    BATCH = "batch"
    REAL_TIME = "real_time"


class GovernanceKind(StrEnum):
    """The four tracks of S2-6."""

    PRIVACY = "privacy"
    COMPLIANCE = "compliance"
    LEGAL = "legal"
    VALIDATION = "validation"


class GovernanceState(StrEnum):
    """How far a track is."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_NEEDED = "not_needed"


class ProjectStatus(StrEnum):
    """active ⇄ on hold; stopped by a decision; retired after production."""

    ACTIVE = "active"
    ON_HOLD = "on_hold"
    STOPPED = "stopped"
    RETIRED = "retired"


class Role(StrEnum):
    """Roles of S3-6 and what governance adds."""

    PM = "pm"
    DATA_SCIENTIST = "data_scientist"
    ML_ENGINEER = "ml_engineer"
    DATA_ENGINEER = "data_engineer"
    DEVOPS = "devops"
    SOFTWARE_ENGINEER = "software_engineer"
    DESIGNER = "designer"
    ANALYST = "analyst"
    LEADER = "leader"
    STAKEHOLDER = "stakeholder"
    PRIVACY = "privacy"
    LEGAL = "legal"
    COMPLIANCE = "compliance"
    VALIDATION = "validation"


TECHNICAL = (
    Role.DATA_SCIENTIST,
    Role.ML_ENGINEER,
    Role.DATA_ENGINEER,
    Role.DEVOPS,
    Role.SOFTWARE_ENGINEER,
    Role.ANALYST,
)
"""Those who can judge a number (S0-21) and a complexity (S1-7)."""


def key_from(name: str) -> str:
    """A key made of a project's name: its first word of letters and digits, capital, 2 to 10 long.

    Accents are dropped: “Évaluation” makes EVALUATION. Empty when no word begins with a Latin letter.
    """
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"\b[A-Za-z][A-Za-z0-9]+", plain)
    return words[0][:10].upper() if words else ""
