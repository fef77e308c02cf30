"""How a leadership digest ends: with its bets, and whether they are spread."""

from dataclasses import replace

from handlers.blocks import leadership
from models.domain.leadership_facts import Bet
from tests.handlers.test_leadership_blocks import DIGEST, FULL


def test_bets_that_are_not_spread_are_said_to_those_who_can_spread_them() -> None:
    """S0-31: one takes more than 60 % of the effort, or there is only one."""
    two = replace(DIGEST, projects=(FULL, FULL))
    assert "are safer" not in leadership.digest(two).text, "60 % is not more"
    most = replace(two, bets=(Bet("Fraud", 61), Bet("Churn", 39)))
    assert "Churn 39%. Most of the effort is in one: several smaller bets are safer than one." in (
        leadership.digest(most).text
    )
    one = replace(two, bets=(Bet("Fraud", 100),))
    assert "the only bet that is worked on" in leadership.digest(one).text
    alone = leadership.digest(replace(one, projects=(FULL,))).text
    assert "only bet" not in alone, "a digest of one project knows no others"
