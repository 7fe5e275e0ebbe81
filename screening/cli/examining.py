"""Asking an author, client by client, whether a rule should fire."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from screening.cli.terminal import HangUpError, Terminal, hang_ups
from screening.load.source import FORBIDDEN
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Example
from screening.model.vocabularies import Truth
from screening.mutation.boundary_search import Boundary
from screening.render.example_name import suggested
from screening.scaffold.add_example import as_example
from screening.scaffold.prompts import ODD

ASK = "Should it fire? y yes · n no · u not decided yet · s skip · b back · q quit > "
TODAY = {Truth.TRUE: "fires", Truth.FALSE: "stays silent", Truth.UNDECIDED: "is undecided"}
EXPECT = {"y": Truth.TRUE, "n": Truth.FALSE, "u": Truth.UNDECIDED}


class Turn(Enum):
    """What to do instead of answering."""

    SKIP = "s"
    BACK = "b"
    QUIT = "q"


@dataclass(frozen=True)
class _Said:
    """The example an author made of a client; None where they skipped it."""

    example: Example | None


def examine(knowledge: KnowledgeBase, clients: tuple[Boundary, ...]) -> tuple[Example, ...]:
    """Return the examples an author makes of some clients.

    The end of input, Ctrl-C and a closed terminal are like quitting: what was said is kept.
    """
    terminal = Terminal()
    said: list[_Said] = []
    with suppress(EOFError, KeyboardInterrupt, HangUpError), hang_ups():
        while len(said) < len(clients):
            client = clients[len(said)]
            _show(terminal, knowledge, client, f"{len(said) + 1} of {len(clients)}")
            turn = _hear(terminal)
            if turn is Turn.QUIT:
                break
            if turn is Turn.BACK:
                said[-1:] = []
            elif turn is Turn.SKIP:
                said.append(_Said(None))
            elif isinstance(turn, Truth):
                said.append(_Said(_named(terminal, knowledge, client, turn)))
    return tuple(one.example for one in said if one.example is not None)


def _show(terminal: Terminal, knowledge: KnowledgeBase, client: Boundary, place: str) -> None:
    terminal.say()
    terminal.say(f"Client {place}", bold=True)
    for name, value in client.example.given.items():
        question = knowledge.questions[name]
        terminal.say(f"{question.ask} {question.said(value)}", indent="  ", hang=2)
    rest = "answered harmlessly" if client.example.harmless_rest else "not asked yet"
    terminal.say(f"Everything else is {rest}.", indent="  ", hang=2)


def _hear(terminal: Terminal) -> Truth | Turn:
    while True:
        word = terminal.line(ASK).strip().lower()[:1]
        if word in EXPECT:
            return EXPECT[word]
        if word in {turn.value for turn in Turn}:
            return Turn(word)
        terminal.say("Answer with y, n, u, s, b or q.")


def _named(
    terminal: Terminal, knowledge: KnowledgeBase, client: Boundary, expect: Truth
) -> Example:
    """Return the example, under a name the author gives or takes over."""
    if expect is not client.example.expect:
        terminal.say(
            f"Today the rule {TODAY[client.example.expect]}. The example is written all the same; "
            "`knowledge test` fails until the rule does what you expect."
        )
    elif client.example.refers is not None:
        terminal.say(f"It refers {client.example.refers.word} today; the example says so too.")
    name = suggested(knowledge, client)
    while FORBIDDEN.search(given := terminal.line(f"Name (Enter: {name}) > ").strip()):
        terminal.say(ODD)
    return as_example(client, given or name, expect)
