"""Real interviews that are killed with -9 at random points."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from interview_process import command, environment, listed, typed
from kept_cases import kept
from simulated_clients import random_sheet, taken

from screening.interview.planner import Ask, AskList, Finish, Planner
from screening.interview.session import Session
from screening.model.question import Value
from screening.records.event import Answered, Changed, Unsure

PROMPT = b"> "
MOST = 25  # answers before an interview is killed


Said = tuple[str, str, Value]


class Killed(NamedTuple):
    """How many answers were saved (a later prompt had come), and how many are not there."""

    saved: int
    lost: int


def kill_one(home: Path, planner: Planner, client: str, dice: random.Random) -> Killed:
    """Interview a client, kill the process at a random point, and look for every answer.

    Keys go in one by one, each once its prompt has come, so a later prompt says it is kept.
    """
    said = list(_said(planner, dice.randrange(1000), dice.randrange(1, MOST)))
    words = command("interview", "--client", client)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        words, stdin=pipe, stdout=subprocess.DEVNULL, stderr=pipe, env=environment(home)
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        prompts, shown = 0, b""
        for line, _, _ in said:
            prompts, shown = _until_prompt(process, prompts, shown)
            process.stdin.write(f"{line}\n".encode())
            process.stdin.flush()
        time.sleep(dice.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        shown += process.stderr.read()
        process.stdin.close()
    return _missing(home, client, said[: max(0, shown.count(PROMPT) - 1)])


def _until_prompt(
    process: subprocess.Popen[bytes], prompts: int, shown: bytes
) -> tuple[int, bytes]:
    """Read until one more prompt has come."""
    assert process.stderr is not None
    while shown.count(PROMPT) <= prompts:
        byte = process.stderr.read(1)
        assert byte, shown.decode(errors="replace")
        shown += byte
    return prompts + 1, shown


def _said(planner: Planner, seed: int, most: int) -> Iterator[Said]:
    """Yield what a trainer types, and the question and answer it stands for, if any."""
    knowledge = planner.knowledge
    sheet = random_sheet(knowledge, seed)
    session = Session()
    for _ in range(most):
        plan = planner.plan(session)
        if isinstance(plan.step, Finish):
            return
        if isinstance(plan.step, Ask):
            name = plan.step.question
            yield typed(knowledge.questions[name], sheet[name]), name, sheet[name]
        elif isinstance(plan.step, AskList):
            *_, last = plan.step.questions  # one line, one record: if the last is there, all are
            yield listed(knowledge, plan.step, sheet), last, sheet[last]
        else:
            yield "", "", ""
        session = taken(session, plan, knowledge, sheet, ())


def _missing(home: Path, client: str, said: list[Said]) -> Killed:
    """Look for the first answers of an interview in the record."""
    wanted = [(question, value) for _, question, value in said if question]
    if not wanted:
        return Killed(0, 0)
    found = [
        (one.question, one.value)
        for one in kept(home, client).session.entries
        if isinstance(one, Answered | Changed | Unsure)
    ]
    return Killed(len(wanted), sum(one not in found for one in wanted))
