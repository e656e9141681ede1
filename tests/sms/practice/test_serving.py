import signal
import socket
import subprocess
import sys
import time

import pytest

PROGRAM = """
from rapidresponse.sms.practice import Faults, Settings, run

run(
    Settings(
        account_sid="AC" + "0" * 32,
        auth_token="token",
        sender="+17045550100",
        port=0,
        latency_ms=0,
        faults=Faults.read({"hang_after": 1}),
    ),
    ready=lambda port: print(port, flush=True),
)
"""
REQUEST = (
    b"POST /2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json HTTP/1.1\r\n"
    b"Host: localhost\r\nContent-Length: 58\r\n"
    b"Authorization: Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDp0b2tlbg==\r\n\r\n"
    b"To=%2B17045550142&From=%2B17045550100&Body=a+secret+of+mine"
)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_within_two_seconds_even_in_mid_answer(by):
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", PROGRAM]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(REQUEST)
            time.sleep(0.3)
            began = time.monotonic()
            process.send_signal(by)
            said, complained = process.communicate(timeout=5)

    assert time.monotonic() - began < 2
    assert process.returncode == 0
    assert (said, complained) == ("", "")
