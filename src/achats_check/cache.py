"""Validated rules kept from one run to the next, so that a command does not read 240 YAML files.

The key is the content of every file, with the tool's version. A second, small file says which key
a listing of those files (name, size, dates, inode) had, so that files that did not change are not read again.
Other values made of rules, and as long to make, are kept alike (``Kind``).
All lie in the user's own cache folder; what is read back may name nothing but the records of its kind:
a tampered file is ignored, never run.

A built package brings its own rules ready made (``shipped``), for the first command, and for machines where nothing
can be kept from one command to the next.
"""

# 240 files are listed at each start, and a Path costs more than the system call it makes.
# ruff: noqa: PTH116, PTH118, PTH120, PTH123
import io
import os
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from achats_check import __version__, private_folder
from achats_check.garbage import not_searched

_KEPT = 4
SHIPPED = "_ready.rules"
"""Where the rules of a built package are, in its folder."""
BUILD = f"{__version__}|{sys.implementation.cache_tag}"


class Kind(NamedTuple):
    """A kind of value that is kept."""

    suffix: str
    makers: tuple[str, ...]
    """Folders of the package whose modules make such a value, or are what is kept of it."""
    records: frozenset[tuple[str, str]]
    """Module and name of each class that may be read back, beside plain values."""


RULES = Kind(
    ".rules",
    ("", "facts", os.path.join("facts", "notices"), os.path.join("facts", "roles"), "law", "model"),
    frozenset(
        {
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
    ),
)


def rule_files(root: str) -> list[str]:
    """Return every YAML file under a folder, in a stable order."""
    found = []
    for folder, _, names in os.walk(root):
        found += [os.path.join(folder, name) for name in names if name.endswith(".yaml")]
    return sorted(found)


def content_key(root: str, files: Sequence[str]) -> str:
    """Return the hash of the content of files, the same wherever they lie, and of what reads them.

    Raises:
        OSError: A file that cannot be read.
    """
    stats = [(path, os.stat(path)) for path in files]
    listing = "\n".join(
        (BUILD, root, *(f"{p}|{s.st_size}|{s.st_mtime_ns}|{s.st_ctime_ns}|{s.st_ino}" for p, s in stats))
    ).encode("utf-8", "surrogateescape")
    name = f"{_checksum(os.fsencode('|'.join((root, *files)))):08x}.files"
    key, _, known = (private_folder.read(name) or b"").partition(b"\n")
    if known == listing:
        return key.decode("ascii", "replace")
    found = _hashed(root, files)
    newest = max((max(s.st_mtime_ns, s.st_ctime_ns) for _, s in stats), default=0)
    private_folder.write(name, found.encode() + b"\n" + listing, older_than_ns=newest)
    private_folder.keep_newest(".files", _KEPT)
    return found


def _checksum(text: bytes) -> int:
    from binascii import crc32

    return crc32(text)


def _hashed(root: str, files: Sequence[str]) -> str:
    from hashlib import sha256

    digest = sha256(__version__.encode())
    for path in files:
        with open(path, "rb") as stream:
            data = stream.read()
        name = os.path.relpath(path, root) if path.startswith(root + os.sep) else path
        digest.update(f"|{name}|{len(data)}|".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.hexdigest()


def read(key: str, kind: Kind = RULES) -> Any | None:
    """Return what was stored under a key; None when there is nothing that may be trusted."""
    content = private_folder.read(_name(key, kind))
    return None if content is None else _restored(content, kind)


def write(key: str, value: Any, kind: Kind = RULES) -> None:
    """Store a value.

    Raises:
        ValueError: The value holds something else than the records of its kind, and would never be read again.
    """
    private_folder.write(_name(key, kind), _packed(value, kind))
    private_folder.keep_newest(kind.suffix, _KEPT)


def to_ship(root: str, value: Any) -> bytes:
    """Return what ``shipped`` reads of the rules of a folder, for the build of a package."""
    return _hashed(root, rule_files(root)).encode() + b"\n" + _packed(value, RULES)


def shipped(key: str) -> Any | None:
    """Return the rules that a built package brings; None in a checkout, or when their files have changed since."""
    try:
        with open(os.path.join(os.path.dirname(__file__), SHIPPED), "rb") as stream:
            of_these_files = stream.readline() == key.encode() + b"\n"
            return _restored(stream.read(), RULES) if of_these_files else None
    except OSError:
        return None


def _packed(value: Any, kind: Kind) -> bytes:
    import pickle

    content = pickle.dumps(value, protocol=5)
    if _restored(content, kind) is None:
        raise ValueError("the value holds something else than plain values and the records of its kind")
    return content


def _name(key: str, kind: Kind) -> str:
    """Return the name of a kept file: code that changed between two versions, or another Python, keeps its own."""
    package = os.path.dirname(__file__)
    mark = _checksum(BUILD.encode())
    for folder in kind.makers:
        try:
            with os.scandir(os.path.join(package, folder)) as entries:
                found = [entry.stat() for entry in entries if entry.name.endswith(".py")]
        except OSError:  # a package that is not in files
            continue
        mark = hash((mark, *sorted((stat.st_mtime_ns, stat.st_size) for stat in found)))
    return f"{key}-{mark & 0xFFFFFFFF:08x}{kind.suffix}"


def _restored(content: bytes, kind: Kind) -> Any | None:
    from pickle import Unpickler, UnpicklingError

    class Reader(Unpickler):
        """Builds the records of the kind and nothing else."""

        def find_class(self, module: str, name: str) -> Any:
            if (module, name) not in kind.records:
                raise UnpicklingError(f"{module}.{name}")
            return super().find_class(module, name)

    try:
        with not_searched():  # 30 000 objects
            return Reader(io.BytesIO(content)).load()
    except (EOFError, AttributeError, TypeError, ValueError, ImportError, IndexError, KeyError, UnpicklingError):
        return None
