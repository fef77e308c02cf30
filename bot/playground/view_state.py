"""`view.state`: what stands in every element that can hold a value."""

from typing import Any

from bot.playground.blocks import elements

JSON = dict[str, Any]
State = dict[str, dict[str, JSON]]

# The element's type → the key of its value in `view.state`, and the key that presets it.
HOLDERS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "file_input": ("files", "initial_files"),
}
LISTS = frozenset({"checkboxes", "file_input"}) | {k for k in HOLDERS if k.startswith("multi_")}


def empty(kind: str) -> Any:
    """What an element without a value holds."""
    return [] if kind in LISTS else None


def holding(element: JSON, value: Any) -> JSON:
    """The state of an element that holds `value`."""
    kind = element["type"]
    state = {"type": kind, HOLDERS[kind][0]: value}
    if kind == "timepicker" and element.get("timezone"):
        state["timezone"] = element["timezone"]
    return state


def initial(blocks: list[JSON], channel: str | None = None) -> State:
    """The state of fresh blocks; `channel` is the conversation that they were opened from."""
    state: State = {}
    for block, element in elements(blocks):
        kind = element["type"]
        if kind not in HOLDERS:
            continue
        value = element.get(HOLDERS[kind][1])
        if value is None and channel and element.get("default_to_current_conversation"):
            value = [channel] if kind in LISTS else channel
        value = empty(kind) if value is None else value
        state.setdefault(block["block_id"], {})[element["action_id"]] = holding(element, value)
    return state


def carried_over(old: State, blocks: list[JSON]) -> State:
    """The state after an update: what was typed stays where block id and action id are the same."""
    state = initial(blocks)
    for block_id, holders in state.items():
        for action_id, fresh in holders.items():
            kept = old.get(block_id, {}).get(action_id)
            if kept and kept["type"] == fresh["type"]:
                holders[action_id] = kept
    return state


def value_of(state: State, block_id: str, action_id: str) -> Any:
    """The value that an element holds, or None."""
    held = state.get(block_id, {}).get(action_id)
    return held[HOLDERS[held["type"]][0]] if held else None
