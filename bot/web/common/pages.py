"""Templates to HTML: everything shown is escaped; ``**…**`` becomes bold, lines become paragraphs."""

from __future__ import annotations

import base64
import re

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.web.common.asset_files import Assets
from dialogs.wording import STATES, VERDICTS, numbered, range_text
from policies.days import day_text
from policies.notation import yuan_text

SITE = Assets("bot.web.common", "/assets/site")
"""The files all pages share; the application serves them."""
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_TOKEN = re.compile(r"^接着 (r-[A-Za-z0-9_-]{22})$", re.MULTILINE)


def environment(package: str) -> Environment:
    """The templates of a package, and those all share, with the words and figures every page shows alike."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("bot.web.common")]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= {"marked": marked, "paragraphs": paragraphs, "download": download, "address": address}
    made.globals |= {
        "site_asset": SITE.url,
        "range_text": range_text,
        "yuan": yuan_text,
        "day_of": day_text,
        "numbered": numbered,
        "verdict": VERDICTS.__getitem__,
        "state": STATES.__getitem__,
    }
    return made


def address(clause: str) -> str:
    """Where an article or measure (``haizhu-2022/3.1.a``) stands for good."""
    policy, _, anchor = clause.partition("/")
    return f"/policies/{policy}#{anchor}"


def marked(text: str) -> Markup:
    """A line with its bold parts."""
    return Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(text))))  # noqa: S704 - escaped first


def paragraphs(text: str, base: str = "") -> Markup:
    """A text of several lines; a word to go on elsewhere is followed by its link, below ``base``."""
    html = []
    for line in _TOKEN.sub(rf"接着 \1\n{base}/r/\1" if base else r"接着 \1", text).split("\n"):
        if line.strip():
            kind = ' class="under"' if line.startswith("　") else ""
            html.append(f"<p{kind}>{_linked(line.strip('　 '), base)}</p>")
    return Markup("\n".join(html))  # noqa: S704 - every line was escaped


def download(text: str) -> str:
    """A small file as an address to save it from."""
    return "data:application/octet-stream;base64," + base64.b64encode(text.encode()).decode()


def _linked(line: str, base: str) -> Markup:
    if base and re.fullmatch(rf"{re.escape(base)}/r/r-[A-Za-z0-9_-]{{22}}", line):
        return Markup('<a class="token" href="{0}">{0}</a>').format(line)
    return marked(line)
