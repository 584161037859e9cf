"""Sentences that refuse in few words: advances, groupings, references, origins, guarantees, labels, one criterion."""

from __future__ import annotations

from decimal import Decimal

import pytest
from coherence_builders import dossier, verdict

UNREAD = ("unknown", "absent")


def told(text: str, fact: str, role: str) -> object:
    """What one piece says of a fact; its status when it says nothing."""
    return verdict(dossier(**{role: text}), fact)


@pytest.mark.parametrize(
    "text",
    [
        "Le titulaire ne bénéficie d'aucune avance.",
        "Il n'est pas versé d'avance.",
        "Aucune avance ne sera accordée.",
        "Aucune avance ne pourra être accordée au titulaire.",
        "Le titulaire ne bénéficie pas d'une avance.",
        "Le titulaire ne pourra prétendre à une avance.",
        "L'acheteur n'accorde pas d'avance.",
        "Aucun versement d'avance n'est prévu.",
        "Le présent marché ne donne pas lieu au versement d'une avance.",
        "Le versement d'une avance est exclu.",
        "Sans versement d'avance.",
    ],
)
def test_a_refused_advance(text: str) -> None:
    """Alone, and under a title that announces the advance: the title does not grant what the body refuses."""
    assert told(text, "avance", "CCAP") is False
    assert told(f"# 5.2 Avance\n{text}", "avance", "CCAP") is False


@pytest.mark.parametrize(
    ("text", "granted"),
    [
        ("Le titulaire bénéficie d'une avance de 20 %.", True),
        ("Le titulaire bénéficie d'une avance, sauf s'il y renonce.", True),
        ("Le titulaire bénéficie d'une avance de 10 %, aucune avance complémentaire n'étant accordée.", True),
        ("Une avance est accordée au titulaire, qui ne bénéficie d'aucune avance facultative.", True),
        ("Une avance est versée au titulaire. Le titulaire ne bénéficie pas de l'avance pour le lot 3.", True),
        ("Le titulaire ne bénéficie de l'avance que s'il constitue une garantie.", "unknown"),
        ("Le titulaire ne peut prétendre à l'avance que s'il constitue une garantie.", "unknown"),
        ("Le titulaire ne perçoit pas l'avance tant que la garantie n'est pas fournie.", "unknown"),
        ("Aucun versement d'avance n'est fait avant la constitution de la garantie.", "unknown"),
    ],
)
def test_an_advance_that_is_not_refused(text: str, granted: object) -> None:
    """An advance that is granted, and one that a condition holds back."""
    assert told(text, "avance", "CCAP") == granted


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Seul le groupement solidaire est admis à présenter une candidature.", "solidaire"),
        ("Seuls les groupements solidaires sont autorisés à candidater.", "solidaire"),
        ("Les candidats se présentent sous la forme d'un groupement solidaire, à l'exclusion de toute autre forme.",
         "solidaire"),
        ("La candidature est présentée sous la forme d'un groupement conjoint, à l'exclusion de toute autre forme.",
         "conjoint"),
        ("Les candidats ne peuvent se présenter que sous la forme d'un groupement conjoint.", "conjoint"),
        ("En cas de réponse groupée, seule la forme solidaire est acceptée à la candidature.", "solidaire"),
        ("En cas de groupement, seule la forme solidaire est admise.", "unknown"),
        ("Les groupements se constituent sous la forme d'un groupement solidaire, à l'exclusion de toute autre forme.",
         "unknown"),
        ("Après attribution, le groupement prend la forme d'un groupement solidaire, à l'exclusion de toute autre"
         " forme.", "aucune"),
        ("Seul le groupement attributaire devra être solidaire.", "absent"),
        ("Les candidats sont informés qu'après attribution seule la forme solidaire sera admise.", "absent"),
        ("Seul le mandataire d'un groupement solidaire est admis à présenter les pièces de la candidature.", "absent"),
        ("Les candidats peuvent se présenter sous la forme d'un groupement solidaire ou conjoint.", "absent"),
        ("Les candidats ne peuvent se présenter que sous la forme d'un groupement conjoint ou solidaire.", "absent"),
    ],
)  # fmt: skip
def test_the_form_of_a_grouping_that_applies(text: str, form: str) -> None:
    """A form that alone may apply is imposed; one asked of the winner is not; one without a stage is to be read."""
    assert told(text, "groupement.forme_imposee_candidature", "RC") == form


def test_the_stage_of_a_form_that_alone_may_apply() -> None:
    """It is imposed when candidates apply, and the winner's after the award."""
    stage = "groupement.forme_imposee_stade"
    assert told("Seul le groupement solidaire est admis à présenter une candidature.", stage, "RC") == "candidature"
    after = "Après attribution, le groupement prend la forme d'un groupement solidaire."
    assert told(after, stage, "RC") == "attribution"
    assert told(after, "groupement.forme_imposee", "RC") == "solidaire"


@pytest.mark.parametrize(
    ("text", "fact", "role", "expected"),
    [
        ("Toute candidature en groupement sera rejetée.", "groupement.admis", "RC", False),
        ("Toute candidature présentée par un groupement sera déclarée irrecevable.", "groupement.admis", "RC", False),
        ("Les candidatures groupées sont irrecevables.", "groupement.admis", "RC", False),
        ("Les réponses en groupement ne sont pas acceptées.", "groupement.admis", "RC", False),
        ("La cotraitance est interdite.", "groupement.admis", "RC", False),
        ("La cotraitance n'est pas autorisée.", "groupement.admis", "RC", False),
        ("Toute candidature sans référence équivalente sera écartée.", "candidature.references_eliminatoires", "RC",
         True),
        ("Les candidatures dépourvues de références similaires sont rejetées.",
         "candidature.references_eliminatoires", "RC", True),
        ("Les candidats sans références comparables verront leur candidature rejetée.",
         "candidature.references_eliminatoires", "RC", True),
        ("Les viandes sont exclusivement d'origine française.", "specifications.provenance_imposee", "CCTP", True),
        ("Seuls les bois français sont acceptés.", "specifications.provenance_imposee", "CCTP", True),
        ("Les légumes sont obligatoirement produits dans le département.", "specifications.provenance_imposee",
         "CCTP", True),
        ("Le bois est issu exclusivement de forêts françaises.", "specifications.provenance_imposee", "CCTP", True),
        ("Il est retenu 10 % à titre de garantie.", "retenue_garantie_taux", "CCAP", Decimal(10)),
        ("Une retenue de 5 % est opérée à titre de garantie.", "retenue_garantie_taux", "CCAP", Decimal(5)),
        ("Il est retenu à titre de garantie 5 % du montant.", "retenue_garantie_taux", "CCAP", Decimal(5)),
        ("Il n'est retenu aucune somme à titre de garantie.", "retenue_garantie_taux", "CCAP", Decimal(0)),
        ("Les labels équivalents ne sont pas admis.", "labels.equivalence_refusee", "RC", True),
        ("Les certifications équivalentes ne sont pas acceptées.", "labels.equivalence_refusee", "RC", True),
    ],
)  # fmt: skip
def test_what_few_words_refuse_or_impose(text: str, fact: str, role: str, expected: object) -> None:
    """Each of them breaks a rule that the same piece, unread, would have been found to keep."""
    assert told(text, fact, role) == expected


@pytest.mark.parametrize(
    ("text", "fact", "role"),
    [
        ("Toute candidature en groupement incomplète sera rejetée.", "groupement.admis", "RC"),
        ("Toute candidature en groupement sera rejetée si le mandataire n'est pas habilité.", "groupement.admis", "RC"),
        ("Toute candidature en groupement sera rejetée pour le lot 2.", "groupement.admis", "RC"),
        ("Si le candidat en dépose plusieurs, toute candidature en groupement sera rejetée.", "groupement.admis", "RC"),
        ("La cotraitance est interdite après la remise des offres.", "groupement.admis", "RC"),
        ("La cotraitance n'est pas interdite.", "groupement.admis", "RC"),
        ("Une candidature sans référence équivalente ne sera pas écartée.", "candidature.references_eliminatoires",
         "RC"),
        ("Toute candidature sans référence au numéro de la consultation sera écartée.",
         "candidature.references_eliminatoires", "RC"),
        ("Les fruits sont exclusivement issus de circuits courts.", "specifications.provenance_imposee", "CCTP"),
        ("Les livraisons sont effectuées exclusivement dans le département.", "specifications.provenance_imposee",
         "CCTP"),
        ("Le titulaire intervient dans un rayon de 30 km autour du siège.", "specifications.provenance_imposee",
         "CCTP"),
        ("Les viandes sont exclusivement d'origine française ou européenne.", "specifications.provenance_imposee",
         "CCTP"),
        ("Les viandes ne sont pas exclusivement d'origine française.", "specifications.provenance_imposee", "CCTP"),
        ("Les attestations sont obligatoirement produites dans le département.", "specifications.provenance_imposee",
         "CCTP"),
        ("Seuls les documents en langue française sont acceptés.", "specifications.provenance_imposee", "CCTP"),
        ("Il est retenu 10 % à titre de pénalité.", "retenue_garantie_taux", "CCAP"),
        ("Il est retenu 10 % à titre de garantie de remboursement.", "retenue_garantie_taux", "CCAP"),
        ("Les labels équivalents sont admis.", "labels.equivalence_refusee", "RC"),
        ("Les labels équivalents ne sont pas exclus.", "labels.equivalence_refusee", "RC"),
        ("Les labels équivalents ne sont pas acceptés sans justificatif.", "labels.equivalence_refusee", "RC"),
    ],
)  # fmt: skip
def test_what_only_looks_like_it(text: str, fact: str, role: str) -> None:
    """A case, a negation, a lawful origin, the proof of a label: none refuses anything."""
    assert told(text, fact, role) in UNREAD


def test_the_price_that_is_the_only_criterion() -> None:
    """The lowest bidder wins and the price judges alone, unless it is one criterion among others."""
    alone = told("Le marché est attribué au moins-disant, le prix étant l'unique critère.", "criteres", "RC")
    assert alone == ({"nom": "Prix", "poids": Decimal(100), "nature": "prix"},)
    assert told("Le prix n'étant pas l'unique critère, la qualité compte.", "criteres", "RC") in UNREAD
    assert told("Après remise en concurrence, le prix étant l'unique critère.", "criteres", "RC") in UNREAD


@pytest.mark.parametrize(
    ("text", "ranked"),
    [
        ("Les critères de jugement des offres sont, par ordre décroissant d'importance : le prix, le délai.", True),
        ("# 7 Examen des candidatures et jugement des offres\nLes critères sont, par ordre décroissant : prix, délai.",
         True),
        ("Les candidatures sont examinées. Les offres sont jugées sur ces critères, par ordre décroissant"
         " d'importance : prix, délai.", True),
        ("Les candidatures sont examinées selon ces critères, par ordre décroissant d'importance : références.",
         False),
        ("Les candidats seront sélectionnés par application des critères hiérarchisés suivants.", False),
        ("# 6 Sélection des candidatures\nLes critères sont, par ordre décroissant d'importance : références, moyens.",
         False),
        ("Critères retenus pour l'évaluation des projets et hiérarchisés dans l'ordre de priorité décroissant.",
         False),
    ],
)  # fmt: skip
def test_the_order_of_award_criteria_only(text: str, ranked: bool) -> None:
    """Candidates and the projects of a contest are ranked too: their order says nothing of offers."""
    found = told(text, "criteres.hierarchises", "RC")
    assert found is True if ranked else found in UNREAD
