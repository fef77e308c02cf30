"""The part of the table of rights that is about reviews, checklists, decisions, and models in use."""

from collections.abc import Mapping

from handlers.ids import Click, Form
from handlers.right import Free, Right
from models.domain.permissions import Action

CLICKS: Mapping[str, Right] = {
    Click.MENU_DECIDE: Action.DECIDE,
    Click.FINDING_DECIDE: Action.DECIDE,
    Click.FINDING_SCHEDULE: Action.HOLD_REVIEW,
    Click.DECIDE: Action.DECIDE,
    Click.DECISIONS: Free.READ,
    Click.DECISION_PROJECT: Free.READ,
    Click.BRIEF: Free.READ,
    Click.CONDITION_MET: Action.MEET_CONDITION,
    Click.REVIEW_SWITCH: Action.CHANGE_WORKSPACE,
    **dict.fromkeys((Click.REVIEW_JOIN, Click.REVIEW_NOT_ME), Action.JOIN_REVIEW),
    Click.REVIEW_NEW: Action.JOIN_REVIEW,
    **dict.fromkeys((Click.REVIEW_SEE, Click.REVIEW_LIST, Click.REVIEW_MINE), Free.READ),
    Click.REVIEW_CALENDAR: Free.READ,
    **dict.fromkeys((Click.REVIEW_BEGIN, Click.REVIEW_CLOSE), Action.HOLD_REVIEW),
    **dict.fromkeys((Click.REVIEW_MOVE, Click.REVIEW_CANCEL), Action.HOLD_REVIEW),
    Click.REVIEW_ANSWER: Free.OWN,
    **dict.fromkeys((Click.REVIEW_SIGN_SCIENTIST, Click.REVIEW_SIGN_ENGINEER), Free.OWN),
    **dict.fromkeys((Click.INCIDENTS, Click.INCIDENT_SEE), Free.READ),
    **dict.fromkeys((Click.END_PAGE, Click.END_SHOW), Free.READ),
    Click.INCIDENT_OPEN: Action.REPORT_INCIDENT,
    Click.INCIDENT_TELL: Action.HANDLE_INCIDENT,
    Click.END_CONFIRM: Free.OWN,
    **dict.fromkeys(
        (Click.END_ANNOUNCE, Click.END_WITHDRAW, Click.END_RETIRE), Action.ANNOUNCE_END
    ),
    Click.REVIEW_UNCHANGED: Free.OWN,
    Click.REVIEW_TAKE: Free.OWN,
    Click.ML_SCORE: Free.READ,
    Click.ML_SECTION: Action.JOIN_REVIEW,
    **dict.fromkeys((Click.CHECKLISTS, Click.CHECKLIST_KIND), Free.READ),
    Click.CHECKLIST_ADD: Action.CHANGE_WORKSPACE,
    Click.CHECKLIST_ITEM: Action.CHANGE_WORKSPACE,
    Click.CHECKLIST_RESTORE: Action.CHANGE_WORKSPACE,
}

FORMS: Mapping[str, Right] = {
    Form.DECISION: Action.DECIDE,
    Form.REVIEW: Action.HOLD_REVIEW,
    Form.REVIEW_ANSWERS: Free.OWN,
    Form.REVIEW_CLOSE: Action.HOLD_REVIEW,
    Form.REVIEW_MOVE: Action.HOLD_REVIEW,
    Form.REVIEW_CANCEL: Action.HOLD_REVIEW,
    Form.INCIDENT: Action.REPORT_INCIDENT,
    Form.INCIDENT_TELL: Action.HANDLE_INCIDENT,
    Form.END: Action.ANNOUNCE_END,
    Form.REVIEW_AGAIN: Action.HOLD_REVIEW,
    Form.CONDITION: Action.MEET_CONDITION,
    Form.ML_SECTION: Free.OWN,
    Form.CHECKLIST_ITEM: Action.CHANGE_WORKSPACE,
}
