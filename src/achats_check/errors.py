"""The errors that stop the work on an input or on the whole run, with the exit code of each.

::

    AchatsCheckError
    ├── UsageError           2   an option, a fact name or a value that cannot be used
    ├── ReadError            3   a tender document that cannot be read
    ├── DescriptionError     3   a JSON or YAML description that is not one
    ├── RuleFileError        3   a rule, parameter, vocabulary or pack file at fault
    └── NothingToCheckError  4   inputs that hold nothing to judge

A finding is not an error, nor is a piece that could not be read: both are results.
Anything else that is raised is a bug of ours and is never dressed as one of these.
"""

from __future__ import annotations


class AchatsCheckError(Exception):
    """Base of every error a user can act on; ``str(error)`` is a French sentence."""

    exit_code = 1


class ProgramFault(Exception):
    """A bug of ours that another process met.

    Attributes:
        what: As ``described`` says it.
        kept: File that holds its whole traceback.
    """

    def __init__(self, what: str, kept: str) -> None:
        super().__init__(f"{what} ({kept})")
        self.what = what
        self.kept = kept


def described(error: Exception) -> str:
    """Return in French what a bug of ours raised, and where in the program."""
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "achats_check" in frame.filename] or list(frames)
    if not ours:
        return type(error).__name__
    file = ours[-1].filename.replace("\\", "/").rpartition("achats_check/")[2]
    return f"{type(error).__name__} dans {file}, ligne {ours[-1].lineno}"


class UsageError(AchatsCheckError):
    """An option, a fact name or a value that cannot be used."""

    exit_code = 2


class ReadError(AchatsCheckError):
    """A document that cannot be read.

    Attributes:
        reason: What is wrong, in French, without the path.
        advice: What the user can do about it, in French.
    """

    exit_code = 3

    def __init__(self, reason: str, advice: str = "") -> None:
        super().__init__(f"{reason} {advice}".strip())
        self.reason = reason
        self.advice = advice

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str]]:
        """Pass from one process to another whole."""
        return type(self), (self.reason, self.advice)


class DescriptionError(AchatsCheckError):
    """A JSON or YAML description of a tender or of a buyer that is not valid.

    Attributes:
        path: Where the description was read, or "" when it was given as data.
        faults: One French sentence for each fault, all of them.
    """

    exit_code = 3

    def __init__(self, path: str, faults: list[str]) -> None:
        where = f"{path} : " if path else ""
        super().__init__("\n".join(f"{where}{fault}" for fault in faults))
        self.path = path
        self.faults = faults

    def __reduce__(self) -> tuple[type[DescriptionError], tuple[str, list[str]]]:
        """Pass from one process to another whole."""
        return type(self), (self.path, self.faults)


class RuleFileError(AchatsCheckError):
    """One or more rule files at fault; every fault of every file is told at once.

    Attributes:
        faults: "file:line:column: message" for each fault.
    """

    exit_code = 3

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults

    def __reduce__(self) -> tuple[type[RuleFileError], tuple[list[str]]]:
        """Pass from one process to another whole: an exception travels by its message, which is not what makes it."""
        return type(self), (self.faults,)


class NothingToCheckError(AchatsCheckError):
    """Inputs that hold nothing to judge."""

    exit_code = 4
