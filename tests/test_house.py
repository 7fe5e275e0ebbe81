"""What holds for the program as a whole: where it may print, import and name things.

The layers and the doors of libraries are contracts in pyproject.toml; here is what those cannot
say. A list named `STILL` holds what is not yet as it should be. It may only shrink: a test fails
when something is added to it, and when something in it has been mended.
"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from mutant_list import mutants
from mutants import outdated

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "screening"

DOORS = {
    "records/aead.py": {"cryptography"},  # fetched when the first sealed event is read
    "records/os_keyring.py": {"keyring"},  # looks for backends when it is imported
    "app/home.py": {"platformdirs"},  # only without a chosen place
    "batch/table_source.py": {"csv"},  # only this form pays for it
    "cli/author_prompt.py": {"readline"},  # there is none on Windows
}
"""Which files may import what inside a function: libraries that cost time, at their one door."""

STILL_IMPORTED_INSIDE = {
    "app/tables.py": 1,  # batch.cluster, which needs distributed
    "assess/assess.py": 1,  # engines.experta, for what only reads the type `ConcludedCase`
    "records/snapshots.py": 1,
}
"""How often modules of our own are imported inside functions, by file, or by package with `/`."""

SAME_IDEA = {"Json"}
"""Types that may be declared twice, because they are the same thing twice."""

STILL_HOMONYMS = {
    "Ask": 2,
    "Client": 2,
    "Concluded": 2,
    "Entry": 2,
    "Event": 2,
    "Fate": 2,
    "Form": 2,
    "Found": 2,
    "Kept": 3,
    "Listed": 2,
    "Listing": 2,
    "Origin": 2,
    "Paragraph": 2,
    "Part": 2,
    "Said": 2,
    "Source": 2,
    "Start": 2,
    "UnreadableError": 2,
    "Unsure": 2,
    "Value": 2,
    "Word": 2,
}
"""Class names that mean more than one thing, and how many things each means."""


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the program, by its path below `screening/`."""
    return {
        path.relative_to(PROGRAM).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(PROGRAM.rglob("*.py"))
    }


def inner_imports(module: ast.Module) -> Iterator[str]:
    """Yield the name of every module that is imported inside a function."""
    functions = (
        node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.Lambda)
    )
    inside = {node for function in functions for node in ast.walk(function)}
    for node in inside:
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(name):
                yield name or ""


def test_libraries_are_imported_inside_functions_only_at_their_doors() -> None:
    wrong = {
        (path, name)
        for path, module in modules().items()
        for name in inner_imports(module)
        if name.split(".")[0] not in {"screening", *DOORS.get(path, ())}
    }
    assert wrong == set()


def test_own_modules_are_imported_inside_functions_nowhere_else() -> None:
    found: Counter[str] = Counter()
    for path, module in modules().items():
        package = f"{path.split('/')[0]}/"
        place = package if package in STILL_IMPORTED_INSIDE else path
        found[place] += sum(name.split(".")[0] == "screening" for name in inner_imports(module))
    assert {place: count for place, count in found.items() if count} == STILL_IMPORTED_INSIDE


def test_nothing_below_the_command_line_prints_or_reads_what_is_typed() -> None:
    streams = {"stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__"}
    wrong = []
    for path, module in modules().items():
        for node in () if path.startswith("cli/") else ast.walk(module):
            match node:
                case ast.Attribute(ast.Name("sys"), name) if name in streams:
                    wrong.append((path, f"sys.{name}"))
                case ast.Name("print" | "input" as name):
                    wrong.append((path, name))
                case ast.ImportFrom("sys", names):
                    wrong += [(path, one.name) for one in names if one.name in streams]
    assert wrong == []


@cache
def types() -> dict[str, tuple[str, ...]]:
    """Return the public classes and type aliases of the program, and where each is declared."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path, module in modules().items():
        for node in ast.walk(module):
            match node:
                case ast.ClassDef(name):
                    found[name].append(path)
                case ast.AnnAssign(ast.Name(name), ast.Name("TypeAlias")):
                    found[name].append(path)
                case ast.Assign([ast.Name(name)], ast.BinOp(op=ast.BitOr())) if name.istitle():
                    found[name].append(path)
    return {name: tuple(at) for name, at in found.items() if not name.startswith("_")}


def test_a_type_name_means_one_thing() -> None:
    several = {name: len(at) for name, at in types().items() if len(at) > 1}
    assert {name: n for name, n in several.items() if name not in SAME_IDEA} == STILL_HOMONYMS


GLOSSARY = [
    (cells[0], re.findall(r"`([^`]+)`", cells[2]))
    for line in (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and len(cells := [c.strip() for c in line.strip("|").split("|")]) == 3
]


def test_the_glossary_is_read_and_in_order() -> None:
    words = [word for word, _ in GLOSSARY]
    assert words[0] == "word"
    assert len(words) > 40
    assert words[1:] == sorted(set(words[1:]))


@pytest.mark.parametrize(("word", "names"), GLOSSARY[1:], ids=[word for word, _ in GLOSSARY[1:]])
def test_what_the_glossary_names_is_in_the_code(word: str, names: list[str]) -> None:
    places = {path.removesuffix(".py").removesuffix("/__init__") for path in modules()}
    for name in names:
        if name[0].isupper():
            owner, _, member = name.partition(".")
            assert owner in types(), f"{word}: no type is called `{owner}`"
            assert not member or member in members(owner), f"{word}: `{owner}` has no `{member}`"
        else:
            assert name in places, f"{word}: there is no module `{name}`"


def members(name: str) -> set[str]:
    """Return the fields and methods of a class, wherever it is declared."""
    found = set()
    for path in types()[name]:
        for node in ast.walk(modules()[path]):
            if isinstance(node, ast.ClassDef) and node.name == name:
                for part in node.body:
                    match part:
                        case ast.AnnAssign(ast.Name(field)):
                            found.add(field)
                        case ast.Assign([ast.Name(field)]):
                            found.add(field)
                        case ast.FunctionDef(method):
                            found.add(method)
    return found


def test_every_package_says_its_stage_and_stands_on_the_map() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    for path, module in modules().items():
        if path.endswith("/__init__.py"):
            said = ast.get_docstring(module) or ""
            assert said, path
            if path.count("/") == 1:
                assert "docs/architecture.md" in said, f"{path} does not say where the map is"
                assert f"`{path.split('/')[0]}`" in page, f"the map has no {path.split('/')[0]}"


PAGES = ("docs/architecture.md", "CONTRIBUTING.md", "tests/README.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_file_a_page_for_contributors_names_is_there(page: str) -> None:
    named = re.findall(r"`([\w./-]+(?:\.py|\.md|\.yaml|/))`", (ROOT / page).read_text("utf-8"))
    assert named
    roots = [ROOT, *(ROOT / name for name in ("screening", "tests", "knowledge"))]
    names = {path.name for root in roots[1:] for path in root.rglob("*.py")}
    gone = [
        one
        for one in named
        if one not in names and not any((root / one).exists() for root in roots)
    ]
    assert gone == []


def test_the_map_says_each_thing_once() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    rooms = re.findall(r"^\| `(\w+)`(?=[,` ])", page, re.MULTILINE)
    assert sorted(rooms) == sorted(set(rooms))
    assert re.findall(r"(`[\w./]+`)(?:,| and) \1", page) == []


def test_every_helper_of_the_tests_is_described() -> None:
    page = (ROOT / "tests/README.md").read_text("utf-8")
    helpers = {path.name for path in (ROOT / "tests").glob("*.py")}
    assert [
        name
        for name in sorted(helpers)
        if not name.startswith("test_") and f"`{name}`" not in page
    ] == []


def test_every_planted_mistake_has_its_place() -> None:
    assert len(mutants()) >= 40
    assert [said for said in map(outdated, mutants()) if said] == []
