"""``rules/lexique/structure/*.yaml`` → ``Terms``, every fault told at once with its line and column."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from achats_check.errors import RuleFileError
from achats_check.facts.announcing import Words
from achats_check.facts.terms import Term, Terms
from achats_check.facts.text import fold
from achats_check.facts.wording_source import Absent, Mark, Motif, WordingSource, items, joined, mark_of, never_shown
from achats_check.vocabulary import FactSpec
from achats_check.yaml_source import load_file


class Rubric(NamedTuple):
    """What a part of a file tells apart."""

    fact: str = ""
    """The fact whose values its terms say; "" for decoys and what has no value of its own, which say their reason."""
    field: str = ""
    """The field of its records whose values they are, for a fact that is a list of records."""
    announced: bool = False
    """Its terms are looked for in whole pieces: a fixed word must announce each of them."""
    opening: bool = False
    """Its terms open what is read, and the first one wins."""
    ordered: bool = False
    """The first term that a text holds wins."""
    confident: bool = False
    """Each term says how sure it is; elsewhere where it stands tells."""


_DECOYS = Rubric()
_WORDS = Rubric()
"""What announces a fact, or names it without a value: looked for where the extractor expects it."""
_LABELS = Rubric(announced=True, opening=True)
"""Labels of a form, whose answer stands beside or below."""
FILES: Mapping[str, Mapping[str, Rubric]] = {
    "procedure": {
        "types": Rubric("procedure.type", announced=True),
        "formulaires": Rubric("procedure.type", opening=True),
        "articles": Rubric("procedure.type", opening=True),
        "articles_2006": Rubric("procedure.type"),
        "articles_2016": Rubric("procedure.type"),
        "annonces": _WORDS,
        "presentes": _WORDS,
        "titres": _WORDS,
        "etiquettes": _LABELS,
        "citations": _DECOYS,
        "leurres": _DECOYS,
        "certains_lots": _DECOYS,
        "publicite": Rubric("procedure.publicite", announced=True),
        "leurres_de_publicite": _DECOYS,
        "refus_de_publicite": _DECOYS,
        "publications": _WORDS,
        "avis_au_profil": _WORDS,
        "dossier_au_profil": _DECOYS,
        "sans_avis": Rubric(announced=True),
        "organes": _WORDS,
    },
    "valeur": {
        "plafonds": Rubric(announced=True),
        "estimations": Rubric(announced=True),
        "leurres": _DECOYS,
        "avant_une_estimation": _DECOYS,
        "apres_une_estimation": Rubric(opening=True),
        "aussi_une_estimation": Rubric(opening=True),
        "de_maitrise_d_oeuvre": _WORDS,
        "de_travaux": _WORDS,
        "besoin_nomme": _DECOYS,
        "annuel": _DECOYS,
        "annee": _DECOYS,
        "une_annee": _DECOYS,
        "premiere_periode": _DECOYS,
        "chaque_periode": _DECOYS,
        "inegales": _DECOYS,
        "identiques": Rubric(announced=True),
        "duree_entiere": _DECOYS,
        "tous_les_lots": _DECOYS,
        "total_des_lots": _DECOYS,
        "sans_maximum": Rubric(announced=True),
        "avec_maximum": Rubric(announced=True),
    },
    "nature": {
        "types": Rubric("type", announced=True, confident=True),
        "leurres": _DECOYS,
        "etiquettes": _LABELS,
        "formulaires": Rubric("type", opening=True),
        "objets": Rubric("type", opening=True),
    },
    "forme": {
        "formes": Rubric("forme", announced=True, confident=True),
        "etiquettes": _LABELS,
        "leurres": _DECOYS,
        "autre_concession": _DECOYS,
        "reponses_accord_cadre": Rubric("forme", opening=True),
        "marche_global": Rubric("marche_global", announced=True),
        "marche_subsequent": Rubric("marche_subsequent", announced=True),
    },
    "variantes": {
        "reponses": Rubric("variantes", opening=True),
        "phrases": Rubric("variantes", announced=True),
        "offertes": Rubric("variantes", announced=True),
        "sans_objet": _DECOYS,
        "certains_lots": _DECOYS,
        "certaines_sortes": _DECOYS,
        "non_demandees": Rubric(opening=True),
        "refusees": _DECOYS,
        "admises": _DECOYS,
        "libres": _DECOYS,
    },
    "lots": {
        "alloti": Rubric("alloti", announced=True),
        "avant_un_autre": _DECOYS,
        "apres_un_autre": Rubric(opening=True),
        "candidats": _DECOYS,
        "compte": Rubric(announced=True),
        "hypotheses": _DECOYS,
        "entetes": _DECOYS,
        "generalites": _DECOYS,
        "motivations": _DECOYS,
        "indistinctes": _WORDS,
    },
    "criteres": {
        "natures": Rubric("criteres", "nature", ordered=True),
        "annonces": Rubric(announced=True),
        "titres": Rubric(announced=True),
        "ouvertures": Rubric(announced=True, opening=True),
        "leurres": _DECOYS,
        "candidats": _DECOYS,
        "choix_des_candidats": _DECOYS,
        "prix_seul": Rubric(announced=True),
        "prix_accompagne": _DECOYS,
        "ordre": Rubric(announced=True),
        "ordre_ailleurs": _DECOYS,
    },
    "coherence": {
        "renvois": _DECOYS,
        "obligations": _DECOYS,
        "titres_de_clauses": _DECOYS,
        "annexes_de_textes": _DECOYS,
        "autres_pieces": Rubric(opening=True),
        "par_periode": _DECOYS,
        "liens_rompus": _DECOYS,
        "champs_du_candidat": _DECOYS,
    },
    "duree": {
        "maximums": _WORDS,
        "durees": _WORDS,
        "leurres": _DECOYS,
        "parties_comprises": _WORDS,
        "autres_actes": _DECOYS,
        "delais": _WORDS,
        "leurres_de_delai": _DECOYS,
    },
    "dates": {
        "limites": Rubric(announced=True),
        "remises": Rubric(announced=True),
        "lignes_de_remise": _LABELS,
        "titres_de_remise": _LABELS,
        "envois": Rubric(announced=True),
        "lancements": Rubric(announced=True),
        "publications": Rubric(announced=True),
        "ligne_d_envoi": _LABELS,
        "autres_avis": _DECOYS,
        "avis_d_avant": _DECOYS,
        "preinformations": Rubric(announced=True),
        "autres_etapes": _DECOYS,
        "comptees_depuis": _DECOYS,
        "reports": _DECOYS,
    },
    "acheteur": {
        "categories": Rubric("acheteur.categorie", ordered=True),
        "etiquettes": _LABELS,
        "autres_etiquettes": Rubric(opening=True),
        "pages_de_garde": Rubric(opening=True),
        "organismes": Rubric(opening=True),
        "sous_un_ministere": _WORDS,
        "proprietaires": Rubric(opening=True),
        "enseignes": _WORDS,
        "d_une_collectivite": _WORDS,
        "organisations": Rubric(opening=True),
        "pas_un_nom": _DECOYS,
        "verbes": _DECOYS,
        "sortes": Rubric(opening=True),
        "pour_un_autre": _WORDS,
        "siret_de_l_acheteur": _WORDS,
        "siret_d_un_autre": _DECOYS,
        "outre_mer": Rubric("outre_mer", announced=True),
        "parties": _WORDS,
    },
    "objet": {
        "etiquettes": _LABELS,
        "etiquettes_finales": Rubric(announced=True),
        "annonces": Rubric(announced=True),
        "clauses": Rubric(opening=True),
        "pas_un_objet": Rubric(opening=True),
        "ouvertures": Rubric(opening=True),
        "acteurs": Rubric(opening=True),
    },
    "reconductions": {"jamais": _DECOYS, "leurres": _DECOYS, "tranches": _DECOYS},
}
"""The rubrics of each file, all required; ``leurres`` silences the terms that are announced."""
_TERM = ("valeur", "motifs", "exemples", "contre_exemples")
_DECOY = ("raison", *_TERM[1:])


class _Shown(NamedTuple):
    """One term with what shows it."""

    rubric: str
    term: Term
    motifs: tuple[Motif, ...]
    examples: tuple[tuple[str, Mark], ...]
    counters: tuple[tuple[str, Mark], ...]


def load_folder(folder: Path, vocabulary: Mapping[str, FactSpec]) -> Terms:
    """Read and check every file, and play its examples.

    Raises:
        RuleFileError: Every fault of every file, each with its line and column.
    """
    faults: list[str] = []
    found: dict[str, Mapping[str, tuple[Term, ...]]] = {}
    for name, rubrics in FILES.items():
        reader = _Reader(folder / f"{name}.yaml", rubrics, vocabulary)
        found[name] = reader.read()
        faults += reader.faults
    if faults:
        raise RuleFileError(faults)
    return found


class _Reader(WordingSource):
    """Collects the terms of one file, the examples to play, and faults."""

    def __init__(self, path: Path, rubrics: Mapping[str, Rubric], vocabulary: Mapping[str, FactSpec]) -> None:
        super().__init__(path)
        self.rubrics = rubrics
        self.vocabulary = vocabulary
        self.shown: list[_Shown] = []

    def read(self) -> Mapping[str, tuple[Term, ...]]:
        file = self.mapping(load_file(self.path), (1, 1), f"le fichier « {self.path.name} »", tuple(self.rubrics))
        found = {rubric: tuple(self._terms(file, rubric)) for rubric in self.rubrics}
        for rubric, terms in found.items():
            if not terms and not self.faults:
                self.fault((1, 1), f"il manque : {rubric}")
        if not self.faults:
            for shown in self.shown:
                for mark, message in self._wrong(shown, found):
                    self.fault(mark, message)
        return found

    def _terms(self, file: Any, rubric: str) -> Iterator[Term]:
        asked = self.rubrics[rubric]
        keys: tuple[str, ...] = _TERM if asked.fact else _DECOY
        keys += ("confiance",) * asked.confident + ("avec",) * asked.announced
        for item, mark in items(file, rubric):
            part = self.mapping(item, mark, f"« {rubric} »", keys)
            if isinstance(part, Absent):
                continue
            value = self._value(part, asked) if asked.fact else self._reason(part)
            motifs = tuple(self.motifs(part, "motifs"))
            if not motifs:
                self.fault(part.mark, f"« {rubric} » : aucun motif")
            words = (tuple(self._announced(motif) for motif in motifs),) if asked.announced else ()
            confidence = self._confidence(part) if asked.confident else 0.0
            term = Term(value, joined(motifs), words, confidence, joined(self.motifs(part, "avec")))
            self.shown.append(_Shown(rubric, term, motifs, *self.shown_by(part, rubric)))
            yield term

    def _reason(self, part: Any) -> Any:
        reason = part.get("raison")
        if not isinstance(reason, str) or not reason.strip():
            self.fault(part.mark, "un leurre dit sa raison")
        return reason

    def _value(self, part: Any, rubric: Rubric) -> Any:
        spec = self.vocabulary[rubric.fact]
        fields = {field.name: field.values for field in spec.fields}
        known = (True, False) if spec.type == "booleen" else fields.get(rubric.field, spec.values)
        value = part.get("valeur")
        if value not in known or isinstance(value, int) != isinstance(known[0], int):
            mark = mark_of(part, "valeur") if "valeur" in part else part.mark
            told = ("true", "false") if spec.type == "booleen" else known
            self.fault(mark, f"« valeur » : une valeur de {rubric.fact} est attendue ({', '.join(map(str, told))})")
        return value

    def _confidence(self, part: Any) -> float:
        confidence = part.get("confiance")
        if isinstance(confidence, float) and 0 < confidence < 1:
            return confidence
        self.fault(part.mark, "« confiance » : un nombre entre 0 et 1 est attendu, comme 0.9")
        return 0.0

    def _announced(self, motif: Motif) -> Words:
        return self.words_of(motif.source, motif.mark, f"motif « {motif.written} »")

    def _wrong(self, shown: _Shown, found: Mapping[str, tuple[Term, ...]]) -> Iterator[tuple[Mark, str]]:
        """Yield a French sentence for each example that fails, and for each motif that none shows."""
        for text, mark in shown.examples:
            other = self._other(shown, found, fold(text))
            if other is not None:
                yield mark, f"« {text} » : {shown.term.value} attendu, {other}"
        for text, mark in shown.counters:
            if self._other(shown, found, fold(text)) is None:
                yield mark, f"« {text} » est pris pour {shown.term.value} : contre-exemple"
        texts = [fold(text) for text, _ in shown.examples]
        yield from never_shown(shown.rubric, shown.motifs, texts, "motif", "exemple")

    def _other(self, shown: _Shown, found: Mapping[str, tuple[Term, ...]], text: str) -> str | None:
        """Say what a text is instead of what its term says; None when the term does say it."""
        rubric = self.rubrics[shown.rubric]
        if (shown.term.match if rubric.opening else shown.term.search)(text) is None:
            return "rien reconnu"
        if rubric.opening or rubric.ordered:
            tried = (term.match(text) if rubric.opening else term.search(text) for term in found[shown.rubric])
            first = next(term for term, match in zip(found[shown.rubric], tried, strict=True) if match)
            return None if first.value == shown.term.value else f"{first.value} reconnu"
        silencing = found.get("leurres", ()) if rubric.announced else ()
        decoy = next((term for term in silencing if term.search(text)), None)
        return None if decoy is None else f"pris pour un leurre ({decoy.value})"
