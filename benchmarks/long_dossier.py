"""The rule book of ``dossier`` followed by technical annexes: 193 pages as a PDF, a table every other annex."""

from __future__ import annotations

from collections.abc import Iterator

from dossier import Piece, pieces

ANNEXES = 161
"""Annexes of a page and a quarter, after the nine pages of the rule book."""
PLACES = ("parc", "lycée", "square", "gymnase", "cimetière", "quai", "jardin", "stade", "mail", "verger")
WORKS = (
    ("Tonte avec ramassage", "m²"),
    ("Tonte sans ramassage", "m²"),
    ("Taille de haie sur trois faces", "ml"),
    ("Désherbage manuel des massifs", "m²"),
    ("Arrosage des plantations de l'année", "passage"),
    ("Ramassage des feuilles", "m²"),
    ("Vidage des corbeilles", "unité"),
)
PARAGRAPHS = (
    "Le site {rank}, dit du {place}, couvre {surface} mètres carrés répartis en {parts} secteurs. Les plans remis au "
    "titulaire indiquent les limites de chacun, les réseaux enterrés, les arbres conservés et les accès réservés aux "
    "engins. Le titulaire signale sans délai toute différence entre les plans et les lieux.",
    "Avant chaque passage, les zones de travail sont délimitées par des barrières ou un ruban et une signalisation "
    "visible des deux côtés. La circulation des piétons est maintenue sur une largeur d'un mètre quarante au moins ; "
    "à défaut, un cheminement de remplacement est aménagé et entretenu pendant la durée de l'intervention.",
    "La hauteur de coupe est réglée entre six et huit centimètres d'avril à octobre. Les bordures, les pieds d'arbre "
    "et les abords du mobilier sont finis à la débroussailleuse, sans blesser les écorces. Les déchets présents sur le "
    "gazon sont ramassés avant la tonte et triés.",
    "Les haies sont taillées au cordeau, en dehors de la période de nidification. Les rémanents sont broyés sur place "
    "quand le secteur s'y prête, et le broyat est étendu au pied des plantations sur huit centimètres d'épaisseur.",
    "Les plantations de l'année reçoivent {parts} arrosages au moins, à l'eau de récupération lorsqu'une citerne est "
    "disponible. Les plants morts sont remplacés à l'automne qui suit, à l'identique, et font l'objet d'un relevé.",
    "Le titulaire tient à jour la fiche du site {rank} : dates et durées des passages, agents présents, quantités de "
    "carburant et d'eau, volume des déchets évacués, observations. Elle est remise avec le bilan de chaque trimestre.",
)


def long_pieces() -> Iterator[Piece]:
    """Yield the rule book, then the annexes."""
    yield from pieces()
    for rank in range(1, ANNEXES + 1):
        place, surface, parts = PLACES[rank % len(PLACES)], 700 + 37 * rank, 2 + rank % 7
        yield Piece("subtitle", f"Annexe technique {rank} - Site du {place} n° {rank}")
        filled = [text.format(rank=rank, place=place, surface=surface, parts=parts) for text in PARAGRAPHS]
        yield from (Piece("paragraph", text) for text in filled)
        if rank % 2:
            yield Piece("table", rows=_schedule(rank))
        yield from (Piece("paragraph", text) for text in filled[1:5])


def _schedule(rank: int) -> tuple[tuple[str, ...], ...]:
    head = ("N°", "Prestation", "Unité", "Quantité", "Passages", "Observations")
    rows = (
        (f"{rank}.{number}", work, unit, str(rank * 40 + number), str(number + 3), "voir plan" if number % 2 else "")
        for number, (work, unit) in enumerate(WORKS, 1)
    )
    return (head, *rows)
