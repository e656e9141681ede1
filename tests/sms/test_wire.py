import asyncio

import pytest

from rapidresponse.sms.wire import Lost, NotConnected, Wire

ANSWER = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nX-Name: value\r\n\r\nok"


class Server:
    """Answers each call with the next of its scripts; counts connections."""

    def __init__(self, *scripts):
        self.scripts = list(scripts)
        self.heard = []
        self.connections = 0
        self.serving = set()

    async def __aenter__(self):
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self.server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/path?a=b"
        return self

    async def __aexit__(self, *_):
        self.server.close()
        await asyncio.gather(*self.serving)  # the client has let go of its connections
        await asyncio.sleep(0)

    async def _serve(self, reader, writer):
        self.connections += 1
        self.serving.add(asyncio.current_task())
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
                self.heard.append(head + await reader.readexactly(length))
                script = self.scripts.pop(0)
                if script is None:
                    break
                writer.write(script)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()
        await writer.wait_closed()


def talk(*scripts, calls=1, seconds=5.0):
    """Make so many calls to a server of such scripts; return the replies and the server."""

    async def go():
        async with Server(*scripts) as server:
            wire = Wire()
            try:
                replies = [
                    await wire.call("POST", server.url, {"A": "b"}, b"body", seconds=seconds)
                    for _ in range(calls)
                ]
            finally:
                await wire.close()
            return replies, server

    return asyncio.run(go())


def test_a_whole_answer_comes_back():
    [reply], server = talk(ANSWER)

    assert (reply.status, reply.body, reply.headers["x-name"]) == (201, b"ok", "value")
    assert server.heard[0].startswith(b"POST /path?a=b HTTP/1.1\r\nHost: 127.0.0.1:")
    assert server.heard[0].endswith(b"\r\n\r\nbody")


def test_a_connection_is_kept_for_the_next_call():
    _, server = talk(ANSWER, ANSWER, ANSWER, calls=3)

    assert server.connections == 1


def test_a_connection_that_the_server_ends_is_not_used_again():
    ending = ANSWER.replace(b"X-Name: value", b"Connection: close")

    _, server = talk(ending, ANSWER, calls=2)

    assert server.connections == 2


def test_an_answer_in_pieces_is_put_together():
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"
    )

    [reply], _ = talk(chunked)

    assert reply.body == b"abcde"


def test_go_on_is_not_an_answer():
    [reply], _ = talk(b"HTTP/1.1 100 Continue\r\n\r\n" + ANSWER)

    assert reply.status == 201


@pytest.mark.parametrize(
    "script",
    [None, b"not http at all\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort"],
    ids=["nothing", "garbage", "half"],
)
def test_no_whole_answer_means_that_the_call_may_have_been_heard(script):
    with pytest.raises(Lost):
        talk(script, seconds=0.3)


def test_a_server_that_says_nothing_is_given_up_in_time():
    with pytest.raises(Lost, match="no answer in time"):
        talk(b"", seconds=0.2)


def test_no_connection_means_that_nothing_was_heard():
    async def go():
        async with Server() as server:
            url = server.url
        await Wire().call("POST", url, {}, b"", seconds=1)

    with pytest.raises(NotConnected):
        asyncio.run(go())
