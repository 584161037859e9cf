"""Errors pass from one process to another whole, whatever carries them."""

from __future__ import annotations

import pickle

import pytest

from achats_check.errors import AchatsCheckError, DescriptionError, ReadError, RuleFileError, UsageError


@pytest.mark.parametrize(
    "error",
    [
        UsageError("Option refusée."),
        ReadError("Illisible.", "L'enregistrer de nouveau."),
        DescriptionError("marche.json", ["objet : manque.", "type : inconnu."]),
        RuleFileError(["a.yaml:1:1: faute", "b.yaml:2:2: faute"]),
    ],
)
def test_an_error_travels_whole(error: AchatsCheckError) -> None:
    """A worker that cannot load its rules says why in the same words as here."""
    found = pickle.loads(pickle.dumps(error))
    assert (type(found), str(found), vars(found)) == (type(error), str(error), vars(error))
