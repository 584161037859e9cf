"""Notices printed in the European form used until 2023: its sections by lot, its options, the notices it cites."""

from datetime import date
from decimal import Decimal

import pytest
from facts_builders import piece, read, value
from template_builders import read_whole

from achats_check.facts.old_form import lot_of_section
from achats_check.facts.structure.choices import without_unticked
from achats_check.facts.text import fold
from achats_check.model.fact import ABSENT, KNOWN, Scope

_TOP = "Avis de marché\nII.1.5) Valeur totale estimée : Valeur hors TVA : 300 000,00 euros\n"
_LOT = """# II.2) Description – Lot nº {number}
II.2.1) Intitulé : {name}. Lot nº : {number}
II.2.6) Valeur estimée hors TVA : {worth} euros. Montant maximum de l'accord-cadre sur deux ans : {most} euros HT
II.2.14) Informations complémentaires : {more}
"""
_END = "# Section III : Renseignements d'ordre juridique\nIII.1.2) Capacité économique : sans objet\n"


def _notice() -> str:
    first = _LOT.format(number=1, name="Balais", worth="100 000,00", most="150 000", more="néant")
    kept = "lot réservé aux entreprises adaptées (article L. 2113-12 du code de la commande publique)"
    return _TOP + first + _LOT.format(number=2, name="Seaux", worth="200 000,00", most="250 000", more=kept) + _END


def test_amounts_of_a_section_are_those_of_its_lot() -> None:
    """The rubric of a lot says nothing of the market, whose own rubric does."""
    facts = read(piece(_notice(), "AAPC"))
    assert facts.get("valeur_estimee_ht").value == Decimal(300_000)  # type: ignore[union-attr]
    for lot, worth, most in (("1", 100_000, 150_000), ("2", 200_000, 250_000)):
        assert facts.get("valeur_estimee_ht", Scope("lot", lot)).value == Decimal(worth)  # type: ignore[union-attr]
        assert facts.get("valeur_maximale_ht", Scope("lot", lot)).value == Decimal(most)  # type: ignore[union-attr]


def test_a_reservation_told_in_a_section_is_that_of_its_lot() -> None:
    """Even where the line names no lot and its title is far above."""
    facts = read_whole(("AAPC", _notice()))
    reserved = facts.get("reservation.categorie", Scope("lot", "2"))
    assert reserved is not None
    assert reserved.value == "handicap"
    other = facts.get("reservation.categorie", Scope("lot", "1"))
    assert other is None or other.value != "handicap"


@pytest.mark.parametrize(
    ("lines", "lot"),
    [
        (["II.2) Description – Lot nº 3", "II.2.2) Codes CPV", "suite"], "3"),
        (["II.2.1)Intitulé:", "Savons", "Lot nº: 04", "II.2.5)Critères"], "4"),
        (["Lot n° 5", "II.2.1) Intitulé : Brosses", "II.2.7) Durée en mois : 12"], "5"),
        (["II.2) Description", "II.2.1) Intitulé : Brosses", "II.2.7) Durée en mois : 12"], None),
        (["II.2) Description – Lot nº 3", "II.2.7) Durée en mois : 12", "Section III : Renseignements"], None),
        (["II.2) Description – Lot nº 3", "II.2.7) Durée : 12", "IV.1.1) Type de procédure : ouverte", "suite"], None),
        (["Le lot n° 3 est réservé.", "Les offres sont reçues."], None),
    ],
)
def test_the_lot_of_a_line(lines: list[str], lot: str | None) -> None:
    """Told by the nearest section above, unless another one has begun."""
    assert lot_of_section([fold(line) for line in lines], len(lines) - 1) == lot


def test_options_cut_after_a_box_are_one_choice() -> None:
    """The last box of a line is that of the words the next one begins with."""
    lines = ["type : ☒ procedure ouverte ☐ procedure restreinte ☐", "dialogue competitif ☐ partenariat d'innovation"]
    first, second = without_unticked(lines)
    assert "ouverte" in first
    assert "restreinte" not in first
    assert second.strip() == ""
    assert [len(first), len(second)] == [len(line) for line in lines]


@pytest.mark.parametrize("line", ["ouverte ☒ restreinte ☐", "lots : oui ☒ non ☐", "procedure ☐"])
def test_boxes_after_their_options_say_nothing_of_the_next_line(line: str) -> None:
    """A form that prints each box after its option ends its lines with one."""
    assert without_unticked([line, "dialogue competitif"]) == [line, "dialogue competitif"]


def test_the_procedure_of_a_form_is_the_ticked_one() -> None:
    """Wherever a page cuts the line of its options."""
    text = (
        "IV.1.1) Type de procédure : ☒ Procédure ouverte ☐ Procédure restreinte ☐\n\n"
        "Procédure concurrentielle avec négociation ☐ Dialogue compétitif"
    )
    assert value(text, "procedure.type", "AAPC") not in (
        "conflict",
        "dialogue_competitif",
        "procedure_avec_negociation",
    )


def test_the_notice_that_was_published_before_is_not_this_one() -> None:
    """Its day is under the rubric of former publications."""
    text = (
        "IV.2.1) Publication antérieure relative à la présente procédure : avis de préinformation, numéro de l'avis au "
        "JO série S : 2025/S 101-334455, envoyé le 12/09/2025\n\nVI.5) Date d'envoi du présent avis : 04/02/2026"
    )
    assert value(text, "avis.date_envoi", "AAPC") == date(2026, 2, 4)
    assert value(text, "date_lancement", "AAPC") == date(2026, 2, 4)


@pytest.mark.parametrize(
    ("cited", "read_as"),
    [("envoyé le 12/09/2025", True), ("publié le 20/01/2026", None), ("envoyé le 12/09/2023", None), ("", None)],
)
def test_a_prior_notice_counts_when_sent_long_enough_before(cited: str, read_as: bool | None) -> None:
    """Thirty-five days to twelve months before the notice, which says both days."""
    prior = f"IV.2.1) Publication antérieure : avis de préinformation, numéro 2025/S 101-334455, {cited}"
    found = read(piece(f"{prior}\n\nVI.5) Date d'envoi du présent avis : 04/02/2026", "AAPC")).get(
        "avis.preinformation"
    )
    assert (found.value if found is not None else None) is read_as


def test_the_option_of_a_form_gives_way_to_the_article_of_the_lot() -> None:
    """Its words are the same for both reservations, that of disabled workers and that of insertion."""
    option = (
        "III.1.5) Informations sur les marchés réservés : ☒ Le marché est réservé à des ateliers protégés et à des "
        "opérateurs économiques dont l'objectif est l'intégration sociale et professionnelle de personnes handicapées "
        "ou défavorisées"
    )
    rules = (
        "La consultation est réservée aux entreprises adaptées (article L. 2113-12 du code de la commande publique)."
    )
    both = read_whole(("AAPC", f"Avis de marché\n{option}\n"), ("RC", rules)).get("reservation.categorie")
    assert both is not None
    assert both.value == "handicap"
    alone = read_whole(("AAPC", f"Avis de marché\n{option}\n")).get("reservation.categorie")
    assert alone is not None
    assert alone.value == "handicap_et_insertion"


_TABLES = """# 7 Critères d'attribution
Lots 1 et 2
Critère\tPondération
Prix\t50
Valeur technique\t30
Performances en matière de protection de l'environnement\t20
Lot 3
Critère\tPondération
Prix\t40
Valeur technique\t60
Sous-critères environnementaux (lots 1 et 2) : gestion des déchets (60 %), économie d'eau (40 %).
"""


def test_a_lot_does_not_take_the_criterion_of_the_others() -> None:
    """Neither from the details told below its own list, nor from the market, whose criterion is that of some lots."""
    market = "# 2 Lots\nLa consultation comprend trois lots.\n"
    facts = read_whole(("RC", market + _TABLES), ("AAPC", "Avis de marché\nObjet : entretien de massifs\n"))
    for lot, told in (("1", True), ("2", True)):
        own = facts.get("environnement.critere", Scope("lot", lot))
        assert own is not None
        assert own.value is told
    other = facts.get("environnement.critere", Scope("lot", "3"))
    assert other is not None
    assert other.status == ABSENT


def test_a_narrow_column_cuts_the_word_total() -> None:
    """The last row of a table of lots is that of the market."""
    text = "Lot\tIntitulé\tValeur estimée en € HT\n1\tBalais\t100 000\n2\tSeaux\t50 000\nTo tal\t\t150 000"
    assert value(text, "valeur_estimee_ht") == Decimal(150_000)


def test_blank_boxes_of_what_the_contractor_chooses_are_what_the_contract_offers() -> None:
    """The buyer ticks none: each way of hiring is open."""
    annex = (
        "# 9 Clause sociale d'insertion\n# 9.3 Modalités d'insertion\n☐ Embauche directe\n☐ Sous-traitance à un ESAT\n"
    )
    told = read_whole(
        ("CCAP", f"# 9 Clause sociale d'insertion\nLe titulaire réalise 500 heures d'insertion.\n{annex}")
    )
    ways = told.get("social.modalites")
    assert ways is not None
    assert set(ways.value or ()) >= {"embauche_directe", "sous_traitance"}  # type: ignore[arg-type]


def test_blank_boxes_in_the_form_of_the_bidder_are_its_own_choice() -> None:
    """What a bidder will tick in the commitment says nothing of the ways that the contract admits."""
    told = read_whole(("AE", "# H Engagement d'insertion\nMoyen pressenti :\n☐ Embauche directe\n☐ Sous-traitance\n"))
    assert told.get("social.modalites").status != KNOWN  # type: ignore[union-attr]
