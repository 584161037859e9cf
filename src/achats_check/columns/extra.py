"""The libraries of the ``audit`` extra, which a check of one dossier does without."""

from importlib.util import find_spec

from achats_check.errors import UsageError


def need(*libraries: str) -> None:
    """Say what to install when a library is missing.

    Raises:
        UsageError: A library is not installed.
    """
    for library in libraries:
        if find_spec(library) is None:
            raise UsageError(
                f"Les tables et les audits demandent la bibliothèque {library}, qui n'est pas installée :"
                ' pip install "achats-check[audit]" (ou, depuis le dossier du projet, pip install ".[audit]").'
            )
