"""``rules/lexique/noms/pieces.yaml`` → ``Naming``, every fault told at once with its line and column."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from achats_check.errors import RuleFileError
from achats_check.facts.lexicon_patterns import PatternFault, translate
from achats_check.facts.roles.naming import Naming, RoleNames, Wording
from achats_check.facts.roles.naming_examples import Motif, Shown, wrong
from achats_check.facts.text import fold
from achats_check.model.document import ROLES
from achats_check.yaml_source import load_file

Mark = tuple[int, int]
_FILE = ("roles", "annexe", "contrat", "debuts_de_titre", "tous_les_lots")
_ROLE = ("intitules", "noms_de_fichier", "lettres_espacees", "rubriques")
_SHOWN = ("motifs", "sigles", "leurres", "exemples", "contre_exemples")
_ANNEX = ("motifs", "leurres", "exemples", "contre_exemples", "avec_la_piece", "administratives")
_CONTRACT = ("motifs", "exemples", "contre_exemples", "valant")
_DECOY = ("raison", "motifs")
_NOTHING = Wording("")


class _Absent:
    """What stands for a part of the file that is missing or is no mapping, once its fault is told."""

    def get(self, key: str, default: Any = None) -> Any:
        return default

    def __contains__(self, key: object) -> bool:
        return False


def load_file_of_names(path: Path) -> Naming:
    """Read and check the file, and play its examples.

    Raises:
        RuleFileError: Every fault, each with its line and column.
    """
    reader = _Reader(path)
    naming = reader.read(load_file(path))
    if not reader.faults:
        for mark, message in wrong(naming, reader.shown):
            reader.fault(mark, message)
    if reader.faults:
        raise RuleFileError(reader.faults)
    return naming


class _Reader:
    """Collects what names pieces, the examples to play, and faults."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[str] = []
        self.shown: list[Shown] = []

    def fault(self, mark: Mark, message: str) -> None:
        self.faults.append(f"{self.path}:{mark[0]}:{mark[1]}: {message}")

    def read(self, data: Any) -> Naming:
        file = self._mapping(data, (1, 1), "le fichier des noms de pièces", _FILE)
        missing = [key for key in _FILE if key not in file]
        if missing:
            self.fault((1, 1), f"il manque : {', '.join(missing)}")
        annex = self._part(file, "annexe", _ANNEX)
        contract = self._part(file, "contrat", _CONTRACT)
        return Naming(
            roles=tuple(self._roles(file)),
            annex=self._wording(annex, "annexe", "annexe"),
            with_annexes=self._union(annex, "avec_la_piece"),
            administrative_annex=self._union(annex, "administratives"),
            contract=self._wording(contract, "contrat", "contrat").pattern,
            worth_a_contract=self._union(contract, "valant"),
            openings=self._union(file, "debuts_de_titre"),
            every_lot=self._union(file, "tous_les_lots"),
        )

    def _roles(self, file: Any) -> Iterator[RoleNames]:
        roles = file.get("roles", {})
        if not isinstance(roles, dict):
            self.fault(file.marks["roles"], "« roles » associe à chaque rôle ce qui le nomme")
            return
        for role in roles:
            if role not in ROLES:
                self.fault(_mark(roles, role), f"pièce « {role} » inconnue (admises : {', '.join(ROLES)})")
                continue
            names = self._part(roles, role, _ROLE)
            titles, files = (self._part(names, key, _SHOWN) for key in ("intitules", "noms_de_fichier"))
            yield RoleNames(
                role,
                self._wording(titles, role, "intitule") if "intitules" in names else _NOTHING,
                self._wording(files, role, "fichier") if "noms_de_fichier" in names else _NOTHING,
                tuple("".join(text.split()) for text in self._plain(names, "lettres_espacees")),
                tuple(self._plain(names, "rubriques")),
            )

    def _wording(self, part: Any, what: str, where: str) -> Wording:
        """Read motifs and decoys, and remember the examples that show them."""
        if isinstance(part, _Absent):
            return _NOTHING
        motifs = list(self._motifs(part, "motifs"))
        motifs += self._abbreviations(part)
        if not motifs:
            self.fault(part.mark, f"« {what} » : aucun motif")
        decoys = list(self._decoys(part))
        examples, counters = (tuple(self._texts(part, key)) for key in ("exemples", "contre_exemples"))
        for key, given in (("exemples", examples), ("contre_exemples", counters)):
            if not given:
                self.fault(part.mark, f"« {what} » : il manque {key}")
        self.shown.append(Shown(what, where, tuple(motifs), tuple(decoys), examples, counters))
        return Wording(_joined(motifs), _joined(decoys))

    def _abbreviations(self, part: Any) -> Iterator[Motif]:
        for text, mark in self._texts(part, "sigles"):
            if re.fullmatch("[a-z]{2,8}", text):
                yield Motif(text, _letters(text), mark)
            else:
                self.fault(mark, f"sigle « {text} » : deux à huit lettres minuscules, sans point")

    def _decoys(self, part: Any) -> Iterator[Motif]:
        for decoy, mark in _items(part, "leurres"):
            known = self._mapping(decoy, mark, "un leurre", _DECOY)
            if not isinstance(known.get("raison"), str):
                self.fault(mark, "un leurre dit sa raison")
            yield from self._motifs(known, "motifs")

    def _motifs(self, part: Any, key: str) -> Iterator[Motif]:
        for text, mark in self._texts(part, key):
            try:
                yield Motif(text, translate(text), mark)
            except PatternFault as error:
                self.fault(mark, f"motif « {text} » : {error}")

    def _union(self, part: Any, key: str) -> str:
        if not isinstance(part, _Absent) and not part.get(key):
            self.fault(part.mark, f"la clé « {key} » manque")
        return _joined(self._motifs(part, key))

    def _plain(self, part: Any, key: str) -> Iterator[str]:
        for text, mark in self._texts(part, key):
            if fold(text) != text or "\u0153" in text:
                self.fault(mark, f"« {text} » s'écrit en minuscules sans accent, avec l'apostrophe droite")
            yield text

    def _texts(self, part: Any, key: str) -> Iterator[tuple[str, Mark]]:
        for text, mark in _items(part, key):
            if isinstance(text, str) and text.strip():
                yield text, mark
            else:
                self.fault(mark, f"« {key} » : un texte est attendu")

    def _part(self, mapping: Any, key: str, known: tuple[str, ...]) -> Any:
        if key not in mapping:
            return _Absent()
        return self._mapping(mapping[key], _mark(mapping, key), f"« {key} »", known)

    def _mapping(self, value: Any, mark: Mark, what: str, known: tuple[str, ...]) -> Any:
        if not isinstance(value, dict):
            self.fault(mark, f"{what} : des clés sont attendues ({', '.join(known)})")
            return _Absent()
        for key in value:
            if key not in known:
                self.fault(_mark(value, key), f"clé inconnue « {key} » (admises : {', '.join(known)})")
        return value


def _mark(mapping: Any, key: str) -> Mark:
    mark: Mark = mapping.marks[key]
    return mark


def _items(part: Any, key: str) -> Iterator[tuple[Any, Mark]]:
    """Yield the items of a list with their marks; a lone value counts as a list of one."""
    value = part.get(key, ())
    if isinstance(value, list):
        yield from zip(value, value.marks, strict=True)  # type: ignore[attr-defined]
    elif key in part:
        yield value, _mark(part, key)


def _joined(motifs: Any) -> str:
    """Return one expression that matches what any of the motifs does, the first of those written winning."""
    return "|".join(f"(?:{motif.source})" for motif in motifs)


def _letters(abbreviation: str) -> str:
    """Return the pattern of an abbreviation, with or without dots and spaces: CCAP, C.C.A.P., C C A P."""
    last = abbreviation[-1]
    return r"\b" + r"\.? ?".join(abbreviation) + rf"\b(?:(?<=\.{last})\.)?"
