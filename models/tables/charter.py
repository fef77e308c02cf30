"""A project's charter: what was asked about it once, its governance, and how it was scored."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.db import Base, Id, Str, Tenant
from models.domain.project import GovernanceKind, GovernanceState
from models.domain.score import Axis
from models.tables.workspace import Member


class CharterAnswer(Tenant, Base):
    """The answer to one question of the charter (domain §4.7); the reviews read it again."""

    __tablename__ = "charter_answer"
    __table_args__ = (UniqueConstraint("project_id", "key"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    key: Mapped[str] = mapped_column(String(40))
    text: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]


class Governance(Tenant, Base):
    """One of a project's four governance tracks: how far it is, and who sees to it (S2-6)."""

    __tablename__ = "governance"
    __table_args__ = (UniqueConstraint("project_id", "kind"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[GovernanceKind] = mapped_column(Str(GovernanceKind))
    state: Mapped[GovernanceState] = mapped_column(Str(GovernanceState))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    link: Mapped[str | None]
    at: Mapped[datetime]

    owner: Mapped[Member | None] = relationship(lazy="raise")


class ScoreRound(Tenant, Base):
    """A round of scoring: nobody sees another's scores before it is revealed (S1-10)."""

    __tablename__ = "score_round"
    __table_args__ = (
        Index(
            "uq_score_round_open",
            "project_id",
            unique=True,
            sqlite_where=text("revealed_at IS NULL"),
            postgresql_where=text("revealed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    opened_at: Mapped[datetime]
    revealed_at: Mapped[datetime | None]


class Score(Tenant, Base):
    """What one person gave on one axis, 1 to 10, and why. Confidence has no round: its history is kept."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("round_id", "member_id", "axis"),
        Index("ix_score_project_id_axis", "project_id", "axis"),
        CheckConstraint("value BETWEEN 1 AND 10", "one_to_ten"),
        CheckConstraint("(axis = 'confidence') = (round_id IS NULL)", "in_a_round"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("score_round.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    axis: Mapped[Axis] = mapped_column(Str(Axis))
    value: Mapped[int]
    why: Mapped[str]
    on: Mapped[date]
    at: Mapped[datetime]
