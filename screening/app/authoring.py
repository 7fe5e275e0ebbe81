"""Writing a rule, a question, an exercise or a source by being asked: asks, writes and checks."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from screening.app.knowledge import checked
from screening.app.knowledge_files import has_schema, header, put_schema
from screening.app.ports import Tell
from screening.app.printout import Printout
from screening.assess import Assessor
from screening.check import check
from screening.diagnostics import Diagnostic, Severity, word
from screening.errors import MisuseError
from screening.load import load, load_intake
from screening.load.cases import read_claim
from screening.model.knowledge import KnowledgeBase
from screening.render.knowledge_page import show_page
from screening.render.page import clean, counted
from screening.scaffold.from_disagreement import disagreement
from screening.scaffold.new_entry import ask_exercise, ask_question, ask_source
from screening.scaffold.new_rule import Start, StoppedError, ask_rule
from screening.scaffold.phrases import Offer
from screening.testing.run_cases import as_case, changed_cases
from screening.testing.run_examples import run_examples
from screening.write import form_of, with_entry, with_key
from screening.write.disk import put, read_text, writable

ENTRIES = {"question": ask_question, "exercise": ask_exercise, "source": ask_source}
EMPTY = {
    "question": "topic: questions\ntitle: Questions\n",
    "exercise": "exercises: []\n",
    "source": "sources: []\n",
}
SHOWN_CHANGES = 8
DRAFTS = ".drafts"  # hidden, so the loader passes it by
BACK = "<"


class BackError(Exception):
    """The author takes the last answer back."""


class AuthorTalk(Protocol):
    """Where an author is talked to."""

    def say(self, text: str) -> None:
        """Show a paragraph."""

    def show(self, offers: Sequence[Offer]) -> None:
        """Show what can be chosen, numbered from 1."""

    def line(self, prompt: str, words: Sequence[str]) -> str:
        """Return the next line; `words` complete it on a keyboard."""

    def agrees(self, question: str) -> bool:
        """Tell whether somebody is there and says yes."""


class Draft:
    """The answers of an interview that is not finished, kept after each.

    `about` is what they belong to: answers about something else are not taken up.
    """

    def __init__(self, path: Path, about: str) -> None:
        self.path = path
        self.about = about
        self.answers: list[str] = []

    def earlier(self) -> list[str]:
        """Return the answers kept earlier; none when there are none that belong here."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads(self.path.read_text("utf-8"))
            if kept["about"] == self.about:
                return [str(answer) for answer in kept["answers"]]
        return []

    def keep(self, answer: str) -> None:
        """Keep one more answer."""
        self.answers.append(answer)
        said = {"about": self.about, "answers": self.answers}
        put(self.path, json.dumps(said, ensure_ascii=False, indent=1) + "\n")

    def done(self) -> None:
        """Forget the draft."""
        self.path.unlink(missing_ok=True)
        with suppress(OSError):
            self.path.parent.rmdir()


@dataclass
class Drafting:
    """The author as an interview sees one: answers of an earlier draft first, then new ones."""

    talk: AuthorTalk
    draft: Draft
    replayed: list[str]

    def say(self, text: str) -> None:
        """Show a paragraph."""
        if not self.replayed:
            self.talk.say(text)

    def show(self, offers: Sequence[Offer]) -> None:
        """Show what can be chosen, numbered from 1."""
        if not self.replayed:
            self.talk.show(offers)

    def line(self, prompt: str, words: Sequence[str] = ()) -> str:
        """Return the next line of an earlier draft, else of the input.

        Raises:
            EOFError: at the end of input.
            BackError: when the author takes the last answer back.

        """
        if self.replayed:
            answer = self.replayed.pop(0)
            self.talk.say(f"{prompt}{answer}")
            return answer
        text = self.talk.line(prompt, words).strip()
        if text == BACK:
            raise BackError
        return text

    def back(self) -> None:
        """Begin again with all answers but the last."""
        self.replayed, self.draft.answers = self.draft.answers[:-1], []

    def settled(self, answer: str) -> None:
        """Keep an answer that was taken."""
        self.draft.keep(answer)


@dataclass(frozen=True, slots=True)
class EntryWanted:
    """What is to be written, from which screening that should have come to what, if any."""

    kind: str
    screened: str | None
    expect: str | None
    resume: bool
    author: str = ""


def wanted(
    kind: str, screened: str | None, expect: str | None, *, resume: bool, author: str = ""
) -> EntryWanted:
    """Return what is to be written.

    Raises:
        MisuseError: when a screening and what it should have come to are not both named.

    """
    both = bool(screened and expect) and kind == "rule"
    if not both and (screened, expect) != (None, None):
        raise MisuseError("`--from` and `--expect` go together, and are for rules")
    return EntryWanted(kind, screened, expect, resume, author)


@dataclass
class Sitting:
    """One sitting with an author, and where what comes of it is written."""

    root: Path
    knowledge: KnowledgeBase
    author: Drafting
    wanted: EntryWanted

    @staticmethod
    def at(directory: Path | None, wanted: EntryWanted, talk: AuthorTalk) -> Sitting:
        """Return a sitting; an earlier draft is taken up if asked for, or on a yes."""
        root = writable(directory)
        knowledge = load(root, library=True)
        about = f"{knowledge.digest} {wanted.screened} {wanted.expect}"
        draft = Draft(root / DRAFTS / f"{wanted.kind}.json", about)
        earlier = draft.earlier()
        taken_up = earlier and (
            wanted.resume or talk.agrees(f"Go on with the draft “{earlier[0]}”?")
        )
        author = Drafting(talk, draft, earlier if taken_up else [])
        return Sitting(root, knowledge, author, wanted)

    @property
    def kept(self) -> str:
        """What is said when the author leaves."""
        if not self.author.draft.answers:
            return "Nothing is written."
        return "What you answered is kept. Go on with the same command and `--resume`."

    def write(self, tell: Tell) -> Written | None:
        """Ask for something and write it; return it, or None when the author finds no need."""
        try:
            start = self._start()
            name = None
            while name is None:
                name = self._tried(start, tell)
        except StoppedError as stopped:
            self.author.draft.done()
            self.author.say(f"Nothing is written: {stopped}.")
            return None
        return self._written_as(name)

    def _start(self) -> Start | None:
        """Return where to begin a rule that a screening should have had, if one is named.

        Raises:
            StoppedError: when it has what is expected.

        """
        screened, expect = self.wanted.screened, self.wanted.expect
        if not (screened and expect):
            return None
        assessor = Assessor(checked(self.knowledge))
        known = self.knowledge.cases.get(screened)
        if known is not None:
            client = as_case(assessor, known)[0]
        else:
            client = load_intake(Path(screened), self.knowledge)
        claim = read_claim(expect, self.knowledge, client.programme)
        found = disagreement(assessor, client, claim)
        if found.start is None:
            raise StoppedError(f"that is concluded already: {found.found}")
        self.author.say(f"Expected: {expect}. Concluded: {found.found}.")
        if found.nearest:
            self.author.say(
                f"The nearest case that stays as it is: {found.nearest}, {found.title}"
            )
        return found.start

    def _tried(self, start: Start | None, tell: Tell) -> str | None:
        """Return the id of what was written; None when the last answer was taken back."""
        try:
            return self._put(start, tell)
        except BackError:
            self.author.back()
            return None

    def _put(self, start: Start | None, tell: Tell) -> str:
        if self.wanted.kind == "rule":
            today = datetime.datetime.now(tz=datetime.timezone.utc).date()
            rule = ask_rule(self.author, self.knowledge, today, start)
            file = Path("rules", rule.topic, f"{rule.id}.yaml")
            path, by = self.root / file, self.wanted.author
            text = with_key(rule.text, str(file), "author", by, form_of(file)) if by else rule.text
            put(path, header(self.root) + text)
            name = rule.id
        else:
            entry = ENTRIES[self.wanted.kind](self.author, self.knowledge, self.root)
            path = self.root / entry.file
            name = entry.id
            form = form_of(entry.file)
            old = read_text(path) if path.exists() else EMPTY[self.wanted.kind]
            put(path, with_entry(old, str(path), entry.key, entry.says, form))
        self.author.draft.done()
        tell(f"{clean(str(path))} written")
        return name

    def _written_as(self, name: str) -> Written:
        """Check what was written."""
        after = load(self.root, library=True)
        if has_schema(self.root):
            put_schema(self.root, after)
        found = check(after, datetime.date.min)
        failed = run_examples(after, name).failed if name in after.rules else ()
        good = not failed and all(one.severity is not Severity.ERROR for one in found)
        shown = Printout(show_page(after, name), good=good)
        return Written(self, after, name, shown, (*found, *failed))


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, as a page, and what is wrong with it."""

    sitting: Sitting
    after: KnowledgeBase
    name: str
    shown: Printout
    trouble: tuple[Diagnostic, ...]

    def changes(self) -> tuple[str, ...]:
        """Return what a new rule changes in the case library; nothing for other things."""
        if self.name not in self.after.rules:
            return ()
        changed = changed_cases(self.sitting.knowledge, self.after)
        cases = counted(len(self.after.cases), "case")
        said = [f"Of {cases} of the library, {len(changed)} would be concluded otherwise."]
        for one in changed[:SHOWN_CHANGES]:
            became = (f"{c.target}: {c.before or '-'} → {c.after or '-'}" for c in one.changes)
            said.append(f"- {one.case}: {'; '.join(became)}")
        if len(changed) > SHOWN_CHANGES:
            said.append(f"- and {len(changed) - SHOWN_CHANGES} more")
        return tuple(said)

    @property
    def next(self) -> str | None:
        """What to do after a new rule."""
        if self.name not in self.after.rules:
            return None
        where = word(str(self.sitting.root))
        return f"Next: screening knowledge test {self.name} --knowledge {where}"
