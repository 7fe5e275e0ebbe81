"""Where cases are kept, what they are called, and how they are opened."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

import click

from screening.errors import BadInputError
from screening.interview.draft import OPEN, path_of, read
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase

SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")  # on Windows
LONGEST_CLIENT = 80


CHANGED = (
    "caution: this case was screened with other knowledge than is used now, "
    "so the result may differ from what was said then"
)


def drafts_folder() -> Path:
    """Return the folder of drafts: in `$SCREENING_HOME`, else in the user's own place."""
    return home() / "drafts"


def home() -> Path:
    """Return the folder of what is kept: `$SCREENING_HOME`, else the user's own place."""
    chosen = os.environ.get("SCREENING_HOME")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path  # noqa: PLC0415 - 4 ms, only without a chosen place

    return user_data_path("screening", appauthor=False)


def load_case(case: str, knowledge: KnowledgeBase) -> Case:
    """Return a saved case.

    Raises:
        UnknownTargetError: when there is none of that name.
        BadInputError: when it cannot be read back, or answers in it were given to other wordings.

    """
    resumed = read(drafts_folder(), case, knowledge)
    if resumed.stale:
        raise BadInputError(resumed.stale)
    if resumed.changed:
        click.echo(CHANGED, err=True)
    return resumed.draft.session.case()


def checked_client(client: str) -> str:
    """Return a client id as given, or refuse it.

    Raises:
        BadParameter: when it is empty, too long, or cannot be printed.

    """
    name = client.strip()
    if not name or not name.isprintable():
        raise click.BadParameter("expected a name or number that can be printed")
    if len(name) > LONGEST_CLIENT:
        raise click.BadParameter(
            f"expected at most {LONGEST_CLIENT} characters, found {len(name)}"
        )
    return name


def new_case(client: str, folder: Path, knowledge: KnowledgeBase) -> str:
    """Return the name of a new case: the client's where it makes a file name, else a short one.

    A client whose earlier cases have ended gets the next number.

    Raises:
        UsageError: when a case of the client is still open.

    """
    if not SAFE.fullmatch(client) or RESERVED.fullmatch(client):
        return _unused(folder)
    number, name = 1, client
    while path_of(folder, name).exists():
        earlier = read(folder, name, knowledge).draft
        if earlier.status == OPEN:
            count = len(earlier.session.answers())
            raise click.UsageError(
                f"a screening of `{client}` is under way ({count} answered): "
                f"go on with `--resume {name}`, or move {path_of(folder, name)} away"
            )
        number += 1
        name = f"{client}-{number}"
    return name


def _unused(folder: Path) -> str:
    name = f"case-{secrets.token_hex(3)}"
    while path_of(folder, name).exists():
        name = f"case-{secrets.token_hex(3)}"
    return name
