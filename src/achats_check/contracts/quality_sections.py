"""The quality of what was read, as sections of the synthesis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from achats_check.contracts.formats import FORMATS
from achats_check.contracts.notes import FLAGGED, REFUSED, REPAIRED
from achats_check.contracts.quality import Quality
from achats_check.model import synthesis as s
from achats_check.vocabulary import Vocabulary

_CHARTED = (
    "objet",
    "cpv",
    "procedure.type",
    "execution.date_notification",
    "execution.montant_ht",
    "duree_mois",
    "acheteur.siret",
    "acheteur.categorie",
    "titulaires",
    "considerations_sociales",
    "considerations_environnementales",
)
_LABELS = {
    "titulaires": "titulaires identifiés",
    "considerations_sociales": "considérations sociales",
    "considerations_environnementales": "considérations environnementales",
}
_KINDS = {REPAIRED: "réparé", REFUSED: "refusé, donc inconnu", FLAGGED: "gardé et signalé"}
_SHOWN = 60


def quality_sections(quality: Quality, vocabulary: Vocabulary) -> tuple[s.Section, ...]:
    """Return the section on the quality of the files of contracts; () when there is none."""
    if not quality.sources:
        return ()
    blocks = (
        *_figures(quality),
        *_cuts(quality),
        _chart(quality, vocabulary),
        _sources(quality),
        _defects(quality),
        *_merge(quality),
    )
    return (s.Section("qualite", "Qualité des données de contrats", blocks),)


def _figures(quality: Quality) -> tuple[s.Block, ...]:
    unread = sum(source.refused for source in quality.sources)
    return (
        s.Figure(
            "Contrats",
            quality.merge.contracts,
            s.COUNT,
            f"{quality.merge.rows} lignes lues, doublons et versions réunis",
        ),
        s.Figure("Enregistrements illisibles", unread, s.COUNT, "écartés, nommés dans qualite.json"),
    )


def _cuts(quality: Quality) -> tuple[s.Block, ...]:
    return tuple(
        s.Note(f"{source.source} n'a pas été lu jusqu'au bout : {source.cut}.")
        for source in quality.sources
        if source.cut
    )


def _chart(quality: Quality, vocabulary: Vocabulary) -> s.Chart:
    totals: Counter[str] = Counter()
    for columns in quality.known.values():
        totals.update(columns)
    shown = [name for name in _CHARTED if name in totals]
    return s.Chart(
        "Ce que les contrats disent, champ par champ",
        s.BARS,
        s.COUNT,
        tuple(_LABELS.get(name) or vocabulary[name].label for name in shown),
        (
            s.Series("connu", tuple(float(totals[name]) for name in shown)),
            s.Series("inconnu", tuple(float(totals[""] - totals[name]) for name in shown)),
        ),
        note="Inconnu : absent du fichier, refusé, ou contredit. Un champ inconnu n'accuse personne.",
    )


def _sources(quality: Quality) -> s.Table:
    columns = ("Source", "Format", "Enregistrements", "Illisibles", "Contrats gardés")
    kinds = (s.TEXT, s.TEXT, s.COUNT, s.COUNT, s.COUNT)
    rows = tuple(
        (
            source.source,
            FORMATS.get(source.format, source.format),
            source.records,
            source.refused,
            _kept(quality.known, source.source),
        )
        for source in quality.sources
    )
    return s.Table(
        "qualite-sources", "Fichiers lus", tuple(map(s.Column, columns, kinds)), rows,
        "Un contrat donné par plusieurs fichiers est gardé une fois, dans sa publication la plus récente.",
    )  # fmt: skip


def _kept(known: Mapping[str, Mapping[str, int]], source: str) -> int:
    return known.get(source, {}).get("", 0)


def _defects(quality: Quality) -> s.Table:
    columns = ("Source", "Champ", "Traitement", "Raison", "Contrats", "Exemple", "Écrit")
    kinds = (s.TEXT, s.TEXT, s.TEXT, s.TEXT, s.COUNT, s.TEXT, s.TEXT)
    found = [defect for source in quality.sources for defect in source.defects]
    found.sort(key=lambda defect: (-defect.contracts, defect[:4]))
    rows = tuple(
        (
            d.source,
            d.field or "enregistrement",
            _KINDS[d.kind],
            d.reason,
            d.contracts,
            d.examples[0][0],
            d.examples[0][2],
        )
        for d in found[:_SHOWN]
    )
    note = "Chaque défaut avec un exemple ; qualite.json en donne trois."
    return s.Table(
        "qualite-defauts",
        "Réparé, refusé, signalé",
        tuple(map(s.Column, columns, kinds)),
        rows,
        note,
        max(0, len(found) - _SHOWN),
    )


def _merge(quality: Quality) -> tuple[s.Block, ...]:
    merge = quality.merge
    told = (
        ("Lignes en double, identiques", merge.identical),
        ("Lignes remplacées par une publication plus récente", merge.superseded),
        ("Lignes d'un même contrat réunies (versions, titulaires)", merge.versions),
        ("Contrats différents sous un même identifiant, gardés à part", merge.shared_names),
        ("Contrats dont seule une version modifiée est donnée : date de notification inconnue", merge.undated),
        (
            "Contrats dont montant et date changent, sans que ce soit sûrement un avenant : dernier publié",
            merge.revalued,
        ),
        ("Contrats gardés à part, peut-être versions d'un autre (même objet, numéro de modification)", merge.doubtful),
        *((f"Contrats dont les lignes du même jour se contredisent : {name}", n) for name, n in merge.disputed.items()),
    )
    rows = tuple((label, count) for label, count in told if count)
    columns = (s.Column("Ce qui a été réuni"), s.Column("Nombre", s.COUNT))
    return (s.Table("qualite-doublons", "Doublons et versions", columns, rows),) if rows else ()
