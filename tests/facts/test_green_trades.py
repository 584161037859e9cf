"""Environmental demands in the words of each trade: read, or left open, and never said to be missing."""

from __future__ import annotations

import pytest
from coherence_builders import WHOLE, dossier, verdict

CLAUSE, SPECIFICATION = "environnement.condition_execution", "environnement.specification"
BEFORE = "# 1 Description\nLes prestations sont décrites.\n# 2 Lieux\nLes lieux sont connus.\n# 4 Dispositions\n"
"""Lines before the passage: the first of a piece name what is bought."""
MEASURE, PROOF = "environnement.mesure", "environnement.preuves"
CONTROL, PENALTY, REUSE = "environnement.controle", "environnement.penalites", "environnement.reemploi"

READ = [
    ("Pas de calage en polystyrène dans les colis.", CLAUSE),
    ("Les vases sont récupérés le lendemain de la cérémonie et resservent.", CLAUSE),
    ("Les extincteurs de moins de dix ans sont remis en service par recharge plutôt que remplacés.", CLAUSE),
    ("Les cimaises en stock sont employées en priorité.", CLAUSE),
    ("Les chutes de bitume retournent chez le fabricant pour être refondues.", CLAUSE),
    ("Extinction des décors à 23 h.", CLAUSE),
    ("Le dragage s'arrête du 1er avril au 30 septembre pour laisser passer la migration des civelles.", CLAUSE),
    ("En présence d'un nid, l'élagueur suspend la coupe.", CLAUSE),
    ("La dose de sel n'excède pas 15 g/m².", CLAUSE),
    ("Un véhicule sur trois roule à l'électricité.", CLAUSE),
    ("Le piégeage est préféré aux appâts chimiques.", CLAUSE),
    ("Les fourgonnettes sont électriques.", SPECIFICATION),
    ("Lanternes LED de 120 lm/W au moins.", SPECIFICATION),
    ("Peintures en phase aqueuse.", SPECIFICATION),
    ("Les pneumatiques de l'essieu arrière sont rechapés.", SPECIFICATION),
    ("Gazole de type B10 au moins.", SPECIFICATION),
    ("Isolant en laine de bois.", SPECIFICATION),
    ("Les enrobés sont fabriqués à température abaissée.", SPECIFICATION),
    ("Les savons portent l'écolabel européen ou tout autre signe de qualité équivalent.", SPECIFICATION),
]
"""What a technical piece says, and the fact that is read in it."""


@pytest.mark.parametrize(("text", "name"), READ)
def test_a_demand_is_read_in_the_words_of_its_trade(text: str, name: str) -> None:
    """Forbidden, brought back, mended first, put out at night, kept for nesting: what is asked, and of what."""
    assert verdict(dossier(**{**WHOLE, "CCTP": BEFORE + text}), name) is True


OPEN = [
    "Les clôtures restent franchissables par la petite faune.",
    "Les doublures déchirées sont ressemelées ou recousues.",
    "Les boîtes isothermes vides sont remployées.",
    "Les vitres cassées ne sont jamais déposées au tout-venant.",
    "Pas de groupe au fioul sur la place.",
    "Une seule livraison par semaine pour tous les services.",
    "Les draps ne sont changés qu'à la demande.",
    "Les arbres creux et les souches restent en place.",
    "Les grilles déposées sont mises de côté.",
    "Deux réunions sur trois ont lieu à distance.",
]


@pytest.mark.parametrize("text", OPEN)
def test_a_word_of_the_subject_keeps_a_clause_from_being_absent(text: str) -> None:
    """Whatever its verb, what a contract says of the environment is to be read by a person."""
    assert verdict(dossier(**{**WHOLE, "CCTP": BEFORE + text}), CLAUSE) in (True, "unknown")


SILENT = [
    "Le titulaire remet les notices en langue française et les certificats de garantie.",
    "La chaufferie relève de la rubrique 2910 des installations classées pour la protection de l'environnement.",
    "La direction générale adjointe Environnement et développement durable suit le marché.",
    "Les consultations en droit de l'environnement portent sur les installations classées, l'eau et les déchets.",
    "Les questionnaires portent sur la mobilité, l'énergie, la propreté et l'écologie.",
    "Le prestataire rédige le rapport sur la situation en matière de développement durable.",
    "Le contrôleur entretient un climat de confiance.",
    "Les fichiers sont réutilisables par la ville.",
    "Protection des sols par bâches.",
    "Les frais de dépollution du sol après incendie sont garantis.",
    "L'agent suit le recyclage des formations de secouriste.",
    "Les pièces sont livrées en emballage carton portant la référence.",
    "École de la Forêt, école des Tilleuls, école du Ruisseau.",
    "Le niveau sonore maximal est de 102 dB(A), mesuré selon le texte sur les lieux de diffusion.",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_only_looks_green_leaves_an_absence_proven(text: str) -> None:
    """Names of offices and of schools, classes of premises, topics of a study, an insured risk, papers of guarantee."""
    facts = dossier(**{**WHOLE, "CCTP": BEFORE + text})
    assert [verdict(facts, name) for name in (CLAUSE, PROOF)] == ["absent", "absent"]


SALT = """# 6 Fondants
La dose de sel n'excède pas 15 g/m² et aucun produit chimique n'est employé près des captages.
Les quantités répandues sont notées sur la fiche de tournée."""
DEMOLITION = """# 8 Dépose sélective
Les tuiles désignées sont remises à la ressourcerie.
85 % en masse des matériaux sortis sont valorisés.
Chaque évacuation fait l'objet d'un bordereau ; le maître d'œuvre vérifie les bordereaux à chaque réunion."""
HEATING = """# 6 Performance énergétique
L'exploitant s'engage sur une baisse des consommations de 18 %.
Le technicien de la collectivité relève les compteurs chaque mois.
L'excédent de consommation est supporté par l'exploitant."""
SHARE = """# 6 Produits
Les détergents portent un écolabel.
La part de ces produits ne descend pas sous 80 % des volumes consommés.
Le représentant de la commune inspecte le local de stockage."""


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (SALT, MEASURE, {True}),
        (SALT, PROOF, {True, "unknown"}),
        (DEMOLITION, REUSE, {True}),
        (DEMOLITION, MEASURE, {True}),
        (DEMOLITION, PROOF, {True}),
        (DEMOLITION, CONTROL, {True}),
        (HEATING, CONTROL, {True}),
        (HEATING, PENALTY, {True, "unknown"}),
        (SHARE, MEASURE, {True}),
        (SHARE, CONTROL, {True}),
    ],
)
def test_an_organ_of_a_clause_is_never_said_to_be_missing(text: str, name: str, expected: set[object]) -> None:
    """A figure, a paper, a visit, a cost, in the article of the clause."""
    assert verdict(dossier(**{**WHOLE, "CCTP": text}), name) in expected


def test_a_figure_far_from_a_clause_measures_nothing() -> None:
    """A thickness in another article, a penalty and a price in the same one."""
    other = "# 4 Dispositions\nLes emballages sont repris.\nUn prix de 12 € est dû.\n# 5 Murs\nUn enduit de 25 kg."
    assert verdict(dossier(**{**WHOLE, "CCTP": other}), MEASURE) == "absent"


def test_a_demand_on_products_and_one_on_performance_leave_each_other_open() -> None:
    """Which of both "tri en cinq flux" is, and what a criterion or a CCAP says, are told apart by a person."""
    facts = dossier(**{**WHOLE, "CCTP": "# 4 Dispositions\nLes déchets du titulaire sont triés en cinq flux."})
    assert (verdict(facts, CLAUSE), verdict(facts, SPECIFICATION)) == (True, "unknown")
    facts = dossier(**{**WHOLE, "CCAP": "# 4 Dispositions\nLe titulaire coupe le moteur à l'arrêt."})
    assert (verdict(facts, CLAUSE), verdict(facts, SPECIFICATION)) == (True, "absent")
