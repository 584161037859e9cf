"""The divisions of the CPV in French, and the categories of buyers in the order people expect them.

Source:
    Regulation (EC) No 213/2008, annex I: the 45 divisions of the common procurement vocabulary. Titles are
    shortened where the full one does not fit beside a bar.
"""

from __future__ import annotations

DIVISIONS = {
    "03": "Produits agricoles, de pêche et sylvicoles",
    "09": "Produits pétroliers, combustibles, électricité",
    "14": "Produits miniers et métaux de base",
    "15": "Alimentation, boissons et tabac",
    "16": "Machines agricoles",
    "18": "Vêtements, chaussures et accessoires",
    "19": "Cuir, textiles, plastique et caoutchouc",
    "22": "Imprimés et produits connexes",
    "24": "Produits chimiques",
    "30": "Matériel informatique et de bureau",
    "31": "Matériel électrique et éclairage",
    "32": "Radio, télévision et télécommunications",
    "33": "Matériel médical, pharmacie et soins",
    "34": "Véhicules et produits pour le transport",
    "35": "Sécurité, incendie, police et défense",
    "37": "Musique, sport, jeux et artisanat",
    "38": "Laboratoire, optique et précision",
    "39": "Mobilier, équipement et produits d'entretien",
    "41": "Eau captée et épurée",
    "42": "Machines industrielles",
    "43": "Machines pour les mines et la construction",
    "44": "Matériaux et structures de construction",
    "45": "Travaux de construction",
    "48": "Logiciels et systèmes d'information",
    "50": "Réparation et entretien",
    "51": "Installation (hors logiciels)",
    "55": "Hôtellerie, restauration et commerce",
    "60": "Transport (hors déchets)",
    "63": "Services annexes du transport, voyages",
    "64": "Postes et télécommunications",
    "65": "Services publics d'eau et d'énergie",
    "66": "Finance et assurance",
    "70": "Services immobiliers",
    "71": "Architecture, ingénierie et inspection",
    "72": "Services informatiques",
    "73": "Recherche et développement",
    "75": "Administration publique et sécurité sociale",
    "76": "Services liés au pétrole et au gaz",
    "77": "Agriculture, forêt et espaces verts",
    "79": "Services aux entreprises, droit, sécurité",
    "80": "Enseignement et formation",
    "85": "Santé et action sociale",
    "90": "Déchets, eaux usées, nettoyage, environnement",
    "92": "Loisirs, culture et sport",
    "98": "Autres services collectifs et personnels",
}
UNKNOWN = "non connu"


def sector_label(division: str) -> str:
    """Return the French of a CPV division, with its number; what is no division says so."""
    if not division:
        return f"Code CPV {UNKNOWN}"
    return f"{division} {DIVISIONS.get(division, 'division CPV inconnue')}"
