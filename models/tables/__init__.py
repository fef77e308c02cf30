"""The tables: columns, constraints and relationships, at most one-line properties."""

from models.db import Base
from models.tables.blocker import Blocker
from models.tables.ceremony import Ceremony, Participant, Prompt, Run, StandupEntry
from models.tables.chronicle import Event, InboxEvent
from models.tables.delivery import Delivery, Pacing
from models.tables.digest import Digest, Snooze
from models.tables.experiment import Experiment, Measurement
from models.tables.notice import Notice
from models.tables.project import Benchmark, Membership, Metric, Project
from models.tables.workspace import Member, Workspace

__all__ = [
    "Base",
    "Benchmark",
    "Blocker",
    "Ceremony",
    "Delivery",
    "Digest",
    "Event",
    "Experiment",
    "InboxEvent",
    "Measurement",
    "Member",
    "Membership",
    "Metric",
    "Notice",
    "Pacing",
    "Participant",
    "Project",
    "Prompt",
    "Run",
    "Snooze",
    "StandupEntry",
    "Workspace",
]
