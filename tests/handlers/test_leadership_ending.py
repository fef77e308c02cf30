"""How a leadership digest ends: with its bets, and whether they are spread; and how likely they are."""

from dataclasses import replace
from datetime import date

from handlers.blocks import leaders_notices, leadership
from handlers.blocks.document import Document
from models.domain.facts_scores import LikelyAsked, LikelySaid
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


def test_a_leader_says_how_likely_a_project_is_from_the_message() -> None:
    friday, monday = date(2026, 11, 13), date(2026, 11, 16)
    said = (
        LikelySaid(1, "Fraud", 8, friday, fresh=True),
        LikelySaid(2, "Churn", None, None, fresh=False),
        *(LikelySaid(3 + n, "Cash", 2, date(2026, 10, 2), fresh=False) for n in range(8)),
    )
    document = Document()
    leaders_notices.part(document, LikelyAsked(monday, said))
    text = document.rendered().text
    assert "How likely is it? Leaders read it on Monday, 16 November." in text
    assert "✓ Fraud: likely (8 of 10) on 13 Nov" in text
    assert "Churn: not said yet [How likely?]" in text
    assert "Cash: unlikely (2 of 10) on 2 Oct [How likely?]" in text
    assert "2 more, on their pages" in text
