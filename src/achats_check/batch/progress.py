"""How far an audit is: on the error output when somebody looks at it, nowhere when a program asks for the audit."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Progress = Callable[[int, int, str, str], AbstractContextManager[Callable[[], None]]]
"""Shows how work goes on, as ``progress_bar`` does: total, done before, what, title."""


@contextmanager
def silent(total: int, done: int = 0, what: str = "dossier", title: str = "") -> Iterator[Callable[[], None]]:
    """Show nothing: see ``progress_bar``."""
    yield lambda: None


@contextmanager
def progress_bar(total: int, done: int = 0, what: str = "dossier", title: str = "") -> Iterator[Callable[[], None]]:
    """Show a bar with the rate and the time that remains; nothing where the error output is no terminal.

    Args:
        total: How many there are in all.
        done: Those that were done before.
        what: What they are, in French, in the singular.
        title: What is being done, in French; what they are, in the plural, by default.

    Yields:
        What to call for each one done.
    """
    from tqdm import tqdm

    form = "{desc} {percentage:3.0f} %|{bar}| {n_fmt}/{total_fmt} [{elapsed} écoulées, reste {remaining}, {rate_fmt}]"
    name = title or f"{what.capitalize()}s"
    with tqdm(total=total, initial=done, desc=name, unit=f" {what}", bar_format=form, disable=None) as bar:

        def step() -> None:
            bar.update()

        yield step
