"""Bring the generated parts of the documentation up to date: `python docs/generate.py [--check]`.

Six things are generated: `docs/cli.md` from the commands' own help; `docs/knowledge-coverage.md`
from `knowledge/coverage.yaml`; `docs/cases.md` from the case library; `docs/safety/hazards.md`
from `hazards.yaml` beside it; the answers of the tutorial's gardener in the order the interview
and the follow-up ask; and the output under each `$ command` in the `console` blocks of the pages,
by running it. Ids, digests of records and today's date are replaced by ones that stay the same.

With `--check` nothing is written and a page that differs is named (exit 1).
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from screening.assess import Assessor  # noqa: E402
from screening.author.cases import try_case  # noqa: E402
from screening.engines.applicable import with_harmless_rest  # noqa: E402
from screening.follow import earlier_from  # noqa: E402
from screening.interview.planner import Ask, AskProgramme, Planner  # noqa: E402
from screening.interview.session import Session  # noqa: E402
from screening.load import load, shipped_knowledge  # noqa: E402
from screening.model.knowledge import KnowledgeBase  # noqa: E402
from screening.model.question import Value  # noqa: E402
from screening.records import open_store  # noqa: E402
from screening.records.chain import shown  # noqa: E402
from screening.records.event import Answered, Listed  # noqa: E402
from screening.render.book import coverage_page  # noqa: E402
from screening.render.cases_page import cases_page  # noqa: E402
from screening.render.markdown import markdown  # noqa: E402

DAY = "2026-11-25"  # stands for today
WORD = re.compile(r"[a-z0-9-]+")
RANDOM = re.compile(r"case-[0-9a-f]{8}|client-[0-9a-f]{10}")
TYPED = ("back squat", "situps", "rower", "deadlift", "zumba")
HURTS = ("gardening_floor_work", "sitting_slouched", "bend_forward")
EXAMPLES = ROOT / "docs" / "examples"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WHOLE = ("cli.md", "cases.md", "knowledge-coverage.md")  # pages generated as a whole
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
HAZARDS = """# Hazards

Generated from `hazards.yaml` by `docs/generate.py`. What can go wrong, what stops it, the tests
that prove it, and what is left. No clinician has reviewed it.
"""
COMMANDS = (
    "screening",
    "screening interview",
    "screening followup",
    "screening run",
    "screening explain",
    "screening clients",
    "screening clients list",
    "screening clients show",
    "screening clients export",
    "screening clients consent",
    "screening clients rename",
    "screening clients import",
    "screening clients erase",
    "screening knowledge",
    "screening knowledge check",
    "screening knowledge doc",
    "screening knowledge format",
    "screening knowledge list",
    "screening knowledge show",
    "screening knowledge test",
    "screening store",
    "screening store create",
    "screening store info",
    "screening store rekey",
    "screening store backup",
    "screening store restore",
    "screening store retention",
)


class Surroundings:
    """A home of its own for a page, in which output does not depend on the machine."""

    def __init__(self, home: str) -> None:
        shim = Path(home, "bin", "screening")
        shim.parent.mkdir()
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m screening "$@"\n')
        shim.chmod(0o755)
        self.home = home
        self.seen: dict[str, str] = {}
        self.env = {
            "PATH": f"{shim.parent}:{os.environ['PATH']}",
            "HOME": home,
            "SCREENING_HOME": f"{home}/screening",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "LC_ALL": "C.UTF-8",
        }

    def settled(self, text: str) -> str:
        """Return output with what differs from run to run replaced, by order of appearance."""
        out = text.replace(self.home, "~").replace(_today(), DAY)
        heads = self._heads()
        return WORD.sub(lambda found: self._settled(found[0], heads), out)

    def _settled(self, word: str, heads: set[str]) -> str:
        if not (word in heads or RANDOM.fullmatch(word)):
            return word
        number = len(self.seen)
        kind = word.partition("-")[0] if "-" in word else ""
        digest = hashlib.sha256(str(number).encode())
        name = f"{kind}-{digest.hexdigest()}"[: len(word)]
        if not kind:
            name = base64.b32encode(digest.digest()).decode().lower()[: len(word)]
        return self.seen.setdefault(word, name)

    def _heads(self) -> set[str]:
        """Return the head digests of every record so far."""
        path = Path(self.env["SCREENING_HOME"], "records.db")
        if not path.exists():
            return set()
        with open_store(path, str) as store:
            return {shown(row[0]) for row in store.rows("SELECT link FROM events")}  # type: ignore[arg-type]


def _today() -> str:
    return datetime.datetime.now(datetime.timezone.utc).date().isoformat()


def output(command: str, here: Surroundings) -> str:
    """Return what a command prints, both streams, as a terminal would show it."""
    done = subprocess.run(
        ["bash", "-c", command],  # noqa: S607 - a shell is what the reader has
        cwd=ROOT,
        env=here.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
    )
    lines = here.settled(done.stdout).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def transcript(block: str, here: Surroundings) -> str:
    """Return a console block with the output of its commands brought up to date."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{line}\n{output(line[2:], here)}" for line in commands)


def brought_up(page: str) -> str:
    """Return a page with its transcripts brought up to date, run in a new home."""
    with tempfile.TemporaryDirectory() as home:
        here = Surroundings(home)
        return BLOCK.sub(lambda match: transcript(match[0], here), page)


def reference(here: Surroundings) -> str:
    """Return the command reference."""
    parts = ["# Commands\n\nGenerated from `--help` by `docs/generate.py`.\n"]
    for command in COMMANDS:
        said = output(f"{command} --help", here)
        parts += [f"## {command}\n\n```text\n{said}```\n"]
    return "\n".join(parts)


def coverage() -> str:
    """Return the page of what the knowledge makes of each statement of the reference documents."""
    return coverage_page(load(shipped_knowledge(), library=True))


def case_library() -> str:
    """Return the page of the case library, every case concluded."""
    knowledge = load(shipped_knowledge(), library=True)
    assessor = Assessor(knowledge)
    tried = [try_case(assessor, case) for case in knowledge.cases.values()]
    return markdown(cases_page(tried))


def hazards() -> str:
    """Return the hazard log as a page."""
    source = ROOT / "docs" / "safety" / "hazards.yaml"
    log = yaml.safe_load(source.read_text(encoding="utf-8"))["hazards"]
    parts = [HAZARDS]
    for one in log:
        lines = [f"## {one['id']}. {one['title']}\n", f"{one['what']} Harmed: {one['who']}.\n"]
        lines += [f"- [{c['at']}](../../{c['at']}): {c['how']}" for c in one["controls"]]
        lines += ["", *(f"- `{test}`" for test in one["tests"])] if one["tests"] else []
        lines += [f"**Not yet.** {one['not_yet']}"] if "not_yet" in one else []
        parts.append("\n".join([*lines, "", f"Left: {one['left']}"]) + "\n")
    return "\n".join(parts)


def gardener(knowledge: KnowledgeBase) -> tuple[str, Session]:
    """Return the gardener's answers, one a line, in the order they are asked for."""
    return _answered(knowledge, Session(), dict.fromkeys(HURTS, "provokes"))


def gardener_again(knowledge: KnowledgeBase) -> str:
    """Return the gardener's answers when seen again, better: the same programme, less pain."""
    made = Assessor(knowledge).preview(gardener(knowledge)[1].case())
    earlier = earlier_from(knowledge, made.case, made.assessment)
    session = Session((Answered(knowledge.gap, 0),), earlier=earlier)
    return _answered(knowledge, session, {"pain_worst": 1})[0]


def _answered(
    knowledge: KnowledgeBase, session: Session, answers: dict[str, Value]
) -> tuple[str, Session]:
    planner, lines = Planner(knowledge), []
    rest = with_harmless_rest(knowledge, answers)
    first = session.earlier is None
    while isinstance(step := planner.plan(session).step, Ask | AskProgramme):
        if isinstance(step, Ask):
            question = knowledge.questions[step.question]
            value = rest.get(question.id, question.harmless)
            lines.append(str(value))
            session = session.after(session.reply(question, value))
        else:
            lines += [*TYPED, "keep", ""] if first else [""]
            session = session.after(Listed(("back_squat", "sit_up", "rowing_machine", "deadlift")))
    return "".join(f"{line}\n" for line in lines), session


def main() -> int:
    """Write or check every generated part; return the exit code."""
    check = "--check" in sys.argv[1:]
    stale = []
    knowledge = load(shipped_knowledge())
    wanted = {
        EXAMPLES / "gardener.txt": gardener(knowledge)[0],
        EXAMPLES / "gardener-again.txt": gardener_again(knowledge),
        ROOT / "docs" / "knowledge-coverage.md": coverage(),
        ROOT / "docs" / "cases.md": case_library(),
        ROOT / "docs" / "safety" / "hazards.md": hazards(),
    }
    if not check:  # the transcripts read them
        for path in EXAMPLES.glob("gardener*.txt"):
            path.write_text(wanted[path], encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        wanted[ROOT / "docs" / "cli.md"] = reference(Surroundings(home))
    for page in PAGES:
        if page.name not in WHOLE:
            wanted[page] = brought_up(page.read_text(encoding="utf-8"))
    for page, text in wanted.items():
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            stale.append(page.relative_to(ROOT))
            if not check:
                page.write_text(text, encoding="utf-8")
    for page in stale:
        sys.stdout.write(f"{page} {'is not current' if check else 'updated'}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
