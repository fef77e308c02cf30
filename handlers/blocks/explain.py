"""`/lab explain`: a word in two sentences, with the project's own numbers; the list of words."""

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Rendered
from handlers.blocks.text import shortened
from models.domain.confusion import Computed
from models.domain.facts import Numbers
from models.domain.facts_explained import ExplainedFacts
from models.domain.glossary import WORDS, here, lacking
from models.domain.glossary_words import Word
from models.domain.metric import Goal, written
from models.domain.progress import SURPRISE


def explained(word: Word, facts: ExplainedFacts | None) -> Rendered:
    """One word."""
    document = Document().paragraph(Bold(word.name), f"\n{word.says}")
    own = (here(word, known(facts)) or lacking(word)) if facts else ""
    if facts and own:
        document.paragraph(own)
        document.context(f"{shortened(facts.name, 80)} ({facts.key})")
    return document.rendered()


def word_list(command: str, asked: str = "") -> Rendered:
    """All words; with what was asked, that it isn't among them."""
    document = Document()
    if asked:
        document.paragraph(f"I can't explain “{shortened(asked, 60)}” yet. Here is what I can.")
    names = ", ".join(word.name for word in WORDS)
    document.paragraph(Bold("Words: "), names)
    document.context(f"{command} explain precision; with a project's key behind it, in its numbers")
    return document.rendered()


def known(facts: ExplainedFacts) -> dict[str, str]:
    """A project's numbers by the name that the glossary fills them in by; only those that it has."""
    found: dict[str, str] = {
        "patience": str(facts.patience),
        "plateau_days": str(facts.plateau_days),
    }
    if facts.numbers is not None:
        found |= _of_numbers(facts, facts.numbers)
    if facts.guardrails:
        limits = [
            f"{shortened(one.name, 60)} {'at least' if one.goal is Goal.MAX else 'at most'} "
            f"{written(one.limit, one.unit)}"
            for one in facts.guardrails
        ]
        found["guardrails"] = words.listed_within(limits)
    if (counts := facts.counts) is not None:
        found["counts"] = (
            f"{counts.tp:,} yes and right, {counts.fp:,} yes and wrong, "
            f"{counts.fn:,} no and wrong, {counts.tn:,} no and right"
        )
        for of in Computed:
            if (share := counts.value(of)) is not None:
                found[of.value] = written(share, "share")
    if facts.touchpoint is not None:
        found["touchpoint"] = words.long_day(facts.touchpoint)
    return found


def _of_numbers(facts: ExplainedFacts, numbers: Numbers) -> dict[str, str]:
    unit = numbers.unit
    assumed = " (assumed)" if numbers.assumed_min_delta is not None else ""
    found = {
        "metric": shortened(numbers.name, 100),
        "phrase": shortened(numbers.phrase, 200).rstrip("."),
        "baseline": written(numbers.baseline, unit),
        "source": shortened(facts.source, 150),
        "needed": written(numbers.acceptance, unit),
        "agreed": "proposed, not agreed yet" if numbers.proposed else "agreed",
        "best": words.best_words(numbers),
        "version": str(numbers.benchmark_version),
    }
    if facts.effective is not None:
        found["effective"] = words.long_day(facts.effective)
    if facts.ceiling is not None:
        found["ceiling"] = written(facts.ceiling, unit)
    if facts.min_delta is not None:
        found["min_delta"] = f"{written(facts.min_delta, unit)}{assumed}"
        found["leap"] = written(SURPRISE * facts.min_delta, unit)
    if facts.flat_days is not None:
        days = words.count_of(facts.flat_days, "day")
        found["flat"] = f"{days} and {words.count_of(numbers.tries, 'try', 'tries')} since the last"
    if facts.stop is not None:
        threshold, by = facts.stop
        found["stop"] = f"{written(threshold, unit)} by {words.long_day(by)}"
    return found
