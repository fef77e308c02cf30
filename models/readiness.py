"""What projects have by now, as far as stages and gaps ask for it. One statement however many they are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, String, case, exists, func, literal, select, type_coerce, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain.decision import DecisionKind
from models.domain.experiment import Split
from models.domain.metric import MetricKind
from models.domain.progress import Progress
from models.domain.project import GovernanceKind, GovernanceState, Role
from models.domain.review import Answer, ReviewKind, ReviewState
from models.domain.stages import Record, Track
from models.tables import (
    Acknowledgement,
    Benchmark,
    CharterAnswer,
    Decision,
    DeprecationNotice,
    Governance,
    Measurement,
    Membership,
    Metric,
    Project,
    Review,
    ReviewAnswer,
)

SETTLING = ("parity", "end_to_end")
"""Items of the launch check that a move to production asks for (domain §2.3)."""


def expectations(project_id: int) -> str:
    """What an acknowledgement of a project's expectations note is about."""
    return f"expectations:{project_id}"


async def records(
    session: AsyncSession,
    projects: Sequence[Project],
    today: date,
    progress: Mapping[int, Progress] | None = None,
) -> dict[int, Record]:
    """Each project's record, by its id; without its `progress` its acceptance counts as not met."""
    ids = [project.id for project in projects]
    found = await session.execute(union_all(*_parts(ids, today)))
    rows: dict[int, list[Sequence[Any]]] = {}
    for row in sorted(found.all(), key=lambda row: (row.project_id, row.number)):
        rows.setdefault(row.project_id, []).append(row)
    walks = progress or {}
    return {
        project.id: _record(project, rows.get(project.id, ()), walks.get(project.id))
        for project in projects
    }


def _parts(ids: Sequence[int], today: date) -> Iterable[Select[Any]]:
    """Everything as (project, what, value, more, number)."""
    later = aliased(Decision)
    standing = ~exists().where(later.supersedes_id == Decision.id)
    both = case(
        (Benchmark.agreed_pm_id.is_(None) | Benchmark.agreed_technical_id.is_(None), "no"),
        else_="yes",
    )
    yield _part(Membership.project_id, "role", Membership.role).where(
        Membership.project_id.in_(ids)
    )
    yield _part(CharterAnswer.project_id, "answer", CharterAnswer.key).where(
        CharterAnswer.project_id.in_(ids)
    )
    yield _part(Governance.project_id, "track", Governance.kind, Governance.state).where(
        Governance.project_id.in_(ids)
    )
    yield _part(Governance.project_id, "owner", Governance.kind).where(
        Governance.project_id.in_(ids), Governance.owner_id.is_not(None)
    )
    yield (
        _part(Acknowledgement.project_id, "expectations")
        .where(
            Acknowledgement.project_id.in_(ids),
            Acknowledgement.subject.startswith(expectations(0)[:-1]),
        )
        .group_by(Acknowledgement.project_id)
    )
    yield (
        _part(Metric.project_id, "benchmark", both, number=Benchmark.version)
        .join(Benchmark, Benchmark.metric_id == Metric.id)
        .where(
            Metric.project_id.in_(ids),
            Metric.kind == MetricKind.PRIMARY,
            Benchmark.effective <= today,
        )
    )
    yield _part(Review.project_id, "held", Review.kind).where(
        Review.project_id.in_(ids), Review.state == ReviewState.HELD
    )
    yield (
        _part(
            Decision.project_id,
            "decision",
            Decision.kind,
            func.coalesce(type_coerce(Review.kind, String), ""),
            number=Decision.id,
        )
        .outerjoin(Review, Review.id == Decision.review_id)
        .where(Decision.project_id.in_(ids), standing)
    )
    yield (
        _part(Review.project_id, "item", ReviewAnswer.item)
        .join(ReviewAnswer, ReviewAnswer.review_id == Review.id)
        .where(
            Review.project_id.in_(ids),
            ReviewAnswer.item.in_(SETTLING),
            ReviewAnswer.answer == Answer.YES,
        )
    )
    yield (
        _part(Metric.project_id, "live")
        .join(Measurement, Measurement.metric_id == Metric.id)
        .where(
            Metric.project_id.in_(ids),
            Measurement.split == Split.PRODUCTION,
            Measurement.excluded_on.is_(None),
        )
        .group_by(Metric.project_id)
    )
    yield (
        _part(DeprecationNotice.project_id, "notice")
        .where(
            DeprecationNotice.project_id.in_(ids),
            DeprecationNotice.withdrawn_on.is_(None),
        )
        .group_by(DeprecationNotice.project_id)
    )


def _part(project_id: Any, what: str, value: Any = "", more: Any = "", *, number: Any = 0) -> Any:
    def plain(column: Any) -> Any:
        return literal(column) if isinstance(column, str | int) else column

    return select(
        project_id.label("project_id"),
        literal(what).label("what"),
        type_coerce(plain(value), String).label("value"),
        type_coerce(plain(more), String).label("more"),
        plain(number).label("number"),
    )


def _record(project: Project, rows: Iterable[Any], progress: Progress | None) -> Record:
    """What the rows say, in their order: of several of a kind the last one counts."""
    said: dict[str, dict[str, str]] = {}
    benchmark, gone = None, {}
    for row in rows:
        said.setdefault(row.what, {})[row.value] = row.more
        if row.what == "benchmark":
            benchmark = row.value
        if row.what == "decision" and row.more:
            gone[ReviewKind(row.more)] = row.value
    owners = said.get("owner", {})
    return Record(
        goal=bool(project.business_goal.strip()),
        roles=frozenset(Role(value) for value in said.get("role", {})),
        answered=frozenset(said.get("answer", {})) | _in_columns(project),
        expectations_sent="expectations" in said,
        baseline=benchmark is not None,
        agreed=benchmark == "yes",
        accepted=progress is not None and is_accepted(progress),
        governance={
            GovernanceKind(kind): Track(GovernanceState(state), kind in owners)
            for kind, state in said.get("track", {}).items()
        },
        held=frozenset(ReviewKind(kind) for kind in said.get("held", {})),
        gone=frozenset(kind for kind, decided in gone.items() if decided == DecisionKind.GO),
        decided=frozenset(DecisionKind(kind) for kind in said.get("decision", {})),
        settled=frozenset(said.get("item", {})),
        live="live" in said,
        notice_sent="notice" in said,
    )


def _in_columns(project: Project) -> frozenset[str]:
    """Questions whose answer stands with the project itself."""
    columns = {
        "problem": project.problem,
        "serving": project.serving,
        "explainability": project.explainability_required,
    }
    return frozenset(key for key, value in columns.items() if value is not None)


def is_accepted(progress: Progress) -> bool:
    """Whether acceptance is met by a number that needs no second look any more."""
    doubted = any(one.first_past_acceptance for one in progress.to_confirm)
    return progress.accepted_on is not None and not doubted
