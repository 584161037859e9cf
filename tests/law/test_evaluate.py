"""Verdicts: what a rule says of a tender, and what silence is worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.law.builders import DAY, facts, rule_text, rules_folder

from achats_check.law.context import Context
from achats_check.law.derive import derive
from achats_check.law.evaluate import evaluate, judge_rule
from achats_check.law.loader import load_sources
from achats_check.law.rulebook import Rulebook
from achats_check.law.trace import settled_beside_unknown
from achats_check.model.fact import EXTRACTED, KNOWN, MARCHE, Evidence, Fact, FactSet, Scope
from achats_check.model.finding import Finding


def book_of(folder: Path, text: str) -> Rulebook:
    """Return a rulebook of one rule named « essai »."""
    return load_sources(rules_folder(folder / "rules", essai=text))[0]


def judge(book: Rulebook, declared: dict[str, Any], day: date = DAY, **more: Any) -> Finding:
    """Judge declared, read and absent facts by the only rule of a book."""
    context = Context(book, facts(book, declared, **more), day)
    return judge_rule(book.rules[0], Context(book, derive(context), day))


SOCIAL = rule_text(
    when="[{fait: valeur_besoin_ht, au_moins: {parametre: clause_sociale.seuil}}]",
    requires="[{un_des: [{fait: social.condition_execution, egal: true}, "
    "{fait: social.derogation_motif, different: aucun}]}]",
).replace("accuse: pieces", "accuse: declaration")
BUYER = {"acheteur.categorie": "region", "type": "services", "objet": "Tonte"}


@pytest.mark.parametrize(
    ("declared", "more", "verdict", "doubt"),
    [
        ({"valeur_estimee_ht": 215999}, {}, "sans_objet", ""),
        ({"valeur_estimee_ht": 216000, "social.condition_execution": True}, {}, "conforme", ""),
        ({"valeur_estimee_ht": 216000, "social.derogation_motif": "lien_insuffisant"}, {}, "conforme", ""),
        (
            {"valeur_estimee_ht": 216000, "social.condition_execution": False, "social.derogation_motif": "aucun"},
            {},
            "non_conforme",
            "",
        ),
        ({"valeur_estimee_ht": 216000}, {"absent": ("social.condition_execution",)}, "a_verifier", "justification"),
        (
            {"valeur_estimee_ht": 216000, "social.derogation_motif": "aucun"},
            {"absent": ("social.condition_execution",)},
            "non_conforme",
            "",
        ),
        ({"valeur_estimee_ht": 216000}, {}, "a_verifier", "respect"),
        ({}, {}, "a_verifier", "applicabilite"),
    ],
)
def test_reasons_kept_outside_the_pieces(
    tmp_path: Path, declared: dict[str, Any], more: dict[str, Any], verdict: str, doubt: str
) -> None:
    """Silence on a duty that a recorded reason may set aside never accuses; a declared absence does."""
    found = judge(book_of(tmp_path, SOCIAL), BUYER | declared, **more)
    assert (found.verdict, found.doubt) == (verdict, doubt)


def test_unknown_buyer_between_two_thresholds(tmp_path: Path) -> None:
    """When the buyer's category is unknown, only a value under or over every threshold settles the rule."""
    book = book_of(tmp_path, SOCIAL)
    tender = {
        "type": "services",
        "objet": "Tonte",
        "social.condition_execution": True,
        "acheteur.entite_adjudicatrice": False,
    }
    values = {139999: "sans_objet", 200000: "a_verifier", 216000: "conforme"}
    for value, verdict in values.items():
        assert judge(book, tender | {"valeur_estimee_ht": value}).verdict == verdict
    unsettled = judge(book, tender | {"valeur_estimee_ht": 200000})
    assert "acheteur.categorie" in unsettled.missing_facts


@pytest.mark.parametrize(
    ("accuses", "verdict", "doubt"),
    [("pieces", "non_conforme", ""), ("declaration", "a_verifier", "alerte"), ("jamais", "a_verifier", "alerte")],
)
def test_who_may_accuse(tmp_path: Path, accuses: str, verdict: str, doubt: str) -> None:
    """What the documents say accuses only where the law lets it."""
    book = book_of(tmp_path, rule_text().replace("accuse: pieces", f"accuse: {accuses}"))
    found = judge(book, {}, read={"alloti": False})
    assert (found.verdict, found.doubt) == (verdict, doubt)


def test_a_doubtful_reading_accuses_nobody(tmp_path: Path) -> None:
    """A fact read with little confidence gives a_verifier, not non_conforme."""
    book = book_of(tmp_path, rule_text())
    for confidence, verdict in ((0.9, "non_conforme"), (0.5, "a_verifier")):
        read = FactSet([Fact("alloti", MARCHE, False, KNOWN, EXTRACTED, confidence)])
        assert judge_rule(book.rules[0], Context(book, read, DAY)).verdict == verdict


def test_uncertain_law_neither_accuses_nor_absolves(tmp_path: Path) -> None:
    """An uncertain version gives a_verifier whatever the facts, and says what to read."""
    text = rule_text().replace("    quand:", "    confiance: incertaine\n    verifier: Lire le décret.\n    quand:")
    book = book_of(tmp_path, text)
    for value in (True, False):
        found = judge(book, {"alloti": value})
        assert (found.verdict, found.doubt) == ("a_verifier", "droit")
        assert found.remedy == "Faire ce qu'il faut. Point de droit à vérifier : lire le décret."


def test_uncertain_figure(tmp_path: Path) -> None:
    """Between a certain and an uncertain figure the law is unsettled; outside, both say the same."""
    text = rule_text(requires="[{fait: valeur_besoin_ht, inferieur_a: {parametre: dispense.montant}}]")
    book = book_of(tmp_path, text)
    expected = {99999: ("conforme", ""), 120000: ("a_verifier", "droit"), 140000: ("non_conforme", "")}
    for value, outcome in expected.items():
        found = judge(book, {"type": "travaux", "valeur_estimee_ht": value}, date(2027, 2, 1))
        assert (found.verdict, found.doubt) == outcome


def test_lever(tmp_path: Path) -> None:
    """A lever that is not used is an opportunity; one that may be used already is a doubt, never a fault."""
    text = (
        rule_text()
        .replace("nature: obligation", "nature: levier")
        .replace("gravite: majeure\naccuse: pieces", "interet: fort")
    )
    book = book_of(tmp_path, text)
    assert judge(book, {"alloti": False}).verdict == "opportunite"
    assert judge(book, {"alloti": True}).verdict == "conforme"
    assert judge(book, {}).verdict == "a_verifier"


def test_out_of_force(tmp_path: Path) -> None:
    """Before its first day a rule has no object."""
    book = book_of(tmp_path, rule_text())
    assert judge(book, {"alloti": False}, date(2019, 12, 31)).verdict == "sans_objet"
    assert judge(book, {"alloti": False}, date(2020, 1, 1)).verdict == "non_conforme"


def test_lot_rules_run_once_for_each_lot(tmp_path: Path) -> None:
    """A rule on lots gives one finding for each lot, or one for a market without described lots."""
    text = rule_text(requires="[{fait: type, egal: travaux}]").replace("portee: marche", "portee: lot")
    book = book_of(tmp_path, text)
    lots = {"type": "services", "lots": [{"numero": 1, "type": "travaux"}, {"numero": 2}]}
    found, _ = evaluate(book, facts(book, lots), DAY)
    assert [(f.scope, f.verdict) for f in found] == [
        (Scope("lot", "1"), "conforme"),
        (Scope("lot", "2"), "non_conforme"),
    ]
    found, _ = evaluate(book, facts(book, {"type": "services"}), DAY)
    assert [(f.scope, f.verdict) for f in found] == [(MARCHE, "non_conforme")]


def test_the_reserve_of_the_blind_window(tmp_path: Path) -> None:
    """A verdict on a consultation launched in the window that was not read again carries the reserve."""
    book = book_of(tmp_path, rule_text())
    assert not judge(book, {"alloti": True}, date(2026, 8, 23)).reserve
    assert "non relus" in judge(book, {"alloti": True}, date(2026, 8, 24)).reserve
    assert not judge(book, {}, date(2026, 10, 1)).reserve


def test_the_kit_figure_stands_beside_the_law(tmp_path: Path) -> None:
    """Where the kit's figure is not that of the day, the finding tells both."""
    book = book_of(
        tmp_path, rule_text(requires="[{fait: valeur_besoin_ht, inferieur_a: {parametre: dispense.montant}}]")
    )
    tender = {"type": "services", "valeur_estimee_ht": 50000}
    now = judge(book, tender, date(2026, 4, 1)).parameters[0]
    assert (now.value, now.kit_value) == (60000, 40000)
    assert "40" in now.kit_text
    assert "60" in now.kit_text
    assert not judge(book, tender, date(2026, 3, 31)).parameters[0].kit_text


def test_missing_facts_name_what_to_provide(tmp_path: Path) -> None:
    """A derived fact that is unknown is told by what it is computed from."""
    book = book_of(tmp_path, rule_text(requires="[{fait: valeur_besoin_ht, au_moins: 1000}]"))
    assert set(judge(book, {}).missing_facts) == {"valeur_estimee_ht", "valeur_maximale_ht"}


def test_what_the_message_tells_is_shown_first(tmp_path: Path) -> None:
    """Of what makes a rule apply, a reader is shown the passage that holds the amount of the message."""
    when = "[{fait: procedure.type, egal: appel_offres_ouvert}, {fait: valeur_estimee_ht, inferieur_a: 80000}]"
    text = rule_text(when=when, requires="[{fait: petit_lot, egal: true}]")
    read = [
        Fact(name, MARCHE, value, KNOWN, EXTRACTED, evidence=(Evidence("avis.xml", "AAPC", str(value)),))
        for name, value in (("procedure.type", "appel_offres_ouvert"), ("valeur_estimee_ht", Decimal(60000)))
    ]
    for told, quotes in (
        ("{valeur_estimee_ht} ici.", ["60000", "appel_offres_ouvert"]),
        ("{procedure.type} ici.", ["appel_offres_ouvert", "60000"]),
    ):
        book = book_of(tmp_path / quotes[0], text.replace("Il manque quelque chose.", told))
        found, _ = evaluate(book, FactSet(read), DAY)
        assert [passage.quote for passage in found[0].evidence] == quotes


def test_the_need_rests_on_every_lot_that_its_estimate_adds_up(tmp_path: Path) -> None:
    """What is taken over as it is keeps all its passages; what is computed from it, the first of each source."""
    lots = tuple(Evidence("avis.xml", "AAPC", quote) for quote in ("60000", "45000", "75000"))
    estimate = Fact("valeur_estimee_ht", MARCHE, Decimal(180000), KNOWN, EXTRACTED, evidence=lots)
    book = book_of(tmp_path, rule_text())
    found = derive(Context(book, FactSet([estimate]), DAY)).get("valeur_besoin_ht")
    assert found is not None
    assert (found.value, found.evidence) == (Decimal(180000), lots)
    turnover = Fact("chiffre_affaires_minimal_ht", MARCHE, Decimal(360000), KNOWN, EXTRACTED, evidence=lots[:2])
    form = Fact("forme", MARCHE, "marche", KNOWN, EXTRACTED)
    ratio = derive(Context(book, FactSet([estimate, turnover, form]), DAY)).get("chiffre_affaires_minimal_ratio")
    assert ratio is not None
    assert (ratio.value, len(ratio.evidence)) == (Decimal(2), 2)


def test_fingerprint_is_stable(tmp_path: Path) -> None:
    """The fingerprint depends on the rule, the scope and the evidence, not on the day or the message."""
    book = book_of(tmp_path, rule_text())
    first, later = (judge(book, {"alloti": False}, day) for day in (date(2025, 1, 1), date(2026, 10, 1)))
    assert first.fingerprint == later.fingerprint


def test_proven_absence_is_a_known_false(tmp_path: Path) -> None:
    """A boolean fact that was searched for and is absent counts as false, and its search is kept."""
    book = book_of(tmp_path, rule_text(requires="[{fait: social.facilitateur, egal: true}]"))
    found = judge(book, {}, absent=("social.facilitateur",))
    assert found.verdict == "non_conforme"
    assert found.search is not None


def test_an_assumed_day_does_not_accuse_by_recent_law(tmp_path: Path) -> None:
    """When the launch is not known, a rule that did not exist some years earlier says "if launched since"."""
    book = book_of(tmp_path, rule_text().replace("du: 2020-01-01", "du: 2026-08-21"))
    found, _ = evaluate(book, facts(book, {"alloti": False}), DAY, launch_known=False)
    assert (found[0].verdict, found[0].doubt, found[0].missing_facts) == (
        "a_verifier",
        "lancement",
        ("date_lancement",),
    )
    assert found[0].message.startswith("Si la consultation est lancée depuis le 21/08/2026")
    found, _ = evaluate(book, facts(book, {"alloti": False}), DAY)
    assert found[0].verdict == "non_conforme"


def test_a_rule_with_a_day_of_its_own_does_not_wait_for_the_launch(tmp_path: Path) -> None:
    """A duty judged on the year of the purchases is settled by that year, whenever the consultation was launched."""
    text = rule_text().replace("du: 2020-01-01", "du: 2023-01-01")
    book = book_of(tmp_path, text.replace("accuse:", "date: reference_date_achats\naccuse:"))
    found, _ = evaluate(book, facts(book, {"alloti": False, "reference_date_achats": 2023}), DAY, launch_known=False)
    assert found[0].verdict == "non_conforme"
    found, _ = evaluate(book, facts(book, {"alloti": False}), DAY, launch_known=False)
    assert (found[0].verdict, found[0].doubt) == ("a_verifier", "lancement")


def test_the_doubt_on_the_launch_names_the_day_the_figure_changed(tmp_path: Path) -> None:
    """What changed may be a figure, long after the text that names it."""
    text = rule_text(requires="[{fait: valeur_estimee_ht, au_moins: {parametre: dispense.montant}}]")
    book = book_of(tmp_path, text.replace("du: 2020-01-01", "du: 2019-04-01"))
    declared = {"valeur_estimee_ht": 30000, "type": "services", "innovant": False}
    found, _ = evaluate(book, facts(book, declared), DAY, launch_known=False)
    assert (found[0].verdict, found[0].doubt) == ("non_conforme", "")
    found, _ = evaluate(book, facts(book, declared | {"valeur_estimee_ht": 50000}), DAY, launch_known=False)
    assert (found[0].verdict, found[0].doubt) == ("a_verifier", "lancement")
    assert found[0].message.startswith("Si la consultation est lancée depuis le 01/04/2026")


def test_an_assumed_day_accuses_by_old_law(tmp_path: Path) -> None:
    """What was already forbidden some years earlier is a fault whatever the launch."""
    book = book_of(tmp_path, rule_text())
    found, _ = evaluate(book, facts(book, {"alloti": False}), DAY, launch_known=False)
    assert found[0].verdict == "non_conforme"


def test_a_lot_is_not_judged_by_the_codes_of_the_market(tmp_path: Path) -> None:
    """Among several lots, one without a CPV code of its own may or may not be reservable to the ESS."""
    book = book_of(
        tmp_path,
        rule_text(requires="[{fait: cpv_reservable_ess, egal: true}]").replace("portee: marche", "portee: lot"),
    )
    tender = {"cpv": ["77310000"], "lots": [{"numero": 1, "cpv": ["77310000"]}, {"numero": 2}]}
    found, _ = evaluate(book, facts(book, tender), DAY)
    assert [f.verdict for f in found] == ["non_conforme", "a_verifier"]


def test_a_figure_not_written_is_no_uncertain_law(tmp_path: Path) -> None:
    """A rate the documents do not give leaves a comparison open; the law is not to blame."""
    text = rule_text(
        requires="[{un_des: [{fait: retenue_garantie_taux_pme, au_plus: {parametre: retenue.taux_maximal_pme}}, "
        "{fait: titulaire.pme, egal: false}]}]"
    )
    found = judge(book_of(tmp_path, text), BUYER, absent=("retenue_garantie_taux_pme",))
    assert (found.verdict, found.doubt, found.missing_facts) == ("a_verifier", "respect", ("titulaire.pme",))


def test_what_holds_beside_the_unknown_is_shown(tmp_path: Path) -> None:
    """A referral read in a piece is quoted, though what decides is what completes it, read nowhere."""
    text = rule_text(
        requires="[{un_des: [{fait: environnement.condition_execution, egal: true}, {tous: ["
        "{fait: environnement.renvoi_seul, egal: true}, {fait: environnement.complement_ccag, egal: true}]}]}]"
    )
    book = book_of(tmp_path, text)
    declared = {"environnement.renvoi_seul": True, "environnement.condition_execution": False}
    found = judge(book, declared)
    assert found.verdict == "a_verifier"
    leaves = [leaf.fact for leaf in settled_beside_unknown(found.trace)]
    assert leaves == ["environnement.condition_execution", "environnement.renvoi_seul"]
