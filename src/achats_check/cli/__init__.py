"""Arguments → check, rules, facts. Only click and the check are imported here: the rest waits for its command."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

from achats_check import __version__
from achats_check.cli.check_command import check_command
from achats_check.cli.crash import CRASH_CODE, crash_message
from achats_check.cli.french import FrenchGroup, say_error
from achats_check.cli.writing import prepare_streams
from achats_check.errors import AchatsCheckError

EPILOG = """
\b
Exemples
  achats-check CCAP.docx
  achats-check pieces dossier.zip
  achats-check dossier/ --date 2026-10-01 --acheteur region.yaml
  achats-check achat.json --format json --sortie rapport.json
  achats-check RC.pdf CCAP.pdf --ensemble --set acheteur.categorie=commune
  achats-check expliquer clause-sociale-seuils-ue

\b
Codes de sortie
  0  rien au niveau choisi (--echec-si)
  1  au moins un constat à ce niveau
  2  option, nom de fait ou valeur inutilisable
  3  entrée ou fichier de règles illisible
  4  rien à vérifier
  70 erreur du programme : ce n'est pas un verdict
  130 arrêt demandé (Ctrl+C)
"""


_OTHERS = {
    "audit": ("audit_command", "audit_command"),
    "expliquer": ("rule_commands", "explain_command"),
    "faits": ("fact_commands", "facts_command"),
    "pieces": ("piece_command", "pieces_command"),
    "regles": ("rule_commands", "rules_command"),
    "schema": ("fact_commands", "schema_command"),
    "seuils": ("rule_commands", "thresholds_command"),
    "sql": ("sql_command", "sql_command"),
}
"""Module and name of each command that a check does without."""
_LONGEST_WORD = 20
"""Letters beyond which a word is no misspelled command."""


class DefaultsToCheck(FrenchGroup):
    """A group whose first word may be a file: then the command is the check."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, imported or not."""
        return sorted({*_OTHERS, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported on its first use."""
        if cmd_name not in _OTHERS:
            return super().get_command(ctx, cmd_name)
        module, name = _OTHERS[cmd_name]
        command: click.Command = getattr(import_module(f"achats_check.cli.{module}"), name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Insert the name of the check when the first word names no command."""
        if not args:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        first = args[0]
        names = self.list_commands(ctx)
        if first not in names and first not in {"--help", "-h", "--version"}:
            _refuse_misspelled(first, names)
            args = ["verifier", *args]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the options of the check, which is what most people run, then the commands."""
        inner = click.Context(check_command, parent=ctx)
        options = [it for it in (*check_command.params, *self.get_params(ctx)) if isinstance(it, click.Option)]
        rows = [row for option in options if (row := option.get_help_record(inner))]
        with formatter.section("Options"):
            formatter.write_dl(rows)
        self.format_commands(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the usual call first."""
        formatter.write_usage(ctx.command_path, "FICHIER… [OPTIONS]", prefix="Usage : ")
        formatter.write_usage(ctx.command_path, "COMMANDE …", prefix="   ou : ")


def _refuse_misspelled(word: str, names: list[str]) -> None:
    """Fail when a word that is no file is almost a command: « seuil » is not a piece that got lost."""
    if not word.isalpha() or len(word) > _LONGEST_WORD:
        return
    from difflib import get_close_matches
    from pathlib import Path

    if not Path(word).exists() and (close := get_close_matches(word, names, n=1, cutoff=0.75)):
        raise click.UsageError(f"ni fichier ni commande de ce nom : « {word} ». Vouliez-vous dire « {close[0]} » ?")


@click.group(
    cls=DefaultsToCheck,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="achats-check %(version)s", help="Affiche la version.")
def cli() -> None:
    """Vérifie un dossier de consultation : droit daté de la commande publique et leviers du Kit RégionalESS.

    Lit des pièces (Word, PDF, OpenDocument, Excel, page web, texte), un dossier ou une archive .zip qui en contient,
    un avis publié, ou une description .json ou .yaml, et dit ce qui est conforme, ce qui ne l'est pas, ce qui manque
    et les leviers à utiliser, avec l'article, le passage du kit et celui du dossier. Rien ne quitte la machine.
    """


cli.add_command(check_command)


def main(args: list[str] | None = None) -> None:
    """Run the command line; a fault a user can act on is one French sentence and its exit code."""
    prepare_streams()
    gc.set_threshold(500_000)  # a command is short, and of the records it holds, 60 000 at the least, few are garbage
    try:
        code = cli.main(args=args, prog_name="achats-check", standalone_mode=False)
    except click.Abort:
        click.echo("achats-check : arrêté.", err=True)
        raise SystemExit(130) from None
    except click.ClickException as error:
        click.echo(f"achats-check : {say_error(error)}", err=True)
        raise SystemExit(2) from None
    except AchatsCheckError as error:
        click.echo(f"achats-check : {error}", err=True)
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
    except Exception as error:  # a bug of ours: 1, which Python would give, means findings
        click.echo(f"achats-check : {crash_message(error)}", err=True)
        raise SystemExit(CRASH_CODE) from None
    finally:
        # Else the interpreter searches all of them for cycles, several times, before it ends. The binding of DuckDB
        # complains of whatever is not freed: an audit can afford the search.
        if "duckdb" not in sys.modules:
            gc.freeze()
    raise SystemExit(code if isinstance(code, int) else 0)
