"""The kind of purchase (works, supplies, services) and the form of the contract."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.scan import Text, labelled, said, sentence, text_of
from achats_check.facts.text import Reading
from achats_check.patterns import compiled

_KINDS = (
    (
        "services",
        r"(?:marches?|accords?[- ]cadres?)(?: publics?)? de"
        r" (?:prestations? (?:de services?|intellectuelles?)|services?\b)"
        r"|(?:marche|accord[- ]cadre|concours|mission)(?: public)?[^.\n]{0,30} de maitrise d'oe?uvre"
        r"|prestations intellectuelles",
        0.9,
    ),
    (
        "travaux",
        r"(?:marche|accord[- ]cadre)(?: public)? de travaux|ccag[- ](?:de )?travaux|c\.c\.a\.g\.?[- ]travaux"
        r"|clauses administratives generales[^.\n]{0,60} de travaux"
        r"|^\W{0,3}marches publics de travaux\s*(?:[-:(]|$|reglement|cahier|acte d'eng)"
        r"|^\W{0,3}(?:cctp|ccap|ccp|c\.c\.t\.p\.|c\.c\.a\.p\.|cahier des clauses (?:techniques|administratives)"
        r" particulieres) relatif aux travaux\b"
        r"|^\W{0,3}(?:cahier des clauses administratives particulieres|c\.?c\.?a\.?p\.?)\s?[-:(]\s?"
        r"(?:marche de )?travaux\b",
        0.82,
    ),
    (
        "fournitures",
        r"(?:marches?|accords?[- ]cadres?)(?: publics?)? de fournitures?\b(?! (?:courantes )?(?:et|ou)\b)",
        0.9,
    ),
)
_BOX = {"travaux": "travaux", "fourniture": "fournitures", "service": "services", "prestation": "services"}
_BOX_LABEL = r"type (?:de marche|de prestations?|d'achat)|nature (?:principale )?du marche"
_OPENINGS = (
    (
        "services",
        r"(?:fourniture|acquisition|achat|realisation)s? (?:et \w+ )?(?:de |d'|des )(?:prestations?|services?"
        r"|formations?|transports?|places? (?:en|de) creche|heures de)\b",
    ),
    (
        "fournitures",
        r"(?:(?:fourniture|acquisition|achat|livraison)s?|denrees (?:alimentaires|brutes)|mobiliers?(?! urbain)"
        r"|vetements de travail|produits (?:alimentaires|d'entretien|d'hygiene|laitiers|surgeles))\b",
    ),
    (
        "fournitures",
        r"(?:location|credit-bail)(?:[- ]vente)?(?: (?:longue|courte|de longue|de courte) duree)?"
        r" (?!et\b)(?:de |d'|des )(?!salles?|locaux|espaces?|batiments?|bureaux|linge)",
    ),
    (
        "travaux",
        r"(?:travaux (?!d'(?:entretien|impression|elagage|edition)|topographiques"
        r"|de (?:nettoyage|tonte|fauchage"
        r"|reprographie|traduction|saisie))|rehabilitation|construction|reconstruction|renovation"
        r"|refection|demolition"
        r"|remplacement des? (?:menuiseries|couvertures?|canalisations?|chaudieres?)"
        r"|mise en (?:accessibilite|separatif)|creation (?:de la |de l'|du |de |d')?(?:une? |deux |\d{1,2} )?"
        r"(?:bassins?|batiments?|locaux|local|vestiaires?|sanitaires|parkings?|voies?|voirie|giratoire|sentiers?"
        r"|trottoirs?|reseaux?|chaufferie|piste|terrain de sport|rampe|passerelle|ecole|creche|salle)"
        r"|amenagements? (?:de la |de l'|des? |du |d'une? |d')(?:aires?|terrains?|places?|rues?|routes?"
        r"|carrefours?|parkings?"
        r"|giratoires?|voiries?|squares?|cimetieres?|salles?|loca(?:l|ux)|bourg|centre[- ]bourg|abords"
        r"|trottoirs?|pistes?"
        r"|hotel|batiments?|creche|ecole|quais?|berges)"
        r"|restauration (?:\w+ )?(?:de la |de l'|des? |du |d'une? )(?:berges?|cours d'eau|lit|rivieres?|ruisseaux?"
        r"|zones? humides?|continuites? ecologiques?))\b",
    ),
    (
        "services",
        r"(?:(?:realisation|execution) (?:d'|de |des )(?:une? |l')?)?(?:prestation|entretien|maintenance"
        r"|nettoyage|gardiennage|surveillance"
        r"|assistance|maitrise d'oe?uvre(?! (?!(?:de|du|des|d|pour|relati|en|et)\b)\w)|mission|etude|location"
        r"|controle|transport|collecte|elaboration"
        r"|elagage|abattage|debroussaillage|deneigement|salage|fauchage|gestion"
        r"|accompagnement|concours de maitrise|refonte d(?:u|es|'un|e son|e votre) sites?"
        r"|inventaire|audit|diagnostic|expertise|animation|formation)s?\b",
    ),
)
_FRAMEWORK = (
    r"(?:le present|du present|l'|cet|type d'|le|un|^|forme d'un|: ?)\s?"
    r"accord[- ]cadre,? (?:est|sera|avec|a bons?|a marches"
    r"|mono|multi|sans|conclu|passe|donne|s'execute|prend|a pour|fixe)"
    r"|(?:^|[-:.\d] ?)accords[- ]cadres (?:a bons|mono|multi)|conclusion d'accords?[- ]cadres?"
    r"|marche(?: public)?(?: fractionne)? a bons? de commandes?|accord[- ]cadre a bons? de commande"
    r"|accord[- ]cadre avec (?:un seul|plusieurs) (?:operateur|titulaire|attributaire)"
    r"|passee? en application (?:(?!peut|pourra)[^\n;]){0,200} (?:relati\w+ )?aux accords[- ]cadres?"
    r"|(?:^|[-:] ?)accord[- ]cadre (?:mono|multi)[- ]?attributaires?"
    r"|(?:est|sera|etre) (?:conclu|passe)e? (?:par (?:la )?voie|sous (?:la )?forme) d'(?:un )?accord[- ]cadre"
    r"|(?:appel a la concurrence|consultation|mise en concurrence)[^.\n]{0,80} sous (?:la )?forme d'(?:un )?"
    r"accord[- ]cadre|\b(?:les|tous les|ces) lots (?:sont|seront) des accords[- ]cadres"
    r"|\b(?:il s'agit d'un|marche (?:public )?est un|consultation est un|objet d'un|constitue un) accord[- ]cadre\b"
    r"(?! (?:ou|et|precedent|anterieur|existant)\b)"
    r"|(?:^|[\n.:;)] ?)accord[- ]?cadre (?:de (?:fournitures?|services|travaux|prestations|maitrise d'oe?uvre)"
    r"|mono|multi|a bons?)"
    r"|\b(?:present )?marche [^.\n]{0,120}\bconcernant les marches a bons? de commandes?"
    r"|\b(?:le|du|present) marche (?:public )?(?:est|sera) a bons? de commandes?|^\W{0,3}a bons de commandes?\W{0,3}$"
)
_PLAIN = (
    r"marche (?:public |unique |simple ){0,2}ordinaire\b"
    r"|marche a tranches? optionnelles?"
)
_CONCESSION = (
    r"(?:contrat|presente?) (?:de )?concession|concession de (?:services?|travaux)|delegation de service public"
)
_ANOTHER_CONCESSION = (
    r"(?:titulaires?|attributaires?|beneficiaires?|delegataires?|cadre) (?:d'|d )une $"
    r"|\b(?:gere|exploite|confie|delegue|concede|hors|sauf|sous|actuelle?|ancienne)e?s? "
    r"(?:en |a |par |par une |sous |la |une )?$"
)
"""What comes before a concession that runs beside the purchase, or is left out of it."""
_DEFINITION = (
    "formulaire",
    "quelles que soient les techniques",
    "ce code",
    "marches de partenariat",
    "en cas d'accord",
)


def find(reading: Reading) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``type``, ``forme``, ``contrat``, ``marche_global`` and ``marche_subsequent``."""
    text = text_of(reading)
    yield from _kinds(reading, text)
    yield from _forms(reading, text)
    yield from _singular(reading, text)


def _kinds(reading: Reading, text: Text) -> Iterator[Candidate]:
    for literal in ("type", "nature"):
        for index, start, end in labelled(text, literal, _BOX_LABEL):
            for word, kind in _BOX.items():
                if text.folded[index].startswith(word, start):
                    yield said(reading, "type", kind, text.blocks[index], (start, end), 0.95)
    for index in text.having(
        "marche",
        "accord-cadre",
        "accord cadre",
        "relatif aux travaux",
        "ccag",
        "administratives part",
        "c.c.a.p",
        "ccap",
        "prestations intel",
        "concours ",
    ):
        folded = text.folded[index]
        if any(
            word in folded
            for word in (
                *("sous-traitance de", "reglementant", "similaires", "references", "soumissionner", "sur le fondement"),
            )
        ):
            continue
        for kind, pattern, confidence in _KINDS:
            match = compiled(pattern).search(folded)
            if match is not None:
                yield said(reading, "type", kind, text.blocks[index], match.span(), confidence - (index > 60) * 0.2)


def kind_of_object(folded: str, start: int) -> str | None:
    """Return the kind of purchase that an object opens with ("l'acquisition de …"), or None.

    Args:
        folded: Folded text of the block.
        start: Where the object starts in it.
    """
    article = compiled(r"(?:les |la |le |l'|des |une? )").match(folded, start)
    start = article.end() if article else start
    return next((kind for kind, pattern in _OPENINGS if compiled(pattern).match(folded, start)), None)


def _forms(reading: Reading, text: Text) -> Iterator[Candidate]:
    boxes = labelled(text, "contrat", r"(?:type|forme|nature)(?: et forme)? (?:de|du) (?:contrat|marche)")
    for index, start, end in boxes:
        folded = text.folded[index]
        if folded.startswith(("accord-cadre", "accord cadre"), start):
            yield from _form(reading, text, index, (start, end), "accord_cadre", 0.95)
        elif folded.startswith("marche", start) and "bons de commande" not in folded:
            yield from _form(reading, text, index, (start, end), "marche", 0.9)
    for index, start, end in labelled(text, "accord-cadre", r"accord-cadre"):
        if text.folded[index][start:end].strip(" :.") in ("oui", "☒ oui"):
            yield from _form(reading, text, index, (0, end), "accord_cadre", 0.9)
    for form, confidence, pattern, literals in (
        ("accord_cadre", 0.92, _FRAMEWORK, (
            *("accord-cadre", "accord cadre", "accords-cadres", "accords cadres"),
            "de commande",
        )),
        ("marche", 0.9, _PLAIN, ("ordinaire", "optionnelle")),
        ("concession", 0.75, _CONCESSION, ("concession", "delegation de service public")),
        ("partenariat_innovation", 0.9, (
            r"(?:passe|conclu|procedure"
            r"|forme)[^.\n]{0,50} partenariat d'innovation|(?:le present|ce) partenariat d'innovation"
        ), ("partenariat d'innovation",)),
    ):  # fmt: skip
        for index in text.having(*literals):
            folded = text.folded[index]
            match = compiled(pattern).search(folded)
            if match is None or any(word in folded for word in _DEFINITION):
                continue
            before = folded[max(0, match.start() - 40) : match.start()]
            if form != "concession" or not compiled(_ANOTHER_CONCESSION).search(before):
                yield from _form(reading, text, index, match.span(), form, confidence)


def _form(
    reading: Reading, text: Text, index: int, span: tuple[int, int], form: str, confidence: float
) -> Iterator[Candidate]:
    yield said(reading, "forme", form, text.blocks[index], span, confidence)
    contract = "concession" if form == "concession" else "marche"
    yield said(reading, "contrat", contract, text.blocks[index], span, confidence - 0.1)


def _singular(reading: Reading, text: Text) -> Iterator[Candidate | Sought]:
    yield Sought("marche_global", ("marché global de performance", "conception-réalisation", "marché global sectoriel"))
    yield Sought("marche_subsequent", ("le présent marché subséquent", "marché subséquent n°"))
    for name, pattern, literal in (
        ("marche_global", (
            r"marches? (?:public )?glob(?:al|aux) (?:de performance|sectoriel)"
            r"|marche (?:public )?de conception[- ]realisation"
        ), "marche"),
        ("marche_subsequent", (
            r"(?:le|du) present marche subsequent|marche subsequent (?:n|passe|fonde|issu"
            r"|relatif|pris)"
        ), "subsequent"),
    ):  # fmt: skip
        for index in text.having(literal):
            match = compiled(pattern).search(text.folded[index])
            if match is not None and not any(word in text.folded[index] for word in _DEFINITION):
                span = sentence(text.folded[index], *match.span())
                yield said(reading, name, True, text.blocks[index], span)
