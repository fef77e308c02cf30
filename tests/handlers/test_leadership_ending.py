"""How a leadership digest ends: with its bets, and whether they are spread; and how likely they are."""

from dataclasses import replace
from datetime import date

from handlers.blocks import leaders_notices, leadership, words
from handlers.blocks import leadership_ending as ending
from handlers.blocks import leadership_lines as line
from handlers.blocks.document import Document
from models.domain.facts_scores import LikelyAsked, LikelySaid
from models.domain.leadership_facts import Bet, Learned, Still
from tests.handlers.test_leadership_blocks import DIGEST, FULL, TODAY, plainly


def test_bets_that_are_not_spread_are_said_to_those_who_can_spread_them() -> None:
    """S0-31: one takes more than 60 % of the effort, or there is only one."""
    two = replace(DIGEST, projects=(FULL, FULL))
    assert "are safer" not in leadership.digest(two).text, "60 % is not more"
    most = replace(two, bets=(Bet("Fraud", 61), Bet("Churn", 39)))
    assert "Churn 39%. Most of the effort is in one: several smaller bets are safer than one." in (
        leadership.digest(most).text
    )
    hidden = replace(two, bets=(Bet("Fraud", 60), Bet("", 40)))
    assert "2 running: Fraud 60% of effort, one not told of this week 40%." in (
        leadership.digest(hidden).text
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


def test_a_flat_stretch_is_said_where_the_pm_says_nothing_and_nothing_is_to_be_decided() -> None:
    flat = replace(FULL, still=Still(date(2026, 9, 8), 7), story=None, decision=None)
    said = "No real gain since 8 September: 7 tries since then, which is normal in this work."
    assert said in plainly(leadership.block(flat, TODAY))
    assert "No real gain" not in plainly(leadership.block(replace(flat, story="So."), TODAY))
    wanted = replace(flat, decision=FULL.decision)
    assert "No real gain" not in plainly(leadership.block(wanted, TODAY))
    once = leadership.digest(replace(DIGEST, projects=(replace(flat, unchanged=True),)))
    assert said in once.text
    enough = Still(date(2026, 9, 9), 5, enough=True)
    assert line.still(enough, TODAY) == (
        "Good enough since 9 September; the last 5 tries added little. Ship it and learn from it?"
    )


def test_a_day_of_another_year_has_its_year() -> None:
    assert "since 8 December 2025: 7 tries" in line.still(Still(date(2025, 12, 8), 7), TODAY)
    assert words.short_day(date(2025, 12, 30), date(2026, 1, 2)) == "30 Dec 2025"
    assert words.short_day(date(2026, 1, 2), date(2026, 12, 30)) == "2 Jan"


def test_what_was_learned_in_words() -> None:
    assert ending.learned(DIGEST) == (
        "13 questions answered: 5 ideas held, 7 ruled out, 1 where we can't tell; 1 more dropped; "
        "typical time to an answer 6 working days."
    )
    one = Learned(1, 0, 0, 0, 1)
    assert ending.learned(replace(DIGEST, learned=one)).endswith("answer 1 working day.")
    at_once = ending.learned(replace(DIGEST, learned=replace(one, days=0)))
    assert at_once.endswith("; typically answered the same day.")
    only = Learned(0, 0, 1, 0, None)
    assert ending.learned(replace(DIGEST, learned=only)) == (
        "1 question was worked on to an end; no clear answer to it is in the record."
    )
    none = Learned(0, 0, 0, 0, None)
    assert ending.learned(replace(DIGEST, learned=none)) == (
        "No question was answered in these four weeks."
    )
