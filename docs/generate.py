"""Bring the generated parts of the documentation up to date: `python docs/generate.py [--check]`.

Ten things are generated: `docs/architecture.svg` from the real imports; `docs/gardener-hour.svg`,
the gardener's next hour in figures; `docs/cli.md` from
the commands' own help; `docs/bad-edits.md` from the table in `tests/bad_edits.py`, each edit being
made and caught; `docs/knowledge-coverage.md` from `knowledge/coverage.yaml`; `docs/cases.md` from
the case library; `docs/safety/hazards.md` from `hazards.yaml` beside it; the tables of keys in
`docs/knowledge-format.md`, from the schema of knowledge files; the answers of the tutorial's
gardener in the order the interview asks; and the output under each `$ command` in the `console`
blocks of the pages, by running it.

With `--check` nothing is written and a page that differs is named (exit 1); the bad edits are then
left to `tests/test_bad_edits.py`, which makes each of them.
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
import yaml

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bad_edits import BAD_EDITS, section  # noqa: E402
from hour_picture import hour_picture  # noqa: E402
from key_tables import with_tables  # noqa: E402

from screening.app.result_cache import remembered  # noqa: E402
from screening.assess import Assessor  # noqa: E402
from screening.cli import main as screening_command  # noqa: E402
from screening.engines.applicable import with_harmless_rest  # noqa: E402
from screening.follow import earlier_from  # noqa: E402
from screening.interview.planner import Ask, AskList, AskProgramme, Planner  # noqa: E402
from screening.interview.session import Session  # noqa: E402
from screening.interview.ticks import typed_ticks  # noqa: E402
from screening.load import load, shipped_knowledge  # noqa: E402
from screening.model.knowledge import KnowledgeBase  # noqa: E402
from screening.model.question import Value  # noqa: E402
from screening.records.event import Answered, Listed  # noqa: E402
from screening.render.cases_page import cases_page  # noqa: E402
from screening.render.markdown import markdown  # noqa: E402
from screening.render.rule_book import coverage_page  # noqa: E402
from screening.testing.run_cases import try_case  # noqa: E402

TYPED = ("back squat", "situps", "rower", "deadlift", "croquet")
HURTS = ("gardening_floor_work", "sitting_slouched", "bend_forward")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WHOLE = (
    "bad-edits.md",
    "cli.md",
    "cases.md",
    "knowledge-coverage.md",
)  # pages generated as a whole
RESULTS = remembered().files.folder
DAY, ANY_HEAD = "2026-03-02", "k3f7qmz2xw4b"  # the pages' own; the real ones change
HEAD = re.compile(r"((?:--head|head|Head)\s+)[a-z2-7]{12}\b")
LISTED = re.compile(r"(?m)(^\S+-\d+ +\S+ .* |^- \*\*Record:\*\* )[a-z2-7]{12}$")  # of `clients`
CASE_ID = re.compile(r"case-[0-9a-f]{8}\b")
CLIENT_ID = re.compile(r"client-[0-9a-f]{10}\b")
EXPORT = re.compile(r"\$ export ([A-Z_]+)=(\S+)")
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
BAD = """# Bad edits, and what catches them

Generated from `tests/bad_edits.py` by `docs/generate.py`. Each edit is made in a copy of the
shipped knowledge; the tool that must catch it was named before, and this is what it says.
"""
HAZARDS = """# Hazards

Generated from `hazards.yaml` by `docs/generate.py`. What can go wrong, what stops it, the tests
that prove it, and what is left. No clinician has reviewed it.
"""


def environment(home: str) -> dict[str, str]:
    """Return surroundings in which output does not depend on the machine."""
    shim = Path(home, "bin", "screening")
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m screening "$@"\n')
    shim.chmod(0o755)
    return {
        "PATH": f"{shim.parent}:{os.environ['PATH']}",
        "HOME": home,
        "SCREENING_HOME": f"{home}/screening",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
    }


def output(command: str, env: dict[str, str]) -> str:
    """Return what a command prints, both streams, as a terminal would show it."""
    done = subprocess.run(
        ["bash", "-c", command],  # noqa: S607 - a shell is what the reader has
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
    )
    lines = documented(done.stdout.replace(env["HOME"], "~")).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def documented(shown: str) -> str:
    """Return an output in which the day, the time and random digests are those of the pages."""
    day = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    shown = re.sub(rf"{day}( \d\d:\d\d)?", lambda m: DAY + (" 10:00" if m[1] else ""), shown)
    for place in (HEAD, LISTED):
        shown = place.sub(lambda match: f"{match[1]}{ANY_HEAD}", shown)
    shown = CLIENT_ID.sub("client-5e6f7a8b9c", shown)
    return CASE_ID.sub("case-1a2b3c4d", shown)


def transcript(block: str, env: dict[str, str]) -> str:
    """Return a console block with the output of its commands brought up to date.

    What a line exports holds for the rest of the page.
    """
    today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    typed = {line: line[2:].replace(DAY, today).replace(DAY[:7], today[:7]) for line in commands}
    shown = []
    for line in commands:
        if exported := EXPORT.fullmatch(line):
            env[exported[1]] = exported[2].replace("~", env["HOME"])
        shown.append(f"{line}\n{output(typed[line], env)}")
    return "\n".join(shown)


def brought_up(match: re.Match[str], env: dict[str, str]) -> str:
    """Return a console block of a page, brought up to date."""
    return transcript(match[0], env)


def commands(context: click.Context, command: click.Command) -> Iterator[str]:
    """Yield every command as it is typed, each group before what is in it."""
    yield context.command_path
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from commands(click.Context(found, info_name=name, parent=context), found)


def reference(env: dict[str, str]) -> str:
    """Return the command reference."""
    parts = ["# Commands\n\nGenerated from `--help` by `docs/generate.py`.\n"]
    for command in commands(
        click.Context(screening_command, info_name="screening"), screening_command
    ):
        shown = output(f"{command} --help", env)
        parts += [f"## {command}\n\n```text\n{shown}```\n"]
    return "\n".join(parts)


def house() -> str:
    """Return the drawing of the house; only here are the libraries that read imports needed."""
    from drawing import drawing  # noqa: PLC0415 - tests read this module without them

    return drawing()


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
    """Return the gardener's answers when seen again: the same programme, less pain."""
    made = Assessor(knowledge).preview(gardener(knowledge)[1].case())
    earlier = earlier_from(knowledge, made.case, made.assessment)
    session = Session((Answered(knowledge.gap, 0),), earlier=replace(earlier, days=0))
    return _answered(knowledge, session, {"pain_worst": 1})[0]


def _answered(
    knowledge: KnowledgeBase, session: Session, answers: dict[str, Value]
) -> tuple[str, Session]:
    planner, lines = Planner(knowledge), []
    rest = with_harmless_rest(knowledge, answers)
    first = session.earlier is None
    while isinstance(step := planner.plan(session).step, Ask | AskList | AskProgramme):
        if isinstance(step, Ask):
            question = knowledge.questions[step.question]
            value = rest.get(question.id, question.harmless)
            lines.append(str(value))
            session = session.after(*session.reply(knowledge, question.id, value))
        elif isinstance(step, AskList):
            items = tuple(knowledge.questions[name] for name in step.questions)
            values = {one.id: rest.get(one.id, one.harmless) for one in items}
            lines.append(typed_ticks(items, values))
            tick_list = knowledge.tick_lists[step.tick_list]
            session = session.after(*session.ticked(knowledge, tick_list, values))
        else:
            lines += [*TYPED, "keep", ""] if first else [""]
            session = session.after(Listed(("back_squat", "sit_up", "rowing_machine", "deadlift")))
    return "".join(f"{line}\n" for line in lines), session


def gardeners_otherwise() -> dict[Path, str]:
    """Return the gardener's intake with another answer about the saddle area, or none."""
    sheet = (ROOT / "tests" / "intakes" / "gardener.yaml").read_text(encoding="utf-8")
    said = "  saddle: no\n"
    others = {
        "saddle": "  saddle: new_or_worse\n",
        "unsure": "  saddle: dont_know\n",
        "unasked": "",
    }
    folder = ROOT / "docs" / "examples"
    return {
        folder / f"gardener-{name}.yaml": sheet.replace(said, other)
        for name, other in others.items()
    }


def bad_edits() -> str:
    """Return the page of bad edits, each made in a copy of the knowledge and caught."""
    parts = [BAD]
    for number, bad in enumerate(BAD_EDITS, 1):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "knowledge"
            bad.make(root)
            parts.append(section(number, bad, bad.caught(root), root))
    return "\n".join(parts)


def main() -> int:
    """Write or check every generated part; return the exit code."""
    check = "--check" in sys.argv[1:]
    stale = []
    knowledge = load(shipped_knowledge())
    examples = {
        ROOT / "docs" / "examples" / "gardener.txt": gardener(knowledge)[0],
        ROOT / "docs" / "examples" / "gardener-again.txt": gardener_again(knowledge),
        **gardeners_otherwise(),
    }
    for path, answers in examples.items() if not check else ():  # the transcripts read them
        path.write_text(answers, encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        env = environment(home)
        wanted = {
            **examples,
            ROOT / "docs" / "cli.md": reference(env),
            ROOT / "docs" / "architecture.svg": house(),
            ROOT / "docs" / "gardener-hour.svg": hour_picture(knowledge),
            ROOT / "docs" / "knowledge-coverage.md": coverage(),
            ROOT / "docs" / "cases.md": case_library(),
            ROOT / "docs" / "safety" / "hazards.md": hazards(),
        }
        if not check:  # `tests/test_bad_edits.py` makes each edit, and looks at its page
            wanted[ROOT / "docs" / "bad-edits.md"] = bad_edits()
        for page in PAGES:
            if page.name not in WHOLE:
                text = with_tables(page.read_text(encoding="utf-8"))
                own = env | {"SCREENING_HOME": f"{home}/{page.stem}"}  # no page sees another's
                if RESULTS.is_dir():  # what tests have found out on this machine holds here too
                    shutil.copytree(RESULTS, Path(own["SCREENING_HOME"], RESULTS.name))
                wanted[page] = BLOCK.sub(partial(brought_up, env=own), text)
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
