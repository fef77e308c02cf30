"""Every id that Labmate gives to Slack, once."""

from enum import StrEnum


class Click(StrEnum):
    """`action_id` of buttons and menus."""

    ANSWER = "standup_answer"
    NO_CHANGE = "standup_no_change"
    CONCLUDE = "standup_conclude"
    MORE = "standup_more"
    SHOW = "standup_show"
    NOT_NOW = "standup_not_now"
    NEW_HYPOTHESIS = "new_hypothesis"
    DOING_ELSE = "standup_doing_else"
    HYPOTHESIS_PROJECT = "hypothesis_project"
    FINDING_ASK = "finding_ask"
    FINDING_NUMBER = "finding_number"
    FINDING_CONCLUDE = "finding_conclude"
    FINDING_EXTEND = "finding_extend"
    FINDING_CLEARED = "finding_cleared"
    FINDING_ESCALATE = "finding_escalate"
    FINDING_NEW = "finding_new_hypothesis"
    FINDING_SNOOZE = "finding_snooze"
    FINDING_MORE = "finding_more"
    DIGEST_SCHEDULE = "digest_schedule"
    DIGEST_STOP = "digest_stop"
    MENU_DIGEST = "menu_digest"
    MENU_NEW = "menu_new"
    MENU_PROJECT = "menu_project"
    MENU_STANDUP = "menu_standup"
    MENU_LIST = "menu_list"
    MENU_HELP = "menu_help"


class Form(StrEnum):
    """`callback_id` of modals."""

    ANSWER = "answer_form"
    CONCLUSION = "conclusion_form"
    PROJECT = "project_form"
    HYPOTHESIS = "hypothesis_form"
    STANDUP = "standup_form"
    NOT_NOW = "not_now_form"
    DIGEST = "digest_form"
    SNOOZE = "snooze_form"
    NUMBER = "number_form"
    CONCLUDE_NOW = "conclude_now_form"
    EXTEND = "extend_form"
    ESCALATE = "escalate_form"
    NOTE = "note"
