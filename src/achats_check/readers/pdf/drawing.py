"""What is drawn on a page beside its text: rules, frames, shaded cells, images, those of inner forms included."""

import ctypes
from typing import TYPE_CHECKING, Any, NamedTuple

from achats_check.readers.pdf.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATH, _IMAGE, _FORM = 2, 3, 5
_CURVE_TO, _MOVE_TO = 1, 2
_ONE_RECTANGLE, _MANY_SEGMENTS = 5, 4_000
"""Segments of a plain rectangle, and of a drawing that is no table."""
_SAMPLE = 16
"""Segments looked at to tell a drawing made of curves, as a logo is; the corners of a frame may be round."""
_WHITE = 250
"""Least value of the three colours of a background that does not show."""
_MAX_DEPTH, _MAX_OBJECTS = 4, 60_000
"""Forms within forms, and objects of a page, beyond which a drawing is left unread."""


class _Matrix(NamedTuple):
    """An affine map of the plane, as PDF writes it."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the image of a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: "_Matrix") -> "_Matrix":
        """Return the map that applies this one, then another."""
        e, f = outer.point(self.e, self.f)
        return _Matrix(
            outer.a * self.a + outer.c * self.b,
            outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d,
            outer.b * self.c + outer.d * self.d,
            e,
            f,
        )

    def box(self, box: Box) -> Box:
        """Return the bounds of the image of a rectangle."""
        return _around([self.point(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)])


_SAME = _Matrix()


class Drawing:
    """The objects of a loaded page."""

    def __init__(self, pdfium: Any, page: Any) -> None:
        self._pdfium = pdfium
        self._page = page
        self._sides = [ctypes.c_float() for _ in range(4)]
        self._colour = [ctypes.c_uint() for _ in range(4)]

    def path_boxes(self) -> list[Box]:
        """Return the bounds of what is drawn: rules, frames, shaded cells; white backgrounds are left out."""
        boxes: list[Box] = []
        for item, matrix in self._objects(_PATH):
            if self._is_white(item):
                continue
            count = self._pdfium.FPDFPath_CountSegments(item)
            several = _ONE_RECTANGLE < count <= _MANY_SEGMENTS
            found = self._subpaths(item, count) if several else [self._bounds(item)]
            boxes.extend(found if matrix is _SAME else (matrix.box(box) for box in found))
        return boxes

    def image_area(self, page: Box) -> float:
        """Return the area the images cover within the page, in square points: a scan may be cut in strips."""
        boxes = (matrix.box(self._bounds(item)) for item, matrix in self._objects(_IMAGE))
        return sum(_common_area(box, page) for box in boxes)

    def _objects(self, kind: int) -> "Iterator[tuple[Any, _Matrix]]":
        """Yield the objects of a kind, each with the map from its own plane to the page."""
        pdfium = self._pdfium
        pending = [(self._page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _SAME, 0)]
        seen = 0
        while pending:
            holder, count_of, get, matrix, depth = pending.pop()
            for rank in range(count_of(holder)):
                seen += 1
                if seen > _MAX_OBJECTS:
                    return
                item = get(holder, rank)
                found = pdfium.FPDFPageObj_GetType(item)
                if found == kind:
                    yield item, matrix
                elif found == _FORM and depth < _MAX_DEPTH:
                    inner = self._matrix(item).then(matrix)
                    pending.append(
                        (item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)
                    )

    def _matrix(self, item: Any) -> _Matrix:
        matrix = self._pdfium.FS_MATRIX()
        self._pdfium.FPDFPageObj_GetMatrix(item, matrix)
        return _Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _is_white(self, path: Any) -> bool:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        self._pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        if stroke.value or not fill.value:
            return not stroke.value
        self._pdfium.FPDFPageObj_GetFillColor(path, *self._colour)
        red, green, blue, _ = self._colour
        return bool(min(red.value, green.value, blue.value) >= _WHITE)

    def _subpaths(self, path: Any, count: int) -> list[Box]:
        """Return the bounds of each part of a path that draws several rules at once; none for a drawing of curves."""
        pdfium = self._pdfium
        segment_of, type_of = pdfium.FPDFPath_GetPathSegment, pdfium.FPDFPathSegment_GetType
        sample = range(0, count, max(count // _SAMPLE, 1))
        if sum(type_of(segment_of(path, rank)) == _CURVE_TO for rank in sample) * 4 > len(sample) * 3:
            return []
        matrix = self._matrix(path)
        x, y = ctypes.c_float(), ctypes.c_float()
        boxes: list[Box] = []
        points: list[tuple[float, float]] = []
        for rank in range(count):
            segment = segment_of(path, rank)
            if points and type_of(segment) == _MOVE_TO:
                boxes.append(matrix.box(_around(points)))
                points = []
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append((x.value, y.value))
        return [*boxes, matrix.box(_around(points))] if points else boxes

    def _bounds(self, item: Any) -> Box:
        left, bottom, right, top = self._sides
        self._pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        return Box(left.value, bottom.value, right.value, top.value)


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _common_area(one: Box, other: Box) -> float:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.top, other.top) - max(one.bottom, other.bottom)
    return max(width, 0) * max(height, 0)
