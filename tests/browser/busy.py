"""Whether something was busy, noted inside the page: on a loaded machine the test looks too late."""

from playwright.async_api import Locator

NOTE = """node => new MutationObserver(() => {
    if (node.getAttribute("aria-busy") === "true") node.dataset.wasBusy = "true";
}).observe(node, { attributeFilter: ["aria-busy"] })"""


async def press(locator: Locator) -> None:
    """Press without Playwright's own click, which returns only seconds after an answer that is late."""
    await locator.evaluate("node => node.click()")


async def note_when_busy(locator: Locator) -> None:
    """From now on the element gets `data-was-busy` once it was busy."""
    await locator.evaluate(NOTE)
