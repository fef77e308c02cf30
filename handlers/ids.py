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
    UPDATE = "update"
    STANDUP_PAGE = "standup_page"
    STANDUP_NEW = "standup_new"
    STANDUP_CHANGE = "standup_change"
    STANDUP_RUN_NOW = "standup_run_now"
    STANDUP_PAUSE = "standup_pause"
    STANDUP_RESUME = "standup_resume"
    STANDUP_MOVE = "standup_move"
    STANDUP_END = "standup_end"
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
    MOVE = "move_form"
    SETTINGS = "settings_form"
    NOTE = "note"
