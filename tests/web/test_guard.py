"""Whoever comes from elsewhere reads nothing and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from kept_cases import make_store
from page_client import HOST, OURS, PORT, PageClient, Ticking, site_in

from screening.model.knowledge import KnowledgeBase
from screening.records import add_client, open_store
from screening.web.guard import HEADERS, LARGEST, PACE, Guesses
from screening.web.routes import ROUTES
from screening.web.site import Site
from screening.web.visits import MOST, Visits, Who


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def site(
    tmp_path: Path, shipped: KnowledgeBase, clock: Ticking, monkeypatch: pytest.MonkeyPatch
) -> Site:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    make_store(tmp_path)
    return site_in(tmp_path, shipped, clock=clock)


@pytest.fixture
def trainer(site: Site) -> PageClient:
    return PageClient(site).open()


SOME = ("/", "/new", "/start/none", "/page.css", "/nowhere", "/client/none", "/unlock", "/c")


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "", "[::1]"]
)
def test_another_hosts_name_is_refused_before_anything(trainer: PageClient, host: str) -> None:
    for path in SOME:
        answer = trainer.http.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert answer.get_data(as_text=True) == "unknown host"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": f"https://{HOST}"},
        {"Origin": f"http://127.0.0.1:{PORT + 1}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_form_of_another_page_changes_nothing(
    trainer: PageClient, headers: dict[str, str]
) -> None:
    token = trainer.shown.forms[0].fields["token"]
    for path in ("/new", "/lock", "/quit", "/", "/link"):
        answer = trainer.http.post(path, data={"token": token}, headers={"Host": HOST, **headers})
        assert answer.status_code == 403
    assert trainer.get("/").heading == "Desk"


def test_a_form_without_the_token_of_its_visit_changes_nothing(
    site: Site, trainer: PageClient
) -> None:
    other = PageClient(site).open().shown.forms[0].fields["token"][0]
    for token in ("", "x", other):
        assert trainer.post("/new", {"token": token, "keep": "yes"}).code == 403
    assert site.office.store.row("SELECT COUNT(*) FROM clients") == (0,)


def test_a_start_link_opens_one_browser_once(site: Site) -> None:
    path = site.start_link().removeprefix(f"http://{HOST}")
    first, second = PageClient(site).get(path), PageClient(site).get(path)
    assert first.heading == "Desk"
    assert second.code == 403
    assert second.get("/").code == 403
    old, new = site.start_link(), site.start_link()
    assert PageClient(site).get(old.removeprefix(f"http://{HOST}")).code == 403
    assert PageClient(site).get(new.removeprefix(f"http://{HOST}")).heading == "Desk"


def test_the_cookie_is_for_this_page_alone(site: Site) -> None:
    path = site.start_link().removeprefix(f"http://{HOST}")
    answer = PageClient(site).http.get(path, headers={"Host": HOST})
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"screening-{PORT}=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


def test_without_a_visit_every_address_is_closed(site: Site) -> None:
    stranger = PageClient(site)
    for route in ROUTES:
        if Who.NOBODY in route.who:
            continue
        path = route.path
        for part in ("<client>", "<case>", "<interview>", "<int:turn>", "<int:line>"):
            path = path.replace(part, "1")
        assert stranger.get(path).code == 403, path
        assert stranger.post(path).code == 403, path


def test_every_answer_forbids_scripts_frames_and_caches(trainer: PageClient) -> None:
    for path in (*SOME, "/../etc/passwd", "/%2e%2e/secret", "/client/%00", "//evil.example/"):
        trainer.get(path)
        for name, value in HEADERS.items():
            assert trainer.answer.headers[name] == value
        assert "script" not in trainer.answer.get_data(as_text=True).lower()
        assert "Server" not in trainer.answer.headers
    assert "script-src" not in HEADERS["Content-Security-Policy"]
    assert HEADERS["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    "path",
    [
        "/client/../../records.db",
        "/client/%2e%2e%2frecords.db",
        "/client/client-0000000000",
        "/client/%00",
        "/case/x'%20OR%201=1",
        "/case/store",
        "/interview/none/1/../../../etc/passwd",
        "/page.css/..",
        "/static/page.css",
        "/%ff",
    ],
)
def test_tricks_with_paths_find_nothing(trainer: PageClient, path: str) -> None:
    trainer.get(path)
    assert trainer.code in {404, 200}
    assert trainer.heading in {"Not done", "Desk"}


def test_what_is_too_large_is_refused(trainer: PageClient) -> None:
    token = trainer.shown.forms[0].fields["token"][0]
    huge = {"token": token, "label": "x" * (LARGEST + 1)}
    assert trainer.post("/new", huge).code == 413
    many = {"token": token, **{f"f{n}": "x" for n in range(1000)}}
    answer = trainer.http.post(
        "/new", data=many, headers={"Host": HOST, **OURS}, content_type="multipart/form-data"
    )
    assert answer.status_code == 413
    assert trainer.get("/").heading == "Desk"


def test_too_many_requests_wait(trainer: PageClient, clock: Ticking) -> None:
    codes = {trainer.get("/page.css").code for _ in range(PACE + 5)}
    assert codes == {200, 429}
    clock.now += 11
    assert trainer.get("/").heading == "Desk"


def test_an_address_alone_locks_and_changes_nothing(site: Site, trainer: PageClient) -> None:
    for route in ROUTES:
        if route.posts and "<" not in route.path:
            trainer.get(route.path)
            assert trainer.get("/").heading == "Desk", route.path
            assert site.office.open


def test_other_methods_do_nothing(trainer: PageClient) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        answer = trainer.http.open("/", method=method, headers={"Host": HOST, **OURS})
        assert answer.status_code == 405
    assert trainer.post("/client/none/audit").code == 405


NAMES = ("<script>alert(1)</script>", "{{ 7*7 }}", '"><img src=x>', "'; DROP TABLE clients;--")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_a_name(site: Site, trainer: PageClient, name: str) -> None:
    add_client(site.office.store, "", name)
    page = trainer.get("/").answer.get_data(as_text=True)
    assert name in trainer.text
    assert "<script>" not in page
    assert "<img" not in page
    trainer.press("Find", find=name)
    assert name in trainer.text
    assert trainer.shown.title == "Desk · screening"
    trainer.get(next(at for words, at in trainer.shown.links if name in words))
    assert name in trainer.text


def test_addresses_and_titles_name_nobody(trainer: PageClient, tmp_path: Path) -> None:
    trainer.get("/new").press(
        "Ask the questions", label="annlee", keep="yes", clinician="no", statistics="no"
    )
    seen = [trainer.path, trainer.shown.title]
    trainer.press("No")
    seen += [trainer.path, trainer.shown.title]
    trainer.get("/")
    trainer.press("Find", find="annlee")
    seen += [trainer.path, trainer.shown.title, *(at for _, at in trainer.shown.links)]
    with open_store(tmp_path / "records.db", str) as store:
        names = [str(row[0]) for row in store.rows("SELECT id FROM clients")]
    assert any(names[0] in one for one in seen)
    assert not any("annlee" in one or "chest" in one for one in seen)


def test_wrong_guesses_take_longer_and_longer() -> None:
    clock = Ticking()
    guesses = Guesses(clock)
    for _ in range(Guesses.FREE - 1):
        guesses.wrong()
    assert guesses.wait == 0
    guesses.wrong()
    assert guesses.wait == 15
    clock.now += 16
    assert guesses.wait == 0
    guesses.wrong()
    assert guesses.wait == 30
    guesses.right()
    assert guesses.wait == 0


def test_the_browser_seen_least_lately_is_forgotten_first() -> None:
    clock = Ticking()
    visits = Visits(clock)
    first = visits.begin(Who.TRAINER)
    for _ in range(MOST):
        clock.now += 1
        visits.begin(Who.TRAINER)
    assert visits.of(first.key) is None
