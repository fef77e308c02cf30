"""The playground's control calls: what a person can do or see, over HTTP."""

from typing import Any

import aiohttp

from bot.playground.server import Running

JSON = dict[str, Any]


class Control:
    """Speaks to the playground that runs as `slack`, by the session `_http`; its heirs open both."""

    slack: Running
    _http: aiohttp.ClientSession

    async def do(self, name: str, status: int = 200, /, **body: Any) -> JSON:
        """A control call."""
        async with self._http.post(f"{self.slack.url}/control/{name}", json=body) as response:
            return await _answer(response, status)

    async def see(self, name: str, **query: str) -> JSON:
        """A control GET."""
        async with self._http.get(f"{self.slack.url}/control/{name}", params=query) as response:
            return await _answer(response, 200)


async def _answer(response: aiohttp.ClientResponse, status: int) -> JSON:
    answer: JSON = await response.json()
    assert response.status == status, answer
    return answer
