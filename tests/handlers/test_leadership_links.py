"""Each figure that leaders read leads to where its project is talked about (domain §5.1)."""

from dataclasses import replace

from handlers.blocks import leadership
from handlers.limits import check_message
from models.domain.leadership_facts import linked, spot
from tests.handlers.test_leadership_blocks import DIGEST, FULL


def test_a_figure_leads_to_where_the_project_is_talked_about() -> None:
    there = spot("C1", "1762941234.000100")
    facts = replace(DIGEST, projects=(replace(FULL, spot=there), replace(FULL, project_id=2)))
    known = linked(facts, "https://acme.slack.com/")
    address = "https://acme.slack.com/archives/C1/p1762941234000100"
    assert [one.link for one in known.projects] == [address, None]
    said = leadership.digest(known)
    check_message(said.text, said.blocks)
    assert str(said.blocks).count(address) == 1
    assert f"Frauds stopped: <{address}|about 65 of 100> (today's way 41 of 100" in said.text
    assert "<http" not in leadership.digest(linked(facts, "")).text
