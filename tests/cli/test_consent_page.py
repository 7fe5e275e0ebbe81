"""`screening clients consent CLIENT -o FILE`: the page that is signed, purpose by purpose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import typed
from never_said import never_said

from screening.records import Protection, add_client, create_store
from screening.records.consent import Purpose
from screening.records.erasing import keep_for

PAST_IT = "cannot be written: file exists"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with two clients."""
    with create_store(tmp_path / "records.db", Protection.NONE, str) as store:
        add_client(store, "blue-bike")
        add_client(store, "other-client")
        keep_for(store, 104)
    return tmp_path


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_the_page_is_written_kept_and_never_written_over(
    home: Path, ending: str, size: str
) -> None:
    file = home / f"consent.{ending}"
    words = ("clients", "consent", "blue-bike", "-o", file, "--paper", size)
    result = typed(*words, home=home)
    assert result.exit_code == 0, result.output
    assert "Kept on record" in result.stdout
    assert "`screening clients consent blue-bike PURPOSE`" in result.stdout
    exported = json.loads(typed("clients", "export", "blue-bike", home=home).stdout)
    (event,) = exported["events"]
    assert (event["event"], event["kind"], event["size"]) == ("PaperMade", "consent", size)
    assert event["text"] == (file.read_text("utf-8") if ending == "html" else "")
    assert bool(event["digest"]) is (ending == "pdf")
    assert typed("audit", "verify", home=home).exit_code == 0
    assert PAST_IT in typed(*words, home=home).stderr


def test_every_purpose_is_agreed_to_apart_and_none_is_ticked(home: Path) -> None:
    file = home / "consent.html"
    typed("clients", "consent", "blue-bike", "-o", file, home=home)
    text = file.read_text("utf-8")
    box = '<ul class="boxes" role="list"><li>yes</li><li>no</li></ul>'
    for purpose in Purpose:
        assert text.count(f"<span>{purpose.words}</span>{box}") == 1
        assert f"I withdraw: {purpose.words}" in text
    assert text.index("1. Consent") < text.index("2. Declaration")
    assert text.count("Signature:") == 3
    for said in ("12 months at most", "kept for 104 weeks", "NOT encrypted", "blue-bike · "):
        assert said in text
    assert "No clinician has reviewed" in text
    assert "other-client" not in text
    assert never_said(text) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say a PURPOSE (keep, clinician, statistics) to note it, or -o FILE"),
        (("-o", "a.html", "--withdraw"), "say a PURPOSE"),
        (("keep", "-o", "a.html"), "leave the PURPOSE out"),
        (("-o", "a.txt"), "a file is expected that ends in .html or .pdf"),
    ],
)
def test_what_does_not_go_together_is_refused(
    home: Path, words: tuple[str, ...], said: str
) -> None:
    result = typed("clients", "consent", "blue-bike", *words, home=home)
    assert result.exit_code == 2
    assert said in result.stderr


def test_an_unknown_client_gets_no_page(home: Path) -> None:
    result = typed("clients", "consent", "nobody", "-o", home / "a.html", home=home)
    assert result.exit_code == 2
    assert not (home / "a.html").exists()
