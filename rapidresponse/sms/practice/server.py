"""Serving a practice carrier over HTTP until it is told to stop."""

import asyncio
import gc
import json
import signal
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from rapidresponse.sms.practice import control, lean
from rapidresponse.sms.practice.carrier import Carrier
from rapidresponse.sms.practice.rest import HangUp, Rest, Said, response_headers
from rapidresponse.sms.practice.settings import Settings

# A stop is a stop: whoever waits for an answer then is hung up on after this many seconds.
LAST_WORDS = 0.5
_RESET_AT_ONCE = struct.pack("ii", 1, 0)


async def serve(
    settings: Settings,
    *,
    ready: Callable[[int], None] | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Serve one carrier until `stop` is set; `ready` is told the port it got."""
    carrier = Carrier(lean.simplified(settings) if settings.lean else settings)
    server = web.Server(_door(carrier), access_log=None)
    runner = web.ServerRunner(server, shutdown_timeout=LAST_WORDS)
    await runner.setup()
    async with carrier.caller:
        try:
            async with (
                lean.listening(carrier, server)
                if settings.lean
                else _listening(runner, settings) as port
            ):
                if ready:
                    ready(port)
                await (stop or asyncio.Event()).wait()
        finally:
            await runner.cleanup()


@asynccontextmanager
async def _listening(runner: web.ServerRunner, settings: Settings) -> AsyncIterator[int]:
    """Listen until the runner is cleaned up, and tell the block the port."""
    await web.TCPSite(runner, settings.host, settings.port, backlog=1024).start()
    yield runner.addresses[0][1]


def run(settings: Settings, *, ready: Callable[[int], None] | None = None) -> None:
    """Serve one carrier until the process is told to stop."""
    # Every text is kept on purpose. Looking for garbage among them as often as Python
    # does by default took a third of the time that a text takes here.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    asyncio.run(_until_signalled(settings, ready))


async def _until_signalled(settings: Settings, ready: Callable[[int], None] | None) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    await serve(settings, ready=ready, stop=stop)


def _door(carrier: Carrier) -> Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]:
    """Open the two doors: the API that Twilio has, and the levers that it has not."""
    rest = Rest(carrier)

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        if request.path.startswith(control.PREFIX):
            status, body = await control.answer(carrier, request)
            return web.Response(
                text=json.dumps(body), status=status, content_type="application/json"
            )
        carrier.in_flight += 1
        try:
            return _response(await rest.answer(request), carrier)
        except HangUp as silence:
            await asyncio.sleep(silence.after)
            return _reset(request)
        finally:
            carrier.in_flight -= 1

    return answer


def _response(said: Said, carrier: Carrier) -> web.Response:
    headers = response_headers(carrier)
    headers["Content-Type"] = said.media_type
    return web.Response(body=said.body.encode(), status=said.status, headers=headers)


def _reset(request: web.BaseRequest) -> web.Response:
    """Cut the line so that the customer sees a reset, not an end."""
    if request.transport:
        line = request.transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_ONCE)
        request.transport.abort()
    # Nothing of this is sent: there is no line any more.
    return web.Response(status=500)
