"""Bring the generated parts of the documentation up to date: `python docs/generate.py [--check]`.

Six things are generated: `docs/cli.md` from the commands' own help; `docs/knowledge-coverage.md`
from `knowledge/coverage.yaml`; `docs/cases.md` from the case library; `docs/safety/hazards.md`
from `hazards.yaml` beside it; the answers of the tutorial's gardener in the order the interview
asks; and the output under each `$ command` in the `console` blocks of the pages, by running it.

With `--check` nothing is written and a page that differs is named (exit 1).
"""

from __future__ import annotations

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
from screening.interview.planner import Ask, AskProgramme, Planner  # noqa: E402
from screening.interview.session import Listed, Session  # noqa: E402
from screening.load import load, shipped_knowledge  # noqa: E402
from screening.render.book import coverage_page  # noqa: E402
from screening.render.cases_page import cases_page  # noqa: E402
from screening.render.markdown import markdown  # noqa: E402

HURTS = ("gardening_floor_work", "sitting_slouched", "bend_forward")
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
    "screening run",
    "screening explain",
    "screening knowledge",
    "screening knowledge check",
    "screening knowledge doc",
    "screening knowledge format",
    "screening knowledge list",
    "screening knowledge show",
    "screening knowledge test",
)


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
    lines = done.stdout.replace(env["HOME"], "~").splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def transcript(block: str, env: dict[str, str]) -> str:
    """Return a console block with the output of its commands brought up to date."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{line}\n{output(line[2:], env)}" for line in commands)


def reference(env: dict[str, str]) -> str:
    """Return the command reference."""
    parts = ["# Commands\n\nGenerated from `--help` by `docs/generate.py`.\n"]
    for command in COMMANDS:
        shown = output(f"{command} --help", env)
        parts += [f"## {command}\n\n```text\n{shown}```\n"]
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


def gardener() -> str:
    """Return the gardener's answers, one a line, in the order they are asked for."""
    knowledge = load(shipped_knowledge())
    planner = Planner(knowledge)
    answers = with_harmless_rest(knowledge, dict.fromkeys(HURTS, "provokes"))
    session, lines = Session(), []
    while isinstance(step := planner.plan(session).step, Ask | AskProgramme):
        if isinstance(step, Ask):
            value = answers[step.question]
            lines.append(str(value))
            session = session.answer(knowledge.questions[step.question], value)
        else:
            lines += ["back squat", "situps", "rower", "deadlift", "zumba", "keep", ""]
            session = session.add(Listed(("back_squat", "sit_up", "rowing_machine", "deadlift")))
    return "".join(f"{line}\n" for line in lines)


def main() -> int:
    """Write or check every generated part; return the exit code."""
    check = "--check" in sys.argv[1:]
    stale = []
    answers = ROOT / "docs" / "examples" / "gardener.txt"
    if not check:  # the transcripts read it
        answers.write_text(gardener(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        env = environment(home)
        wanted = {
            answers: gardener(),
            ROOT / "docs" / "cli.md": reference(env),
            ROOT / "docs" / "knowledge-coverage.md": coverage(),
            ROOT / "docs" / "cases.md": case_library(),
            ROOT / "docs" / "safety" / "hazards.md": hazards(),
        }
        for page in PAGES:
            if page.name not in WHOLE:
                text = page.read_text(encoding="utf-8")
                wanted[page] = BLOCK.sub(lambda match: transcript(match[0], env), text)
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
