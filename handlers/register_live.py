"""The part of the table of contents about what a project's users are told: scope, incidents, its end."""

from handlers import acknowledging, deprecating, incidents, measured, parity, scope_changes
from handlers.doors import Doors
from handlers.ids import Click, Form


def scope(on: Doors) -> None:
    """Scope changes, and who is reminded of what they have not confirmed."""
    on.click(Click.SCOPE_CHANGE, opens=scope_changes.open_form)
    on.click(Click.SCOPE_CONFIRM, stores=acknowledging.confirm_scope, then=scope_changes.show)
    on.click(Click.SCOPE_SHOW, opens=scope_changes.show)
    on.click(Click.FINDING_REMIND, stores=acknowledging.remind)
    on.submit(Form.SCOPE_CHANGE, stores=scope_changes.announce, once=True)


def live(on: Doors) -> None:
    """A model in use: its values, its incidents, its end."""
    on.click(Click.LIVE_VALUE, opens=measured.open_live)
    on.click(Click.PARITY, opens=parity.open_form)
    on.submit(Form.PARITY, stores=parity.compare, once=True)
    on.click(Click.INCIDENTS, opens=incidents.page)
    on.click(Click.INCIDENT_OPEN, opens=incidents.open_form)
    on.modal(Click.INCIDENT_SEE, updates=incidents.see)
    on.click(Click.INCIDENT_TELL, opens=incidents.open_tell)
    on.submit(Form.INCIDENT, stores=incidents.open_one)
    on.submit(Form.INCIDENT_TELL, stores=incidents.tell, then=incidents.again)
    on.click(Click.END_PAGE, opens=deprecating.open_page)
    on.click(Click.END_ANNOUNCE, opens=deprecating.open_form)
    on.click(Click.END_CONFIRM, stores=acknowledging.confirm_end, then=deprecating.show)
    on.click(Click.END_SHOW, opens=deprecating.show)
    on.click(Click.END_WITHDRAW, stores=deprecating.withdraw, then=deprecating.page)
    on.click(Click.END_RETIRE, stores=deprecating.retire, then=deprecating.page)
    on.submit(Form.END, stores=deprecating.announce, then=deprecating.page)
