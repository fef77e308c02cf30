"""The notebook's form as a frozen value: what is looked for."""

from handlers.forms import FrozenForm, Sentence


class FindForm(FrozenForm):
    """What is looked for."""

    words: Sentence
