"""A whole page that stands alone: nothing is fetched to read, file or print it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files

from achats_check.reports.page.colours import Colour, colour_style
from achats_check.reports.page.markup import Markup, tag

GENERATOR = "achats-check"
"""What the head of a page names as its maker: a page kept beside the pieces is known by it and read as none of them."""


def document(title: str, *body: Markup, style: str, colours: Mapping[str, Colour], script: str = "") -> str:
    """Draw a page; a policy of the page itself forbids any script but its own and any request.

    Args:
        title: What the reader's window shows.
        body: What the page holds; a link to its part named "contenu" is put before.
        style: Rules of its own, beside those every page has.
        colours: Colours by the name of their class, without its "c-".
        script: A script, "" for none.

    Returns:
        The whole HTML document.
    """
    style = f"\n{shipped(__package__, 'base.css')}{style}{colour_style(colours)}"
    script = f"\n{script}" if script else ""
    drawn = tag(
        "body",
        tag("a", "Aller au contenu", class_="skip", href="#contenu"),
        *body,
        *([tag("script", Markup(script))] if script else []),
    )
    return f"<!DOCTYPE html>\n{tag('html', _head(title, style, script), drawn, lang='fr')}\n"


def _head(title: str, style: str, script: str) -> Markup:
    scripts = f" script-src '{_digest(script)}';" if script else ""
    policy = f"default-src 'none'; style-src '{_digest(style)}';{scripts} base-uri 'none'"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="generator", content=GENERATOR),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", Markup(style)),
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def shipped(package: str, name: str) -> str:
    """Return a text that is shipped beside the modules of a package."""
    return files(package).joinpath(name).read_text(encoding="utf-8")
