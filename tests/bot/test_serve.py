"""The port that Slack's requests come in by."""

import asyncio
import socket

from bot.serve import _bound


async def test_acks_leave_at_once() -> None:
    """Nagle's algorithm is off on what is accepted: the last packet of an ack waits for nothing."""
    no_delay: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def accepted(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        no_delay.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    with _bound(0) as taken:
        port = taken.getsockname()[1]
        async with await asyncio.start_server(accepted, sock=taken):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            assert await no_delay
            writer.close()
