"""Who may ask at all, by host, origin, size and pace; and what every answer says of itself.

A page elsewhere in the same browser can send requests here, and can make its own name point here.
The first is refused by `Origin`, the second by `Host`, before anything is looked up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

from werkzeug.wrappers import Request

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""On every answer, whatever it is."""
NAMES = ("127.0.0.1", "localhost")
LARGEST = 64 * 1024  # bytes of a form: the longest is a pasted programme
MOST_PARTS = 60  # fields of a form
PACE = 400  # requests in any ten seconds: nobody taps faster, nor do a few browsers together
SPAN = 10.0


def hosts(port: int) -> frozenset[str]:
    """Return the names under which this server may be asked for.

    >>> sorted(hosts(80))
    ['127.0.0.1:80', 'localhost:80']
    """
    return frozenset(f"{name}:{port}" for name in NAMES)


def stranger(request: Request, port: int) -> bool:
    """Tell whether a request names another host: a page whose name was made to point here."""
    return request.headers.get("Host", "").lower() not in hosts(port)


def forged(request: Request) -> bool:
    """Tell whether what changes something was sent by a page of somebody else, or of nobody.

    Browsers say where a form comes from, by `Origin` or by `Sec-Fetch-Site`; `null` is nobody.
    """
    if request.method == "GET":
        return False
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin.lower() != f"http://{request.headers.get('Host', '').lower()}"
    return request.headers.get("Sec-Fetch-Site") != "same-origin"


class RequestPace:
    """How many requests came lately."""

    def __init__(self, clock: Callable[[], float], most: int = PACE) -> None:
        self._clock = clock
        self._most = most
        self._lately: deque[float] = deque()

    def too_fast(self) -> bool:
        """Note a request; tell whether there were too many in the last seconds."""
        now = self._clock()
        while self._lately and self._lately[0] < now - SPAN:
            self._lately.popleft()
        if len(self._lately) >= self._most:
            return True
        self._lately.append(now)
        return False


class Guesses:
    """Passphrases and numbers that were wrong: after a few, each takes longer to be looked at."""

    FREE = 5
    FIRST_WAIT = 15.0
    LONGEST_WAIT = 900.0

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong = 0
        self._until = 0.0

    @property
    def wait(self) -> int:
        """How many seconds nothing is looked at; 0 where it is."""
        return max(0, round(self._until - self._clock()))

    def wrong(self) -> None:
        """Note a wrong one."""
        self._wrong += 1
        if self._wrong >= self.FREE:
            wait = self.FIRST_WAIT * 2 ** (self._wrong - self.FREE)
            self._until = self._clock() + min(wait, self.LONGEST_WAIT)

    def right(self) -> None:
        """Forget the wrong ones."""
        self._wrong, self._until = 0, 0.0
