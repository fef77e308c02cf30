"""The part of the table of contents that is about a live model: its incidents, and its end."""

from handlers import incidents
from handlers.doors import Doors
from handlers.ids import Click, Form


def live(on: Doors) -> None:
    """Incidents and deprecation."""
    on.click(Click.INCIDENTS, opens=incidents.page)
    on.click(Click.INCIDENT_OPEN, opens=incidents.open_form)
    on.click(Click.INCIDENT_SEE, opens=incidents.see)
    on.click(Click.INCIDENT_TELL, opens=incidents.open_tell)
    on.submit(Form.INCIDENT, stores=incidents.open_one)
    on.submit(Form.INCIDENT_TELL, stores=incidents.tell, then=incidents.again)
