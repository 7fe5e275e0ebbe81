"""One request as a view sees it: who asks, what was sent, and what can be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from screening.records import Client, Ledger, client_of
from screening.records.errors import UnknownRecordError
from screening.web.office import Office
from screening.web.page_interview import PageInterview
from screening.web.pages import rendered
from screening.web.visits import PAUSE, Visit, Visits, Who

HTML = "text/html; charset=utf-8"
SEE_OTHER = 303
AGAIN = "again"  # is in the address when a page asks again by itself
LOOK_AGAIN = 10  # seconds between two looks at whether a client alone needs help


class Door(Protocol):
    """What only the site itself can do."""

    def announce_link(self) -> bool:
        """Say a new start link where the first one was said; tell whether it is time for one."""

    def stop(self) -> None:
        """End the program once this is answered."""


@dataclass
class Call:
    """A request that was let in, with the parts of its address.

    `visit` is replaced where another begins; the cookie of the answer is that of the last one.
    """

    request: Request
    office: Office
    visits: Visits
    visit: Visit | None
    parts: Mapping[str, str]
    door: Door

    @property
    def posted(self) -> bool:
        """Whether something is to be done, and not only shown."""
        return self.request.method == "POST"

    @property
    def by_itself(self) -> bool:
        """Whether a page asked again by itself, and nobody tapped."""
        return AGAIN in self.request.args

    def sent(self, name: str) -> str:
        """Return a field of the form; "" where there is none."""
        return self.request.form.get(name, "")

    def sent_all(self, name: str) -> list[str]:
        """Return all that is sent under a name, such as the boxes that are ticked."""
        return self.request.form.getlist(name)

    def sent_file(self, name: str) -> bytes:
        """Return what a file that was chosen holds; nothing where none was."""
        found = self.request.files.get(name)
        return found.read() if found is not None else b""

    @property
    def here(self) -> Visit:
        """The visit, where there is one: views for nobody have none."""
        if self.visit is None:
            raise NotFound
        return self.visit

    def page(
        self,
        template: str,
        title: str,
        values: Mapping[str, object] | None = None,
        *,
        status: int = 200,
        **more: object,
    ) -> Response:
        """Return a page; its title names nobody."""
        shown = {
            "title": title,
            "token": self.visit.token if self.visit else "",
            "who": (self.visit.who if self.visit else Who.NOBODY).value,
            "alarms": self.office.alarms,
            "unsaved": self.office.unsaved,
            "mark": self.office.mark,
            **(values or {}),
            **more,
        }
        answer = Response(rendered(template, shown), status, content_type=HTML)
        if self.visit is not None and self.visit.who is Who.TRAINER:
            answer.headers["Refresh"] = f"{self._look_again()}; url={self.request.path}?{AGAIN}"
        if self.visit is not None and self.visit.who is Who.CLIENT:
            answer.headers["Refresh"] = f"{int(PAUSE)}; url=/c/paused"
        return answer

    def _look_again(self) -> int:
        """Return after how many seconds a page asks again: it is locked then, or has news."""
        waits = self.visits.handed_over and self.request.path == "/"
        return LOOK_AGAIN if waits else self.visits.idle + 2

    def go(self, place: str) -> Response:
        """Return the way to another page."""
        return Response(status=SEE_OTHER, headers={"Location": place})

    @property
    def client(self) -> Client:
        """The client whom the address names."""
        try:
            found = client_of(self.office.store, self.parts["client"])
        except UnknownRecordError:
            raise NotFound from None
        if found.erased:
            raise NotFound
        return found

    @property
    def case(self) -> Ledger:
        """The case that the address names."""
        try:
            found = self.office.store.ledger(self.parts["case"])
        except UnknownRecordError:
            raise NotFound from None
        if not found.number or client_of(self.office.store, found.client or "").erased:
            raise NotFound
        return found

    @property
    def interview(self) -> PageInterview | None:
        """The interview that the address names, while it is under way."""
        return self.office.interviews.get(self.parts["interview"])
