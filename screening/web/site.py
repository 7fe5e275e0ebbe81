"""The site: lets in whom it may, finds the view, and answers; a WSGI application."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from screening.app.ports import Tell
from screening.errors import DisagreementError, ScreeningError
from screening.web.call import AGAIN, HTML, Call
from screening.web.guard import (
    HEADERS,
    LARGEST,
    MOST_PARTS,
    RequestPace,
    forged,
    stranger,
)
from screening.web.office import Office
from screening.web.pages import rendered
from screening.web.routes import ROUTES, Route
from screening.web.visits import IDLE, Visits, Who

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SAID = {
    400: "This request cannot be answered.",
    403: "This form is too old, or was not made here. Go back, reload the page and try again.",
    404: "There is nothing here.",
    405: "There is nothing here.",
    413: "That is too much text.",
    429: "Too many requests at once. Wait a few seconds.",
    500: "Something went wrong here; it is our bug. What was answered before is kept.",
}
BUG = 500
LINK_EVERY = 10.0  # seconds between two start links that a page asks for
REFUSED = 400


class Host(NamedTuple):
    """Who runs the site: is told each new start link, and ends the program when asked to."""

    announce: Tell
    stop: Callable[[], None]


class Site:
    """Everything under one address."""

    def __init__(
        self,
        office: Office,
        port: int,
        host: Host,
        *,
        clock: Callable[[], float] = time.monotonic,
        idle: float = IDLE,
    ) -> None:
        self.office = office
        self.port = port
        self._host = host
        self._announced = -LINK_EVERY
        self._clock = clock
        self._alone = Lock()  # an engine concludes one thing at a time
        self.visits = Visits(clock, idle)
        self._pace = RequestPace(clock)
        rules = (Rule(one.path, endpoint=place) for place, one in enumerate(ROUTES))
        self._map = Map(rules, merge_slashes=False, redirect_defaults=False)
        self._cookie = f"screening-{port}"

    def start_link(self) -> str:
        """Return the address that opens the page once, in one browser."""
        return f"http://127.0.0.1:{self.port}/start/{self.visits.link()}"

    def announce_link(self) -> bool:
        """Say a new start link where the first one was said; tell whether it is time for one."""
        if self._clock() - self._announced < LINK_EVERY:
            return False
        self._announced = self._clock()
        self._host.announce(self.start_link())
        return True

    def warm_up(self) -> None:
        """Do ahead what the first client would wait for; a request waits for one step at most."""
        for step in self.office.held.ahead():
            with self._alone:
                step()

    def stop(self) -> None:
        """End the program once this is answered."""
        self._host.stop()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        request = Request(environ)
        request.max_content_length = request.max_form_memory_size = LARGEST
        request.max_form_parts = MOST_PARTS
        with self._alone:
            answer = self._answer(request)
        request.close()  # files that were sent
        for name, value in HEADERS.items():  # a paper has a policy of its own
            answer.headers.setdefault(name, value)
        return answer(environ, start)

    def _answer(self, request: Request) -> Response:
        """Return an answer to anybody; what goes wrong is said without any value."""
        if stranger(request, self.port):
            return Response("unknown host", REFUSED, content_type="text/plain; charset=utf-8")
        refused = self._refused(request)
        if refused:
            return self._said(refused)
        try:
            return self._routed(request)
        except HTTPException as error:
            return self._said(error.code or REFUSED)
        except Exception as error:  # noqa: BLE001 - the page goes on; the terminal is told the kind
            self.office.tell(f"error: the page could not be made ({type(error).__name__})")
            return self._said(BUG)

    def _refused(self, request: Request) -> int:
        """Return the code of what is refused before anything is looked up; 0 for none."""
        if self._pace.too_fast():
            return 429
        if request.method not in {"GET", "HEAD", "POST"}:
            return 405
        return 403 if forged(request) else 0

    def _routed(self, request: Request) -> Response:
        place, parts = self._map.bind(request.host).match(request.path, method="GET")
        route = ROUTES[place]
        key = request.cookies.get(self._cookie, "")
        visit = self.visits.of(key, tapped=AGAIN not in request.args)
        if self.office.open and not self.visits.in_use:
            self.office.lock()
        call = Call(request, self.office, self.visits, visit, parts, self)
        return self._with_cookie(call, self._by_whom(call, route))

    def _by_whom(self, call: Call, route: Route) -> Response:
        """Answer those whom a view is for; send others where they belong."""
        who = call.visit.who if call.visit else Who.NOBODY
        if who not in route.who:
            return self._sent_on(call, who)
        if call.posted:
            if not route.posts:
                raise MethodNotAllowed
            if call.visit and not call.visit.meant(call.sent("token")):
                return self._said(403)
        return self._viewed(call, route)

    def _sent_on(self, call: Call, who: Who) -> Response:
        """Return the way to what somebody may see."""
        match who:
            case Who.CLIENT:
                return call.go("/c")
            case Who.LOCKED:
                if call.visit and not call.posted and call.request.path.isprintable():
                    call.visit.back_to = call.request.path
                return call.go("/waiting" if call.by_itself else "/unlock")
            case Who.TRAINER:
                return call.go("/")
            case Who.NOBODY:
                return call.page("outside.html", "Screening", status=403)

    def _viewed(self, call: Call, route: Route) -> Response:
        try:
            return route.view(call)
        except DisagreementError:
            return call.page("refused.html", "Nothing is concluded", status=BUG, words=DIFFER)
        except ScreeningError as error:
            if call.visit and call.visit.who is Who.CLIENT:
                return call.page("c_trouble.html", "Give it back", status=REFUSED)
            return call.page("refused.html", "Not done", status=REFUSED, words=str(error))

    def _with_cookie(self, call: Call, answer: Response) -> Response:
        key = call.visit.key if call.visit else ""
        if key != call.request.cookies.get(self._cookie, ""):
            answer.set_cookie(self._cookie, key, httponly=True, samesite="Strict", path="/")
        return answer

    def _said(self, code: int) -> Response:
        words = SAID.get(code, SAID[REFUSED])
        shown = {"title": "Not done", "who": "nobody", "words": words, "token": "", "alarms": ()}
        page = rendered("refused.html", {**shown, "unsaved": False, "mark": None})
        return Response(page, code, content_type=HTML)


DIFFER = (
    "The two engines disagree, so nothing is concluded. This is our bug. Please report it. "
    "What was answered is kept."
)
