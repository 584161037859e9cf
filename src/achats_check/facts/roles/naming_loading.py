"""``rules/lexique/noms/pieces.yaml`` → ``Naming``, every fault told at once with its line and column."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from achats_check.errors import RuleFileError
from achats_check.facts.roles.naming import Naming, RoleNames, Wording
from achats_check.facts.roles.naming_examples import Shown, wrong
from achats_check.facts.text import fold
from achats_check.facts.wording_source import Absent, Motif, WordingSource, items, joined, mark_of
from achats_check.model.document import ROLES
from achats_check.yaml_source import load_file

_FILE = ("roles", "annexe", "contrat", "debuts_de_titre", "tous_les_lots")
_ROLE = ("intitules", "noms_de_fichier", "lettres_espacees", "rubriques", "renvois")
_CITED = ("motifs", "exemples", "contre_exemples")
_SHOWN = ("motifs", "sigles", "leurres", "exemples", "contre_exemples")
_ANNEX = ("motifs", "leurres", "exemples", "contre_exemples", "avec_la_piece", "administratives")
_CONTRACT = ("motifs", "exemples", "contre_exemples", "valant", "parties")
_DECOY = ("raison", "motifs")
_NOTHING = Wording("")


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


class _Reader(WordingSource):
    """Collects what names pieces, the examples to play, and faults."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.shown: list[Shown] = []

    def read(self, data: Any) -> Naming:
        file = self.mapping(data, (1, 1), "le fichier des noms de pièces", _FILE)
        missing = [key for key in _FILE if key not in file]
        if missing:
            self.fault((1, 1), f"il manque : {', '.join(missing)}")
        annex = self.part(file, "annexe", _ANNEX)
        contract = self.part(file, "contrat", _CONTRACT)
        return Naming(
            roles=tuple(self._roles(file)),
            annex=self._wording(annex, "annexe", "annexe"),
            with_annexes=self._union(annex, "avec_la_piece"),
            administrative_annex=self._union(annex, "administratives"),
            contract=self._wording(contract, "contrat", "contrat").pattern,
            worth_a_contract=self._union(contract, "valant"),
            parties=self._union(contract, "parties"),
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
                self.fault(mark_of(roles, role), f"pièce « {role} » inconnue (admises : {', '.join(ROLES)})")
                continue
            names = self.part(roles, role, _ROLE)
            titles, files = (self.part(names, key, _SHOWN) for key in ("intitules", "noms_de_fichier"))
            yield RoleNames(
                role,
                self._wording(titles, role, "intitule") if "intitules" in names else _NOTHING,
                self._wording(files, role, "fichier") if "noms_de_fichier" in names else _NOTHING,
                tuple("".join(text.split()) for text in self._plain(names, "lettres_espacees")),
                tuple(self._plain(names, "rubriques")),
                self._wording(self.part(names, "renvois", _CITED), role, "renvoi").pattern,
            )

    def _wording(self, part: Any, what: str, where: str) -> Wording:
        """Read motifs and decoys, and remember the examples that show them."""
        if isinstance(part, Absent):
            return _NOTHING
        motifs = list(self.motifs(part, "motifs"))
        motifs += self._abbreviations(part)
        if not motifs:
            self.fault(part.mark, f"« {what} » : aucun motif")
        decoys = list(self._decoys(part))
        examples, counters = self.shown_by(part, what)
        self.shown.append(Shown(what, where, tuple(motifs), tuple(decoys), examples, counters))
        return Wording(joined(motifs), joined(decoys))

    def _abbreviations(self, part: Any) -> Iterator[Motif]:
        for text, mark in self.texts(part, "sigles"):
            if re.fullmatch("[a-z]{2,8}", text):
                yield Motif(text, _letters(text), mark)
            else:
                self.fault(mark, f"sigle « {text} » : deux à huit lettres minuscules, sans point")

    def _decoys(self, part: Any) -> Iterator[Motif]:
        for decoy, mark in items(part, "leurres"):
            known = self.mapping(decoy, mark, "un leurre", _DECOY)
            if not isinstance(known.get("raison"), str):
                self.fault(mark, "un leurre dit sa raison")
            yield from self.motifs(known, "motifs")

    def _union(self, part: Any, key: str) -> str:
        if not isinstance(part, Absent) and not part.get(key):
            self.fault(part.mark, f"la clé « {key} » manque")
        return joined(self.motifs(part, key))

    def _plain(self, part: Any, key: str) -> Iterator[str]:
        for text, mark in self.texts(part, key):
            if fold(text) != text or "\u0153" in text:
                self.fault(mark, f"« {text} » s'écrit en minuscules sans accent, avec l'apostrophe droite")
            yield text


def _letters(abbreviation: str) -> str:
    """Return the pattern of an abbreviation, with or without dots and spaces: CCAP, C.C.A.P., C C A P."""
    last = abbreviation[-1]
    return r"\b" + r"\.? ?".join(abbreviation) + rf"\b(?:(?<=\.{last})\.)?"
