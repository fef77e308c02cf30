"""What people have chosen in the elements of messages: each person for themselves."""

from dataclasses import dataclass, field
from typing import Any

from bot.playground import view_state

JSON = dict[str, Any]


@dataclass
class Memory:
    """One person's choices in one message."""

    blocks: list[JSON]
    state: view_state.State
    suggested: dict[str, list[JSON]] = field(default_factory=dict)


class FilledIn:
    """The choices; as in Slack they are gone with a restart."""

    def __init__(self) -> None:
        self._memories: dict[tuple[str, str, str], Memory] = {}

    def of(self, person: str, message: JSON) -> Memory:
        """A person's choices in a message, carried over when the message was changed."""
        key = (person, message["channel"], message["ts"])
        blocks = message.get("blocks", [])
        memory = self._memories.get(key)
        if memory is None:
            memory = self._memories[key] = Memory(blocks, view_state.initial(blocks))
        elif memory.blocks is not blocks:
            memory.blocks = blocks
            memory.state = view_state.carried_over(memory.state, blocks)
        return memory
