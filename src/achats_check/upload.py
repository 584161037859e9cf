"""``Upload``: a file in memory, as a form, a queue or a store of documents gives it."""

from __future__ import annotations


class Upload:
    """A file to check that is on no disk, with the name that people know it by.

        check(Upload("RC.pdf", content), today=date.today())

    A ``.zip`` stands for the pieces that it holds, as on disk; ``achats-check.yaml`` is the side file of the others.
    While it is read it lies under a number in a private folder, which is removed.
    """

    __slots__ = ("content", "name")

    def __init__(self, name: str, content: bytes) -> None:
        """Describe a file in memory.

        Args:
            name: How reports call it; its extension helps to recognise the format, its words the piece.
            content: All of it.
        """
        self.name = name
        self.content = content

    def __repr__(self) -> str:
        return f"Upload({self.name!r}, {len(self.content)} bytes)"
