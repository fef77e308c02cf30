"""The lines of a review's checklist: what people said, what is known, what waits, and what it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.checklists import scored_of
from models.domain.checklist import Checklist, Item
from models.domain.facts import Person
from models.domain.facts_reviews import Before, Line, MlScore
from models.domain.gate import Verdict, verdict
from models.domain.project import Role
from models.domain.review_known import BY_RULE, Filled
from models.people import person
from models.tables import Member, Review, ReviewAnswer

Answers = dict[str, tuple[ReviewAnswer, Member | None]]
"""What was said in a review and by whom, by the key of an item or of a test."""


def judged(lines: Sequence[Line]) -> Verdict:
    """What the answers come to."""
    return verdict([line.item for line in lines], {line.item.key: line.given for line in lines})


def score_of(answers: Answers) -> MlScore | None:
    """The ML Test Score, where any test has points."""
    rows = [row for row, _ in answers.values() if row.points is not None]
    if not rows:
        return None
    points = {row.item: row.points or 0.0 for row in rows}
    return scored_of(points, max(row.at for row in rows).date())


def lines_of(
    review: Review,
    checklist: Checklist,
    answers: Answers,
    filled: Mapping[str, Filled],
    holders: Mapping[Role, Sequence[Person]],
) -> tuple[Line, ...]:
    """Every item of its checklist; what nobody's role is asked waits for the chair."""
    chair = [person(review.chair)] if review.chair else []
    return tuple(
        replace(
            _line(
                item,
                answers.get(item.key),
                filled.get(item.key),
                holders.get(item.asked_of) or chair,
            ),
            nobodys=not holders.get(item.asked_of),
        )
        for item in checklist.items
    )


def _line(
    item: Item,
    said: tuple[ReviewAnswer, Member | None] | None,
    filled: Filled | None,
    owed_by: Sequence[Person],
) -> Line:
    """What a person said stands, except where the numbers answer; who has only taken it, owes it."""
    if said is not None and said[0].answer is None and said[0].note is None:
        taker, said = said[1], None
        if taker is not None and taker.active and not taker.limited:
            owed_by = [person(taker)]
    if filled is not None and (said is None or item.key in BY_RULE):
        return Line(item, tuple(owed_by), filled.answer, filled.note, filled.evidence, known=True)
    if said is None:
        return Line(item, tuple(owed_by))
    row, by = said
    if not row.given and by is not None:
        before = Before(row.answer, row.note, row.evidence, person(by), row.at.date())
        return Line(item, tuple(owed_by), before=before)
    return Line(
        item,
        tuple(owed_by),
        row.answer,
        row.note,
        row.evidence,
        None if by is None else person(by),
        known=not row.given,
        on=row.at.date(),
    )
