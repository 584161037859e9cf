"""The JSON Schema of the JSON report: closed, so that a program can rely on every key."""

from __future__ import annotations

from typing import Any

from achats_check.model.document import ROLES
from achats_check.model.finding import DOUBTS, VERDICTS
from achats_check.model.rule import CONFIDENCES, INTERESTS, NATURES, SCOPES, SEVERITIES
from achats_check.reports.json_report import SCHEMA_VERSION, TOOL_NAME

Json = dict[str, Any]


def report_schema() -> Json:
    """Return the JSON Schema (draft 2020-12) of ``json_report.report_data``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rapport d'achats-check",
        "description": "Ce qui a été lu, ce que l'on sait, ce qui a été constaté, au jour du droit appliqué.",
        **_record(
            schema_version=_text("Version de ce format.", const=SCHEMA_VERSION),
            tool=_tool(),
            law_day=_law_day(),
            inputs=_list(_input(), "Pièces données, lues ou non."),
            facts=_list(_fact(), "Faits connus, absents, inconnus ou disputés."),
            findings=_list(_finding(), "Un constat par règle chargée et par objet, sans objet compris."),
            summary=_summary(),
            notes=_list(_text("Une phrase."), "Désaccords entre déclaré et lu, modifications en attente, réserves."),
        ),
        "$defs": {
            "value": _value(),
            "scope": _scope(),
            "evidence": _evidence(),
            "search": _search(),
            "trace": _trace(),
        },
    }


def _record(description: str = "", optional: tuple[str, ...] = (), /, **properties: Json) -> Json:
    said = {"description": description} if description else {}
    required = [name.rstrip("_") for name in properties if name not in optional]
    named = {name.rstrip("_"): schema for name, schema in properties.items()}
    return {
        "type": "object",
        **said,
        "properties": named,
        "required": required,
        "additionalProperties": False,
    }


def _text(description: str, **limits: Any) -> Json:
    return {"type": "string", "description": description, **limits}


def _day(description: str) -> Json:
    return {"type": ["string", "null"], "format": "date", "description": description}


def _whole(description: str) -> Json:
    return {"type": ["integer", "null"], "description": description}


def _number(description: str) -> Json:
    return {"type": ["number", "null"], "description": description}


def _list(items: Json, description: str) -> Json:
    return {"type": "array", "items": items, "description": description}


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(name: str, description: str) -> Json:
    return {"oneOf": [_ref(name), {"type": "null"}], "description": description}


def _tool() -> Json:
    return _record(
        "Le logiciel et ses règles.",
        name=_text("Nom du logiciel.", const=TOOL_NAME),
        version=_text("Version du logiciel."),
        rules_version=_text("Jour du référentiel juridique et empreinte des règles."),
    )


def _law_day() -> Json:
    return _record(
        "Le jour dont le droit est appliqué.",
        date=_text("Jour, AAAA-MM-JJ.", format="date"),
        origin=_text("Déclaré, lu dans les pièces, ou supposé.", enum=["declared", "extracted", "assumed"]),
        note=_text("Ce que le lecteur doit en savoir, ou vide."),
    )


def _input() -> Json:
    return _record(
        path=_text("Chemin de la pièce, tel que donné."),
        format=_text("Format reconnu, ou vide."),
        role=_text("Rôle de la pièce dans le dossier.", enum=list(ROLES)),
        pages=_whole("Nombre de pages, si le format en a."),
        status=_text("Lue, lue en partie, non lue.", enum=["read", "partly_read", "unread"]),
        reason=_text("Ce qui a empêché la lecture, ou vide."),
        role_ground=_text("Ce qui a fait reconnaître le rôle, ou vide."),
        also=_list(_text("Un rôle.", enum=list(ROLES)), "Autres rôles que la pièce tient (« AE valant CCAP »)."),
        annex_of=_text("Pour une annexe, le rôle de la pièce qu'elle complète, ou vide."),
        lots=_list(_text("Un numéro."), "Seuls lots que la pièce concerne, si elle le dit."),
        same_as=_text("Chemin de la pièce qu'elle répète, à l'octet près ou dans un autre format, ou vide."),
    )


def _fact() -> Json:
    return _record(
        name=_text("Nom du vocabulaire."),
        scope=_ref("scope"),
        value=_ref("value"),
        unit=_text("Unité du vocabulaire, ou vide."),
        status=_text("État du fait.", enum=["known", "absent", "unknown", "conflict"]),
        origin=_text("D'où il vient.", enum=["declared", "structured", "extracted", "derived"]),
        confidence={
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "description": "Part de lectures justes attendue.",
        },
        evidence=_list(_ref("evidence"), "Passages qui portent la valeur, le meilleur d'abord."),
        rivals=_list(_ref("evidence"), "Passages qui portent une autre valeur."),
        searched=_or_null("search", "Où le fait a été cherché, s'il est absent ou inconnu."),
    )


def _finding() -> Json:
    return _record(
        rule=_text("Identifiant de la règle."),
        title=_text("Titre de la règle."),
        theme=_text("Thème de la règle."),
        nature=_text("Nature de la règle.", enum=list(NATURES)),
        verdict=_text("Verdict.", enum=list(VERDICTS)),
        doubt=_text("Raison du doute quand le verdict est a_verifier, sinon vide.", enum=["", *DOUBTS]),
        severity=_text("Gravité d'un devoir, ou intérêt d'un levier.", enum=[*SEVERITIES, *INTERESTS]),
        scope=_ref("scope"),
        message=_text("Le constat."),
        why=_text("Pourquoi la règle existe."),
        remedy=_text("Ce qu'il faut faire."),
        reserve=_text("Réserve sur le droit du jour, ou vide."),
        missing_facts=_list(_text("Nom du vocabulaire."), "Faits qui manquent pour conclure."),
        missing_pieces=_list(_text("Rôle."), "Pièces qui le diraient."),
        trace=_list(_ref("trace"), "Chaque condition, ce qu'elle a vu et conclu."),
        references=_list({"oneOf": [_legal_reference(), _kit_reference()]}, "Droit et documents sources."),
        parameters=_list(_parameter(), "Valeurs datées sur lesquelles le constat repose."),
        evidence=_list(_ref("evidence"), "Passages cités."),
        searched=_or_null("search", "Preuve de l'absence, ou pourquoi il n'y en a pas."),
        fingerprint=_text("Identifiant stable du constat."),
        rank={
            "type": "integer",
            "description": "Ordre parmi les constats du même verdict, le plus utile d'abord.",
        },
    )


def _legal_reference() -> Json:
    return _record(
        "Un texte de droit.",
        kind=_text("Genre.", const="droit"),
        text=_text("La référence comme on la lit."),
        article=_text("L2113-10, R2122-8, ou le nom propre du texte."),
        from_=_day("Premier jour de la version en vigueur."),
        to=_day("Dernier jour, s'il est connu."),
        checked_on=_day("Dernier jour où quelqu'un l'a relu."),
    )


def _kit_reference() -> Json:
    return _record(
        "Un passage d'un document source.",
        kind=_text("Genre.", const="kit"),
        text=_text("La référence comme on la lit."),
        document=_text("Document source."),
        fiche=_text("Fiche ou champ d'action."),
        page=_text("Page imprimée."),
        heading=_text("Intertitre exact."),
        entry=_text("Entrée de l'inventaire."),
    )


def _parameter() -> Json:
    return _record(
        name=_text("Nom du paramètre."),
        label=_text("Nom français."),
        value=_number("Valeur au jour du droit appliqué ; nulle si elle n'est pas connue."),
        unit=_text("Unité."),
        from_=_day("Premier jour de la valeur."),
        to=_day("Dernier jour, s'il est connu."),
        basis=_text("Texte qui la fixe."),
        confidence=_text("Confiance.", enum=list(CONFIDENCES)),
        kit_value=_number("Chiffre des documents sources, s'ils en donnent un."),
        kit_text=_text("Ce que le kit disait quand son chiffre diffère, sinon vide."),
    )


def _summary() -> Json:
    number = {"type": "integer", "minimum": 0}
    return _record(
        "Décomptes.",
        by_verdict=_record("Nombre de constats par verdict.", **dict.fromkeys(VERDICTS, number)),
        not_run=_list(_record(rule=_text("Règle."), reason=_text("Raison.")), "Règles chargées et non évaluées."),
        resolutions=_list(_resolution(), "Ce qui lèverait des doutes, le plus utile d'abord."),
    )


def _resolution() -> Json:
    return _record(
        kind=_text(
            "Un fait à indiquer, une pièce ou le profil de l'acheteur à fournir.", enum=["fact", "piece", "profile"]
        ),
        name=_text("Nom du fait ou rôle de la pièce."),
        advice=_text("Ce qu'il faut faire."),
        rules=_list(_text("Règle."), "Règles que cela trancherait, ou ferait avancer."),
        settled={"type": "integer", "minimum": 0, "description": "Nombre de celles qui n'attendent rien d'autre."},
    )


def _value() -> Json:
    scalar = ["string", "number", "boolean", "null"]
    item = {"type": [*scalar, "object"], "additionalProperties": {"type": scalar}}
    return {
        "type": [*scalar, "array"],
        "items": item,
        "description": "Valeur ; nulle si elle n'est pas connue.",
    }


def _scope() -> Json:
    return _record(
        "Ce dont il s'agit.",
        kind=_text("Objet.", enum=list(SCOPES)),
        id=_text("Numéro du lot, vide pour les autres."),
    )


def _evidence() -> Json:
    return _record(
        "Un passage, ou une déclaration.",
        ("value",),
        document=_text("Chemin de la pièce, ou nom de la déclaration (--set, --date, profil)."),
        role=_text("Rôle de la pièce."),
        location=_location(),
        quote=_text("Texte exact."),
        value=_ref("value"),
    )


def _location() -> Json:
    return _record(
        "Où le trouver.",
        page=_whole("Page du PDF, à partir de 1."),
        article=_text("Numéro de l'article, ou vide."),
        heading=_text("Titre le plus proche, ou vide."),
        block=_whole("Rang du paragraphe dans la pièce, à partir de 0."),
        start={"type": "integer", "description": "Premier caractère du passage dans le paragraphe."},
        end={"type": "integer", "description": "Caractère qui suit le passage."},
        pointer=_text("Pointeur JSON d'une description, chemin de l'élément dans un avis, ou vide."),
    )


def _search() -> Json:
    return _record(
        "Registre d'une recherche qui n'a rien trouvé.",
        pieces=_list(_text("Rôle."), "Pièces lues et fouillées."),
        missing=_list(_text("Rôle."), "Pièces qui porteraient le fait, non fournies ou illisibles."),
        sections=_text("Où, dans ces pièces."),
        vocabulary=_list(_text("Mot ou forme."), "Ce qui a été cherché."),
        nearest=_or_null("evidence", "Le passage le plus proche, qui ne le dit pas."),
        nearest_reason=_text("Pourquoi il ne compte pas."),
    )


def _trace() -> Json:
    return _record(
        "Une branche d'une condition.",
        verb=_text("Verbe."),
        result={"type": ["boolean", "null"], "description": "Vrai, faux, ou nul si l'on ne sait pas."},
        fact=_text("Fait, ou vide."),
        actual=_ref("value"),
        status=_text("État du fait."),
        expected=_list(
            _ref("value"),
            "Ce à quoi le fait est comparé : les valeurs de la règle, ou celles que le chiffre peut avoir ce jour.",
        ),
        parameter=_text("Paramètre d'où vient l'attendu, ou vide."),
        scope=_or_null("scope", "Objet, s'il est précisé."),
        children=_list(_ref("trace"), "Branches."),
    )
