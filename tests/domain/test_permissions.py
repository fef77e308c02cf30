"""Who may do what: the table and its sentences."""

import pytest

from models.domain.permissions import ALLOWED, Action, NotAllowed, Standing, Who, may, require
from models.domain.project import Role

NOBODY = Standing()
PM = Standing(roles=frozenset({Role.PM}))
SCIENTIST = Standing(roles=frozenset({Role.DATA_SCIENTIST}))
LEADER = Standing(roles=frozenset({Role.LEADER}))
OWNER = Standing(owner=True)
ADMIN = Standing(admin=True)
GUEST = Standing(frozenset(Role), owner=True, admin=True, limited=True)

WHO_IS = {
    Who.ANYONE: {"nobody", "pm", "scientist", "leader", "owner", "admin"},
    Who.OWNER: {"owner"},
    Who.PM: {"pm"},
    Who.TECHNICAL: {"scientist"},
    Who.MEMBER: {"pm", "scientist", "leader"},
    Who.LEADER: {"leader"},
    Who.ADMIN: {"admin"},
}
PEOPLE = {
    "nobody": NOBODY,
    "pm": PM,
    "scientist": SCIENTIST,
    "leader": LEADER,
    "owner": OWNER,
    "admin": ADMIN,
}


def test_every_action_has_a_line_in_the_table() -> None:
    assert set(ALLOWED) == set(Action)


@pytest.mark.parametrize("action", Action)
def test_exactly_those_of_the_table_may(action: Action) -> None:
    allowed = set[str]().union(*(WHO_IS[who] for who in ALLOWED[action]))
    assert {name for name, person in PEOPLE.items() if may(action, person)} == allowed


@pytest.mark.parametrize("action", Action)
def test_somebody_from_outside_may_nothing(action: Action) -> None:
    assert not may(action, GUEST)


def test_the_sentence_says_who_may_and_whom_to_ask() -> None:
    with pytest.raises(NotAllowed) as refused:
        require(Action.CHANGE_PROJECT, SCIENTIST, by_name=["Maya Okafor"])
    assert (
        refused.value.sentence
        == "Only the project's PM or an admin can change this project. Ask Maya Okafor."
    )
    with pytest.raises(NotAllowed, match=r"^Only an admin can change the workspace's settings\.$"):
        require(Action.CHANGE_WORKSPACE, PM)


def test_who_may_is_let_through() -> None:
    require(Action.CHANGE_PROJECT, ADMIN)
