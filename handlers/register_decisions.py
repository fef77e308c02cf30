"""The part of the table of contents that is about decisions, their conditions and briefs."""

from handlers import briefs, decision
from handlers.doors import Doors
from handlers.ids import Click, Form, Shortcut


def decisions(on: Doors) -> None:
    """What leads to a decision, and what follows from it."""
    on.shortcut(Shortcut.RECORD_DECISION, opens=decision.open_shortcut)
    on.click(Click.MENU_DECIDE, opens=decision.open_verb)
    on.modal(Click.DECIDE, updates=decision.open_decide)
    on.click(Click.BRIEF, opens=briefs.open_brief)
    on.click(Click.DECISIONS, opens=decision.open_list)
    on.modal(Click.DECISION_PROJECT, updates=decision.choose_project)
    on.click(Click.FINDING_DECIDE, opens=decision.open_finding)
    on.click(Click.FINDING_SCHEDULE, opens=decision.open_schedule)
    on.click(Click.CONDITION_MET, opens=decision.open_met)
    on.submit(Form.DECISION, stores=decision.record, once=True)
    on.submit(Form.CONDITION, stores=decision.met, once=True)
    on.submit(Form.REVIEW_AGAIN, stores=decision.schedule)
