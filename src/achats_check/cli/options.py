"""Options several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from achats_check.errors import UsageError

if TYPE_CHECKING:
    _DayType = click.ParamType[date]
    _PathType = click.ParamType[str]
else:
    _DayType = _PathType = click.ParamType  # older releases of click refuse the subscript


class Day(_DayType):
    """A day as AAAA-MM-JJ."""

    name = "AAAA-MM-JJ"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail with a French sentence."""
        if isinstance(value, date):
            return value
        from achats_check.facts.values import parse_date

        try:
            return parse_date(value)
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)


class ReadableFile(_PathType):
    """A file to read, given by its path."""

    name = "fichier"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the path, or fail with a French sentence that names it."""
        import os
        from pathlib import Path

        from achats_check.disk_words import why
        from achats_check.readers.missing import advice

        path = Path(value)
        try:
            path.stat()
        except FileNotFoundError:
            self.fail(f"fichier introuvable : « {value} ». {advice(path)}", param, ctx)
        except OSError as error:
            self.fail(f"« {value} » ne peut pas être lu : {why(error)}.", param, ctx)
        if path.is_dir():
            self.fail(f"« {value} » ne peut pas être lu : c'est un dossier.", param, ctx)
        if not os.access(path, os.R_OK):
            self.fail(f"« {value} » ne peut pas être lu : droits insuffisants.", param, ctx)
        return str(value)


def sources_argument(metavar: str) -> Callable[[Any], Any]:
    """Return the argument that takes files and folders; what is wrong with one of them must not lose the others."""
    return click.argument("sources", nargs=-1, required=True, type=click.Path(readable=False), metavar=metavar)


def day_option(text: str) -> Callable[[Any], Any]:
    """Return the ``--date`` option with its help."""
    return click.option("--date", "day", type=Day(), help=text)


pack_option = click.option(
    "--pack",
    "packs",
    multiple=True,
    type=ReadableFile(),
    metavar="FICHIER",
    help="Paquet local de règles (YAML) à ajouter ; répétable.",
)
buyer_option = click.option(
    "--acheteur",
    "buyer",
    type=ReadableFile(),
    metavar="PROFIL",
    help="Profil de l'acheteur (YAML ou JSON : categorie, achats_annuels_ht, spaser…).",
)
set_option = click.option(
    "--set",
    "pairs",
    multiple=True,
    metavar="NOM=VALEUR",
    help="Déclare un fait, qui prime sur ce qui est lu ; répétable (--set acheteur.categorie=region).",
)

ocr_option = click.option(
    "--ocr",
    is_flag=True,
    help="Lit les pages numérisées et les images par reconnaissance de caractères (tesseract, français).",
)


def named_values(pairs: tuple[str, ...]) -> dict[str, str]:
    """Split ``nom=valeur`` options.

    Raises:
        UsageError: An option without "=".
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator or not name.strip():
            raise UsageError(f"--set {pair} : écrire nom=valeur, par exemple --set acheteur.categorie=region.")
        found[name.strip()] = value.strip()
    return found


def terminal_width() -> int:
    """Return the width to write for: the terminal's, between 40 and 110 columns."""
    import shutil

    return max(40, min(110, shutil.get_terminal_size((100, 24)).columns))


def wants_color() -> bool:
    """Say whether standard output takes colours (a terminal, and no NO_COLOR)."""
    import os
    import sys

    return (
        sys.stdout is not None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )
