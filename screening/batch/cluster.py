"""The same chunks on the workers of a Dask cluster, which see the same files and folders."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from distributed import Client, Future, KilledWorker, as_completed
from distributed.comm.addressing import get_address_host_port, parse_address
from distributed.security import Security

from screening.batch.checkpoints import Done
from screening.batch.chunk_task import Job, ready, screen_chunk
from screening.batch.run import Runner
from screening.batch.table_source import Chunk
from screening.diagnostics import Diagnostic
from screening.errors import BadInputError, LostClusterError, UnwritableError

PATIENCE = 4  # seconds to wait for a scheduler, and for its first worker
LATE = (TimeoutError, asyncio.TimeoutError, concurrent.futures.TimeoutError)  # one from 3.11 on
GONE = (concurrent.futures.CancelledError, asyncio.CancelledError, OSError, *LATE)
SCHEMES = ("tcp", "tls")
TLS = "set `distributed.comm.tls` (`ca-file`, `client.cert`, `client.key`) in Dask's configuration"
KEPT = "what is finished is kept: run the same command again to go on"
ChunkOutcome = Done | tuple[Diagnostic, ...] | str
"""What became of a chunk, or why it could not be screened: errors do not travel as they are."""


@contextmanager
def cluster(address: str) -> Iterator[Runner]:
    """Yield what screens chunks on the cluster of a scheduler.

    Raises:
        LostClusterError: when the scheduler does not answer, or has no workers.

    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        _well_formed(address)  # a client that never began leaves a traceback when it goes
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, *LATE, ValueError) as error:
        message = f"no scheduler answers at {address}; expected an address like tcp://HOST:8786"
        raise LostClusterError(message) from error
    try:
        _has_workers(client, address)
        yield lambda job, chunks: _screened(client, address, job, chunks)
    finally:
        client.close(timeout=1)


def _well_formed(address: str) -> None:
    """Refuse what is no address, as the client would, but before there is one.

    Raises:
        ValueError: when it has no scheme that is known here, no host or no port.
        LostClusterError: when it wants a certificate, and none is set.

    """
    scheme, place = parse_address(address, strict=True)
    if not place or scheme not in SCHEMES:
        raise ValueError(address)
    get_address_host_port(address, strict=True)
    if scheme == "tls" and not Security().get_connection_args("client").get("ssl_context"):
        raise LostClusterError(f"no certificate for {address}; {TLS}")


def _has_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except GONE as error:
        raise LostClusterError(f"the scheduler at {address} has no workers") from error


def _screened(
    client: Client, address: str, job: Job, chunks: Iterable[Chunk]
) -> Iterator[tuple[Chunk, Done]]:
    """Yield chunks as they are finished; one whose worker is lost goes to another.

    Raises:
        LostClusterError: when the scheduler is gone, or a chunk was lost with several workers.

    """
    try:
        futures: dict[Future[ChunkOutcome], Chunk] = {
            client.submit(chunk_outcome, job, chunk, pure=False): chunk for chunk in chunks
        }
        for future in as_completed(futures, loop=client.loop):
            yield futures[future], _done(future.result())
            future.release()
    except KilledWorker as error:
        message = f"several workers were lost on one chunk, for want of memory perhaps; {KEPT}"
        raise LostClusterError(message) from error
    except GONE as error:
        raise LostClusterError(f"the scheduler at {address} is gone; {KEPT}") from error


def chunk_outcome(job: Job, chunk: Chunk) -> ChunkOutcome:
    """Return what became of a chunk, on a worker."""
    try:
        return screen_chunk(job, chunk, ready(job.knowledge, job.digest))
    except BadInputError as error:
        return error.diagnostics
    except UnwritableError as error:
        return str(error)


def _done(told: ChunkOutcome) -> Done:
    match told:
        case Done():
            return told
        case str():
            raise UnwritableError(told)
        case _:
            raise BadInputError(told)
