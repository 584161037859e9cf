"""Criteria told with a referral, in tenths, or for a purpose, and lists that were not read whole."""

from __future__ import annotations

import pytest
from facts_builders import fact, value
from template_builders import known, read_whole

_HEAD = "# 5 Jugement\nLes offres sont jugées selon les critères suivants :\n"


def _criteria(text: str) -> list[tuple[object, float, object]]:
    read = value(_HEAD + text, "criteres")
    assert isinstance(read, tuple), read
    return [(c["nom"], float(c["poids"]), c["nature"]) for c in read]


def test_a_criterion_that_refers_to_an_article() -> None:
    """A line that says it is a criterion is one, whatever it refers to."""
    read = _criteria(
        "Critère n° 1 : prix – 45 points\nCritère n° 2 : valeur technique – 40 points\n"
        "Critère n° 3 : suivi des personnes visées à l'article 9.1 du CCAP – 15 points\n"
    )
    assert [(weight, nature) for _, weight, nature in read] == [(45, "prix"), (40, "technique"), (15, "social")]


def test_a_sentence_about_an_article_is_no_criterion() -> None:
    """A share told beside a list, that an article fixes, weighs nothing."""
    read = _criteria("Prix : 60 %\nQualité technique : 40 %\nMajoration de l'article 12 du cahier : 30 %\n")
    assert [weight for _, weight, _ in read] == [60, 40]


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ("Critère n° 3 : formule du chapitre 2, note de l'annexe – 10 points", False),
        ("Total : 90 points sur 100", True),
    ],
)
def test_a_list_not_read_whole_accuses_nobody(line: str, sure: bool) -> None:
    """A line that weighs something and was not read leaves the sum in doubt; a total that is written does not."""
    found = fact(_HEAD + f"Critère n° 1 : prix – 40 points\nCritère n° 2 : technique – 50 points\n{line}\n", "criteres")
    assert (found.confidence >= 0.6) is sure


def test_tenths_of_the_mark() -> None:
    """Tenths are weights; a mark out of ten below which an offer is set aside is none."""
    read = _criteria(
        "le coût des réparations, comptant pour 6/10e de la note ;\n"
        "le délai d'intervention, comptant pour 4/10e de la note.\n"
        "Une offre qui obtient moins de 3/10 à un critère est écartée.\n"
    )
    assert read == [("le coût des réparations", 60, "prix"), ("le délai d'intervention", 40, "delai")]


@pytest.mark.parametrize(
    ("name", "nature"),
    [
        ("Part confiée à des entreprises adaptées pour le recyclage", "social"),
        ("Réemploi des caisses pour l'insertion des salariés", "environnemental"),
        ("Moyens déployés pour l'insertion", "social"),
        ("Formation, recyclage et qualité de l'encadrement", "technique"),
        ("Recyclage des gravats", "environnemental"),
    ],
)
def test_what_a_criterion_judges(name: str, nature: str) -> None:
    """What stands before « pour » is judged, when it tells a concern by itself."""
    read = _criteria(f"Prix : 50 %\nValeur technique : 40 %\n{name} : 10 %\n")
    assert read[-1][2] == nature


def test_recycling_of_a_diploma_is_no_green_criterion() -> None:
    """Guards go on courses again to keep their diploma."""
    text = "# 4 Critères\nPrix : 60 %\nValeur technique : 40 % dont\n• recyclage des agents : 20\n• relève : 20\n"
    assert known(read_whole(("RC", text))).get("environnement.critere") is not True


def test_how_a_criterion_is_marked_is_no_part_of_its_name() -> None:
    """A formula after the weight leaves the criterion as it is."""
    read = _criteria(
        "- Prix : 55 points, note = 55 x (moins-disant / offre)\n- Qualité : 35 points\n- Délai : 10 points\n"
    )
    assert [weight for _, weight, _ in read] == [55, 35, 10]


@pytest.mark.parametrize(
    "opening",
    [
        "L'offre économiquement la plus avantageuse est retenue au vu de :",
        "Les offres sont notées sur 100 points :",
    ],
)
def test_a_list_that_does_not_say_criteria(opening: str) -> None:
    """What decides of the best offer is a list of criteria, by any name."""
    text = f"# VI Choix\n{opening}\nLe prix : 70 %\nLe délai : 30 %\n"
    read = value(text, "criteres")
    assert isinstance(read, tuple)
    assert len(read) == 2


def test_a_mark_told_alone_opens_no_list() -> None:
    """Points given to something else make no criteria."""
    text = "# VI Visite\nLes questions sont notées sur 100 points :\nLe parcours : 70 points\nLe repas : 30 points\n"
    assert value(text, "criteres") == "unknown"


_RANKED = "# 6 Choix\nLes critères, classés par ordre décroissant d'importance, sont :\n"


def test_criteria_ranked_and_not_weighed() -> None:
    """The list of a concession has names and an order, and no weight."""
    read = value(_RANKED + "1. la qualité de l'accueil ;\n2. les tarifs ;\n3. l'insertion des apprentis.\n", "criteres")
    assert isinstance(read, tuple)
    assert [c["nature"] for c in read] == ["technique", "prix", "social"]
    assert all("poids" not in c for c in read)
    assert (
        known(read_whole(("RC", _RANKED + "1. les tarifs ;\n2. l'insertion des apprentis.\n")))["social.critere"]
        is True
    )


@pytest.mark.parametrize(
    "below",
    [
        "Les offres sont remises au guichet.\n",
        "1. la qualité de l'accueil ;\n",
        "1. la qualité de l'accueil ;\n2. la tenue du hall.\n",
    ],
)
def test_what_follows_an_order_and_lists_no_criteria(below: str) -> None:
    """A sentence, one line, or a list without any price is no list of award criteria."""
    assert value(_RANKED + below, "criteres") == "unknown"


def test_weights_win_over_an_order() -> None:
    """A piece that ranks its criteria and weighs them elsewhere has those of the weights."""
    weighed = "# 7 Pondération\nLes critères sont pondérés comme suit :\nPrix : 60 %\nQualité : 40 %\n"
    read = value(_RANKED + "1. le prix ;\n2. la qualité.\n" + weighed, "criteres")
    assert isinstance(read, tuple)
    assert [c["poids"] for c in read] == [60, 40]


_CHOICE = "Références des équipes\t55 %\nOrganisation de l'équipe\t25 %\nMoyens techniques\t20 %\n"
_PROJECTS = "Qualité d'usage du projet\t60 %\nQualité architecturale\t40 %\n"


def _weights(text: str) -> list[float]:
    read = value(text, "criteres")
    assert isinstance(read, tuple), read
    return [float(criterion["poids"]) for criterion in read]


@pytest.mark.parametrize(
    "title", ["Sélection des candidatures", "Choix des concurrents", "Limitation du nombre de candidats"]
)
def test_who_is_admitted_to_a_contest_is_no_award(title: str) -> None:
    """Criteria of an article on candidates are theirs, whatever its sentence says; those of the projects are read."""
    chosen = f"# 4 {title}\nTrois équipes sont retenues sur la base des critères suivants :\n{_CHOICE}"
    judged = f"# 5 Évaluation des projets\nLe jury classe les projets selon les critères suivants :\n{_PROJECTS}"
    assert _weights(chosen + judged) == [60, 40]
    assert "criteres" not in known(read_whole(("RC", chosen)))


def test_an_article_on_candidates_and_offers_holds_the_award() -> None:
    """The title names the offers too, or the price is among the criteria."""
    list_of_two = "Les critères sont les suivants :\nQualité technique\t60 %\nDélai\t40 %\n"
    assert _weights(f"# 4 Examen des candidatures et des offres\n{list_of_two}") == [60, 40]
    with_price = list_of_two.replace("Délai", "Prix")
    assert _weights(f"# 4 Sélection des candidats\n{with_price}") == [60, 40]
