"""Turns of ordinary dossiers: bare columns of delays, papers called notes, what a firm does of its own will."""

from __future__ import annotations

import pytest
from template_builders import disputed, known, of_lot, read_whole, weights

from achats_check.model.fact import CONFLICT, Scope

_LOTS = "Lot\tDélai\n1 – Haies\t7 mois\n2 – Clôtures\t4 mois\n"
_CRITERIA = "# 5 Critères d'attribution\nLes offres sont jugées selon les critères pondérés suivants :\n"
_CLAUSE = (
    "# 9 Clause d'insertion (lot 2)\n"
    "Pour le lot 2, le titulaire réserve 300 heures de travail à des personnes éloignées de l'emploi, par embauche "
    "directe ou par mise à disposition de personnel d'une association intermédiaire.\n"
)


@pytest.mark.parametrize(
    ("above", "read"),
    [
        ("# 4 Délais d'exécution\n# 4.1 Délais par lot\nIls sont les suivants.\n", [7, 4]),
        ("# 4 Calendrier\nLes délais courent à compter de l'ordre de service prescrivant de commencer.\n", [7, 4]),
        ("# 4 Délais d'exécution\n# 4.1 Délais\nÀ compter de chaque bon de commande :\n", [None, None]),
        ("# 4 Garanties\n# 4.1 Délais\nIls sont les suivants.\n", [None, None]),
        ("# 4 Délais d'exécution\n# 4.2 Délais de garantie\nIls sont les suivants.\n", [None, None]),
    ],
)
def test_a_bare_column_of_delays(above: str, read: list[int | None]) -> None:
    """ "Délai" over a column says which one by what stands above it, article included."""
    facts = read_whole(("CCAP", above + _LOTS))
    assert [of_lot(facts, number).get("delai_execution_mois") for number in "12"] == read


def test_delays_that_two_pieces_tell_apart() -> None:
    """The rules and the contract that give two delays to a lot contradict each other."""
    rules = "# 2 Durée\nLot\tDélai d'exécution\n1\t7 mois\n2\t6 mois\n"
    facts = read_whole(("RC", rules), ("CCAP", "# 4 Délais d'exécution\n# 4.1 Délais\n" + _LOTS))
    told = facts.get("delai_execution_mois", Scope("lot", "2"))
    assert told is not None
    assert told.status == CONFLICT
    assert of_lot(facts, "1")["delai_execution_mois"] == 7


@pytest.mark.parametrize("paper", ["note de calcul", "notes de calculs", "note de dimensionnement"])
def test_papers_called_notes_are_detailed_in_a_criterion(paper: str) -> None:
    """A "note de calcul" is a paper, and not the mark of an offer."""
    facts = read_whole(("RC", f"{_CRITERIA}Critère\tPoids\nPrix\t55 %\nValeur technique ({paper}, levage)\t45 %\n"))
    assert [weight for _, weight in weights(facts)] == [55, 45]


@pytest.mark.parametrize(
    ("name", "nature"),
    [
        ("Préservation des milieux aquatiques durant les travaux", "environnemental"),
        ("Limitation des impacts sur la faune", "environnemental"),
        ("Prise en compte de la nature du terrain", "autre"),
        ("Performances en matière de développement des approvisionnements directs de produits agricoles", "autre"),
        ("Performances en matière de délais", "delai"),
        ("Performances des machines", "technique"),
    ],
)
def test_natures_of_criteria(name: str, nature: str) -> None:
    """Living things are of the environment; a direct supply is neither that nor a technical value."""
    facts = read_whole(("RC", f"{_CRITERIA}Critère\tPoids\nPrix\t70 %\n{name}\t30 %\n"))
    criteria = known(facts)["criteres"]
    assert isinstance(criteria, tuple)
    assert criteria[1]["nature"] == nature


@pytest.mark.parametrize(
    ("told", "listed"),
    [
        ("Le recours à des apprentis par les autres lots relève de leur seule initiative.", False),
        ("Le fait d'accueillir des apprentis reste à leur libre initiative.", False),
        ("Il peut aussi conclure un contrat d'apprentissage avec l'une de ces personnes.", True),
        ("Le choix de ces modalités, apprentissage compris, est laissé à la seule initiative du titulaire.", True),
    ],
)
def test_what_a_firm_does_of_its_own_will_is_no_way_to_keep_a_clause(told: str, listed: bool) -> None:
    """What is left to the will of a firm keeps no clause; choosing between the ways of the clause does."""
    ways = of_lot(read_whole(("CCAP", _CLAUSE + told)), "2")["social.modalites"]
    assert isinstance(ways, tuple)
    assert ("apprentissage" in ways) is listed
    assert "embauche_directe" in ways


@pytest.mark.parametrize(
    ("next_words", "estimate"),
    [
        (". Ce plafond correspond aussi à l'estimation du besoin.", 360000),
        (", montant toutes périodes comprises. Cette somme est également la valeur estimée du marché.", 360000),
        (". Ce montant ne correspond pas à la valeur estimée du besoin.", None),
    ],
)
def test_a_ceiling_that_is_also_the_estimate(next_words: str, estimate: int | None) -> None:
    """The amount of a ceiling is that of the estimate too when the next words say so."""
    facts = known(read_whole(("RC", f"Le maximum de l'accord-cadre est de 360 000 € HT{next_words}")))
    assert facts["valeur_maximale_ht"] == 360000
    assert facts.get("valeur_estimee_ht") == estimate


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Le lieu du siège n'entre pas en ligne de compte.", False),
        ("L'implantation des candidats n'a aucune influence sur la notation.", False),
        ("La distance entre l'atelier et la mairie n'est pas notée.", False),
        ("L'implantation des ouvrages n'entre pas dans la mission.", None),
        ("La distance entre le dépôt et le chantier n'est pas prise en compte dans les frais.", None),
        ("La situation du dépôt n'entre pas dans le prix.", None),
    ],
)
def test_where_a_firm_stands_is_not_judged(sentence: str, value: bool | None) -> None:
    """Where a firm stands is not judged when the rules say that it counts for nothing in the judgement."""
    assert known(read_whole(("RC", f"# 6 Jugement\n{sentence}"))).get("criteres.implantation_locale") is value


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("Une avance est accordée au titulaire. Les prestations de conseil, payées à l'heure, n'ouvrent pas droit à "
         "avance.", True),
        ("Les prestations du présent marché n'ouvrent pas droit à avance.", False),
    ],
)  # fmt: skip
def test_an_advance_that_a_part_of_the_services_has_not(told: str, value: bool) -> None:
    """What a part of the services has not is no denial of the advance of the contract."""
    assert known(read_whole(("CCAP", f"# 8 Avance\n{told}")))["avance"] is value


@pytest.mark.parametrize(
    ("penalty", "names"),
    [
        ("Savon non conforme à l'Écolabel ou équivalent : 90 € par constat.", ["écolabel européen"]),
        ("Les essuie-mains sont porteurs d'un écolabel ou équivalent.", ["écolabel européen", "écolabel"]),
    ],
)
def test_the_label_recalled_is_the_one_named_above(penalty: str, names: list[str]) -> None:
    """ "L'Écolabel" of a penalty is the European one that the piece demands; "un écolabel" is any."""
    demand = "Les savons portent l'Écolabel européen ou un label équivalent."
    labels = known(read_whole(("CCAP", f"# 7 Produits\n{demand}\n# 8 Pénalités\n{penalty}")))["labels"]
    assert isinstance(labels, tuple)
    assert [label["nom"] for label in labels] == names


def test_what_is_reused_where_it_was_found() -> None:
    """Stones used again on the spot are."""
    facts = read_whole(("CCAP", "# 7 Clause environnementale\nLe titulaire assure le réemploi sur place des bordures."))
    assert known(facts)["environnement.reemploi"] is True
    assert not disputed(facts)
