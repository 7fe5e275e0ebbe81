"""The same bytes from a cluster of worker processes, also when a worker or the scheduler dies."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from batch_command import screening, table
from distributed import Client, LocalCluster

from screening.batch.cluster import cluster
from screening.errors import LostClusterError

if TYPE_CHECKING:
    from click.testing import Result

ROWS = 900_000  # seven chunks
PATIENCE = 180  # seconds, on a busy machine


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return table(ROWS, tmp_path_factory.mktemp("many") / "in.parquet")


@pytest.fixture(scope="module")
def whole(many: Path) -> bytes:
    out = many.with_name("whole.parquet")
    assert screening("batch", many, out).exit_code == 0
    return out.read_bytes()


@contextmanager
def workers() -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster


def in_background(*words: str | Path) -> tuple[threading.Thread, list[Result]]:
    results: list[Result] = []
    thread = threading.Thread(target=lambda: results.append(screening(*words)))
    thread.start()
    return thread, results


def wait_for(path: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_worker_killed_in_mid_run_changes_no_byte(
    many: Path, whole: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    with workers() as cluster:
        with Client(cluster.scheduler_address, set_as_default=False) as client:
            pids = client.run(os.getpid)
        address = cluster.scheduler_address
        run, results = in_background("batch", many, out, "--scheduler", address)
        wait_for(tmp_path / "out.parquet.parts" / "000000.json")
        os.kill(next(iter(pids.values())), signal.SIGKILL)
        run.join()
    assert results[0].exit_code == 0
    assert out.read_bytes() == whole


@contextmanager
def command(name: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of Dask; it is gone at the end, also where the test fails."""
    line = [sys.executable, "-m", "distributed.cli." + name, *words]
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_until_open(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the scheduler does not start")


@pytest.mark.parametrize(
    "address",
    ["nonsense", "foo://x", "", "tcp://", "tcp://127.0.0.1", "tcp://127.0.0.1:x", "inproc://x"],
)
def test_what_is_no_address_is_said_at_once(address: str) -> None:
    with pytest.raises(LostClusterError, match="no scheduler answers"), cluster(address):
        pytest.fail("there is none")


def test_an_address_with_tls_asks_for_a_certificate() -> None:
    said = "no certificate for tls://127.0.0.1:1"
    with pytest.raises(LostClusterError, match=said), cluster("tls://127.0.0.1:1"):
        pytest.fail("there is none")


def test_a_scheduler_that_goes_away_is_said_and_the_batch_goes_on_here(
    many: Path, whole: bytes, tmp_path: Path
) -> None:
    out, address = tmp_path / "out.parquet", f"tcp://127.0.0.1:{free_port()}"
    asked = ("batch", many, out, "--scheduler", address)
    result = screening(*asked)
    assert result.exit_code == 2
    assert f"no scheduler answers at {address}" in result.stderr
    host = ("--host", "127.0.0.1", "--no-dashboard")
    with command("dask_scheduler", "--port", address.rpartition(":")[2], *host) as scheduler:
        wait_until_open(int(address.rpartition(":")[2]))
        result = screening(*asked)
        assert "has no workers" in result.stderr
        with command(
            "dask_worker", address, "--nthreads", "1", "--no-dashboard", "--death-timeout", "2"
        ) as worker:
            run, results = in_background(*asked)
            wait_for(tmp_path / "out.parquet.parts" / "000000.json")
            scheduler.kill()
            run.join(timeout=PATIENCE)
            worker.terminate()
    assert results[0].exit_code == 2
    assert f"the scheduler at {address} is gone; what is finished is kept" in results[0].stderr
    assert not out.exists()
    assert screening("batch", many, out).exit_code == 0
    assert out.read_bytes() == whole
