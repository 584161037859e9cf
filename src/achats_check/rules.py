"""``load_rules``: the rulebook of the shipped rules and of local packs, ready made when it can be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from achats_check import cache
from achats_check.law.rulebook import Rulebook
from achats_check.resources import rules_root

if TYPE_CHECKING:
    from achats_check.law.loader import Examples


def load_rules(packs: str | Path | Sequence[str | Path] = (), root: str | Path | None = None) -> Rulebook:
    """Load rules, dated parameters, vocabulary and wording.

    Args:
        packs: A local pack or several, YAML files of ``regles`` and ``parametres`` that add to the shipped ones.
        root: Another rules folder than the shipped one, whole: vocabulary, wording and figures too.

    Returns:
        A rulebook, validated, with every example of every rule run when the files changed.

    Raises:
        RuleFileError: Every fault of every rule file, with file, line and column.
    """
    folder = Path(root) if root else rules_root()
    packs = [packs] if isinstance(packs, str | Path) else packs
    key = _key(folder, packs)
    found = cache.read(key) or cache.shipped(key)
    if isinstance(found, Rulebook):
        return found
    from achats_check.law.sharing import with_shared_parts

    book = with_shared_parts(_with_packs(packs, folder) if packs else load_with_examples((), folder)[0])
    cache.write(key, book)
    return book


def ready_made(root: Path) -> bytes:
    """Return the rules of a folder as a built package brings them (``cache.shipped``), every example run.

    Raises:
        RuleFileError: Every fault of every rule file, with file, line and column.
    """
    from achats_check.law.sharing import with_shared_parts

    book = with_shared_parts(load_with_examples((), root)[0])
    return cache.to_ship(str(root), book)


def _with_packs(packs: Sequence[str | Path], folder: Path) -> Rulebook:
    """Read packs beside the shipped rules, which stand as they are: a pack adds to them, and replaces nothing."""
    from achats_check.examples import check_examples
    from achats_check.law.loader import load_sources

    shipped = load_rules((), folder)
    book, examples = load_sources(folder, [Path(pack) for pack in packs])
    check_examples(book._replace(rules=tuple(rule for rule in book.rules if rule.pack)), examples)
    return shipped._replace(parameters=book.parameters, rules=book.rules, fingerprint=_key(folder, packs)[:6])


def load_with_examples(packs: Sequence[str | Path] = (), root: Path | None = None) -> tuple[Rulebook, Examples]:
    """Load from the YAML, never from the cache, with the examples of each rule, all run.

    Raises:
        RuleFileError: Every fault of every rule file, with file, line and column.
    """
    from achats_check.examples import check_examples
    from achats_check.facts.lexicon import load_lexicon
    from achats_check.facts.notices.tables import load_tables
    from achats_check.facts.roles.naming import load_naming
    from achats_check.facts.terms import load_terms, to_plain
    from achats_check.law.loader import load_sources

    folder = root or rules_root()
    book, examples = load_sources(folder, [Path(pack) for pack in packs])
    check_examples(book, examples)
    lexicon = load_lexicon(folder).to_plain()
    notices = load_tables(folder, book.vocabulary)
    naming = load_naming(folder).to_plain()
    terms = to_plain(load_terms(folder, book.vocabulary))
    key = _key(folder, packs)[:6]
    return book._replace(fingerprint=key, lexicon=lexicon, naming=naming, terms=terms, notices=notices), examples


def _key(folder: Path, packs: Sequence[str | Path]) -> str:
    from achats_check.errors import RuleFileError

    root = str(folder)
    try:
        return cache.content_key(root, [*cache.rule_files(root), *map(str, packs)])
    except OSError as error:
        from achats_check.disk_words import why

        raise RuleFileError([f"{error.filename}:1:1: fichier de règles illisible : {why(error)}"]) from None
