"""From a site to a server that listens on this computer alone: the only door to waitress.

It reads a request whole before anything of it is looked at, so that a slow one keeps nobody
waiting, and hands one after the other to one thread.
"""

from __future__ import annotations

import logging
import socket
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING

from waitress.server import create_server

from screening.errors import UnwritableError
from screening.web.guard import LARGEST

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HERE = "127.0.0.1"
HEADER = 16 * 1024  # bytes of the head of a request
PATIENCE = 20  # seconds that a connection may be silent
WAITING = 128  # connections that are served at once


def listening(port: int) -> socket.socket:
    """Return a socket that listens on this computer alone; on a free port for 0.

    Raises:
        UnwritableError: when the port is taken.

    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        found.bind((HERE, port))
    except OSError as error:
        found.close()
        reason = (error.strerror or "it cannot be used").lower()
        raise UnwritableError(
            f"port {port} cannot be listened on: {reason}\n  help: leave --port out for a free one"
        ) from error
    found.listen(WAITING)
    return found


def show(link: str) -> None:
    """Open a link in the browser of whoever is at this computer, if there is one."""
    webbrowser.open(link)


def serve(site: WSGIApplication, door: socket.socket, ready: Callable[[], None]) -> None:
    """Answer requests until the program ends; `ready` is called once the first one can come."""
    server = create_server(
        site,
        sockets=[door],
        threads=1,
        ident=None,
        connection_limit=WAITING,
        channel_timeout=PATIENCE,
        cleanup_interval=5,
        max_request_header_size=HEADER,
        max_request_body_size=LARGEST * 2,
        expose_tracebacks=False,
        clear_untrusted_proxy_headers=True,
    )
    logging.getLogger("waitress").setLevel(logging.ERROR)  # that requests wait is no news
    try:
        ready()
        server.run()
    finally:
        server.close()
        door.close()
