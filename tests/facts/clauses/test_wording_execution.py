"""Environment, labels, groupings and money: what each wording says, denies, or only seems to say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from clauses_builders import Finder, values

from achats_check.facts.candidate import Candidate

NOTHING: dict[str, object] = {}
YES: dict[str, object] = {"": True}
NO: dict[str, object] = {"": False}
GREEN = "environnement.condition_execution"

ENVIRONMENT = [
    ("Conditions d'exécution à caractère environnemental : les livraisons sont groupées.", GREEN, YES),
    ("Clauses environnementales : Avec", GREEN, YES),
    ("Clauses environnementales\tAvec", GREEN, YES),
    ("Clauses environnementales : Sans", GREEN, NO),
    ("Clauses environnementales : Préconisations", GREEN, NOTHING),
    ("Le titulaire s'engage à limiter les émissions de gaz à effet de serre de ses trajets.", GREEN, YES),
    ("Le titulaire utilise des véhicules à faibles émissions pour les livraisons.", GREEN, YES),
    ("Les emballages sont réutilisables.", GREEN, YES),
    ("Il n'est pas prévu de dispositif, le marché ne comporte aucune clause environnementale.", GREEN, NO),
    ("# Clauses environnementales\nSans objet", GREEN, NO),
    (
        "# Protection de l'environnement\nLes huiles usées sont remises à un collecteur agréé chaque trimestre.",
        GREEN,
        YES,
    ),
    ("# Conditions d'exécution environnementales\nVoir CCTP", GREEN, YES),
    ("L'environnement informatique est décrit en annexe.", GREEN, NOTHING),
    ("Les serveurs de l'environnement de développement sont fournis.", GREEN, NOTHING),
    ("Le titulaire tient compte des contraintes liées à son environnement.", GREEN, NOTHING),
    ("Les ouvrages environnants sont protégés.", GREEN, NOTHING),
    ("Critère 2 : performances en matière de protection de l'environnement (20 %).", GREEN, NOTHING),
    ("Les prix comprennent l'emballage et l'évacuation des déchets.", GREEN, NOTHING),
    ("Direction régionale de l'environnement", GREEN, NOTHING),
    ("☐ Le marché comporte des clauses environnementales", GREEN, NOTHING),
    ("Une pénalité de 100 € est due pour défaut de tri sélectif.", "environnement.penalites", YES),
    ("Une pénalité de 100 € est due par jour de retard.", "environnement.penalites", NOTHING),
    ("Le suivi des obligations environnementales fait l'objet d'un rapport.", "environnement.controle", YES),
    ("Les matériaux issus du réemploi sont privilégiés.", "environnement.reemploi", YES),
    ("Dépose sans réemploi des cloisons.", "environnement.reemploi", NOTHING),
]
WORKS = [
    ("Le tri sélectif des déchets de chantier est obligatoire.", GREEN, YES),
    ("Un bordereau de suivi des déchets accompagne chaque évacuation.", GREEN, YES),
    ("Les produits sont conformes à la norme NF P 01-012.", "specifications.normes_sans_equivalent", YES),
    (
        "Les produits sont conformes à la norme NF P 01-012 ou équivalent.",
        "specifications.normes_sans_equivalent",
        NOTHING,
    ),
    ("Conforme à la norme NF EN 14449.", "specifications.normes_sans_equivalent", NOTHING),
    ("Robinets de marque Dupuis.", "specifications.marque_sans_equivalent", YES),
    ("Robinets de marque Dupuis ou équivalent.", "specifications.marque_sans_equivalent", NOTHING),
    ("Entretien du matériel de marque Dupuis en place.", "specifications.marque_sans_equivalent", NOTHING),
    ("Les produits doivent obligatoirement provenir de producteurs locaux.", "specifications.provenance_imposee", YES),
    ("Les fruits doivent provenir du département.", "specifications.provenance_imposee", YES),
    (
        "Les produits employés sont sans phosphates et livrés en bidons consignés.",
        "environnement.condition_execution",
        YES,
    ),
    ("Les emballages sont repris par le titulaire.", "environnement.condition_execution", YES),
    ("Les déchets verts sont compostés sur place.", "environnement.condition_execution", YES),
    ("Le papier est recyclé à 100 %.", "environnement.condition_execution", YES),
    ("Les denrées sont livrées dans des contenants réutilisables.", "environnement.condition_execution", YES),
    ("Le titulaire forme ses agents à l'écoconduite.", "environnement.condition_execution", YES),
    ("L'arrosage utilise l'eau de pluie récupérée.", "environnement.condition_execution", YES),
    ("Les machines thermiques sont interdites.", "environnement.condition_execution", YES),
    ("Les sols sont lavés à l'eau tiède.", "environnement.condition_execution", NOTHING),
    ("Les déchets sont déposés dans le local poubelles.", "environnement.condition_execution", NOTHING),
    ("Le réseau d'eau de pluie est raccordé au regard existant.", "environnement.condition_execution", NOTHING),
    ("Les légumes proviendront exclusivement de producteurs de la région.", "specifications.provenance_imposee", YES),
    ("Les produits locaux sont privilégiés dans la mesure du possible.", "specifications.provenance_imposee", NOTHING),
    ("Le candidat indique l'origine des produits.", "specifications.provenance_imposee", NOTHING),
    ("Le site respecte le RGAA : accessibilité numérique.", "specifications.accessibilite", YES),
    ("Les menus végétariens sont servis une fois par semaine.", "restauration.menu_vegetarien", YES),
    ("Les barquettes en plastique sont interdites.", "restauration.contenants_plastique", NO),
    ("Les repas sont livrés en barquettes en plastique.", "restauration.contenants_plastique", YES),
    ("Les pneumatiques rechapés sont proposés en priorité.", "pneumatiques.rechapes", YES),
    ("L'indice de réparabilité de chaque appareil est communiqué.", "numerique.indice_reparabilite", YES),
    ("Les constructions temporaires seront neuves.", "constructions_temporaires.neuf_exige", YES),
    ("Les modulaires sont neufs ou reconditionnés.", "constructions_temporaires.neuf_exige", NOTHING),
    (
        "50 % de produits durables et de qualité, dont 20 % de produits biologiques.",
        "restauration.part_durable_ecrite",
        YES,
    ),
    ("20 % de produits issus de l'agriculture biologique.", "labels", NOTHING),
    ("Le nettoyage du label de qualité CTB.", "labels", NOTHING),
    ("Les produits labellisés sont appréciés au titre du sous-critère 3.", "labels", NOTHING),
    ("Le candidat indique les écolabels dont il dispose.", "labels", NOTHING),
    ("Les données sont hébergées et stockées dans l'Union européenne.", "execution.localisation_ue", YES),
    (
        "Les équipes de maintenance se situent sur le territoire d'un État membre de l'Union européenne.",
        "execution.localisation_ue",
        YES,
    ),
]
MONEY = [
    ("Le délai global de paiement est de 30 jours.", "delai_paiement_jours", {"": 30}),
    ("Le délai global de paiement est fixé à trente jours.", "delai_paiement_jours", {"": 30}),
    (
        "Le sous-traitant est payé ; l'acceptation du sous-traitant intervient dans un délai de 21 jours.",
        "delai_paiement_jours",
        NOTHING,
    ),
    ("Une avance de 30 % du montant initial est accordée.", "avance_taux", {"": Decimal(30)}),
    ("Le taux de l'avance est fixé à 5,5 %.", "avance_taux", {"": Decimal("5.5")}),
    ("L'avance est remboursée lorsque 65 % du montant est exécuté.", "avance_taux", NOTHING),
    ("Pour les PME, l'avance est portée à 20 %.", "avance_taux_pme", {"": Decimal(20)}),
    ("Aucune avance ne sera versée.", "avance", NO),
    ("Une avance est accordée au titulaire.", "avance", YES),
    ("Le titulaire qui souhaite renoncer à l'avance le précise.", "avance", NOTHING),
    ("Une retenue de garantie de 5 % est prélevée.", "retenue_garantie_taux", {"": Decimal(5)}),
    ("Aucune retenue de garantie n'est prévue.", "retenue_garantie_taux", {"": 0}),
    ("Les prix sont révisables annuellement.", "prix.revisable", YES),
    ("Les prix sont fermes et non révisables.", "prix.revisable", NO),
    ("Les prix sont fermes la première année puis révisés.", "prix.revisable", YES),
    ("Clause de réexamen au titre de l'article R. 2194-1.", "clause_revoyure", YES),
    ("7.2. Réexamen, si un site ouvre : les prix du bordereau en donnent de nouveaux.", "clause_revoyure", YES),
    ("CCAG-FCS approuvé par l'arrêté du 30 mars 2021.", "ccag", {"": "fcs"}),
    ("CCAG-FCS approuvé par l'arrêté du 30 mars 2021.", "ccag_2021", YES),
    ("CCAG-FCS approuvé par arrêté du 19 janvier 2009 portant approbation.", "ccag_2021", NO),
    ("Le CCAG Travaux s'applique.", "ccag", {"": "travaux"}),
    ("Le CCAG-TIC s'applique.", "ccag", {"": "tic"}),
    ("Le CCAG de prestations intellectuelles s'applique.", "ccag", {"": "pi"}),
    ("# Dérogations au CCAG\nL'article 12.1 déroge à l'article 14.1.1 du CCAG.", "ccag.derogations_listees", YES),
]
CANDIDATES = [
    ("Aucune forme de groupement n'est imposée.", "groupement.forme_imposee", {"": "aucune"}),
    ("L'acheteur ne souhaite imposer aucune forme de groupement.", "groupement.forme_imposee", {"": "aucune"}),
    (
        "Après attribution, le groupement devra se transformer en groupement solidaire.",
        "groupement.forme_imposee",
        {"": "solidaire"},
    ),
    (
        "La forme souhaitée est un groupement conjoint avec mandataire solidaire.",
        "groupement.forme_imposee",
        {"": "conjoint"},
    ),
    (
        "Les candidats peuvent répondre en groupement conjoint ou solidaire. "
        "La forme du groupement après attribution du marché sera conjointe.",
        "groupement.forme_imposee",
        {"": "conjoint"},
    ),
    (
        "La forme du groupement à l'issue de l'attribution est obligatoirement solidaire.",
        "groupement.forme_imposee",
        {"": "solidaire"},
    ),
    (
        "Les candidats peuvent répondre en groupement conjoint ou solidaire. Le marché est signé après attribution.",
        "groupement.forme_imposee",
        {"": "aucune"},
    ),
    ("☐ solidaire ☐ conjoint", "groupement.forme_imposee", NOTHING),
    ("Le groupement de commandes est solidaire de ses membres.", "groupement.forme_imposee", NOTHING),
    (
        "L'acheteur se réserve la possibilité d'exiger la transformation en groupement solidaire.",
        "groupement.forme_imposee",
        NOTHING,
    ),
    (
        "Après attribution, le groupement devra se transformer en groupement solidaire.",
        "groupement.forme_imposee_stade",
        {"": "attribution"},
    ),
    ("Les groupements d'entreprises ne sont pas autorisés.", "groupement.admis", NO),
    ("Groupement : il est interdit aux candidats de présenter plusieurs offres.", "groupement.admis", NOTHING),
    ("Les groupements momentanés d'entreprises sont interdits.", "groupement.admis", NO),
    ("Les candidats peuvent se présenter en groupement.", "groupement.admis", YES),
    (
        "Un chiffre d'affaires annuel minimal de 250 000 € HT est exigé.",
        "chiffre_affaires_minimal_ht",
        {"": Decimal(250000)},
    ),
    (
        "Chiffre d'affaires minimum de 80 000 € pour le lot 2 et 90 000 € pour le lot 3.",
        "chiffre_affaires_minimal_ht",
        {"2": Decimal(80000), "3": Decimal(90000)},
    ),
    ("Les références sont présentées dans la candidature.", "candidature.references_eliminatoires", NOTHING),
    (
        "L'absence de références de même nature entraîne le rejet de la candidature.",
        "candidature.references_eliminatoires",
        YES,
    ),
    (
        "L'absence de références ne peut justifier à elle seule l'élimination.",
        "candidature.references_eliminatoires",
        NO,
    ),
    ("Les candidats remettent une déclaration sur l'honneur.", "candidature.declaration_honneur", YES),
    ("Le candidat joint son plan de vigilance.", "candidature.vigilance_demandee", YES),
    ("Le candidat joint une attestation de vigilance.", "candidature.vigilance_demandee", NOTHING),
    ("Le bilan des émissions de gaz à effet de serre est joint.", "candidature.beges_demande", YES),
    ("Les candidats peuvent répondre à un ou plusieurs lots.", "lots_candidature_precisee", YES),
    ("Les documents sont sur le profil d'acheteur : https://marches.exemple.fr", "procedure.profil_acheteur", YES),
    ("Intervention en urgence sous deux heures.", "urgence", NOTHING),
    ("La procédure d'urgence est motivée par l'urgence impérieuse.", "urgence", YES),
    ("Marché de défense ou de sécurité.", "regime", {"": "defense_securite"}),
    ("Le coût du cycle de vie est pris en compte dans le critère prix.", "environnement.cout_cycle_vie", YES),
    ("Les variantes respectent les exigences minimales du CCTP.", "variantes_exigences_minimales", YES),
    (
        "Une variante peut être proposée ; elle touche au tissu et doit conserver la tenue au lavage.",
        "variantes_exigences_minimales",
        YES,
    ),
    ("Implantation locale de l'entreprise : 10 points.", "criteres.implantation_locale", YES),
    ("2 - Implantation locale : bureau tenu dans la vallée\t20.0", "criteres.implantation_locale", YES),
    ("Emploi local des agents : 2 réunions par an\tOui", "criteres.implantation_locale", NOTHING),
    ("Le bureau du chantier\t20", "criteres.implantation_locale", NOTHING),
    (
        "L'absence de références relatives à des services de nature et de taille proches ne peut justifier un rejet.",
        "candidature.references_eliminatoires",
        NO,
    ),
    ("L'avance est versée quand les prestations atteignent 65,0 % du montant.", "avance_taux", NOTHING),
    ("Aucune garantie financière n'est exigée pour l'avance.", "retenue_garantie_taux", NOTHING),
]
LABELS = [
    ("Les papiers sont certifiés FSC ou équivalent.", [("FSC", True)]),
    ("Les produits portent l'écolabel européen.", [("écolabel européen", None)]),
    (
        "Les produits portent l'écolabel européen. Aucun label équivalent ne sera accepté.",
        [("écolabel européen", False)],
    ),
    ("Le café est labellisé commerce équitable ou équivalent.", [("commerce équitable", True)]),
    ("Les produits d'entretien sont certifiés Ecocert.", [("Ecocert", None)]),
    ("Les détergents portent le label Ange bleu ou un label équivalent.", [("Ange bleu", True)]),
    (
        "Le mobilier est certifié NF Environnement.\nTous les labels équivalents sont acceptés.",
        [("NF Environnement", True)],
    ),
]


@pytest.mark.parametrize(("text", "fact", "expected"), [*ENVIRONMENT, *MONEY])
def test_contract_wording(clauses: Finder, text: str, fact: str, expected: dict[str, object]) -> None:
    """A wording of the administrative clauses gives the value a reader gives it."""
    assert values(clauses(text), fact) == expected


@pytest.mark.parametrize(("text", "fact", "expected"), WORKS)
def test_specification_wording(clauses: Finder, text: str, fact: str, expected: dict[str, object]) -> None:
    """A wording of the technical clauses gives the value a reader gives it."""
    assert values(clauses(text, "CCTP"), fact) == expected


@pytest.mark.parametrize(("text", "fact", "expected"), CANDIDATES)
def test_consultation_wording(clauses: Finder, text: str, fact: str, expected: dict[str, object]) -> None:
    """A wording of the rules of the consultation gives the value a reader gives it."""
    assert values(clauses(text, "RC"), fact) == expected


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_labels(clauses: Finder, text: str, expected: list[tuple[str, bool | None]]) -> None:
    """A required label says whether an equivalent is accepted, and nothing when the text does not."""
    labels = values(clauses(text, "CCTP"), "labels")[""]
    assert [(label["nom"], label.get("equivalent_accepte")) for label in labels] == expected  # type: ignore[attr-defined]


def test_a_referral_counts_when_it_is_alone(clauses: Finder) -> None:
    """Beside a real demand, a referral to regulations says nothing more."""
    referral = "Le titulaire respecte la réglementation relative à la protection de l'environnement."
    assert values(clauses(referral), "environnement.renvoi_seul") == YES
    both = f"{referral}\nLes emballages sont réutilisables."
    assert values(clauses(both), "environnement.renvoi_seul") == NOTHING


def test_a_preamble_asks_nothing(clauses: Finder) -> None:
    """The commitments of the buyer are not those of the contractor."""
    text = "Réduire la consommation de ressources et valoriser les déchets."
    assert values(clauses(text, "CCAP", "Préambule"), GREEN) == NOTHING
    assert values(clauses(text, "CCAP", "Exécution"), GREEN) == YES


def test_the_conventions_of_the_ilo_are_not_an_equality_clause(clauses: Finder) -> None:
    """They bind every employer."""
    text = "Conformément à la convention C111 de l'OIT, le titulaire s'engage à ne pas exercer de discrimination."
    assert values(clauses(text), "social.egalite") == NOTHING


def test_an_article_that_only_refers_accuses_nobody(clauses: Finder) -> None:
    """ "Voir CCTP" is an announcement: too unsure to conclude, and told as the nearest passage."""
    results = clauses("# Conditions d'exécution environnementales\nVoir CCTP")
    assert [round(r.confidence, 1) for r in results if getattr(r, "value", None) is True and r.name == GREEN] == [0.5]  # type: ignore[union-attr]


def test_an_article_of_a_lot_that_only_refers_stays_with_its_lot(clauses: Finder) -> None:
    """An announcement for lot 3 announces nothing for the others."""
    assert values(clauses("# Lot 3 - Conditions d'exécution environnementales\nVoir CCTP"), GREEN) == {"3": True}


def test_a_long_sentence_is_quoted_from_near_the_words_that_count(clauses: Finder) -> None:
    """A report shows the start of a quote: a reader must see the norm, and read from a break of the sentence."""
    lead = "Les garde-corps sont posés sur toute la longueur de la terrasse du premier étage, côté jardin et côté cour"
    text = f"{lead}, par une équipe de deux compagnons, et sont conformes à la norme NF P 01-012."
    fact = "specifications.normes_sans_equivalent"
    (found,) = [r for r in clauses(text, role="CCTP") if isinstance(r, Candidate) and r.name == fact]
    assert found.evidence.quote.startswith(("par une équipe", "et sont conformes", "côté"))
    assert "NF P 01-012" in found.evidence.quote[:150]
    where = found.evidence.location
    assert text[where.start : where.end] == found.evidence.quote
    results = clauses(f"{lead}.\nConformes à la norme NF P 01-012.", role="CCTP")
    (short,) = [r for r in results if isinstance(r, Candidate) and r.name == fact]
    assert short.evidence.quote == "Conformes à la norme NF P 01-012."
