"""Print papers from a browser, and count the pages: `python tests/printed_papers.py [FOLDER]`.

It writes the letters of all cases of the library, on both sizes of paper, as HTML into a folder,
prints each with the Chromium of this machine, and names those that take more than one page. It
takes some minutes, and a browser, so it is no part of the daily tests.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from render.test_letters_of_cases import CASES, ground, written  # noqa: E402

from screening.render.html import paper_html  # noqa: E402
from screening.render.page import PaperSize  # noqa: E402

QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")


def pages(browser: str, file: Path) -> int:
    """Return how many pages a browser prints a file on; the PDF stays beside it."""
    pdf = file.with_suffix(".pdf")
    words = (f"--print-to-pdf={pdf}", "--no-pdf-header-footer", file.resolve().as_uri())
    subprocess.run([browser, *QUIET, *words], check=True, capture_output=True, timeout=60)
    return max(map(int, re.findall(rb"/Count (\d+)", pdf.read_bytes())))


def main(folder: Path) -> None:
    """Print every letter; exit with 1 when one takes more than a page."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        sys.exit("no Chromium here")
    long = []
    for case in CASES:
        for size in PaperSize:
            file = folder / f"{case.id}-{size.value}.html"
            file.write_text(paper_html(replace(written(ground(case.id)), size=size)), "utf-8")
            if pages(browser, file) > 1:
                long.append(file.stem)
    tried = len(CASES) * len(PaperSize)
    sys.stdout.write(f"{tried} printed; longer than a page: {', '.join(long) or 'none'}\n")
    sys.exit(bool(long))


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    chosen.mkdir(exist_ok=True)
    main(chosen)
