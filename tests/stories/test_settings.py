"""`/lab settings`: one's own time for standups, working days, days away, holidays."""

from tests.stories import team
from tests.stories.steps import a_team_at_work
from tests.stories.world import World


async def test_who_chooses_a_time_is_asked_at_that_time(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_team_at_work(plain)
    before = len(await jonas.dms())
    form = await jonas.opens("/lab settings")
    assert "Your time zone is Europe/Berlin" in form.text
    assert form.value("ask_time") is None
    assert (await form.submit(ask_time="11:00")).kind == "closed"
    assert (await jonas.opens("/lab settings")).value("ask_time") == "11:00"
    await (await jonas.look()).close()
    await plain.to(team.ASKED_AT["jonas"])
    await plain.settled()
    assert len(await jonas.dms()) == before
    await plain.to("2026-02-03T10:00:00Z")
    await plain.settled()
    assert len(await jonas.dms()) == before + 1


async def test_a_question_that_is_still_to_come_moves_too(plain: World) -> None:
    sofia = plain.person("sofia")
    await a_team_at_work(plain)
    await plain.to(team.ASKED_AT["kai"])
    await plain.settled()  # the run is open: her place in it is fixed at 09:30
    form = await sofia.opens("/lab settings")
    assert (await form.submit(ask_time="10:15")).kind == "closed"
    await plain.to(team.ASKED_AT["sofia"])
    await plain.settled()
    assert await sofia.dms() == []
    await plain.to("2026-02-03T15:15:00Z")
    await plain.settled()
    assert "What did you learn?" in (await sofia.dm()).shown


async def test_settings_change_from_the_home(plain: World) -> None:
    kai = plain.person("kai")
    home = await kai.home()
    await home.click("Change")
    form = await kai.form()
    outcome = await form.submit(
        ask_time="08:45",
        workdays=["mon", "tue", "wed"],
        away_from="2026-02-09",
        away_to="2026-02-13",
        country="NZ",
    )
    assert outcome.kind == "closed"
    home = await kai.home_after(home)
    assert "Asked: 08:45" in home.text
    assert "Working days: Monday, Tuesday and Wednesday" in home.text
    assert "Public holidays: New Zealand" in home.text
    assert "Away: 9 Feb to 13 Feb" in home.text


async def test_what_can_not_be_is_said_beside_the_field(plain: World) -> None:
    kai = plain.person("kai")
    form = await kai.opens("/lab settings")
    for values, errors in (
        ({"away_from": "2026-02-09"}, {"away_to": "Please give both days, or none."}),
        (
            {"away_from": "2026-02-09", "away_to": "2026-02-08"},
            {"away_to": "That is before the first day away."},
        ),
        (
            {"away_from": "2026-01-08", "away_to": "2026-01-09"},
            {"away_to": "That day is over. Leave both empty if you are back."},
        ),
    ):
        filled = {"away_from": None, "away_to": None, **values}
        assert (await form.submit(**filled)).errors == errors
