"""The whole bundle as one HTML file: what it is, its parts by urgency, and the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level
from screening.render.explanation_page import READ
from screening.render.page import clean, counted
from screening.render.review_bundle.parts import A_MINUTE, SITTING, BundlePart

STYLE = """\
@page { size: A4; margin: 15mm }
:root { color-scheme: light dark; --ink: #000; --paper: #fff; --line: #555 }
* { box-sizing: border-box }
body { font: 11pt/1.4 Arial, Helvetica, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 46em; margin: 1em auto; padding: 0 1em }
h1 { font-size: 1.6em } h2 { font-size: 1.3em; border-bottom: 2px solid var(--line) }
h3 { font-size: 1.1em; margin: 0 }
h4 { font-size: 1em; margin: .7em 0 .1em }
p, ul, dl, table { margin: .25em 0 } ul { padding-left: 1.2em }
a { color: inherit } li > a { display: inline-block; min-height: 24px }
dt { font-weight: bold; margin-top: .5em } dd { margin: 0 }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid var(--line); padding: .2em .4em; text-align: left }
td { vertical-align: top }
article { border-top: 1px solid var(--line); margin-top: 1.4em; padding-top: .8em }
.drawing { overflow: auto; margin: .6em 0 } .drawing svg { max-width: 100%; height: auto }
.box { fill: var(--paper) }
.changed { border: 2px solid var(--ink); padding: .2em .6em; margin: .4em 0 }
.answer { border: 2px solid var(--line); padding: .3em .6em; margin-top: .8em;
  break-inside: avoid }
.boxes { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2em 1.6em }
.boxes li::before { content: ""; display: inline-block; width: .9em; height: .9em;
  border: 1.5px solid var(--ink); margin-right: .4em; vertical-align: -.1em }
.line { border-bottom: 1px solid var(--line); min-height: 1.6em }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #eee; --paper: #111; --line: #999 }
}
@media print {
  body { font-size: 10pt; max-width: none; margin: 0; padding: 0 }
  .part { break-before: page } h2, h3, h4 { break-after: avoid }
  tr, .changed { break-inside: avoid } .drawing { overflow: visible }
  .drawing svg { max-height: 230mm }
}
"""
HOW = (
    """Each rule has a box to tick and room for remarks. “I agree with this change” means: right,
once it says what your remark says. Leave open what you have not read.""",
    """Answer on paper, or in the file that came with this page: change “not_read” to “agree”,
“change” or “disagree”, and write remarks there. Send it back to whoever gave it to you.""",
    """An agreement is recorded only for a rule that still says what stands here. It is recorded
with your name, profession and registration, and counts until something of it changes.""",
    """Signing a rule, you sign all that stands in its section, and what stands at the end
of its part.""",
)


def bundle_html(knowledge: KnowledgeBase, parts: Sequence[BundlePart], answers: str) -> str:
    """Return the bundle; `answers` is the name of the file for the answers."""
    title = f"Rules to review: {clean(knowledge.pack.title)}"
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{escape(knowledge.pack.language)}"><head><meta charset="utf-8"/>',
            '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
            f"<title>{escape(title)}</title><style>\n{STYLE}</style></head><body><main>",
            f"<h1>{escape(title)}</h1>",
            *_front(knowledge, parts, answers),
            *(line for part in parts for line in _part(knowledge, part, len(parts))),
            *_sources(knowledge, parts),
            "</main></body></html>\n",
        )
    )


def _front(knowledge: KnowledgeBase, parts: Sequence[BundlePart], answers: str) -> Iterator[str]:
    rules = sum(len(part.rules) for part in parts)
    hours = round(sum(part.minutes for part in parts) / 60, 1)
    yield f"<p>{_text(knowledge.pack.review)} {_text(knowledge.pack.intended_use)}</p>"
    yield (
        f"<p>{counted(rules, 'rule')} in {counted(len(parts), 'part')}, the most urgent first: "
        f"{hours:g} hours at "
        f"{A_MINUTE} words a minute. No part takes more than {SITTING} minutes. "
        f"Knowledge {_text(knowledge.pack.id)} {_text(knowledge.pack.version)}, "
        f"digest {knowledge.digest[:16]}. File for the answers: <code>{_text(answers)}</code></p>"
    )
    yield f"<h2>How to answer</h2>{''.join(f'<p>{line}</p>' for line in HOW)}"
    rows = "".join(
        f'<tr><td><a href="#part-{part.number}">Part {part.number}</a></td>'
        f"<td>{_text(_level(knowledge, part.level))}</td><td>{len(part.rules)}</td>"
        f"<td>{part.minutes}</td></tr>"
        for part in parts
    )
    head = "".join(f'<th scope="col">{one}</th>' for one in ("part", "level", "rules", "minutes"))
    yield f"<h2>Parts</h2><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _part(knowledge: KnowledgeBase, part: BundlePart, count: int) -> Iterator[str]:
    level = _text(_level(knowledge, part.level))
    yield f'<section class="part" id="part-{part.number}">'
    yield f"<h2>Part {part.number} of {count}: {level}</h2>"
    rules, minutes = counted(len(part.rules), "rule"), counted(part.minutes, "minute")
    yield f"<p>{rules}, about {minutes} to read.</p>"
    yield from part.sections
    yield from _shared(part)
    yield (
        '<div class="answer"><p>Who has read this part: name, profession, registration, day</p>'
        '<p class="line"></p><p class="line"></p></div></section>'
    )


def _shared(part: BundlePart) -> Iterator[str]:
    """Yield what is signed with several rules, once; else where it stands."""
    if part.shared:
        said = (f"<p><b>{_text(one.named)}:</b> {_text(one.says)}</p>" for one in part.shared)
        yield f"<article><h3>Signed with several of these rules</h3>{''.join(said)}</article>"
    if part.earlier:
        links = ", ".join(f'<a href="#part-{one}">{one}</a>' for one in part.earlier)
        yield f"<p>More that is signed with these rules stands at the end of part {links}.</p>"


def _level(knowledge: KnowledgeBase, level: Level) -> str:
    return "No referral" if level is Level.NONE else knowledge.levels[level].title


def _sources(knowledge: KnowledgeBase, parts: Sequence[BundlePart]) -> Iterator[str]:
    cited = {one.source for part in parts for rule in part.rules for one in rule.evidence}
    yield '<section class="part"><h2>Sources</h2><dl>'
    for key in sorted(cited):
        source = knowledge.sources[key]
        said = f"{source.citation} {READ[source.read]}. {source.note}"
        yield f'<dt id="source-{_text(key)}">{_text(key)}</dt><dd>{_text(said)}</dd>'
    yield "</dl></section>"


def _text(words: str) -> str:
    shown = clean(words)
    return escape(shown)
