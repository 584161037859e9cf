"""Whole pieces, as buyers lay them out: what must be read in each, all at once."""

from __future__ import annotations

from datetime import date
from time import thread_time

import pytest
from facts_builders import piece, read, terms

from achats_check.facts.structure import read_structure
from achats_check.facts.text import Reading
from achats_check.model.document import Block, Document
from achats_check.model.fact import ACHETEUR, MARCHE, FactSet, Scope

_NOTICE = """
Nom et adresse officiels de l'organisme acheteur : Ville de Sainte-Exemple
Objet du marché : Entretien des espaces verts communaux
Type de procédure : Procédure adaptée
Type de marché : Services
Code CPV principal : 77310000
Offre économiquement la plus avantageuse appréciée selon les critères énoncés ci-dessous avec leur pondération : \
prix (60 %) - valeur technique (30 %) - performances environnementales (10 %)
Durée du marché ou délai d'exécution : 48 mois à compter de la notification du marché
Division en lots : oui
Lot(s) 1 - Tonte
Lot(s) 2 - Taille
Estimation de la valeur (H.T.) : 320 000 euros
Date limite de réception des offres : 24 novembre 2026 à 12 h 00
Des variantes seront prises en considération : non
Date d'envoi du présent avis à la publication : 3 octobre 2026
"""

_RULES = """
# 2.1 Procédure
Appel d'offres ouvert européen, en application des articles L2124-2, R2124-2 et R2161-2 à R2161-5 du code.
# 2.4 Durée
Le présent accord-cadre est conclu pour une durée de un (1) an à compter de la notification. Il pourra être \
reconduit tacitement trois (3) fois par période de un (1) an, sans que la durée totale puisse excéder quatre (4) ans.
# 2.5 Allotissement
Les prestations ne sont pas alloties, l'allotissement étant de nature à restreindre la concurrence.
La valeur estimée de l'accord-cadre est de 800 000 € HT sur 4 ans. Le montant maximum est de 1 000 000 € HT.
# 5 Critères
Critères de jugement des offres
N°\tCritères\tPondération
1\tPrix\t40 %
2\tValeur technique\t30 %
\tSous-critère 2.1 : moyens humains\t20 %
\tSous-critère 2.2 : organisation\t10 %
3\tPerformance sociale et insertion\t15 %
4\tPerformance environnementale\t15 %
TOTAL\t\t100 %
Les candidats ne peuvent pas proposer de variantes.
"""


def _values(facts: FactSet, scope: Scope = MARCHE) -> dict[str, object]:
    return {f.name: f.value for f in facts if f.scope == scope and f.status == "known"}


def test_a_national_notice() -> None:
    """Form labels followed by their value."""
    facts = read(piece(_NOTICE, "AAPC"))
    found = _values(facts)
    assert found["objet"] == "Entretien des espaces verts communaux"
    assert (found["type"], found["cpv"], found["procedure.type"]) == ("services", ("77310000",), "procedure_adaptee")
    assert (found["duree_mois"], found["valeur_estimee_ht"]) == (48, 320000)
    assert (found["date_limite_offres"], found["date_lancement"]) == (date(2026, 11, 24), date(2026, 10, 3))
    assert (found["alloti"], found["nombre_lots"], facts.lots) == (True, 2, ("1", "2"))
    assert (found["variantes"], found["environnement.critere_poids"]) == ("interdites", 10)
    assert "delai_execution_mois" not in found
    assert _values(facts, ACHETEUR)["acheteur.categorie"] == "commune"


def test_the_rules_of_a_consultation() -> None:
    """Articles in prose and a table of criteria with sub-criteria and a total."""
    found = _values(read(piece(_RULES, "RC")))
    assert found["procedure.type"] == "appel_offres_ouvert"
    assert found["procedure.fondement"] == ("L2124-2", "R2124-2", "R2161-2", "R2161-3", "R2161-4", "R2161-5")
    assert (found["forme"], found["duree_mois"], found["alloti"]) == ("accord_cadre", 48, False)
    assert "restreindre la concurrence" in str(found["non_allotissement.motif"])
    assert (found["valeur_estimee_ht"], found["valeur_maximale_ht"]) == (800000, 1000000)
    criteria = found["criteres"]
    assert isinstance(criteria, tuple)
    assert [int(item["poids"]) for item in criteria] == [40, 30, 15, 15]
    assert (found["social.critere_poids"], found["environnement.critere_poids"]) == (15, 15)
    assert found["variantes"] == "interdites"


@pytest.mark.parametrize(
    "unit",
    [
        "critères prix 20 % ",
        "durée du marché est conclu pour une durée de ",
        "10 000 € HT maximum ",
        "lot lots ",
        "1 000 ",
        " ",
    ],
)
def test_one_enormous_block_does_not_hang(unit: str) -> None:
    """Sixty thousand characters of one word: bounded gaps keep the time bounded (a second is a very wide limit)."""
    block = Block(0, "paragraph", unit * (60_000 // len(unit)), 1)
    reading = Reading(Document("x.pdf", "pdf", (block,), role="RC"))
    loaded = terms()
    started = thread_time()
    list(read_structure(reading, loaded))
    assert thread_time() - started < 5
