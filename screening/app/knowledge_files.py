"""The files of a knowledge base as a whole: begun, laid out in one way, described to editors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from screening.diagnostics import word
from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.render.editor_schema import rule_schema
from screening.render.json_form import dumped
from screening.render.page import clean
from screening.scaffold.formatting import Formatting, format_files
from screening.scaffold.new_pack import Start, begin
from screening.write.disk import home_of, put, writable

SCHEMA = Path(".schema") / "rule.json"  # hidden, so the loader passes it by
HEADER = (
    f"# yaml-language-server: $schema=../../{SCHEMA.as_posix()}\n"  # from rules/TOPIC/RULE.yaml
)


@dataclass(frozen=True, slots=True)
class NewKnowledge:
    """What is said of a knowledge base that was begun, and what to do next."""

    said: tuple[str, ...]
    next: str


def begun(folder: Path, start: str) -> NewKnowledge:
    """Write a knowledge base into a new folder; return what to say of it."""
    written = begin(folder, Start(start))
    said = [f"{written} files written to {clean(str(folder))}"]
    if start == Start.EMPTY.value:
        first = clean(str(folder / "pack.yaml"))
        said.append(f"Begin with {first}: what it is for, and what not.")
    return NewKnowledge(
        tuple(said), f"Next: screening knowledge new --knowledge {word(str(folder))}"
    )


@dataclass(frozen=True, slots=True)
class FileLayout:
    """What laying out some files would change."""

    paths: tuple[Path, ...]
    directory: Path | None
    found: Formatting

    @property
    def names(self) -> tuple[str, ...]:
        """The files that are not laid out."""
        return tuple(clean(str(file.path)) for file in self.found.unformatted)

    def written(self) -> Iterator[str]:
        """Write those files; yield the name of each once it is written."""
        for path in self.paths or (self.directory,):
            writable(path and home_of(path))
        for file, name in zip(self.found.unformatted, self.names, strict=True):
            put(file.path, file.text)
            yield name


def formatting(paths: tuple[Path, ...], directory: Path | None) -> FileLayout:
    """Return what laying out files, or all of a knowledge base, would change."""
    found = format_files(paths or (directory or shipped_knowledge(),))
    return FileLayout(paths, directory, found)


def schema_written(directory: Path | None) -> tuple[str, ...]:
    """Write the schema of a knowledge base's rule files; return what to say of it."""
    root = writable(directory)
    put_schema(root, load(root, library=True))
    place = clean(str(root / SCHEMA))
    return f"{place} written. First line of a rule file, for your editor:", HEADER.rstrip("\n")


def has_schema(root: Path) -> bool:
    """Tell whether a knowledge directory has a schema."""
    return (root / SCHEMA).is_file()


def header(root: Path) -> str:
    """Return the first line of a new rule file; empty where there is no schema."""
    return HEADER if has_schema(root) else ""


def put_schema(root: Path, knowledge: KnowledgeBase) -> None:
    """Write the schema of the rule files of a knowledge directory."""
    put(root / SCHEMA, dumped(rule_schema(knowledge)))
