"""Changes in the data that a project expects: lines of the charter, and what came of replaying them."""

from models.domain.shifts import MOST, Replayed, expected, name_of, summed_up


def test_an_answer_names_a_change_a_line_without_marks_each_once() -> None:
    said = "- winter season\n\n* winter season\n  • a lost input \n"
    assert expected(said) == ("winter season", "a lost input")
    assert expected(" \n") == ()
    assert len(expected("\n".join(str(n) for n in range(MOST + 5)))) == MOST


def test_a_line_is_known_by_its_words() -> None:
    assert name_of("winter season") == name_of("winter season") != name_of("winter seasons")


def test_each_change_says_which_experiments_replayed_it() -> None:
    lines = ("winter season", "a lost input", "a new segment")
    replayed = [
        Replayed("winter season", "CHURN-4", "ruled out"),
        Replayed("winter season", "CHURN-9", None),
        Replayed("a new segment", "CHURN-5", "idea held"),
        Replayed("no longer expected", "CHURN-1", "ruled out"),
    ]
    assert summed_up(lines, replayed).splitlines() == [
        "winter season: CHURN-4, ruled out; CHURN-9, not concluded",
        "a lost input: not replayed",
        "a new segment: CHURN-5, idea held",
    ]
