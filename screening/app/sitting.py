"""One sitting of an interview: shows what it says, and passes on what is typed, until it ends."""

from __future__ import annotations

import datetime
import signal
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from screening.app import settings
from screening.app.clients.look_alikes import hint
from screening.app.conclude import concluded, how_it_went
from screening.app.first_meeting import meet
from screening.app.hang_ups import HangUpError, hang_ups
from screening.app.knowledge import open_checked_knowledge, root_of
from screening.app.ports import Keyboard
from screening.app.programme_file import read_programme
from screening.app.recorder import Recorder, Unsaved, keeping
from screening.app.start_interview import Beginning, New, opened
from screening.app.store_for_interview import open_for_interview
from screening.app.stores import PRACTICE, StorePlace, in_plain_sight, open_records
from screening.app.who_asks import ask_once
from screening.assess import Assessor
from screening.diagnostics import lines, quoted, word
from screening.errors import assert_never
from screening.interview.conversation import Conversation
from screening.interview.planner import Planner
from screening.interview.session import Order
from screening.interview.talk import (
    Card,
    Display,
    End,
    Opening,
    Paragraph,
    Prompt,
    Response,
    WhereKept,
)
from screening.model.knowledge import KnowledgeBase
from screening.records import Store
from screening.records.opening import for_practice
from screening.render.page import Format, PageFormat, Shape

ANOTHER = "The knowledge has changed since; every answer still stands."


class InterviewTerminal(Keyboard, Protocol):
    """The terminal of an interview. Every prompt begins with its `mark`."""

    mark: str

    @property
    def has_keys(self) -> bool:
        """Whether what is typed comes from a keyboard."""

    @property
    def columns(self) -> int:
        """How wide a result is printed."""

    @property
    def ascii_only(self) -> bool:
        """Whether a result is printed in ASCII."""

    def clear(self) -> None:
        """Clear the screen, where there is one."""

    def tell(self, words: str) -> None:
        """Say something beside a result."""

    def typed_ahead(self) -> str:
        """Return and throw away what was typed before now, where there is a keyboard."""

    def page(self, shown: str, *, whole: bool = False) -> None:
        """Print a result; unless `whole`, as much at once as a screen holds."""


@dataclass(frozen=True)
class InterviewOptions:
    """How an interview is held: with the programme of a file, in this order, printed like this.

    What is typed comes from a file where there is one. `trainer` is who asks, where that is not
    the one of the settings. `full` prints all of the result at once.
    """

    programme: Path | None
    order: str | None
    form: PageFormat
    typed: Path | None = None
    trainer: str = ""
    full: bool = False


def sit(
    terminal: InterviewTerminal,
    directory: Path | None,
    place: StorePlace,
    beginning: Beginning,
    options: InterviewOptions,
) -> int:
    """Hold an interview with the knowledge in a directory, or the shipped one.

    Return the number of the signal that ended it, 0 for none.
    """
    knowledge, root = open_checked_knowledge(directory), root_of(directory)
    names = read_programme(options.programme) if options.programme else ()
    new = isinstance(beginning, New)
    store = open_for_interview(place, terminal) if new else open_records(place)
    if store is not None and new and beginning == New() and terminal.has_keys:
        beginning, store = _introduced(terminal, store, knowledge, who=not options.trainer)
    with store or nullcontext():
        order = Order(options.order) if options.order else None
        trainer = settings.who_asks(options.trainer)
        opening = opened(knowledge, store, beginning, order, trainer)
        _say_first(terminal, store, opening, new=new)
        with keeping(store, knowledge, root, opening) as keeper:
            today = datetime.datetime.now().astimezone().date()
            talk = Conversation(Planner(knowledge), opening, names=names, today=today)
            held = TypedInterview(terminal, talk, keeper)
            return held.until_it_ends(knowledge, opening, options)


def _say_first(
    terminal: InterviewTerminal, store: Store | None, opening: Opening, *, new: bool
) -> None:
    """Say what the records are, what changed since last time, and whom a new client looks like."""
    if plain := in_plain_sight(store):
        terminal.say(plain)
    terminal.mark = "practice: " if store and for_practice(store) else ""
    _say_what_changed(terminal, opening)
    if new and store and (looks := hint(store, opening.client or "")):
        terminal.say(looks)


def _introduced(
    terminal: InterviewTerminal, store: Store, knowledge: KnowledgeBase, *, who: bool
) -> tuple[New, Store | None]:
    """Return the interview of a client who is met now, and where it is kept, if it may be.

    `who` is asking is asked first, the first time.
    """
    try:
        if who:
            ask_once(terminal, knowledge)
        client = meet(terminal, store)
    except (EOFError, KeyboardInterrupt):
        store.close()
        raise
    if client is None:
        store.close()
        return New(), None
    return New(client), store


def _say_what_changed(terminal: InterviewTerminal, opening: Opening) -> None:
    for line in lines(opening.stale):
        terminal.tell(line)
    if opening.other_knowledge and not opening.stale:
        terminal.tell(ANOTHER)


class TypedInterview:
    """One interview under way at a terminal, and the record of it, if there is one."""

    def __init__(
        self, terminal: InterviewTerminal, talk: Conversation, keeper: Recorder | Unsaved
    ) -> None:
        self.terminal = terminal
        self.talk = talk
        self.keeper = keeper

    def until_it_ends(
        self, knowledge: KnowledgeBase, opening: Opening, options: InterviewOptions
    ) -> int:
        """Talk until the interview ends, and say how it ended; return the signal that ended it."""
        try:
            with hang_ups():
                self._welcome(opening)
                end = self.hold()
                if end is not End.QUIT:
                    self._show_result(knowledge, options, ended=end is End.FINISHED)
        except KeyboardInterrupt:
            self.terminal.say()
            self._say_saved()
            return signal.SIGINT
        except HangUpError as error:
            self._say_saved()
            return error.number
        if end is not End.FINISHED:
            self._say_saved()
        return 0

    def hold(self) -> End:
        """Pass on what is typed until the interview ends."""
        turn = self.show(self.talk.begin())
        while isinstance(turn.next, Prompt):
            turn = self.show(self._heard(turn.next))
        return turn.next

    def _welcome(self, opening: Opening) -> None:
        """Say where answers go."""
        if isinstance(self.keeper, Unsaved):
            return
        if self.keeper.caution:
            self.terminal.say(self.keeper.caution, bold=True)
        called = self.keeper.name or opening.called
        asks = f" Asking: {opening.asks}." if opening.asks else ""
        kept = f"each answer is saved.{asks}"
        self.terminal.say(f"Case {called}: {kept}" if called else f"{kept[:1].upper()}{kept[1:]}")

    def show(self, turn: Response) -> Response:
        """Put a turn on record, then on the screen."""
        if turn.events:
            self.keeper.record(*turn.events)
        if turn.asked:
            self.keeper.asked(turn.asked)
        for one in turn.said:
            self._say(one)
        return turn

    def _say(self, shown: Display) -> None:
        match shown:
            case Paragraph(text, bold, indent, hang):
                self.terminal.say(text, bold=bold, indent=indent, hang=hang)
            case Card(lines):
                self.terminal.clear()
                for line in lines:
                    self._say(line)
            case WhereKept():
                self.terminal.say(self.keeper.where)
            case _:
                assert_never(shown)

    def _heard(self, prompt: Prompt) -> Response:
        """Return the next turn: of a line typed once the prompt is there."""
        if not prompt.more:
            self._say_what_came_too_early()
        try:
            return self.talk.reply(self.terminal.line(prompt.text))
        except EOFError:
            return self.talk.cut_off()

    def _say_what_came_too_early(self) -> None:
        early = self.terminal.typed_ahead()
        if early.strip():
            said = "Typed before this was on the screen, so not taken:"
            self.terminal.say(f"{said} {quoted(early.strip())}")

    def _show_result(
        self, knowledge: KnowledgeBase, options: InterviewOptions, *, ended: bool
    ) -> None:
        """Print what the interview came to; nothing where that cannot be concluded or recorded."""
        form = options.form
        assessor, session = Assessor(knowledge), self.talk.session
        shape = Shape(form, self.terminal.columns, country=settings.country())
        shown = concluded(assessor, session, self.keeper, shape, ended=ended)
        self.terminal.say()
        if self.terminal.mark and form is not Format.JSON:
            self.terminal.page(f"{PRACTICE}\n\n", whole=True)
        self.terminal.page(shown, whole=options.full or form is Format.JSON)
        if not ended or form is Format.JSON:
            return
        trend = how_it_went(assessor, session, self.keeper, plain=self.terminal.ascii_only)
        if trend is not None:
            self.terminal.page("\n" + trend.laid_out(form, shape.width), whole=True)

    def _say_saved(self) -> None:
        if self.keeper.name is None:
            self.terminal.say(self.keeper.where)
            return
        self.terminal.say("Saved. Go on with:")
        self.terminal.say(f"screening interview --resume {word(self.keeper.name)}", indent="  ")
