"""Ceremonies, their runs, whom a run asks, and what they answered."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.db import Base, Id, Str, Tenant
from models.domain.standup import BlockerKind, CeremonyKind, EntryStatus, Part, PromptState
from models.tables.experiment import Experiment, Measurement
from models.tables.workspace import Member


class Ceremony(Tenant, Base):
    """A standing appointment. `opens_at` is when its next run is due, None while that isn't known.

    `name` tells a channel's standups apart. `run_now_at` is set while somebody waits for a run at once: it
    opens when the channel is known. `moved_from` is the day that the next run was moved from, so that the
    one after it keeps its day. While `paused`, `pause_reason` says why where it wasn't a person's wish
    (Slack's word, such as `is_archived`). `leave_out` are the parts of a digest that are not wanted.
    """

    __tablename__ = "ceremony"
    __table_args__ = (
        Index(
            "ix_ceremony_due",
            "opens_at",
            sqlite_where=text("opens_at IS NOT NULL"),
            postgresql_where=text("opens_at IS NOT NULL"),
        ),
        Index(
            "uq_ceremony_one_active",
            "workspace_id",
            "channel_id",
            "kind",
            "name",
            unique=True,
            sqlite_where=text("active = 1"),
            postgresql_where=text("active"),
        ),
        CheckConstraint("answer_hours > 0", "some_time_to_answer"),
        CheckConstraint("(next_day IS NULL) = (opens_at IS NULL)", "day_and_moment"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[CeremonyKind] = mapped_column(Str(CeremonyKind))
    name: Mapped[str] = mapped_column(String(80), default="Standup")
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    channel_id: Mapped[str] = mapped_column(String(32))
    days: Mapped[str] = mapped_column(String(32))
    local_time: Mapped[time]
    tz: Mapped[str] = mapped_column(String(64))
    summary_time: Mapped[time]
    answer_hours: Mapped[int]
    whole_channel: Mapped[bool]
    active: Mapped[bool] = mapped_column(default=True)
    paused: Mapped[bool] = mapped_column(default=False)
    pause_reason: Mapped[str | None] = mapped_column(String(40))
    questions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    leave_out: Mapped[list[Any]] = mapped_column(default=list)
    owner_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    next_day: Mapped[date | None]
    moved_from: Mapped[date | None]
    opens_at: Mapped[datetime | None]
    run_now_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Participant(Tenant, Base):
    """Somebody who takes part in a ceremony from now on."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("ceremony_id", "member_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ceremony_id: Mapped[int] = mapped_column(ForeignKey("ceremony.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    part: Mapped[Part] = mapped_column(Str(Part), default=Part.ASKED)


class Run(Tenant, Base):
    """One occurrence. `slot` is its date, or the local minute of a run that somebody asked for.

    A run is `ahead` while it holds only early answers: it opens, for everyone, when its moment comes.
    """

    __tablename__ = "run"
    __table_args__ = (
        UniqueConstraint("ceremony_id", "slot"),
        Index(
            "ix_run_open",
            "closes_at",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ceremony_id: Mapped[int] = mapped_column(ForeignKey("ceremony.id"))
    slot: Mapped[str] = mapped_column(String(16))
    day: Mapped[date]
    ahead: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    summary_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    summarised_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    ceremony: Mapped[Ceremony] = relationship(lazy="raise")


class Prompt(Tenant, Base):
    """One person's place in a run: the roster is frozen when the run opens.

    `shown` is false while Slack does not show yet what the person said. `remind_at` is set while a
    reminder is still to come.
    """

    __tablename__ = "prompt"
    __table_args__ = (
        UniqueConstraint("run_id", "member_id"),
        Index(
            "ix_prompt_due",
            "ask_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_prompt_to_show",
            "run_id",
            sqlite_where=text("NOT shown"),
            postgresql_where=text("NOT shown"),
        ),
        Index(
            "ix_prompt_to_remind",
            "remind_at",
            sqlite_where=text("remind_at IS NOT NULL"),
            postgresql_where=text("remind_at IS NOT NULL"),
        ),
        Index("ix_prompt_member_id_state", "member_id", "state"),
        CheckConstraint("closes_at > ask_at", "some_time_to_answer"),
        CheckConstraint("state <> 'answered' OR answered_at IS NOT NULL", "answered_has_moment"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    ask_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    state: Mapped[PromptState] = mapped_column(Str(PromptState))
    shown: Mapped[bool] = mapped_column(default=True)
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]

    run: Mapped[Run] = relationship(lazy="raise")
    member: Mapped[Member] = relationship(lazy="raise")


class StandupEntry(Tenant, Base):
    """What somebody said about one experiment in one run; without an experiment: what else they do."""

    __tablename__ = "standup_entry"
    __table_args__ = (
        UniqueConstraint("run_id", "member_id", "experiment_id"),
        Index(
            "uq_standup_entry_no_experiment",
            "run_id",
            "member_id",
            unique=True,
            sqlite_where=text("experiment_id IS NULL"),
            postgresql_where=text("experiment_id IS NULL"),
        ),
        Index("ix_standup_entry_experiment_id", "experiment_id"),
        CheckConstraint(
            "(experiment_id IS NULL) = (status = 'not_experimenting')", "about_an_experiment"
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    experiment_id: Mapped[int | None] = mapped_column(ForeignKey("experiment.id"))
    status: Mapped[EntryStatus] = mapped_column(Str(EntryStatus))
    no_change: Mapped[bool] = mapped_column(default=False)
    learned: Mapped[str | None]
    measurement_id: Mapped[int | None] = mapped_column(ForeignKey("measurement.id"))
    next_step: Mapped[str | None]
    blocker_kind: Mapped[BlockerKind | None] = mapped_column(Str(BlockerKind))
    blocker_text: Mapped[str | None]
    blocker_owner_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    late: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]

    experiment: Mapped[Experiment | None] = relationship(lazy="raise")
    run: Mapped[Run] = relationship(lazy="raise")
    measurement: Mapped[Measurement | None] = relationship(lazy="raise")
