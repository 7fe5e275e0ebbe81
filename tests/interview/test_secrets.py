"""After a whole interview, no name and no answer is in plain text anywhere it left something."""

from __future__ import annotations

from pathlib import Path

from interview_process import ran, script
from simulated_clients import gardener

from screening.interview.planner import Planner
from screening.model.knowledge import KnowledgeBase
from screening.records import Protection, add_client, create_store, find_client, open_store
from screening.records.erasing import ErasureReason, erase

WORDS = "four words that differ"
PSEUDONYM = "Gudrun-of-the-garden"


def plain(folder: Path, *secrets: str) -> list[tuple[str, str]]:
    """Return which secrets are in which files, in any spelling they could be stored in."""
    found = []
    for path in folder.rglob("*"):
        raw = path.read_bytes() if path.is_file() else str(path).encode()
        found += [
            (path.name, secret)
            for secret in secrets
            for code in ("utf-8", "utf-16-le")
            if secret.encode(code) in raw
        ]
    return found


def test_no_answer_is_in_plain_text_in_what_an_interview_leaves(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    home, work, secret = (tmp_path / name for name in ("home", "work", "secret"))
    work.mkdir()
    secret.write_text(f"{WORDS}\n", "utf-8")
    secret.chmod(0o600)
    create_store(home / "records.db", Protection.PASSPHRASE, lambda: WORDS).close()
    keys = {"SCREENING_PASSPHRASE_FILE": str(secret), "TMPDIR": str(work), "HOME": str(work)}
    lines = script(Planner(shipped), gardener(shipped))
    done = ran(home, lines, "interview", "--client", PSEUDONYM, **keys)
    assert done.returncode == 0, done.stderr
    with open_store(home / "records.db", lambda: WORDS) as store:
        client = find_client(store, PSEUDONYM)
        assert client is not None
        (case,) = (row[0] for row in store.rows("SELECT id FROM ledgers WHERE number = 1"))
        said = [str(getattr(one.event, "said", "")) for one in store.events(str(case))]
        secrets = [text for text in said if text] + [PSEUDONYM, "Answered", WORDS]
        assert len(secrets) > 30
        assert plain(home, *secrets) == []
        erase(store, client.id, ErasureReason.ASKED)
    assert plain(home, *secrets) == []
    assert plain(work, *secrets, "flexion_sensitive") == []


def test_the_search_finds_what_is_in_plain_text(tmp_path: Path) -> None:
    with create_store(tmp_path / "records.db", Protection.NONE, str) as store:
        add_client(store, PSEUDONYM)
        assert ("records.db-wal", PSEUDONYM) in plain(tmp_path, PSEUDONYM)
    assert plain(tmp_path, PSEUDONYM) == [("records.db", PSEUDONYM)]
