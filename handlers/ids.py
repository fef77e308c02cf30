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
    HYPOTHESIS_PROJECT = "hypothesis_project"
    EARLY = "answer_early"
    SHOW = "show_experiment"
    HOME_PAGE = "home_page"
    SETTINGS = "settings"
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
    SETTINGS = "settings_form"
    NOTE = "note"
