"""Click's own words, in French: usage, sections, help option, errors."""

from __future__ import annotations

from typing import Any

import click


class FrenchCommand(click.Command):
    """A command whose help page is in French."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Say in French what --help does."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Affiche cette aide."
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write « Usage : »."""
        arguments = [option.make_metavar(ctx) for option in self.params if isinstance(option, click.Argument)]
        formatter.write_usage(ctx.command_path, " ".join([*arguments, "[OPTIONS]"]), prefix="Usage : ")


class FrenchGroup(click.Group):
    """A group whose help page is in French."""

    command_class = FrenchCommand

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Say in French what --help does."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Affiche cette aide."
        return option

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands under a French title, each with its whole first sentence."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(limit=90)))
        with formatter.section("Commandes"):
            formatter.write_dl(rows)


def say_error(error: click.ClickException) -> str:
    """Return what is wrong with a command line, and what to do, in French."""
    hint = " Voir : achats-check --help."
    if isinstance(error, click.NoSuchOption):
        from difflib import get_close_matches

        close = get_close_matches(error.option_name, error.possibilities or (), n=1)
        return f"Option inconnue « {error.option_name} ».{f' Vouliez-vous dire {close[0]} ?' if close else ''}{hint}"
    if isinstance(error, click.MissingParameter):
        return f"Il manque {_what(error.param)}.{hint}"
    if isinstance(error, click.BadOptionUsage):
        return f"L'option {error.option_name} attend une valeur.{hint}"
    if isinstance(error, click.BadParameter):
        return f"{_what(error.param)} : {_detail(error)}{hint}"
    if isinstance(error, click.UsageError):
        return f"Commande mal formée : {error.format_message()}{hint}"
    return error.format_message()


def _what(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "une valeur"
    return parameter.opts[0] if isinstance(parameter, click.Option) else f"l'argument {parameter.human_readable_name}"


def _detail(error: click.BadParameter) -> str:
    kind: Any = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"valeur non admise ; choisir parmi {', '.join(map(str, kind.choices))}."
    if isinstance(kind, click.Path):
        return "fichier introuvable ou illisible."
    return error.message
