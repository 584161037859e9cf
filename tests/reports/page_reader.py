"""Reads a page strictly: what is not closed, closed twice or closed out of order is an error."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

VOID = {"meta", "br"}


class Element(NamedTuple):
    """An element: attributes are as the parser gives them, names in small letters."""

    name: str
    attributes: dict[str, str | None]
    children: list[Element | str]

    def all(self, name: str = "", class_: str = "") -> Iterator[Element]:
        """Yield the elements inside, itself included, of a name and a class."""
        if name in ("", self.name) and (not class_ or class_ in self.classes):
            yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all(name, class_)

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return (self.attributes.get("class") or "").split()

    @property
    def text(self) -> str:
        """Everything written inside, without the titles that only show under the pointer."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children if _seen(c))

    def __getitem__(self, name: str) -> str:  # type: ignore[override]
        return self.attributes[name] or ""


def _seen(child: Element | str) -> bool:
    return isinstance(child, str) or child.name not in ("title", "desc")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document", {}, [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"attribut répété dans {tag} : {names}"
        element = Element(tag, dict(attrs), [])
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"{tag} fermé par lui-même")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag, f"</{tag}> ne ferme rien"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"commentaire : {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"déclaration : {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"instruction : {data}")


def read_page(text: str) -> Element:
    """Read a page or a piece of one.

    Raises:
        AssertionError: It is not well formed.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert len(reader.open) == 1, f"non fermé : {[element.name for element in reader.open]}"
    return reader.open[0]
