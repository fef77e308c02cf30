"""What the record fills in when a project is reviewed (domain §4.3, §4.5)."""

from dataclasses import replace
from datetime import date

import pytest

from models.domain import charter
from models.domain.facts import Numbers
from models.domain.metric import Goal
from models.domain.project import GovernanceKind, GovernanceState
from models.domain.review import Answer
from models.domain.review_known import FROM_CHARTER, Filled, ProjectKnown, Track, known

NUMBERS = Numbers(
    1,
    "Recall",
    "of 100 frauds, how many we stop",
    "share",
    Goal.MAX,
    baseline=0.41,
    best=0.538,
    acceptance=0.6,
    since=date(2026, 10, 8),
    last_gain=date(2026, 10, 8),
    tries=2,
    benchmark_version=1,
)


def tracks(**states: GovernanceState) -> ProjectKnown:
    return ProjectKnown(tracks={GovernanceKind(kind): Track(it) for kind, it in states.items()})


def test_an_empty_record_only_knows_what_is_missing() -> None:
    assert known(ProjectKnown()) == {
        "stop_mark": Filled(Answer.NO, "No stop criterion is recorded")
    }


def test_the_numbers_answer_whether_acceptance_is_met() -> None:
    said = known(ProjectKnown(NUMBERS))
    assert said["acceptance_met"] == Filled(
        Answer.NO, "53.8 of 100, needed 60 of 100, baseline 41 of 100"
    )
    assert said["accuracy_agreed"] == Filled(None, "Needed: 60 of 100")
    assert said["evidence"].note == (
        "53.8 of 100, needed 60 of 100, baseline 41 of 100, since 8 Oct; "
        "2 tries since the last gain"
    )


def test_a_best_that_nobody_confirmed_meets_it_partly() -> None:
    met = replace(NUMBERS, best=0.61)
    assert known(ProjectKnown(met))["acceptance_met"].answer is Answer.YES
    unsure = known(ProjectKnown(replace(met, unconfirmed=True)))["acceptance_met"]
    assert unsure.answer is Answer.PARTLY
    assert unsure.note.endswith("; to be confirmed by a second person")


def test_nothing_measured_names_no_day() -> None:
    said = known(ProjectKnown(replace(NUMBERS, since=None, best=0.41)))
    assert "since" not in said["evidence"].note.partition(";")[0]


@pytest.mark.parametrize(
    ("served", "answer"),
    [(0.538, Answer.YES), (0.528, Answer.YES), (0.527, Answer.NO), (0.549, Answer.NO)],
)
def test_the_product_gives_the_same_numbers_within_min_delta(served: float, answer: Answer) -> None:
    said = known(ProjectKnown(NUMBERS, min_delta=0.01, served=served))
    assert said["parity"] == said["same_numbers"]
    assert said["parity"].answer is answer
    assert said["parity"].note.startswith("Experiment 53.8 of 100, product ")


def test_parity_needs_both_numbers() -> None:
    assert "parity" not in known(ProjectKnown(NUMBERS))
    assert "parity" not in known(ProjectKnown(served=0.5))


def test_governance_answers_what_it_has_seen_to() -> None:
    done, needless, under_way = (
        GovernanceState.DONE,
        GovernanceState.NOT_NEEDED,
        GovernanceState.UNDER_WAY,
    )
    said = known(tracks(privacy=done, compliance=needless, legal=done, validation=under_way))
    assert said["privacy_review"].answer is Answer.YES
    assert said["compliance_legal"].answer is Answer.YES
    assert said["model_validation"] == Filled(Answer.PARTLY, "Under way")
    assert said["governance_started"] == Filled(
        Answer.YES, "Seen to: privacy, compliance, legal, validation"
    )


def test_governance_that_only_began_leaves_its_items_open() -> None:
    said = known(tracks(compliance=GovernanceState.DONE, legal=GovernanceState.NOT_STARTED))
    assert "compliance_legal" not in said
    assert "privacy_review" not in said
    assert said["governance_started"] == Filled(Answer.PARTLY, "Seen to: compliance")


def test_what_is_not_needed_says_so_with_its_link() -> None:
    project = ProjectKnown(
        tracks={
            GovernanceKind.PRIVACY: Track(GovernanceState.NOT_NEEDED, "https://example.org/memo")
        }
    )
    assert known(project)["privacy_review"] == Filled(
        Answer.NOT_APPLICABLE,
        "Not needed, by the project's governance",
        "https://example.org/memo",
    )


def test_the_stop_mark_and_the_oldest_blocker_are_quoted() -> None:
    said = known(
        ProjectKnown(
            NUMBERS, stop=(0.5, date(2026, 12, 1)), oldest_blocker=("Data access for fraud", 7)
        )
    )
    assert said["stop_mark"] == Filled(Answer.YES, "50 of 100 by 1 December 2026")
    assert said["risks_blockers"] == Filled(
        None, "Waiting for 7 working days: Data access for fraud"
    )


def test_the_charters_answers_are_used_again() -> None:
    said = known(ProjectKnown(charter={"errors": "1 in 100", "shift": "", "notice": "a week"}))
    assert said["acceptable_errors"] == Filled(None, "1 in 100")
    assert said["time_to_act"] == Filled(None, "a week")
    assert "shift_scenarios" not in said
    assert set(FROM_CHARTER.values()) <= charter.QUESTIONS.keys()


def test_what_the_record_says_beside_an_item_is_no_answer_yet() -> None:
    project = ProjectKnown(
        NUMBERS,
        min_delta=0.02,
        problem="Thieves",
        baseline_source="the rules in use",
        assumed=False,
        dates=(date(2026, 12, 1), None),
        touchpoint=date(2026, 11, 20),
    )
    said = known(project)
    beside = {
        "problem_clear": "Thieves",
        "baseline_fair": "Baseline 41 of 100: the rules in use",
        "metric_serves_goal": "Recall: of 100 frauds, how many we stop",
        "noise_known": "The smallest change that counts is 2 of 100",
        "timeline_revisited": "Earliest 1 December 2026, latest open",
        "cost_to_next": "The next look at it is on 20 November 2026",
        "next_steps": "The next look at it is on 20 November 2026",
    }
    assert {key: said[key] for key in beside} == {
        key: Filled(None, note) for key, note in beside.items()
    }
    assert "noise_known" not in known(replace(project, assumed=True))
    assert known(replace(project, baseline_source=None))["baseline_fair"].note.endswith("of 100")
