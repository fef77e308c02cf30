"""What was tried before is recognised in other words, and what is new is not (S3-28)."""

from models.domain.similar import CLOSE, SHOWN, Match, Tried, similar, stem
from tests.notebook import CORPUS, NEW, PARAPHRASES, shares_a_title_word

TRIED = [Tried(n, one.title, one.change, one.because, one.learning) for n, one in enumerate(CORPUS)]
NUMBER = {one.key: n for n, one in enumerate(CORPUS)}


def close(change: str, because: str = "", at_least: float = CLOSE) -> list[Match]:
    return similar(change, because, TRIED, total=len(TRIED), close=at_least)


def test_endings_are_taken_off() -> None:
    assert {stem(word) for word in ("clip", "clips", "clipped", "clipping")} == {"clip"}
    assert {stem(word) for word in ("normalise", "normalization", "normalised")} == {"normal"}
    assert stem("été") == "ete"


def test_the_same_words_are_the_closest_and_come_first() -> None:
    for n in range(0, len(CORPUS), 10):
        one = CORPUS[n]
        found = close(one.change, one.because)
        assert 1 <= len(found) <= SHOWN
        assert found == sorted(found, key=lambda match: -match.score)
        assert n in {match.experiment_id for match in found}


def test_a_title_word_tells_more_than_one_of_the_reason() -> None:
    in_title = Tried(1, "Isotonic calibration", "", "")
    in_reason = Tried(2, "Something", "else", "isotonic calibration")
    found = similar("isotonic calibration", "", [in_reason, in_title], total=50, close=0.0)
    assert [match.experiment_id for match in found] == [1, 2]


def test_another_name_counts_a_little_less_than_the_same() -> None:
    same, other = Tried(1, "Blend of trees", ""), Tried(2, "Ensemble of forests", "")
    found = similar("blend of trees", "", [other, same], total=50, close=0.0)
    assert [match.experiment_id for match in found] == [1, 2]
    assert 0.3 < found[1].score < found[0].score == 1.0


def test_three_words_that_agree_are_enough_where_one_rare_word_is_not() -> None:
    said = "weather, holidays and promotions as inputs for the demand of perishable goods in small towns"
    three = Tried(
        1, "Calendar of holidays, promotions and school terms", "weather and opening times"
    )
    one = Tried(2, "Perishable", "x")
    found = similar(said, "", [three, one], total=200, close=0.9)
    assert [match.experiment_id for match in found] == [1]


def test_what_says_nothing_resembles_nothing() -> None:
    assert similar("…", "", [Tried(1, "!", "?")], total=1) == []
    assert similar("use it", "", [Tried(1, "use it", "")], total=1) == [Match(1, 1.0)]
    assert similar("graph", "", [], total=0) == []


def test_thirty_pairs_and_more_of_them_ten_without_a_shared_word() -> None:
    assert len(PARAPHRASES) >= 30
    apart = [pair for pair in PARAPHRASES if not shares_a_title_word(pair)]
    assert len(apart) >= 10


def test_what_the_rule_was_made_with_is_still_recognised() -> None:
    """No measure of how good it is (`python -m tests.bench recall` is); only that nothing is lost."""
    seen = [pair for pair in PARAPHRASES if not pair.held_out]
    found = [
        NUMBER[pair.finds] in {match.experiment_id for match in close(pair.change, pair.because)}
        for pair in seen
    ]
    alarms = [idea for idea in NEW if not idea.held_out and close(idea.change)]
    assert sum(found) >= 30
    assert len(alarms) <= 2
