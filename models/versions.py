"""The next version of a benchmark: from its day on results are compared with it only (domain §2.2-6)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.domain.benchmark import Moved
from models.domain.errors import NotAhead, NotBetter
from models.domain.metric import MetricKind, reaches
from models.tables import Benchmark, Metric


@dataclass(frozen=True)
class GoodEnough:
    """What a good result is, as stored: from which value, at most which can be had, and why."""

    acceptance: float
    ceiling: float | None
    reason: str


@dataclass(frozen=True)
class NextVersion:
    """A version to come: what it starts from and how that is known, what has moved, from which day on."""

    good: GoodEnough
    baseline: float
    source: str
    moved: Moved
    effective: date


def next_version(
    metric: Metric, latest: Benchmark | None, new: NextVersion, today: date
) -> Benchmark:
    """The version after the latest one, proposed until both sides have signed.

    Raises:
        NotAhead: it begins in the past, or before the latest version does.
        NotBetter: today's value is that good already.
    """
    earliest = today if latest is None else max(today, latest.effective)
    if new.effective < earliest:
        raise NotAhead(
            f"From {earliest.day} {earliest:%B} on, please: what was said of a past day stays."
        )
    require_better(metric, new.baseline, new.good.acceptance)
    return Benchmark(
        metric_id=metric.id,
        version=1 if latest is None else latest.version + 1,
        effective=new.effective,
        baseline=new.baseline,
        baseline_source=new.source,
        acceptance=new.good.acceptance,
        ceiling=new.good.ceiling,
        reason=new.good.reason,
    )


def recorded(row: Benchmark, moved: Moved) -> dict[str, Any]:
    """What the chronicle keeps of a new version."""
    return {
        "metric": row.metric_id,
        "version": row.version,
        "moved": moved.value,
        "effective": row.effective.isoformat(),
        "baseline": row.baseline,
        "acceptance": row.acceptance,
        "reason": row.reason,
    }


def require_better(metric: Metric, baseline: float, acceptance: float) -> None:
    """Raise when the primary metric is that good already; a guardrail's limit may be today's value.

    Raises:
        NotBetter: see above.
    """
    if metric.kind is MetricKind.PRIMARY and reaches(metric.goal, baseline, acceptance):
        raise NotBetter
