"""The tables: columns, constraints and relationships, at most one-line properties."""

from models.db import Base
from models.tables.blocker import Blocker
from models.tables.ceremony import Ceremony, Participant, Prompt, Run, StandupEntry
from models.tables.charter import CharterAnswer, Governance, Score, ScoreRound
from models.tables.chronicle import Event, InboxEvent
from models.tables.decision import Condition, Decision, DeprecationNotice, Incident
from models.tables.delivery import Delivery, Pacing
from models.tables.digest import Digest, LeaderNote, Snooze
from models.tables.experiment import Experiment, Measurement, Replay
from models.tables.notice import Notice
from models.tables.project import Benchmark, Membership, Metric, Project
from models.tables.review import (
    Checklist,
    Review,
    ReviewAnswer,
    ReviewParticipant,
    Signature,
)
from models.tables.scope import Acknowledgement, ScopeChange
from models.tables.workspace import Member, Workspace

__all__ = [
    "Acknowledgement",
    "Base",
    "Benchmark",
    "Blocker",
    "Ceremony",
    "CharterAnswer",
    "Checklist",
    "Condition",
    "Decision",
    "Delivery",
    "DeprecationNotice",
    "Digest",
    "Event",
    "Experiment",
    "Governance",
    "InboxEvent",
    "Incident",
    "LeaderNote",
    "Measurement",
    "Member",
    "Membership",
    "Metric",
    "Notice",
    "Pacing",
    "Participant",
    "Project",
    "Prompt",
    "Replay",
    "Review",
    "ReviewAnswer",
    "ReviewParticipant",
    "Run",
    "ScopeChange",
    "Score",
    "ScoreRound",
    "Signature",
    "Snooze",
    "StandupEntry",
    "Workspace",
]
