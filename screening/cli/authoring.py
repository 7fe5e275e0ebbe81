"""One run of `knowledge new`: asks, writes, checks and shows what came of it."""

from __future__ import annotations

import datetime
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from screening.assess import Assessor
from screening.check import check
from screening.cli.author_prompt import BackError, Draft, TerminalAuthor
from screening.cli.common import FINDINGS, checked, complain
from screening.cli.intake import page_width
from screening.cli.schema import has_schema, header, put_schema
from screening.diagnostics import Severity, word
from screening.load import load, load_intake
from screening.load.cases import read_claim
from screening.model.knowledge import KnowledgeBase
from screening.render.knowledge_page import show_page
from screening.render.page import clean, counted
from screening.render.table import text
from screening.scaffold.from_disagreement import disagreement
from screening.scaffold.new_entry import ask_exercise, ask_question, ask_source
from screening.scaffold.new_rule import Start, StoppedError, ask_rule
from screening.testing.case_changes import changed_cases
from screening.testing.run_cases import client_of
from screening.testing.run_examples import run_examples
from screening.write import form_of, with_entry
from screening.write.disk import put, read_text

ENTRIES = {"question": ask_question, "exercise": ask_exercise, "source": ask_source}
EMPTY = {
    "question": "topic: questions\ntitle: Questions\n",
    "exercise": "exercises: []\n",
    "source": "sources: []\n",
}
SHOWN_CHANGES = 8
DRAFTS = ".drafts"  # hidden, so the loader passes it by


@dataclass
class Sitting:
    """One run of `knowledge new`: who is asked, and where what comes of it is written."""

    root: Path
    knowledge: KnowledgeBase
    author: TerminalAuthor

    @staticmethod
    def at(root: Path, kind: str, about: str, *, resume: bool) -> Sitting:
        """Return a sitting; an earlier draft is taken up if asked for, or on a yes."""
        knowledge = load(root, library=True)
        draft = Draft(root / DRAFTS / f"{kind}.json", f"{knowledge.digest} {about}")
        earlier = draft.earlier()
        author = TerminalAuthor(draft)  # before anything is read: it sets how input is read
        if earlier and not resume and sys.stdin.isatty():
            resume = click.confirm(f"Go on with the draft “{earlier[0]}”?", err=True)
        author.replayed = earlier if resume else []
        return Sitting(root, knowledge, author)

    @property
    def kept(self) -> str:
        """What is said when the author leaves."""
        if not self.author.draft.answers:
            return "Nothing is written."
        return "What you answered is kept. Go on with the same command and `--resume`."

    def start(self, screened: str, expect: str) -> Start:
        """Return where to begin a rule that a screening should have had.

        Raises:
            StoppedError: when it has what is expected.

        """
        assessor = Assessor(checked(self.knowledge))
        known = self.knowledge.cases.get(screened)
        if known is not None:
            client = client_of(assessor, known)[0]
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

    def write(self, kind: str, start: Start | None) -> None:
        """Ask for something, write it, and show what came of it."""
        name = ""
        while not name:
            name = self._tried(kind, start)
        self._show(name)

    def _tried(self, kind: str, start: Start | None) -> str:
        """Return the id of what was written; empty when the last answer was taken back."""
        try:
            return self._written(kind, start)
        except BackError:
            self.author.back()
            return ""

    def _written(self, kind: str, start: Start | None) -> str:
        if kind == "rule":
            today = datetime.datetime.now(tz=datetime.timezone.utc).date()
            rule = ask_rule(self.author, self.knowledge, today, start)
            path = self.root / "rules" / rule.topic / f"{rule.id}.yaml"
            put(path, header(self.root) + rule.text)
            name = rule.id
        else:
            entry = ENTRIES[kind](self.author, self.knowledge, self.root)
            path = self.root / entry.file
            name = entry.id
            form = form_of(entry.file)
            old = read_text(path) if path.exists() else EMPTY[kind]
            put(path, with_entry(old, str(path), entry.key, entry.says, form))
        self.author.draft.done()
        click.echo(f"{clean(str(path))} written", err=True)
        return name

    def _show(self, name: str) -> None:
        """Check what was written, and show its page and what it changes."""
        after = load(self.root, library=True)
        if has_schema(self.root):
            put_schema(self.root, after)
        found = check(after, datetime.date.min)
        failed = run_examples(after, name).failed if name in after.rules else ()
        complain((*found, *failed))
        click.echo(text(show_page(after, name), page_width()), nl=False)
        if failed or any(one.severity is Severity.ERROR for one in found):
            sys.exit(FINDINGS)
        if name in after.rules:
            self._changes(after)
            where = word(str(self.root))
            click.echo(f"Next: screening knowledge test {name} --knowledge {where}", err=True)

    def _changes(self, after: KnowledgeBase) -> None:
        changed = changed_cases(self.knowledge, after)
        cases = counted(len(after.cases), "case")
        click.echo(f"Of {cases} of the library, {len(changed)} would be concluded otherwise.")
        for one in changed[:SHOWN_CHANGES]:
            said = "; ".join(
                f"{c.target}: {c.before or '-'} → {c.after or '-'}" for c in one.changes
            )
            click.echo(f"- {one.case}: {said}")
        if len(changed) > SHOWN_CHANGES:
            click.echo(f"- and {len(changed) - SHOWN_CHANGES} more")

    def stop(self, why: str) -> None:
        """Leave without writing anything."""
        self.author.draft.done()
        self.author.say(f"Nothing is written: {why}.")
