"""`POST /upload/v1/TICKET`: the bytes of a file that was announced, raw or as a multipart form."""

from aiohttp import BodyPartReader, StreamReader, web

from bot.playground.clock import stamp
from bot.playground.control.call import PLAYGROUND
from bot.playground.errors import SlackError
from bot.playground.files import Upload

CHUNK = 64 * 1024


async def upload(request: web.Request) -> web.Response:
    """Take them; a fault called `upload` goes wrong as a test asked for."""
    pg = request.app[PLAYGROUND]
    at, error, sent = stamp(pg.now()), None, 0
    fault = pg.faults.take("upload")
    if pg.faults.down or (fault and (fault.status or fault.cut == "before")):
        status = fault.status if fault and fault.status else 503
        response = web.Response(status=status, text="This went wrong on purpose")
        error = f"HTTP {status}"
    else:
        try:
            expected = pg.files.expected(request.match_info["ticket"])
            content = await _content(request, expected)
            sent = len(content)
            pg.files.receive(expected, content)
            response = web.Response(text=f"OK - {sent}")
        except SlackError as refused:
            error = refused.error
            response = web.Response(status=404 if "url" in error else 400, text=error)
    pg.log.add(
        at=at,
        direction="from_bot",
        name="upload",
        ms=0,
        ok=error is None,
        error=error,
        request={"bytes": sent},
        response=None,
    )
    if fault and fault.cut and request.transport:
        request.transport.abort()
    return response


async def _content(request: web.Request, expected: Upload) -> bytes:
    if request.content_type != "multipart/form-data":
        return await _read(request.content, expected.length)
    part = await (await request.multipart()).next()
    if not isinstance(part, BodyPartReader):
        raise SlackError("wrong_length")
    return bytes(await part.read())


async def _read(body: StreamReader, length: int) -> bytes:
    """No more than was announced is kept."""
    held = bytearray()
    async for chunk in body.iter_chunked(CHUNK):
        held += chunk
        if len(held) > length:
            raise SlackError("wrong_length")
    return bytes(held)
