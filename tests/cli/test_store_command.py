"""`screening store`: what it says, what it makes, and what it refuses."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from prompted import prompted

from screening.cli import main
from screening.records import Protection, add_client, create_store, find_client, open_store

WORDS = "four words that differ"
OTHER = "other words entirely"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a place for records that is nobody's."""
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def secret(folder: Path, words: str = WORDS, name: str = "passphrase") -> str:
    path = folder / name
    path.write_text(f"{words}\n", "utf-8")
    path.chmod(0o600)
    return str(path)


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["store", *words])


def test_store_without_encryption_says_what_that_means(home: Path) -> None:
    made = typed("create", "--no-encryption")
    assert made.exit_code == 0
    assert "NOT encrypted: whoever has the file can read names and answers" in made.stdout
    info = json.loads(typed("info", "--format", "json").stdout)
    assert (info["protection"], info["path"]) == ("none", str(home / "records.db"))
    assert "NOT encrypted" in typed("info").stdout
    assert "NOT encrypted" in typed("info", "--format", "markdown").stdout
    with open_store(home / "records.db", str) as store:
        assert [one.event.protection for one in store.events("store")] == ["none"]  # type: ignore[union-attr]


def test_protection_is_chosen_by_whoever_makes_the_store(home: Path) -> None:
    refused = typed("create")
    assert refused.exit_code == 2
    assert "--keyring, --passphrase and --no-encryption" in refused.stderr
    assert not (home / "records.db").exists()


def test_passphrase_comes_from_a_file_only_its_owner_can_read(home: Path, tmp_path: Path) -> None:
    file = secret(tmp_path)
    Path(file).chmod(0o644)
    refused = typed("create", "--passphrase", "--passphrase-file", file)
    assert (refused.exit_code, "others can read" in refused.stderr) == (2, True)
    Path(file).chmod(0o600)
    assert typed("create", "--passphrase", "--passphrase-file", file).exit_code == 0
    with open_store(home / "records.db", lambda: WORDS) as store:
        store.unlock()
        assert store.vault.lock.protection is Protection.PASSPHRASE


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such file"),
        (b"\n\n", "empty line"),
        (b"\xff\xfe", "no file with utf-8 text"),
        (b"short\n", "at least 10"),
        (b" " * 20 + b"\n", "has 0 characters"),
    ],
)
def test_unusable_passphrase_file_is_said(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "passphrase"
    if content is not None:
        file.write_bytes(content)
        file.chmod(0o600)
    refused = typed("create", "--passphrase", "--passphrase-file", str(file))
    assert refused.exit_code == 2
    assert said in refused.stderr.lower()


def test_a_byte_order_mark_is_no_part_of_a_passphrase(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(b"\xef\xbb\xbf" + WORDS.encode() + b"\r\n")
    file.chmod(0o600)
    assert typed("create", "--passphrase", "--passphrase-file", str(file)).exit_code == 0
    with open_store(home / "records.db", lambda: WORDS) as store:
        store.unlock()


def test_without_a_terminal_every_way_out_is_named(tmp_path: Path, home: Path) -> None:
    refused = typed("create", "--passphrase")
    assert refused.exit_code == 2
    for way in ("--passphrase-file", "SCREENING_PASSPHRASE_FILE", "keyring", "--no-encryption"):
        assert way in refused.stderr
    create_store(home / "records.db", Protection.PASSPHRASE, lambda: WORDS).close()
    assert typed("rekey", "--passphrase").exit_code == 2
    assert typed("info").exit_code == 0
    assert typed("backup", str(tmp_path / "copy.db")).exit_code == 0


NEW, AGAIN = "Choose a passphrase for the records: ", "Repeat for confirmation: "
OLD = "Passphrase of the records: "


def test_new_passphrase_is_asked_for_unseen_and_twice(home: Path) -> None:
    code, shown = prompted(
        ["store", "create", "--passphrase"],
        [(NEW, WORDS), (AGAIN, "mistyped"), (NEW, WORDS), (AGAIN, WORDS)],
        {"SCREENING_HOME": str(home)},
    )
    assert code == 0, shown
    assert "do not match" in shown
    assert WORDS not in shown
    with open_store(home / "records.db", lambda: WORDS) as store:
        store.unlock()


def test_passphrase_may_be_mistyped_twice(home: Path) -> None:
    create_store(home / "records.db", Protection.PASSPHRASE, lambda: WORDS).close()
    env, words = {"SCREENING_HOME": str(home)}, ["store", "rekey", "--passphrase"]
    code, shown = prompted(words, [(OLD, "no")] * 3, env)
    assert code == 2, shown
    answers = [(OLD, "no"), (OLD, "no"), (OLD, WORDS), (NEW, OTHER), (AGAIN, OTHER)]
    code, shown = prompted(words, answers, env)
    assert code == 0, shown
    assert "the passphrase is wrong for this store; try again" in shown
    with open_store(home / "records.db", lambda: OTHER) as store:
        store.unlock()


def test_wrong_passphrase_is_said_and_changes_nothing(home: Path, tmp_path: Path) -> None:
    create_store(home / "records.db", Protection.PASSPHRASE, lambda: WORDS).close()
    before = (home / "records.db").read_bytes()
    file = secret(tmp_path, OTHER)
    refused = typed("rekey", "--passphrase", "--passphrase-file", file)
    assert refused.exit_code == 2
    assert "the passphrase is wrong for this store" in refused.stderr
    assert "nothing was changed" in refused.stderr
    assert (home / "records.db").read_bytes() == before


def test_rekey_backup_and_restore(home: Path, tmp_path: Path) -> None:
    with create_store(home / "records.db", Protection.PASSPHRASE, lambda: WORDS) as store:
        add_client(store, "blue-bike")
    old, new = secret(tmp_path), secret(tmp_path, OTHER, "new")
    copy = str(tmp_path / "copy.db")
    assert typed("backup", copy).exit_code == 0
    again = typed("backup", copy)
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)
    changed = typed(
        "rekey", "--passphrase", "--passphrase-file", old, "--new-passphrase-file", new
    )
    assert changed.exit_code == 0, changed.stderr
    done = typed("restore", copy)
    assert done.exit_code == 0, done.stderr
    assert "restored" in done.stdout
    assert "records.db.before-restore-1" in done.stdout
    with open_store(home / "records.db", lambda: WORDS) as store:
        assert find_client(store, "blue-bike") is not None


def test_whoever_is_due_is_listed_and_erased_only_when_asked(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = {"now": "2020-01-01T00:00:00.000Z"}
    with create_store(
        home / "records.db", Protection.NONE, str, clock=lambda: times["now"]
    ) as store:
        client = add_client(store)
    assert typed("retention").stdout == "Clients are kept until they are erased.\n"
    listed = typed("retention", "--weeks", "52")
    assert listed.stdout.splitlines()[1:] == [f"{client}  due"]
    assert typed("info", "--format", "json").stdout.count('"due": 1') == 1
    assert typed("retention", "--erase-due").exit_code == 2
    both = typed("retention", "--weeks", "52", "--for-ever")
    assert (both.exit_code, "cannot be combined" in both.stderr) == (2, True)
    ask, env = ["store", "retention", "--erase-due"], {"SCREENING_HOME": str(home)}
    code, shown = prompted(ask, [("Erase? [y/N]: ", "n")], env)
    assert (code, "1 client will be erased" in shown) == (130, True), shown
    assert typed("info", "--format", "json").stdout.count('"due": 1') == 1
    erased = typed("retention", "--erase-due", "--yes")
    assert f"{client}  erased" in erased.stdout
    assert typed("retention", "--for-ever").stdout.startswith("Clients are kept until")
    assert typed("retention", "--weeks", "0").exit_code == 2
    monkeypatch.setenv("SCREENING_STORE", str(home / "other.db"))
    missing = typed("retention")
    assert (missing.exit_code, "there is no store" in missing.stderr) == (2, True)


def test_locked_and_missing_keyring_are_said(home: Path, tmp_path: Path) -> None:
    env = {
        "PYTHON_KEYRING_BACKEND": "keyring_file.FileKeyring",
        "TEST_KEYRING": str(tmp_path / "keyring.json"),
        "PYTHONPATH": os.pathsep.join(
            [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
        ),
        "SCREENING_HOME": str(home),
    }
    code, shown = prompted(["store", "create", "--keyring"], [], env)
    assert code == 0, shown
    assert "the key is in the keyring" in shown
    (tmp_path / "locked").touch()
    ask = ["store", "rekey", "--keyring"]
    code, shown = prompted(ask, [], env)
    assert (code, "the keyring cannot be read" in shown) == (2, True), shown
    (tmp_path / "locked").unlink()
    assert prompted(ask, [], env)[0] == 0
    none = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    code, shown = prompted(ask, [], env | none)
    assert (code, "this system has none" in shown) == (2, True), shown


@pytest.mark.parametrize("words", [["audit", "verify"], ["clients", "list"]])
def test_breaking_off_at_the_passphrase_is_no_finding(home: Path, words: list[str]) -> None:
    create_store(home / "records.db", Protection.PASSPHRASE, lambda: WORDS).close()
    code, shown = prompted(words, [(OLD, "\x03")], {"SCREENING_HOME": str(home)})
    assert (code, "Traceback" in shown) == (130, False), shown


def test_a_forgotten_passphrase_has_ways_on(home: Path) -> None:
    create_store(home / "records.db", Protection.PASSPHRASE, lambda: WORDS).close()
    env = {"SCREENING_HOME": str(home)}
    for answers in ([(OLD, "")], [(OLD, "no")] * 3):
        code, shown = prompted(["clients", "list"], answers, env)
        told = " ".join(shown.split())
        assert (code, "`screening store create --passphrase --store FILE`" in told) == (2, True)
    unsaved = "Passphrase of the records (Enter: nothing is saved): "
    code, shown = prompted(["interview"], [(unsaved, ""), ("> ", "quit")], env)
    assert "Nothing is saved this time." in " ".join(shown.split())
    assert code == 0, shown


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/dev/full"])
def test_a_device_is_no_passphrase_file(path: str) -> None:
    refused = typed("create", "--passphrase", "--passphrase-file", path)
    assert (refused.exit_code, "is a device" in refused.stderr) == (2, True)


def test_records_in_plain_sight_can_be_encrypted_later(home: Path, tmp_path: Path) -> None:
    assert typed("create", "--no-encryption").exit_code == 0
    with open_store(home / "records.db", str) as store:
        add_client(store, "blue-bike")
    assert typed("backup", str(home / "copy.db")).exit_code == 0
    refused = typed("protect")
    assert (refused.exit_code, "--keyring and --passphrase" in refused.stderr) == (2, True)
    short = typed("protect", "--passphrase", "--passphrase-file", secret(tmp_path, "short"))
    assert (short.exit_code, "at least 10" in short.stderr) == (2, True)
    done = typed("protect", "--passphrase", "--passphrase-file", secret(tmp_path))
    assert done.exit_code == 0, done.stderr
    assert "encrypted; a passphrase opens it" in done.stdout
    assert f"`{home / 'copy.db'}`" in done.stdout
    assert "may remain where no program sees it" in done.stdout
    with open_store(home / "records.db", lambda: WORDS) as store:
        assert find_client(store, "blue-bike") is not None
    again = typed("protect", "--passphrase", "--passphrase-file", secret(tmp_path))
    assert (again.exit_code, "is encrypted already" in again.stderr) == (2, True)


def test_a_first_line_that_no_passphrase_has_is_no_passphrase(tmp_path: Path) -> None:
    """Cut off it would open by its beginning, or not, as the cut falls."""
    file = secret(tmp_path, "ä" * 3000)
    refused = typed("create", "--passphrase", "--passphrase-file", file)
    assert (refused.exit_code, "first line is longer than" in refused.stderr) == (2, True)
    Path(file).write_bytes(f"{WORDS}\n".encode() + b"\xff" * 9000)
    assert typed("create", "--passphrase", "--passphrase-file", file).exit_code == 0


def test_a_file_of_another_encoding_says_which_is_meant(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(WORDS.encode("utf-16"))  # as PowerShell 5 writes
    file.chmod(0o600)
    refused = typed("create", "--passphrase", "--passphrase-file", str(file))
    assert (refused.exit_code, "save it as UTF-8" in refused.stderr) == (2, True)
