"""What a command, click or form asks for: a right of the table of actions, or nothing of it."""

from enum import StrEnum

from models.domain.permissions import Action


class Free(StrEnum):
    """What the table of actions is not asked about."""

    READ = "reads what they may see"
    OWN = "their own question, message, experiment or settings"


Right = Action | Free
