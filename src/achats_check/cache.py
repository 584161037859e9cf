"""Validated rules kept from one run to the next, so that a command does not read 200 YAML files.

The key is the content of every file, with the tool's version and Python's. The file lies in the user's own
cache folder, is read only if that user owns it and nobody else may write it, and may name nothing but the
records of the model: a tampered file is ignored, never run.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from achats_check import __version__

_ALLOWED = {
    ("decimal", "Decimal"),
    ("datetime", "date"),
    ("achats_check.vocabulary", "Vocabulary"),
    ("achats_check.vocabulary", "FactSpec"),
    ("achats_check.vocabulary", "Field"),
    ("achats_check.law.rulebook", "Rulebook"),
    ("achats_check.law.rulebook", "Sources"),
    ("achats_check.model.rule", "Condition"),
    ("achats_check.model.rule", "KitCitation"),
    ("achats_check.model.rule", "LegalReference"),
    ("achats_check.model.rule", "Operand"),
    ("achats_check.model.rule", "Parameter"),
    ("achats_check.model.rule", "ParameterRow"),
    ("achats_check.model.rule", "Rule"),
    ("achats_check.model.rule", "RuleVersion"),
}


class _Reader(pickle.Unpickler):
    """Builds the model's records and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


def content_key(root: Path, files: Sequence[Path]) -> str:
    """Return the hash of the content of files, and of what reads them."""
    digest = hashlib.sha256(f"{__version__}|{sys.implementation.cache_tag}".encode())
    for path in files:
        data = path.read_bytes()
        name = path.relative_to(root) if path.is_relative_to(root) else path
        digest.update(f"|{name}|{len(data)}|".encode())
        digest.update(data)
    return digest.hexdigest()


def read(key: str) -> Any | None:
    """Return what was stored under a key; None when there is nothing that may be trusted."""
    path = _folder() / f"{key}.rules"
    try:
        with path.open("rb") as stream:
            if not (_private(os.fstat(stream.fileno())) and _private(path.parent.stat())):
                return None
            return _Reader(io.BytesIO(stream.read())).load()
    except (
        OSError,
        EOFError,
        AttributeError,
        TypeError,
        ValueError,
        ImportError,
        IndexError,
        KeyError,
        pickle.UnpicklingError,
    ):
        return None


def write(key: str, value: Any) -> None:
    """Store a value; a folder that cannot be written only costs time."""
    folder = _folder()
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as stream:
            pickle.dump(value, stream, protocol=5)
        Path(name).replace(folder / f"{key}.rules")
        _forget_others(folder, key)


def _forget_others(folder: Path, key: str, keep: int = 4) -> None:
    """Keep the newest caches only: each change of a rule leaves one behind."""
    others = sorted(folder.glob("*.rules"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[keep:]:
        if path.stem != key:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "achats-check"


def _private(found: os.stat_result) -> bool:
    """Say whether a file or folder belongs to this user and nobody else may write it."""
    getuid = getattr(os, "getuid", None)
    return getuid is None or (found.st_uid == getuid() and not found.st_mode & 0o022)
