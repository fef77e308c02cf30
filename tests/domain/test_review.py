"""What reviews and decisions are called, and who signs for which side."""

import pytest

from models.domain.decision import DecisionKind
from models.domain.project import Role
from models.domain.review import Answer, ReviewKind, Side


def test_everything_has_a_label_of_its_own() -> None:
    for kind in (ReviewKind, Answer, DecisionKind):
        assert len({one.label for one in kind}) == len(kind)


def test_two_sides_sign_and_nobody_belongs_to_both() -> None:
    assert [side.article for side in Side] == ["a scientist", "an engineer"]
    assert not set(Side.SCIENTIST.roles) & set(Side.ENGINEER.roles)


@pytest.mark.parametrize("role", [Role.PM, Role.LEADER, Role.STAKEHOLDER])
def test_who_leads_signs_for_neither_side(role: Role) -> None:
    assert all(role not in side.roles for side in Side)
