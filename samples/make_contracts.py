"""Write the sample of award data: two invented buyers, three years, with the dirt that published data have.

python samples/make_contracts.py [FILE]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
TARGET = HERE / "donnees-essentielles" / "contrats.json"

METROPOLIS, TOWN = "200000008", "210000012"
SECTORS = {
    "77310000": "Entretien des espaces verts",
    "90911200": "Nettoyage des bâtiments",
    "45233140": "Travaux de voirie",
    "45214200": "Rénovation d'une école",
    "79952000": "Organisation d'un événement",
    "30192000": "Fournitures de bureau",
    "15800000": "Denrées pour la restauration scolaire",
    "72500000": "Maintenance informatique",
}
LABOUR = ("77310000", "90911200", "45233140", "45214200")
"""Sectors in which social clauses are usual."""
GROWTH = {2023: 0.34, 2024: 0.5, 2025: 0.68}
"""Share of social clauses in those sectors, by year."""
NO_SOCIAL, NO_GREEN = "Pas de considération sociale", "Pas de considération environnementale"


def luhn_completed(digits: str) -> str:
    """Return digits followed by the one that makes their Luhn sum a multiple of ten."""
    doubled = [int(d) * (2 if rank % 2 == 0 else 1) for rank, d in enumerate(reversed(digits))]
    return digits + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def siret(siren: str, office: int) -> str:
    """Return a SIRET of a SIREN."""
    return luhn_completed(f"{siren}{office:04}")


def holder(number: int) -> str:
    """Return the SIRET of an invented company."""
    return siret(luhn_completed(f"{90000000 + number * 137}"), 1)


def contracts() -> Iterator[dict[str, Any]]:
    """Yield the contracts, clean and dirty."""
    random = Random(2026)
    for buyer, number in ((METROPOLIS, 44), (TOWN, 16)):
        for year in GROWTH:
            for rank in range(number):
                yield contract(random, buyer, year, rank)
    yield from small_purchases()
    yield from dirty(random)


def contract(random: Random, buyer: str, year: int, rank: int) -> dict[str, Any]:
    """Return one contract as a profile of buyer publishes it."""
    code = random.choice(list(SECTORS))
    social = social_considerations(random, code, year)
    green = ["Clause environnementale"] if random.random() < 0.2 + 0.2 * (year - 2023) else [NO_GREEN]
    day = date(year, 1, 8) + timedelta(days=random.randrange(340))
    months = random.choice((12, 24, 36, 48))
    amount = round(random.lognormvariate(12.2, 1.1), -2)
    record: dict[str, Any] = {
        "id": f"{year}{rank:03}",
        "acheteur": {"id": siret(buyer, 1)},
        "nature": "Marché",
        "objet": SECTORS[code],
        "codeCPV": code,
        "procedure": "Appel d'offres ouvert" if amount > 220_000 else "Procédure adaptée",
        "dureeMois": months,
        "dateNotification": day.isoformat(),
        "datePublicationDonnees": (day + timedelta(days=20)).isoformat(),
        "montant": amount,
        "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": holder(random.randrange(60))}}],
    }
    if random.random() < 0.85:  # else the fields are left empty, as they often are
        record["considerationsSociales"] = {"considerationSociale": social}
        record["considerationsEnvironnementales"] = {"considerationEnvironnementale": green}
    return record


def social_considerations(random: Random, code: str, year: int) -> list[str]:
    """Return the social considerations of a contract."""
    if code == "77310000" and random.random() < 0.2:
        return ["Marché réservé"]
    if code in LABOUR and random.random() < GROWTH[year]:
        return ["Clause sociale", "Critère social"] if random.random() < 0.3 else ["Clause sociale"]
    return [NO_SOCIAL]


def small_purchases() -> Iterator[dict[str, Any]]:
    """Yield purchases without publicity of one family, all of the same supplier, whose sum passes the threshold."""
    for rank, (month, amount) in enumerate(((2, 14_800), (5, 15_200), (9, 13_900), (11, 14_500))):
        yield {
            "id": f"2024P{rank}",
            "acheteur": {"id": siret(TOWN, 1)},
            "nature": "Marché",
            "objet": "Mobilier des écoles",
            "codeCPV": "39160000",
            "procedure": "Marché passé sans publicité ni mise en concurrence préalable",
            "dureeMois": 2,
            "dateNotification": f"2024-{month:02}-12",
            "datePublicationDonnees": f"2024-{month:02}-28",
            "montant": amount,
            "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": holder(70)}}],
            "considerationsSociales": {"considerationSociale": [NO_SOCIAL]},
        }


def dirty(random: Random) -> Iterator[dict[str, Any]]:
    """Yield what real files hold too: placeholders, odd codes, a record published twice, an amended contract."""
    odd = [contract(random, METROPOLIS, 2025, 900 + rank) for rank in range(6)]
    odd[0]["montant"] = 999_999_999
    odd[1]["codeCPV"] = "9091120"
    odd[2]["codeCPV"] = "77310000-6"
    odd[3]["dateNotification"] = "2025-06-31"
    odd[4]["considerationsSociales"] = {"considerationSociale": ["Clause sociale", NO_SOCIAL]}
    odd[5]["modifications"] = [
        {"modification": {"id": 1, "dateNotificationModification": "2025-11-03", "montant": 412_000, "dureeMois": 60}}
    ]
    yield from odd
    yield odd[2] | {"datePublicationDonnees": "2026-01-15"}


def main(target: Path = TARGET) -> None:
    """Write the file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    data = {"marches": {"marche": list(contracts())}}
    target.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
