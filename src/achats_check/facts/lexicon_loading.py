"""``rules/lexique/*.yaml`` → the records of a ``Lexicon``, every fault told at once with its line and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from achats_check.errors import RuleFileError
from achats_check.facts.announcing import MIN_PIECE
from achats_check.facts.lexicon_records import (
    BLOCK,
    DECOY,
    FORM,
    NEGATION,
    PASSAGE,
    SENTENCE,
    SIGN,
    Entry,
    Form,
    Weights,
)
from achats_check.facts.text import fold
from achats_check.facts.wording_source import WordingSource, items, joined, mark_of
from achats_check.model.document import ROLES
from achats_check.vocabulary import FactSpec, Vocabulary

READINGS = ("nombre", "pourcent", "part", "entier", "mois_en_jours", "montant", "articles")
_ENTRY_KEYS = {
    *("mots", "pieces", "contraire", "cadres", "titres", "confiance_cadre", "confiance_titre"),
    *("formes", "negations", "leurres", "signes", "champ", "neutres", "mixtes"),
}
_FORM_KEYS = {
    *("motifs", "valeur", "lecture", "confiance", "aussi", "sections", "sections_requises", "pieces", "citation"),
}
_KEYS = {
    FORM: _FORM_KEYS | {"avec"},
    NEGATION: _FORM_KEYS - {"lecture"},
    DECOY: {"raison", "motifs", "etendue", "pieces", "muet", "laisse_ouvert", "formes_seules"},
    SIGN: {"motifs", "pieces", "sections", "avec", "avec_champ", "aussi"},
}
GROUPS = "groupes"
"""Key of a file that names groups of words, and no fact."""
CONTINUED = "suites"
"""Key of a file that goes on with facts described in another, too long to hold all their words."""
_WEIGHTS = {"forts": 3, "moyens": 2, "gestes": 1, "choses": 1}
_THINGS = "choses"
_FIELD_KEYS = {*_WEIGHTS, "aussi", "pieces"}
_LISTS = {"formes": FORM, "negations": NEGATION, "leurres": DECOY, "signes": SIGN}
_CONTINUED_KEYS = {*_LISTS, "champ"}


def load_files(paths: list[Path], vocabulary: Vocabulary) -> tuple[list[Entry], list[Form]]:
    """Read the entries and forms of lexicon files, the forms of a fact together whatever files they are in.

    Raises:
        RuleFileError: Every fault of every file, each with its line and column.
    """
    from achats_check.yaml_source import load_file

    reader = _Reader(vocabulary)
    loaded: list[tuple[Path, Any]] = []
    for path in paths:
        try:
            loaded.append((path, load_file(path)))
        except RuleFileError as error:
            reader.faults.extend(error.faults)
    for path, data in loaded:
        reader.read_groups(path, data)
    for path, data in loaded:
        reader.read(path, data)
    for path, data in loaded:
        reader.read_continued(path, data)
    if reader.faults:
        raise RuleFileError(reader.faults)
    place = {fact: rank for rank, fact in enumerate(reader.entries)}
    last = len(place)  # a sign may leave open a fact that no file describes
    return list(reader.entries.values()), sorted(reader.forms, key=lambda form: place.get(form.fact, last))


class _Reader(WordingSource):
    """Collects entries, forms and faults over several files."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__(Path())
        self.vocabulary = vocabulary
        self.groups: dict[str, str] = {}
        self.entries: dict[str, Entry] = {}
        self.forms: list[Form] = []

    def read_groups(self, path: Path, data: Any) -> None:
        """Read the groups of words that the motifs of every file may name: "{personnes_eloignees}"."""
        self.path = path
        groups = data.get(GROUPS) if isinstance(data, dict) else None
        if groups is None:
            return
        if not isinstance(groups, dict):
            self.fault(data.marks[GROUPS], f"« {GROUPS} » associe des noms à des listes de motifs")
            return
        for name in groups:
            if name in self.groups:
                self.fault(mark_of(groups, name), f"le groupe « {name} » est déjà écrit")
            self.groups[name] = "|".join(self._texts(groups, name))

    def read(self, path: Path, data: Any) -> None:
        self.path = path
        if not isinstance(data, dict):
            self.fault((1, 1), "un fichier du lexique associe des noms de faits à leurs formes")
            return
        for name, content in data.items():
            if name in (GROUPS, CONTINUED):
                continue
            mark = data.marks[name]  # type: ignore[attr-defined]
            spec = self.vocabulary.get(name)
            if spec is None:
                self.fault(mark, f"fait « {name} » inconnu.{self.vocabulary.suggestion(name)}")
            elif name in self.entries:
                self.fault(mark, f"le fait « {name} » est déjà décrit dans un autre fichier du lexique")
            elif not isinstance(content, dict):
                self.fault(mark, f"fait « {name} » : des clés sont attendues ({', '.join(sorted(_ENTRY_KEYS))})")
            else:
                self._entry(spec, content, mark)

    def read_continued(self, path: Path, data: Any) -> None:
        """Read the forms and the words that a file adds to facts described in another one."""
        self.path = path
        if not isinstance(data, dict) or CONTINUED not in data:
            return
        continued = data[CONTINUED]
        if not isinstance(continued, dict):
            self.fault(mark_of(data, CONTINUED), f"« {CONTINUED} » associe des noms de faits à leurs formes")
            return
        for name, content in continued.items():
            mark, spec = mark_of(continued, name), self.vocabulary.get(name)
            if spec is None or name not in self.entries:
                self.fault(mark, f"fait « {name} » : aucun fichier du lexique ne le décrit, rien n'est à continuer")
            elif not isinstance(content, dict):
                self.fault(mark, f"fait « {name} » : des clés sont attendues ({', '.join(sorted(_CONTINUED_KEYS))})")
            else:
                self.known_keys(content, sorted(_CONTINUED_KEYS))
                self._all_forms(spec, content)

    def _entry(self, spec: FactSpec, content: Any, mark: tuple[int, int]) -> None:
        self.known_keys(content, sorted(_ENTRY_KEYS))
        words = self._texts(content, "mots")
        if not words:
            self.fault(
                mark, f"fait « {spec.name} » : la clé « mots » manque (les mots cherchés, dits quand rien n'est trouvé)"
            )
        labels = self._union(content, "cadres")
        label_words = self.words_of(labels, mark_of(content, "cadres"), "cadres") if labels else ()
        titles = self._union(content, "titres")
        title_words = self.words_of(titles, mark_of(content, "titres"), "titres") if titles else ()
        self.entries[spec.name] = Entry(
            fact=spec.name,
            words=words,
            pieces=self._roles(content),
            by_lot="lot" in spec.scopes,
            single=spec.type == "enum",
            contrary=self._flag(content, "contraire"),
            labels=labels,
            label_words=label_words,
            titles=titles,
            title_words=title_words,
            label_confidence=self._share(content, "confiance_cadre", 0.9),
            title_confidence=self._share(content, "confiance_titre", 0.85),
            neutral=self._union(content, "neutres"),
            mixed=self._union(content, "mixtes"),
        )
        self._all_forms(spec, content)

    def _all_forms(self, spec: FactSpec, content: Any) -> None:
        weights = self._field(spec, content)
        for key, kind in _LISTS.items():
            for item, item_mark in items(content, key):
                self._forms(spec, kind, item, item_mark, weights)

    def _forms(self, spec: FactSpec, kind: str, item: Any, mark: tuple[int, int], weights: Weights) -> None:
        if not isinstance(item, dict) or "motifs" not in item:
            self.fault(mark, f"fait « {spec.name} » : une forme a au moins la clé « motifs »")
            return
        self.known_keys(item, sorted(_KEYS[kind]))
        base = self._base(spec, kind, item, mark)
        if least := self._least(item, weights):
            base = base._replace(weights=weights, least=least)
        beside_words = self.words_of(base.beside, mark_of(item, "avec"), "avec") if base.beside else ()
        for motif in self.motifs(item, "motifs"):
            words = self.words_of(motif.source, motif.mark, f"motif « {motif.written} »")
            form = base._replace(pattern=motif.source, words=words + beside_words)
            self.forms.extend(_of_each_fact(form) if kind == SIGN else (form,))

    def _least(self, item: Any, weights: Weights) -> int:
        """Return what words of the subject in its sentence weigh at least, for a sign to count; 0 for no matter."""
        if "avec_champ" not in item:
            return 0
        least = item["avec_champ"]
        if isinstance(least, bool) or not isinstance(least, int) or least < 1 or not weights:
            self.fault(
                mark_of(item, "avec_champ"),
                "« avec_champ » est le poids, 1 ou plus, que les mots du « champ » écrit à côté ont dans la phrase",
            )
            return 0
        return least

    def _field(self, spec: FactSpec, content: Any) -> Weights:
        """Read the words of the subject, in four lists: a sentence that holds enough of them is a sign."""
        if "champ" not in content:
            return ()
        field = content["champ"]
        if not isinstance(field, dict):
            self.fault(content.marks["champ"], f"« champ » a des listes de mots ({', '.join(_WEIGHTS)})")
            return ()
        self.known_keys(field, sorted(_FIELD_KEYS))
        weights: dict[str, tuple[int, bool]] = {}
        for key, weight in _WEIGHTS.items():
            for word, mark in self.texts(field, key):
                if not _is_plain_word(word):
                    self.fault(mark, f"« {word} » : un mot s'écrit en minuscules sans accent, trois lettres au moins")
                elif word in weights:
                    self.fault(mark, f"« {word} » est deux fois dans le champ")
                weights[word] = weight, key == _THINGS
        plain = tuple((word, *weight) for word, weight in weights.items())
        sign = Form(spec.name, SIGN, "", (), pieces=self._roles(field), also=self._also(field), weights=plain)
        self.forms.extend(_of_each_fact(sign))
        return plain

    def _base(self, spec: FactSpec, kind: str, item: Any, mark: tuple[int, int]) -> Form:
        reading = self._choice(item, "lecture", "", READINGS)
        reason = item.get("raison", "")
        if kind == DECOY and not reason:
            self.fault(mark, f"fait « {spec.name} » : un leurre dit sa raison")
        if not isinstance(reason, str):
            self.fault(item.marks["raison"], "« raison » est un texte")
        return Form(
            fact=spec.name,
            kind=kind,
            pattern="",
            words=(),
            value=None if kind in (DECOY, SIGN) or reading else self._value(spec, kind, item, mark),
            reading=reading,
            confidence=self._share(item, "confiance", 0.9),
            sections=self._union(item, "sections"),
            sections_required=self._flag(item, "sections_requises"),
            pieces=self._roles(item),
            extent=self._choice(item, "etendue", PASSAGE, (PASSAGE, SENTENCE, BLOCK)),
            whole_sentence=self._choice(item, "citation", SENTENCE, (PASSAGE, SENTENCE)) == SENTENCE,
            also=self._also(item),
            reason=reason,
            silent=self._flag(item, "muet"),
            open=self._flag(item, "laisse_ouvert"),
            forms_only=self._flag(item, "formes_seules"),
            beside=self._union(item, "avec"),
        )

    def _value(self, spec: FactSpec, kind: str, item: Any, mark: tuple[int, int]) -> str | bool | int | None:
        default = spec.none_value if kind == NEGATION else True if spec.type == "booleen" else None
        value = item.get("valeur", default)
        allowed = (True, False) if spec.type == "booleen" else spec.values
        if value is None or isinstance(value, list | dict) or (allowed and value not in allowed):
            names = ", ".join(str(v) for v in allowed) or "un texte"
            self.fault(mark, f"fait « {spec.name} » : valeur « {value} » hors de la liste ({names})")
            return None
        return value  # type: ignore[no-any-return]

    def _texts(self, mapping: Any, key: str) -> tuple[str, ...]:
        return tuple(text for text, _ in self.texts(mapping, key))

    def _roles(self, mapping: Any) -> tuple[str, ...]:
        roles = list(self.texts(mapping, "pieces"))
        for role, mark in roles:
            if role not in ROLES:
                self.fault(mark, f"pièce « {role} » inconnue (admises : {', '.join(ROLES)})")
        return tuple(role for role, _ in roles)

    def _also(self, mapping: Any) -> tuple[str, ...]:
        names = list(self.texts(mapping, "aussi"))
        for name, mark in names:
            if name not in self.vocabulary:
                self.fault(mark, f"fait « {name} » inconnu.{self.vocabulary.suggestion(name)}")
        return tuple(name for name, _ in names)

    def _flag(self, mapping: Any, key: str) -> bool:
        value = mapping.get(key, False)
        if not isinstance(value, bool):
            self.fault(mapping.marks[key], f"« {key} » est true ou false")
        return value is True

    def _choice(self, mapping: Any, key: str, default: str, allowed: tuple[str, ...]) -> str:
        value = mapping.get(key, default)
        if value != default and value not in allowed:
            self.fault(mapping.marks[key], f"{key} « {value} » inconnue (admises : {', '.join(allowed)})")
            return default
        return str(value)

    def _share(self, mapping: Any, key: str, default: float) -> float:
        value = mapping.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
            self.fault(mapping.marks[key], f"« {key} » est une part entre 0 et 1")
            return default
        return float(value)

    def _union(self, mapping: Any, key: str) -> str:
        return joined(self.motifs(mapping, key))


def _is_plain_word(word: str) -> bool:
    stem = word.removesuffix("*")
    return stem == fold(stem) and stem.isalnum() and len(stem) >= MIN_PIECE


def _of_each_fact(sign: Form) -> tuple[Form, ...]:
    """A sign proves nothing: each of the facts it leaves open is looked for apart."""
    return tuple(sign._replace(fact=fact, also=()) for fact in (sign.fact, *sign.also))
