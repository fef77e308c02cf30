"""When the clocks change everyone is still asked at 09:30 on their own, with the same time to answer."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from models.absences import country_of, holidays_in
from tests.stories import team
from tests.stories.steps import a_project, a_standup, summary
from tests.stories.world import World

ZONES = {
    "hana": "Pacific/Honolulu",
    "luis": "America/Los_Angeles",
    "sofia": "America/New_York",
    "jonas": "Europe/Berlin",
    "mira": "Asia/Kolkata",
    "nima": "Asia/Kathmandu",
    "syd": "Australia/Sydney",
    "kai": "Pacific/Auckland",
}


async def everywhere(world: World) -> None:
    """A standup of eight people in eight zones."""
    new = [handle for handle in ZONES if handle not in team.ZONES]
    for handle in new:
        person = {"id": team.user(handle), "handle": handle, "name": handle.title()}
        await world.do("people", **person, tz=ZONES[handle])
    await world.do("channels", id=team.CHANNEL, add=[team.user(handle) for handle in new])
    await a_project(world)
    await a_standup(world)


@pytest.mark.parametrize(
    ("start", "slots", "end"),
    [
        ("2026-09-30", ("2026-10-01", "2026-10-06"), "2026-10-08"),  # Sydney, 4 October
        ("2026-10-21", ("2026-10-22", "2026-10-27"), "2026-10-29"),  # Berlin, 25 October
        ("2026-10-28", ("2026-10-29", "2026-11-03"), "2026-11-05"),  # New York, 1 November
    ],
)
async def test_everyone_is_asked_once_a_slot_in_their_own_morning(
    plain: World, start: str, slots: tuple[str, ...], end: str
) -> None:
    await plain.to(f"{start}T12:00:00Z")
    await everywhere(plain)
    await plain.to(f"{slots[-1]}T23:50:00Z")
    away = dict.fromkeys(slots, "")
    for handle, zone in ZONES.items():
        dms = await plain.person(handle).dms()
        asked = [moment(said.ts, zone) for said in dms if said.text.startswith("Hello ")]
        kept = holidays_in(country_of(zone), (2026,))
        expected = [slot for slot in slots if date.fromisoformat(slot) not in kept]
        assert asked == [f"{slot} 09:30" for slot in expected], handle
        reminded = [said for said in dms if said.text.startswith(("Still time", "Nothing is left"))]
        assert [moment(said.ts, zone) for said in reminded] == [
            f"{slot} 12:30" for slot in expected
        ]
        if slots[-1] in expected:  # the same answering time everywhere
            assert reminded[-1].text.startswith("Still time until tomorrow 09:30.")
        for slot in set(slots) - set(expected):
            away[slot] += f"Away: {handle}"
    last = (await summary(plain)).shown
    assert away[slots[-1]] in last
    await plain.to(f"{end}T00:00:00Z")
    assert f"0 of {len(ZONES) - ('Away' in last)} people answered" in (await summary(plain)).shown


def moment(ts: str, zone: str) -> str:
    """The minute on somebody's wall."""
    at = datetime.fromtimestamp(float(ts), UTC).astimezone(ZoneInfo(zone))
    return f"{at:%Y-%m-%d %H:%M}"
