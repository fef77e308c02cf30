"""Forms that start something, and the notes that confirm it."""

from dataclasses import replace
from typing import Any

from handlers.blocks import setup, standup_setup
from models.domain.facts import HypothesisFormFacts, RefusalFacts
from models.domain.facts_standup import StandupFormFacts
from models.domain.metric import Goal
from tests.handlers.facts import FRAUD, JONAS, PRIYA, project, standup
from tests.handlers.views import chosen, fields

OTHER = project(project_id=6, key="CHURN", name="Churn", numbers=None)
MIN = project(numbers=replace(FRAUD, goal=Goal.MIN))


def test_a_project_starts_with_its_metric_and_what_is_good_enough() -> None:
    view = setup.project_form("C1")
    form = fields(view)
    assert list(form) == [
        "name",
        "business_goal",
        "metric_name",
        "goal",
        "unit",
        "baseline",
        "baseline_source",
        "acceptance",
        "business_phrase",
        "key",
    ]
    assert [name for name, block in form.items() if block.get("optional")] == ["key"]
    assert (chosen(form["goal"]), chosen(form["unit"])) == ("max", "share")
    assert (view["private_metadata"], view["callback_id"]) == ("C1", "project_form")


def test_a_hypothesis_is_a_sentence_with_gaps() -> None:
    view = setup.hypothesis_form(HypothesisFormFacts((project(), OTHER), project()), "5")
    form = fields(view)
    assert list(form) == [
        *("project", "change", "threshold", "because", "timebox", "begins", "category")
    ]
    assert chosen(form["project"]) == "5"
    assert form["project"]["dispatch_action"] is True
    assert form["threshold"]["label"]["text"] == (
        "will bring Fraud caught (9 in 10 alerts genuine) up to"
    )
    assert form["threshold"]["hint"]["text"] == (
        "Best so far: 53.8 of 100. From which value on is it supported?"
    )
    assert form["timebox"]["element"]["initial_value"] == "8"


def test_a_hypothesis_of_the_only_project_is_not_asked_which() -> None:
    form = fields(setup.hypothesis_form(HypothesisFormFacts((MIN,), MIN), "5"))
    assert "project" not in form
    assert form["threshold"]["label"]["text"].endswith(" down to")


def test_before_the_first_gain_a_value_is_asked_beside_today() -> None:
    numbers = project().numbers
    assert numbers is not None
    fresh = replace(project(), numbers=replace(numbers, best=numbers.baseline, since=None))
    form = fields(setup.hypothesis_form(HypothesisFormFacts((fresh,), fresh), "5"))
    assert form["threshold"]["hint"]["text"].startswith("Today: 41 of 100. From which value")


def test_a_project_without_a_metric_asks_for_the_number() -> None:
    form = fields(setup.hypothesis_form(HypothesisFormFacts((OTHER,), OTHER), "6"))
    assert form["threshold"]["label"]["text"].startswith("will bring the number to")
    assert "hint" not in form["threshold"]


def test_a_menu_of_a_hundred_projects_says_how_to_reach_the_others() -> None:
    many = tuple(project(project_id=n, name=f"Project {n}") for n in range(100))
    form = fields(setup.hypothesis_form(HypothesisFormFacts(many, many[0]), "0"))
    assert len(form["project"]["element"]["options"]) == 100
    assert form["project"]["hint"]["text"] == (
        "100 of them; for another one, write its key behind the command"
    )


def test_a_new_standup_asks_everyone_on_tuesdays_and_thursdays() -> None:
    facts = StandupFormFacts((project(),), channel_id="C1", chosen_project="5")
    view = standup_setup.standup_form(facts, "")
    form = fields(view)
    assert view["title"]["text"] == "Set up a standup"
    assert form["channel"]["element"]["initial_conversation"] == "C1"
    assert "initial_users" not in form["people"]["element"]
    days = form["days"]["element"]["initial_options"]
    assert [day["value"] for day in days] == ["tue", "thu"]
    assert form["time"]["element"] == {
        "type": "timepicker",
        "action_id": "input",
        "initial_time": "09:30",
    }
    assert (chosen(form["project"]), chosen(form["start"])) == ("5", "slot")


def test_a_known_standup_is_changed_from_what_it_is() -> None:
    known = standup(JONAS, PRIYA, whole_channel=False, local_time="08:15")
    facts = StandupFormFacts((project(),), existing=known, channel_id="C1", days=("mon",))
    view = standup_setup.standup_form(facts, "")
    form = fields(view)
    assert view["title"]["text"] == "Change the standup"
    assert form["people"]["element"]["initial_users"] == ["U1", "U2"]
    assert form["time"]["element"]["initial_time"] == "08:15"
    assert chosen(form["project"]) == "all"
    everyone = StandupFormFacts((project(),), existing=standup(JONAS, PRIYA))
    form = fields(standup_setup.standup_form(everyone, ""))
    assert "initial_users" not in form["people"]["element"]


def test_a_standup_has_a_choice_for_all_projects_beside_ninety_nine() -> None:
    many = tuple(project(project_id=n, name=f"Project {n}") for n in range(100))
    form = fields(standup_setup.standup_form(StandupFormFacts(many), ""))
    assert len(form["project"]["element"]["options"]) == 100


def test_who_set_it_up_reads_whom_it_asks_and_when() -> None:
    assert setup.standup_is_set(standup(JONAS, PRIYA)).text == (
        "The standup is set. Summary in <#C1>.\n"
        "2 people are asked, Tuesday and Thursday at 09:30 on each person's own clock: "
        "Jonas Brandt and Priya Raman.\n"
        "Next: Tuesday, 20 October"
    )
    assert "Next:" not in setup.standup_is_set(standup(JONAS, next_day=None)).text


def test_a_standup_of_nobody_says_what_to_do() -> None:
    assert setup.standup_is_set(standup()).text == (
        "The standup is set. Summary in <#C1>.\n"
        "Nobody is asked yet: the channel has no members but me. Add people and save it again."
    )


def test_a_refusal_says_what_slack_says_and_what_to_do() -> None:
    text = setup.could_not_post(RefusalFacts("C1", "not_in_channel", "post the summary")).text
    assert text == (
        "I could not post the summary in <#C1>.\nSlack says: not_in_channel. "
        "Invite me there with /invite, then save the standup again: it is in my Home tab."
    )
    text = setup.could_not_post(RefusalFacts("C1", "no_text", "post a message")).text
    assert text.endswith("Slack says: no_text. On the bot's machine, labmate doctor tells more.")


def test_a_hypothesis_that_no_standup_asks_about_leads_to_one() -> None:
    asked = setup.started("FRAUD-1", "18 months", later=False, asks=True)
    assert "The next standup asks what you learned." in str(asked)
    assert buttons(asked) == {}
    nobody = setup.started("FRAUD-1", "18 months", later=False, asks=False, channel_id="C1")
    assert "No standup asks you about it yet." in str(nobody)
    assert buttons(nobody) == {"Set up a standup": ("standup_new", "C1")}
    later = setup.started("FRAUD-1", "18 months", later=True, asks=False)
    assert "nobody is asked before" in str(later)
    assert buttons(later) == {}


def buttons(view: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What each button of a view is called, does, and is about."""
    return {
        one["text"]["text"]: (one["action_id"], one.get("value", ""))
        for block in view["blocks"]
        for one in block.get("elements", [])
        if one["type"] == "button"
    }
