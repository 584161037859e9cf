"""Green demands in fragments, rows and technical words: read, or at least never called absent."""

from __future__ import annotations

import re

import pytest
from facts_builders import lexicon, naming, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.facts.lexicon_records import FORM
from achats_check.facts.text import fold
from achats_check.model.fact import ABSENT, KNOWN
from precision.wordings import document

SILENT = "Le titulaire exécute les prestations dans les règles de l'art."
RC = "# 6 Jugement des offres\nPrix : 60 %\nValeur technique : 40 %"
CLAUSE, SPECIFICATION = "environnement.condition_execution", "environnement.specification"
REUSE, CRITERION = "environnement.reemploi", "environnement.critere"
PENALTY, CONTROL = "environnement.penalites", "environnement.controle"
LIFE_COST, VARIANTS = "environnement.cout_cycle_vie", "variantes_exigences_minimales"


def status(role: str, text: str, name: str) -> str:
    """Status of a fact in a dossier of four pieces, three of which say nothing of it."""
    pieces = {"RC": RC, "CCAP": SILENT, "CCTP": SILENT, "AE": "Signature"} | {role: text}
    facts = extract(
        tuple(document(body, piece) for piece, body in pieces.items()), vocabulary(), naming(), terms(), lexicon()
    )[1]
    fact = facts.get(name)
    return "" if fact is None else "faux" if fact.status == KNOWN and fact.value is False else fact.status


READ = [
    ("CCAP", "Vignette Crit'Air 1 pour les utilitaires.", CLAUSE),
    ("CCAP", "Livraison du courrier à vélo en hypercentre.", CLAUSE),
    ("CCAP", "Par péniche pour 60 % des tonnages.", CLAUSE),
    ("CCTP", "Trois bennes fermées : bois, métaux, plâtre.", CLAUSE),
    ("CCTP", "Groupe électrogène thermique proscrit sur la plage.", CLAUSE),
    ("CCTP", "Les chutes sont réparties par un tri en six flux.", CLAUSE),
    ("CCTP", "Branchages broyés au pied des talus.", CLAUSE),
    ("CCTP", "Nappes GOTS ou équivalent.", SPECIFICATION),
    ("CCTP", "Terreau sans tourbe.", SPECIFICATION),
    ("CCTP", "Vernis : COV inférieurs à 2 g/l.", SPECIFICATION),
    ("CCTP", "Chêne de forêts françaises gérées durablement.", SPECIFICATION),
    ("CCTP", "Chariots en 40 % de plastiques recyclés.", SPECIFICATION),
    ("CCTP", "Moteurs garantis, pièces disponibles huit ans.", SPECIFICATION),
    ("CCTP", "Béton bas-carbone pour les massifs.", SPECIFICATION),
    ("CCTP", "FDES individuelle du doublage.", SPECIFICATION),
    ("CCTP", "Les vélos hors d'usage sont remis à la recyclerie du canton.", REUSE),
    ("CCTP", "La moitié des bureaux reconditionnés.", REUSE),
    ("CCTP", "Fûts de produit consignés.", REUSE),
    ("CCAP", "Benne mélangée : 120 €.", PENALTY),
    ("CCAP", "Souffleur thermique : 90 € par constat.", PENALTY),
    ("RC", "# 6 Notation\nTarif 50 ; délais 30 ; réparabilité des appareils 20.", CRITERION),
    ("RC", "# 6 Choix de l'offre\n1. Tarif (60)\n2. Technique (25)\n3. Empreinte carbone des trajets (15)", CRITERION),
    ("RC", "# 6 Critères\nPrix : 55 %\nTechnique : 30 %\nCircularité du stand : 15 %", CRITERION),
    ("RC", "# 6 Critères\nTechnique 45 %, prix 40 %, 15 % pour la baisse des émissions du chantier.", CRITERION),
]


@pytest.mark.parametrize(("role", "text", "name"), READ)
def test_a_demand_without_verb_is_read(role: str, text: str, name: str) -> None:
    """Buyers write lists: a noun, a technical word, a figure."""
    assert status(role, text, name) == KNOWN


OPEN = [
    ("CCTP", "Vieux sièges : filière textile, déclaration Ecomaison jointe.", REUSE),
    ("CCTP", "# 3 Caisses\nRendues à la tournée suivante.", REUSE),
    ("CCTP", "Mélèze régénéré, pièces de saison.", SPECIFICATION),
    ("CCAP", "Autoconsommation du surplus en journée.", CLAUSE),
    ("CCAP", "Arrosage au goutte-à-goutte, eau brute.", CLAUSE),
    ("CCAP", "Minibus hybrides pour la moitié du parc.", CLAUSE),
    ("CCAP", "Surconsommation : 2 € par litre.", PENALTY),
    ("CCTP", "Rémanents laissés aux insectes.", CLAUSE),
    ("CCTP", "Onduleurs déposés : DEEE.", REUSE),
    ("CCTP", "Compost maison des épluchures, bac fourni.", REUSE),
    ("CCTP", "Bordures granit déposées, nettoyées, palettisées.", REUSE),
    ("CCTP", "Nichoirs posés avant la toiture.", CLAUSE),
    ("CCTP", "Fluide R744, veille nocturne programmable.", SPECIFICATION),
    ("CCAP", "Covoiturage obligé vers le site.", CLAUSE),
    ("CCAP", "Bidon de phyto trouvé au dépôt : 120 €.", PENALTY),
    ("CCAP", "Le service vérifie les engins au dépôt, sans prévenir.", CONTROL),
    ("RC", RC + "\n# 7 Calcul du coût complet\nAchat, consommation, entretien, revente.", LIFE_COST),
    ("RC", RC + "\n# 4 Variantes\nAcceptées sous réserve d'un matériau de réemploi.", VARIANTS),
]


@pytest.mark.parametrize(("role", "text", "name"), OPEN)
def test_a_technical_word_forbids_to_say_absent(role: str, text: str, name: str) -> None:
    """What no form reads is left to a person."""
    assert status(role, text, name) not in (ABSENT, "faux", KNOWN)


def test_a_share_in_a_short_line_is_a_clause_and_no_box() -> None:
    """A box says that there is a clause; "par péniche pour 60 %" says what it asks."""
    text = "Par péniche pour 60 % des tonnages ; le reste par camion."
    assert status("CCAP", text, CLAUSE) == KNOWN
    assert status("CCAP", text, "environnement.mesure") not in (ABSENT, "faux")


CLOSED = [
    ("CCTP", "Le recyclage des secouristes a lieu tous les deux ans.", (CLAUSE, SPECIFICATION, REUSE)),
    ("CCTP", "La formation initiale est suivie d'un recyclage.", (CLAUSE, REUSE)),
    ("CCTP", "Consommation relevée en 2023 : 640 MWh.", (CLAUSE,)),
    ("CCTP", "La campagne de communication porte sur le climat et le tri.", (CLAUSE,)),
    ("CCTP", "Le bureau d'études recense la faune et les habitats.", (CLAUSE,)),
    ("CCAP", "La garantie couvre la pollution accidentelle.", (CLAUSE,)),
    ("CCTP", "Porte pleine, affaiblissement de 40 dB, coupe-feu une heure.", (CLAUSE, SPECIFICATION)),
    ("CCTP", "Les anciennes fenêtres sont évacuées par l'entreprise.", (REUSE,)),
    ("CCTP", "Compteurs d'eau DN 20, température de l'eau de 5 à 30 °C.", (CLAUSE, CONTROL)),
    ("CCTP", "Rendu dans les dix jours ouvrables.", (SPECIFICATION,)),
    ("CCTP", "Logiciel de suivi des déchèteries.", (CLAUSE,)),
    ("CCTP", "Environnement de recette, deux baies.", (CLAUSE, SPECIFICATION)),
    ("CCAP", "Absence à une réunion : 150 €.", (PENALTY,)),
    ("CCAP", "Les remarques sont consignées au registre.", (REUSE,)),
    ("CCTP", "Les travaux sont exécutés hors période de préparation.", (CLAUSE,)),
    ("CCTP", "Granulats livrés en vrac, sel de déneigement en sacs.", (CLAUSE, SPECIFICATION)),
    ("RC", "# 6 Critères\nPrix : 60 %\nQualité de l'environnement de test : 40 %", (CRITERION,)),
    ("RC", RC + "\n# 4 Variantes\nLes variantes sont interdites.", (VARIANTS,)),
]


@pytest.mark.parametrize(("role", "text", "names"), CLOSED)
def test_look_alikes_leave_the_absence_proven(role: str, text: str, names: tuple[str, ...]) -> None:
    """A checker that never says "absent" says nothing."""
    assert {name: status(role, text, name) for name in names} == dict.fromkeys(names, ABSENT)


def test_the_number_of_an_article_is_no_weight() -> None:
    """Demands sent to an article of another piece are no criterion, even in reach of a clause or of a title."""
    sent = fold("Les lots 2 et 4 suivent des règles d'ordre environnemental écrites à l'article 12.3 du cahier.")
    forms = [form for form in lexicon().forms if form.fact == CRITERION and form.kind == FORM]
    assert [form.pattern for form in forms if re.search(form.pattern, sent)] == []
