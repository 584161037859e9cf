"""A tree of elements to the leaves that say something, each with a path that a person can follow."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from achats_check.errors import ReadError
from achats_check.model.document import Block
from achats_check.readers import guards
from achats_check.readers.cleaning import clean

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class Leaf(NamedTuple):
    """An element that holds a text, a code, or that says something by being there."""

    pointer: str
    text: str
    """Its text; else the attribute that holds its code; else, for an empty element, its name."""
    attributes: tuple[tuple[str, str], ...] = ()
    prose: bool = False
    """Whether it holds sentences."""


class Shape(NamedTuple):
    """How a format writes its leaves."""

    attributes: frozenset[str]
    """Attributes worth keeping."""
    coded: tuple[str, ...]
    """Attributes that hold the code of an element without text, the first one present winning."""
    numbered: frozenset[str]
    """Elements always numbered in a path, even alone: the lots."""
    is_prose: "Callable[[Sequence[str], Element], bool]"
    """Whether an element holds sentences, from the names on its path and itself."""
    identity: "Callable[[Element], str]"
    """What names an element in a path instead of its rank ("LOT-0001"), or ""."""
    inline: frozenset[str] = frozenset()
    """Elements inside a text that only set its type (superscript …)."""


def leaves(root: "Element", shape: Shape) -> Iterator[Leaf]:
    """Yield the leaves of a tree, in document order.

    Raises:
        ReadError: Elements nested deeper than any notice.
    """
    yield from _below(root, (), (), shape)


def _below(element: "Element", names: tuple[str, ...], steps: tuple[str, ...], shape: Shape) -> Iterator[Leaf]:
    if len(steps) > guards.MAX_XML_DEPTH:
        raise ReadError(
            f"Le fichier imbrique plus de {guards.MAX_XML_DEPTH} niveaux d'éléments.", "Vérifier l'origine du fichier."
        )
    children = [child for child in element if isinstance(child.tag, str)]
    counts = Counter(local(child.tag) for child in children)
    ranks: Counter[str] = Counter()
    for child in children:
        name = local(child.tag)
        ranks[name] += 1
        numbered = counts[name] > 1 or name in shape.numbered
        key = shape.identity(child) or (str(ranks[name]) if numbered else "")
        path, places = (*names, name), (*steps, f"{name}[{key}]" if key else name)
        if len(child) == 0 or all(local(part.tag) in shape.inline for part in child if isinstance(part.tag, str)):
            leaf = _leaf(child, path, "/".join(places), shape)
            if leaf is not None:
                yield leaf
        else:
            yield from _below(child, path, places, shape)


def _leaf(element: "Element", names: tuple[str, ...], pointer: str, shape: Shape) -> Leaf | None:
    text = clean("".join(element.itertext()))
    found = {local(name): clean(value) for name, value in element.attrib.items()}
    kept = tuple((name, value) for name, value in found.items() if name in shape.attributes)
    if text:
        return Leaf(pointer, text, kept, shape.is_prose(names, element))
    code = next((found[name] for name in shape.coded if found.get(name)), "")
    if code:
        return Leaf(pointer, code, kept)
    return Leaf(pointer, names[-1], kept) if not found else None


def local(tag: str) -> str:
    """Return the name of an element or an attribute without its namespace."""
    return tag.rpartition("}")[2]


def blocks(found: Iterable[Leaf]) -> Iterator[Block]:
    """Yield the blocks of leaves: one for a field, one for each line of a text."""
    index = 0
    for leaf in found:
        lines = [line.strip() for line in leaf.text.split("\n")] if leaf.prose else [leaf.text]
        for line in lines:
            if not line:
                continue
            if index >= guards.MAX_BLOCKS:
                raise ReadError(
                    f"Le fichier contient plus de {guards.MAX_BLOCKS} champs.", "Vérifier l'origine du fichier."
                )
            kind = "paragraph" if leaf.prose else "field"
            yield Block(index, kind, line, pointer=leaf.pointer, attributes=leaf.attributes)
            index += 1
