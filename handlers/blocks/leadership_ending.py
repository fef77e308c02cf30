"""How the leadership digest ends: what was learned in four weeks, and the bets (domain §5.1)."""

from handlers.blocks import words
from handlers.blocks.leadership_lines import NAME
from handlers.blocks.text import shortened
from models.domain.leadership_facts import Bet, LeadershipFacts
from models.domain.portfolio import TOO_MUCH


def learned(facts: LeadershipFacts) -> str:
    """“13 questions answered: 5 ideas held, 7 ruled out; …”; empty where it is left out."""
    of = facts.learned
    if of is None:
        return ""
    worked_on = of.answered + of.dropped
    if not worked_on:
        return "No question was answered in these four weeks."
    counts = (
        (of.held, f"{words.count_of(of.held, 'idea')} held"),
        (of.ruled_out, f"{of.ruled_out} ruled out"),
        (of.cant_tell, f"{of.cant_tell} where we can't tell"),
    )
    parts = [said for count, said in counts if count]
    if not of.held + of.ruled_out:
        them = "it" if worked_on == 1 else "them"
        ended = words.count_of(worked_on, "question was", "questions were")
        return f"{ended} worked on to an end; no clear answer to {them} is in the record."
    dropped = f"; {of.dropped} more dropped" if of.dropped else ""
    time = ""
    if of.days is not None:
        time = f"; {words.to_an_answer(of.days)}"
    return f"{words.count_of(of.answered, 'question')} answered: {', '.join(parts)}{dropped}{time}."


def bets(facts: LeadershipFacts, most: int = 6) -> str:
    """“4 running: Card fraud alerts 38% of effort, Cash-flow forecast 31%, …”; empty where left out."""
    if not facts.bets:
        return ""
    first, *others = facts.bets
    said = [f"{_called(first)} {first.share}% of effort"]
    said += [f"{_called(one)} {one.share}%" for one in others[: most - 1]]
    left = len(others) - len(said) + 1
    more = f", {left} more" if left > 0 else ""
    return f"{len(facts.bets)} running: {', '.join(said)}{more}."


def _called(bet: Bet) -> str:
    return shortened(bet.name, NAME) or "one not told of this week"


def hedging(facts: LeadershipFacts) -> str:
    """What is to be said where the bets are not spread (S0-31); nothing in a digest of one project."""
    if len(facts.projects) < 2 or not facts.bets:
        return ""
    if len(facts.bets) == 1:
        return " It is the only bet that is worked on: is there a second one worth a little?"
    if facts.bets[0].share > 100 * TOO_MUCH:
        return " Most of the effort is in one: several smaller bets are safer than one."
    return ""
