"""Countries to choose from, for public holidays: as many as a menu of Slack's has room for."""

from models.domain.cadence import NO_HOLIDAYS

GUESS = "guess"
NAMES = """
AE United Arab Emirates|AR Argentina|AT Austria|AU Australia|AZ Azerbaijan|BA Bosnia and Herzegovina
BD Bangladesh|BE Belgium|BG Bulgaria|BO Bolivia|BR Brazil|BY Belarus|CA Canada|CH Switzerland|CI Côte d'Ivoire
CL Chile|CM Cameroon|CN China|CO Colombia|CR Costa Rica|CY Cyprus|CZ Czechia|DE Germany|DK Denmark
DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|ES Spain|ET Ethiopia|FI Finland|FR France
GB United Kingdom|GE Georgia|GH Ghana|GR Greece|GT Guatemala|HK Hong Kong|HR Croatia|HU Hungary|ID Indonesia
IE Ireland|IL Israel|IN India|IQ Iraq|IR Iran|IS Iceland|IT Italy|JM Jamaica|JO Jordan|JP Japan|KE Kenya
KR South Korea|KW Kuwait|KZ Kazakhstan|LB Lebanon|LK Sri Lanka|LT Lithuania|LU Luxembourg|LV Latvia|MA Morocco
MD Moldova|MK North Macedonia|MT Malta|MX Mexico|MY Malaysia|NG Nigeria|NL Netherlands|NO Norway|NP Nepal
NZ New Zealand|PA Panama|PE Peru|PH Philippines|PK Pakistan|PL Poland|PT Portugal|PY Paraguay|QA Qatar
RO Romania|RS Serbia|RU Russia|RW Rwanda|SA Saudi Arabia|SE Sweden|SG Singapore|SI Slovenia|SK Slovakia
SN Senegal|TH Thailand|TN Tunisia|TR Türkiye|TW Taiwan|TZ Tanzania|UA Ukraine|US United States
"""
COUNTRIES = {
    code: name
    for code, _, name in (
        one.partition(" ") for line in NAMES.split("\n") for one in line.split("|")
    )
    if code
}
"""Names by their ISO 3166 codes. Whoever lives elsewhere has the holidays that their zone suggests."""


def country_choices(current: str | None) -> list[tuple[str, str]]:
    """The menu: as the zone suggests, none, and the countries by name; the `current` one is among them."""
    named = COUNTRIES if current in (None, NO_HOLIDAYS) else {current: current, **COUNTRIES}
    return [
        (GUESS, "As my time zone suggests"),
        (NO_HOLIDAYS, "None: ask me on every working day"),
        *sorted(named.items(), key=lambda one: one[1]),
    ]


def country_words(country: str | None) -> str:
    """“Germany”, “none”, “as the time zone suggests”."""
    if country is None:
        return "as the time zone suggests"
    return "none" if country == NO_HOLIDAYS else COUNTRIES.get(country, country)
