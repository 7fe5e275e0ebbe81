"""What all views share: the records, locked or open, the knowledge, the interviews under way."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from screening.app import alarms, settings
from screening.app.alarms import Alarm
from screening.app.audit.rederivation import Library, chosen, conclusions
from screening.app.clients.find_case import known_client
from screening.app.look_back import library
from screening.app.ports import Tell
from screening.app.start_interview import Beginning, opened
from screening.app.stores import StorePlace, mark, open_or_create_records, open_records
from screening.app.trainers import Trainer
from screening.assess import Assessor
from screening.explain import Ground
from screening.interview.planner import Planner
from screening.model.knowledge import KnowledgeBase
from screening.records import Client, Protection, Store, create_store, open_store
from screening.records.aead import keyed_hash
from screening.records.database import exists
from screening.records.errors import LockedStoreError
from screening.records.key_hierarchy import SHORTEST, long
from screening.records.os_keyring import usable
from screening.render.drawn import Drawings
from screening.web.guard import Guesses
from screening.web.page_interview import HeldWith, PageInterview

PIN = 4  # digits at least


class HowKept(Enum):
    """How the records stand."""

    NONE = "none"
    PASSPHRASE = "passphrase"  # noqa: S105 - a word, not one
    OTHERWISE = "otherwise"


@dataclass
class TypedOnce:
    """Gives a passphrase that was typed on the page, once: a wrong one is not tried again."""

    typed: str
    given: bool = False

    def there(self) -> bool:
        """Tell whether it was not given yet."""
        return not self.given

    def passphrase(self, prompt: str, *, twice: bool) -> str:  # noqa: ARG002 - of every asker
        """Return what was typed."""
        self.given = True
        return self.typed

    def chose(self, passphrase: str) -> None:
        """Keep nothing: no store is made by one who was asked for a passphrase."""

    def tell(self, words: str) -> None:
        """Say nothing: the page does."""


@dataclass
class HandOver:
    """A browser in a client's hands: whose it is, and how far they are.

    `last` is the question that led to an emergency.
    """

    client: str
    called: str
    interview: PageInterview
    begun: bool = False
    private: bool = False
    ended: bool = False
    emergency: bool = False
    case: str = ""
    last: str = ""


class Office:
    """The records and the interviews of one server; one thread uses it."""

    def __init__(
        self,
        place: StorePlace,
        knowledge: KnowledgeBase,
        root: Path,
        tell: Tell,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.place = place
        self.knowledge = knowledge
        self.tell = tell
        self.held = HeldWith(Planner(knowledge), Assessor(knowledge), root, Drawings(knowledge))
        self.interviews: dict[str, PageInterview] = {}
        self.hand_overs: dict[str, HandOver] = {}
        self.alarms: tuple[Alarm, ...] = ()
        self.unsaved = False
        self.asking = ""
        self._store: Store | None = None
        self._library: Library | None = None
        self._grounds: dict[tuple[str, str], Ground] = {}
        self._salt, self._pin = secrets.token_bytes(32), b""
        self.guesses = Guesses(clock)

    @property
    def records(self) -> HowKept:
        """Whether there are records, and whether a passphrase opens them."""
        if not exists(self.place.path):
            return HowKept.NONE
        with open_store(self.place.path, str) as store:
            kept = store.vault.lock.protection
        return HowKept.PASSPHRASE if kept is Protection.PASSPHRASE else HowKept.OTHERWISE

    def drawings(self, knowledge: KnowledgeBase) -> Drawings:
        """Return the figures of a knowledge base: those of the one in use are at hand."""
        same = knowledge.digest == self.knowledge.digest
        return self.held.drawings if same else Drawings(knowledge)

    @property
    def open(self) -> bool:
        """Whether the records can be read now, or nothing is to be kept."""
        return self._store is not None or self.unsaved

    @property
    def mark(self) -> str | None:
        """What every page says of records that are for practice, or not encrypted."""
        return mark(self._store)

    @property
    def store(self) -> Store:
        """The records.

        Raises:
            LockedStoreError: when they are locked, or nothing is kept.

        """
        if self._store is None:
            raise LockedStoreError("nothing is kept here", "lock, and open the records")
        return self._store

    @property
    def kept(self) -> Store | None:
        """The records, or None where nothing is to be kept."""
        return self._store

    def open_by_itself(self) -> bool:
        """Open the records by a passphrase file or a keyring; tell whether that can be done.

        With a passphrase file the first records are made. A number that was set to take the page
        back is asked for first.
        """
        kept = self.records
        by_file = self.place.passphrase_file is not None
        if self._pin or not (by_file or kept is HowKept.OTHERWISE):
            return False
        if self._store is None:
            self._use(open_or_create_records(self.place))
        return True

    def unlock(self, typed: str) -> None:
        """Open the records by a passphrase; where they are open, make sure that it is theirs.

        Raises:
            WrongPassphraseError: when it is not.

        """
        asked = StorePlace(self.place.path, None, TypedOnce(typed))
        store = open_records(asked)
        if self._store is None:
            self._use(store)
        else:
            store.close()

    def make(self, passphrase: str, again: str) -> str:
        """Make the first records; return why they cannot be made so, if they cannot."""
        if usable() and not passphrase:
            self._use(create_store(self.place.path, Protection.KEYRING, str))
            return ""
        if long(passphrase) < SHORTEST:
            return f"At least {SHORTEST} characters. Four or five words are easy to remember."
        if passphrase != again:
            return "The two differ."
        self._use(create_store(self.place.path, Protection.PASSPHRASE, lambda: passphrase))
        return ""

    def reopen(self) -> None:
        """Open records that need no passphrase, where they were locked."""
        if self._store is None and not self.unsaved:
            self._use(open_records(self.place))

    def client_called(self, name: str) -> Client:
        """Return the client of a pseudonym or id."""
        return known_client(self.store, name, whole=True)

    def set_pin(self, pin: str) -> None:
        """Keep a number that takes the page back, where no passphrase does; only until it ends."""
        self._pin = keyed_hash(self._salt, pin)

    @property
    def trainer(self) -> Trainer | None:
        """Who asks: the one chosen here, else the one of the settings; None for nobody."""
        chosen = next((one for one in self.trainers if one.initials == self.asking), None)
        return chosen or settings.who_asks()

    @property
    def trainers(self) -> tuple[Trainer, ...]:
        """The trainers of this computer, to choose who asks."""
        return settings.kept().trainers

    def ask_as(self, initials: str) -> None:
        """Let this trainer ask from now on; what is under way and kept is taken up by them."""
        self.asking = initials
        in_hands = [one.interview for one in self.hand_overs.values()]
        for one in tuple(self.interviews.values()):
            if one.case and one not in in_hands:
                self.leave(one)

    @property
    def has_pin(self) -> bool:
        """Whether a number was set."""
        return bool(self._pin)

    def is_pin(self, pin: str) -> bool:
        """Tell whether it is that number; where none was set, any is."""
        return not self._pin or secrets.compare_digest(self._pin, keyed_hash(self._salt, pin))

    def lock(self) -> None:
        """Let go of the key and of every interview under way; all of it is on record."""
        for one in self.interviews.values():
            one.close()
        self.interviews.clear()
        self.hand_overs.clear()
        self._grounds.clear()
        self._library = None
        if self._store is not None:
            self._store.close()
        self._store, self.unsaved = None, False

    def _use(self, store: Store) -> None:
        self._store, self.unsaved = store, False
        self.alarms = alarms.unseen(store, self.tell)

    def alarm(self, client: str, case: str) -> None:
        """Tell every trainer's page, and the records, that an answer in a case needs help."""
        if all(one.case != case for one in self.alarms):
            self.alarms = (*self.alarms, alarms.raised(self.store, client, case))

    def alarm_seen(self, case: str) -> None:
        """Take down the alarm of a case, for good, where there is one."""
        if any(one.case == case for one in self.alarms):
            alarms.seen(self.store, case)
            self.alarms = tuple(one for one in self.alarms if one.case != case)

    def begin(self, wanted: Beginning, *, kept: bool = True) -> PageInterview:
        """Return the interview that is wanted; one that is under way here goes on as it is.

        One that is not `kept` leaves nothing behind.

        Raises:
            ScreeningError: when it cannot be held.

        """
        store = self._store if kept else None
        opening = opened(self.knowledge, store, wanted, None, self.trainer)
        for one in self.interviews.values():
            if opening.case and one.case == opening.case:
                return one
        interview = PageInterview(self.held, store, opening)
        self.interviews[interview.key] = interview
        return interview

    def under_way(self, case: str) -> PageInterview | None:
        """Return the interview of a case that is under way here."""
        return next((one for one in self.interviews.values() if one.case == case), None)

    def leave(self, interview: PageInterview) -> None:
        """Let go of an interview; it can be gone on with, if it is kept."""
        interview.close()
        self.interviews.pop(interview.key, None)

    def _with_ours(self) -> Library:
        """Return the knowledge the records keep; the one in use is at hand already."""
        found = library(self.store)
        found.hold(self.knowledge.digest, self.held.assessor)
        return found

    def ground(self, case: str) -> Ground:
        """Return the last conclusion of a case, drawn again from its record by both engines.

        Raises:
            UnknownTargetError: when nothing was concluded yet.

        """
        head = self.store.head(case).digest
        if (case, head) not in self._grounds:
            self._library = self._library or self._with_ours()
            kept = chosen(conclusions(case, self.store.events(case)))
            drawn = kept.drawn(self._library)
            self._grounds = {(case, head): Ground(drawn.assessor, drawn.concluded)}
        return self._grounds[(case, head)]
