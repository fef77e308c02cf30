"""Which standup asks about which experiment: one only, however many somebody takes part in."""

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from models.domain.standup import CeremonyKind, Part
from models.tables import Ceremony, Experiment, Participant

this, other = aliased(Ceremony), aliased(Ceremony)
"""Made once: an alias costs more than the rest of the expression."""


def in_scope(ceremony_id: int | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The experiments that a standup is about: its project's, or all.

    An experiment that its owner is asked about in another standup is that one's: a project's own goes
    before one about all projects, and of two alike the older.
    """
    goes_before = (
        select(other.id)
        .join(Participant, Participant.ceremony_id == other.id)
        .where(
            Participant.member_id == Experiment.owner_id,
            Participant.part == Part.ASKED,
            other.kind == CeremonyKind.STANDUP,
            other.active,
            ~other.paused,
            or_(
                and_(this.project_id.is_(None), other.project_id == Experiment.project_id),
                and_(other.project_id.is_not_distinct_from(this.project_id), other.id < this.id),
            ),
        )
        .correlate(this, Experiment)
    )
    return (
        select(this.id)
        .where(
            this.id == ceremony_id,
            or_(this.project_id.is_(None), this.project_id == Experiment.project_id),
            ~goes_before.exists(),
        )
        .correlate_except(this)
        .exists()
    )
