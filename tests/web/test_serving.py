"""The server as a process: it says where it is, on this computer alone, and nobody holds it up."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from interview_process import PATIENCE, command, environment
from kept_cases import make_store
from real_browser import Served


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("home")
    make_store(found)
    return found


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[Served]:
    found = Served(home, home / "records.db")
    yield found
    found.kill()


def port_of(served: Served) -> int:
    return int(served.address.rpartition(":")[2])


def asked(served: Served, path: str = "/page.css") -> int:
    """Return the code of the answer to a request."""
    line = http.client.HTTPConnection("127.0.0.1", port_of(served), timeout=PATIENCE)
    try:
        line.request("GET", path)
        return line.getresponse().status
    finally:
        line.close()


def refused(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `screening serve`, which must refuse; return what came of it."""
    done = subprocess.run(
        command("serve", "--no-browser", *words),
        capture_output=True,
        text=True,
        check=False,
        env=environment(home),
        timeout=PATIENCE,
    )
    assert done.returncode == 2
    return done


def test_it_says_where_it_is_without_a_terminal_or_a_browser(served: Served) -> None:
    assert served.link.startswith("http://127.0.0.1:")
    assert asked(served) == 200
    assert asked(served, "/") == 403


def test_it_listens_on_this_computer_alone(served: Served) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.connect(("192.0.2.1", 9))  # sends nothing; says which address would be used
        address = out.getsockname()[0]
    if address.startswith("127."):
        pytest.skip("this computer has no other address")
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((address, port_of(served)), timeout=5).close()


def test_a_slow_request_keeps_nobody_waiting(served: Served) -> None:
    slow = [socket.create_connection(("127.0.0.1", port_of(served))) for _ in range(10)]
    try:
        for one in slow:
            one.sendall(b"POST /new HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\ntoken=")
        assert asked(served) == 200
    finally:
        for one in slow:
            one.close()


def test_ten_megabytes_are_refused_unread(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", port_of(served)), timeout=PATIENCE) as line:
        line.sendall(b"POST /new HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n")
        with suppress(ConnectionError):
            for _ in range(160):
                line.sendall(b"x" * 65536)
        with suppress(ConnectionError):
            assert b" 413 " in line.recv(4096)
    assert asked(served) == 200


def test_a_thousand_requests_at_once_are_answered_or_told_to_wait(served: Served) -> None:
    with ThreadPoolExecutor(50) as many:
        codes = set(many.map(lambda _: asked(served), range(1000)))
    assert codes <= {200, 429}


def test_a_port_that_is_taken_is_said(served: Served, home: Path) -> None:
    done = refused(home, "--port", str(port_of(served)))
    assert "cannot be listened on" in done.stderr
    assert "Traceback" not in done.stderr


def test_other_devices_are_refused_with_the_reason(home: Path) -> None:
    done = refused(home, "--lan")
    said = " ".join(done.stderr.split())
    assert "Nothing encrypts the line" in said
    assert "screening form CLIENT" in said
    assert done.stdout == ""


def test_ctrl_c_ends_it_without_a_trace(home: Path) -> None:
    one = Served(home, home / "records.db")
    assert asked(one) == 200
    one.process.send_signal(signal.SIGINT)
    said, _ = one.process.communicate(timeout=PATIENCE)
    assert one.process.returncode == 0
    assert "KeyboardInterrupt" not in said


def test_nothing_is_logged(home: Path) -> None:
    one = Served(home, home / "records.db")
    for path in ("/", "/client/blue-bike", "/start/none", "/%ff"):
        asked(one, path)
    one.process.kill()
    said, _ = one.process.communicate(timeout=PATIENCE)
    assert said == ""
