"""Every id that Labmate gives to Slack, once."""

from enum import StrEnum


class Click(StrEnum):
    """`action_id` of buttons and menus."""

    ANSWER = "standup_answer"
    NO_CHANGE = "standup_no_change"
    CONCLUDE = "standup_conclude"
    MORE = "standup_more"
    NEW_HYPOTHESIS = "new_hypothesis"
    DOING_ELSE = "standup_doing_else"
    TO_THREAD = "standup_to_thread"
    HYPOTHESIS_PROJECT = "hypothesis_project"
    BLOCKER_ON_IT = "blocker_on_it"
    BLOCKER_CLEARED = "blocker_cleared"
    BLOCKER_NOT_ME = "blocker_not_me"
    NUMBER_CONFIRM = "number_confirm"
    NUMBER_DOUBT = "number_doubt"
    QUESTIONS = "standup_questions"
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
    BLOCKER_OWNER = "blocker_owner_form"
    SET_ASIDE = "set_aside_form"
    QUESTIONS = "questions_form"
    NOTE = "note"
