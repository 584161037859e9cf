"""How the contract is awarded: procedure, articles invoked, supports of publicity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.scan import Text, labelled, missed, said, sentence, text_of
from achats_check.facts.text import Reading, fold
from achats_check.patterns import compiled

_PARTNERSHIP = r"procedure (?:de|du) partenariat d'innovation|(?:le present|ce) partenariat d'innovation"
_TYPES = (
    ("appel_offres_ouvert", r"appels? d'offres?(?: europeen)?,? ouvert"),
    ("appel_offres_restreint", r"appels? d'offres?(?: europeen)? restreint"),
    ("procedure_adaptee", r"procedure adaptee|\bmapa\b|procedure adaptive"),
    (
        "procedure_avec_negociation",
        r"procedure (?:concurrentielle |formalisee ){0,2}avec negociation"
        r"|marche negocie (?:avec publicite|apres mise en concurrence)"
        r"|procedure negociee (?:avec|apres) (?:mise en concurrence|publicite|appel a la concurrence)",
    ),
    ("dialogue_competitif", r"dialogue competitif"),
    ("partenariat_innovation", _PARTNERSHIP),
    ("concours", r"concours (?:restreint|ouvert|de maitrise d'oe?uvre|d'architecture)"),
    ("sans_publicite_ni_mise_en_concurrence", r"sans publicite ni mise en concurrence"),
)
_FORMAL = {
    **dict.fromkeys(("ouverte", "procedure ouverte"), "appel_offres_ouvert"),
    **dict.fromkeys(("restreinte", "procedure restreinte"), "appel_offres_restreint"),
    **dict.fromkeys(("adaptee",), "procedure_adaptee"),
}
"""What the forms of notices print for a formal procedure."""
_LITERALS = (
    "d'offre",
    "procedure adapt",
    "mapa",
    "negociation",
    "marche negocie",
    "procedure negociee",
    "dialogue comp",
    "partenariat d'inn",
    "concours",
    "sans publicite",
)
_STATED = (
    r"^\W{0,4}(?:[\d.]{1,8} ?[-).]? ?)?procedure ?[:\t]"
    r"|procedure (?:de passation|de consultation|retenue|utilisee|choisie)|(?:mode|type"
    r"|forme) de (?:passation|procedure|consultation|la procedure)|type de marche"
    r"|(?:consultation|marche|accord[- ]cadre|procedure|contrat|concours)(?: public)?[^.\n]{0,60}(?:est"
    r"|sera|sont)? ?(?:passee?s?|lancee?|organisee?|soumise?|engagee?|conclue?)"
    r"|(?:passee?|lancee?|soumise?) (?:en|selon|suivant|sous|par|dans|a )|resulte d'une? $"
)
_OTHERS = (
    "similaires",
    "r.2122-7",
    "r. 2122-7",
    "r2122-7",
    "techniques d'achat",
    "systemes d'acquisition",
    "infructueu",
    "infructuosite",
    "declare sans suite",
    "dans le cas ou",
    "references",
    "au lieu de",
)
_ARTICLE = (
    r"\b([lrd])\.? ?(\d{4}[-.]\d{1,3}(?:-\d{1,2})?)(?:(?: ?\d ?°)?,? (?:a|au) (?:[lrd]\.? ?(\d{4}[-.]\d{1,3})"
    r"|(\d{1,3}))(?![\d°]))?"
)
_SOME_LOTS = (
    r"^\W{0,4}(?:(?:seuls? )?(?:le|les) )?lots?(?: n ?°| numeros?)? ?\d[^.:\n]{0,60}\bprocedure"
    r"|\blots? passee?s? dans le cadre"
    r"|\bpetits? lots?\b"
)
"""A sentence whose subject is a lot, not the purchase."""
_BY_ARTICLE = (
    (r"[lr]2123-\d", "procedure_adaptee"),
    (r"r2161-[2-5]$", "appel_offres_ouvert"),
    (r"r2161-(?:[6-9]|1[01])$", "appel_offres_restreint"),
    (r"r2161-(?:1[2-9]|20)$", "procedure_avec_negociation"),
)

_PRESENT = r"\b(?:le|la) presente? [^.\n]{0,60} (?:est|sera) (?:soumise?|lancee?|passee?|organisee?)"
"""A procedure that a piece says is its own: "le présent appel d'offres ouvert est soumis…"."""


def find(reading: Reading) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``procedure.type``, ``procedure.fondement`` and ``procedure.publicite``."""
    yield Sought("procedure.type", tuple(kind.replace("_", " ") for kind, _ in _TYPES))
    text = text_of(reading)
    yield from _types(reading, text)
    yield from _in_boxes(reading, text)
    yield from _articles_alone(reading, text)
    yield from _publicity(reading, text)


def _types(reading: Reading, text: Text) -> Iterator[Candidate | NearMiss]:
    partnership = any(compiled(_PARTNERSHIP).search(text.folded[index]) for index in text.having("partenariat"))
    for index in text.having(*_LITERALS):
        folded = text.folded[index]
        for kind, pattern in _TYPES:
            match = compiled(pattern).search(folded)
            if match is None:
                continue
            span = sentence(folded, *match.span())
            passage = folded[span[0] : span[1]]
            reason = _not_of_the_purchase(folded, match, passage)
            if partnership and kind == "procedure_avec_negociation":
                reason = "déroulement du partenariat d'innovation"
            if reason:
                yield missed(reading, "procedure.type", text.blocks[index], span, reason)
                continue
            confidence = _confidence(text, index, folded, match)
            if partnership and kind == "partenariat_innovation":
                confidence = max(confidence, 0.85)
            yield said(reading, "procedure.type", kind, text.blocks[index], span, confidence)
            yield from _grounds(reading, text, index, confidence)


def _in_boxes(reading: Reading, text: Text) -> Iterator[Candidate]:
    """The form of a notice: "Type de procédure : Ouverte"."""
    for index, start, end in labelled(text, "procedure", r"(?:type|nature|forme) de (?:la )?procedure|procedure"):
        kind = _FORMAL.get(text.folded[index][start:end].strip(" .:☒☑"))
        if kind is not None:
            yield said(reading, "procedure.type", kind, text.blocks[index], (start, end), 0.88)


def _not_of_the_purchase(folded: str, match: re.Match[str], passage: str) -> str:
    """Say why the procedure that a sentence names is not that of the whole purchase, "" when it is."""
    if any(word in passage for word in _OTHERS) or _is_cited(folded, match):
        return "autre procédure évoquée, qui n'est pas celle de l'achat"
    if compiled(_SOME_LOTS).search(passage):
        return "procédure de certains lots seulement"
    return ""


def _is_cited(folded: str, match: re.Match[str]) -> bool:
    """ "l'acheteur peut conclure …", "en cas de procédure avec négociation": said of another purchase."""
    before = folded[max(0, match.start() - 50) : match.start()]
    return (
        compiled(
            r"\b(?:peut|pourra|pourront|en cas d|lorsqu|si l|autres? que|formulaire|pour les marches passes"
            r"|plusieurs|ou (?:la |le |par )?$)"
        ).search(before)
        is not None
    )


def _confidence(text: Text, index: int, folded: str, match: re.Match[str]) -> float:
    before = folded[max(0, match.start() - 160) : match.start()]
    heading = fold(text.blocks[index].heading) + "\n" + (text.folded[index - 1] if index else "")
    if compiled(_STATED).search(before) or compiled(_PRESENT).search(
        folded, max(0, match.start() - 14), match.end() + 20
    ):
        return 0.95
    if match.start() <= 40 and compiled(r"procedure|(?:mode|type|forme) de (?:passation|consultation)").search(heading):
        return 0.92
    if len(folded) <= 120 and (index < 30 or match.start() < 12):
        return 0.85
    return 0.65


def articles(folded: str) -> tuple[str, ...]:
    """Return the articles of the code cited in a folded text, ranges unfolded ("R.2161-2 à 5"): "R2161-2"…"""
    found: list[str] = []
    for match in compiled(_ARTICLE).finditer(folded):
        number, last = match[2].replace(".", "-"), (match[3] or match[4] or "").replace(".", "-")
        found.append(f"{match[1].upper()}{number}")
        found += _range(match[1].upper(), number, last)
    return tuple(dict.fromkeys(found))


def _range(letter: str, first: str, last: str) -> list[str]:
    if not last or first.count("-") != 1:
        return []
    section, _, start = first.partition("-")
    if "-" in last and not last.startswith(section):
        return []
    stop = int(last.rpartition("-")[2])
    return [f"{letter}{section}-{n}" for n in range(int(start) + 1, stop + 1)] if stop - int(start) <= 15 else []


def _grounds(reading: Reading, text: Text, index: int, confidence: float) -> Iterator[Candidate]:
    if confidence < 0.8:
        return
    for near in (index, *text.following(index, 1)):
        cited = articles(text.folded[near])
        if cited and (near == index or compiled(r"soumis|application|articles?").search(text.folded[near])):
            yield said(
                reading, "procedure.fondement", cited, text.blocks[near], (0, len(text.folded[near])), confidence - 0.05
            )
            return


def _articles_alone(reading: Reading, text: Text) -> Iterator[Candidate]:
    """The words outrank the articles, which are sometimes wrong: read alone they say little."""
    for index in text.having("2123-1", "2161-"):
        folded = text.folded[index]
        if not compiled(_STATED).search(folded) or any(word in folded for word in _OTHERS):
            continue
        kinds = {kind for a in articles(folded) for pattern, kind in _BY_ARTICLE if compiled(pattern).match(a.lower())}
        if len(kinds) == 1:
            yield said(reading, "procedure.type", kinds.pop(), text.blocks[index], (0, len(folded)), 0.62)


_SUPPORTS = (
    ("boamp_jal", r"\bboamp\b|bulletin officiel des annonces|journal d'annonces legales|\bjal\b"),
    ("joue", r"\bjoue\b|journal officiel de l'union"),
    ("profil_acheteur", r"profil d'? ?acheteur"),
)
_PUBLISHED = (
    r"(?:avis|annonce|consultation|marche|publicite)[^.\n]{0,100}(?:publi|envoy|transmi|paru|diffus"
    r"|mis en ligne)|(?:publi|envoye?)[^.\n]{0,40}\ba[ul]\b"
)


def _publicity(reading: Reading, text: Text) -> Iterator[Candidate]:
    for index in text.having(
        "boamp",
        "bulletin officiel des annonces",
        "annonces legales",
        "joue",
        "journal officiel de l'union",
        "profil d'acheteur",
    ):
        folded = text.folded[index]
        if not compiled(_PUBLISHED).search(folded) or compiled(r"en cas de|formulaire|resultat|attribution").search(
            folded
        ):
            continue
        supports = tuple(name for name, pattern in _SUPPORTS if compiled(pattern).search(folded))
        if supports == ("profil_acheteur",) and reading.role != "AAPC":
            continue
        yield said(reading, "procedure.publicite", supports, text.blocks[index], (0, len(folded)), 0.8)
