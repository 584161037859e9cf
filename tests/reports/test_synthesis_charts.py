"""Charts of a synthesis: nothing leaves its frame, longer means more, labels stay apart, holes stay holes."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reader import Element, read_page

from achats_check.model.finding import CONFORME, NON_CONFORME
from achats_check.model.synthesis import AMOUNT, BARS, COUNT, LINES, NUMBER, SHARE, Chart, Series, Target
from achats_check.reports.page.colours import VERDICT_COLOURS
from achats_check.reports.synthesis.charts import chart_block, figures_table
from achats_check.reports.synthesis.colours import SERIES_COLOURS
from achats_check.reports.synthesis.lettering import LINE, SIZE, apart, cut, width, wrap
from achats_check.reports.synthesis.scale import scale
from achats_check.reports.synthesis.values import UNKNOWN

YEARS = tuple(str(year) for year in range(2015, 2026))
amounts = st.none() | st.floats(0, 1e14) | st.just(0.0)
labels = st.text(st.characters(codec="utf-8"), max_size=60)


@st.composite
def charts(draw: st.DrawFn, kind: str) -> Chart:
    """Draw a chart with anything that an audit may put in one."""
    names = draw(st.lists(labels, max_size=14))
    size = len(names)
    values = st.lists(amounts, min_size=size, max_size=size).map(tuple)
    bounds = st.just(()) | values
    series = st.builds(Series, st.text(max_size=50), values, bounds, bounds, st.sampled_from(("", CONFORME, "autre")))
    targets = st.builds(Target, st.text(max_size=50), st.floats(0, 1e14))
    return Chart(
        draw(labels),
        kind,
        draw(st.sampled_from((COUNT, AMOUNT, SHARE, NUMBER))),
        tuple(names),
        tuple(draw(st.lists(series, max_size=5))),
        tuple(draw(st.lists(targets, max_size=4))),
    )


def pictures(chart: Chart) -> list[Element]:
    """Return the drawings of a chart, the wide one first, or none."""
    return list(read_page(chart_block(chart, "g")).all("svg", "picture"))


def frame(picture: Element) -> tuple[float, float]:
    """Return the width and the height of a drawing."""
    left, top, right, bottom = map(float, picture["viewbox"].split())
    assert left == top == 0
    return right, bottom


def boxes(picture: Element, *kinds: str) -> list[tuple[float, float, float, float]]:
    """Return the room of every line of letters: left, top, right, bottom."""
    found = []
    for text in picture.all("text"):
        if kinds and not set(kinds) & set(text.classes):
            continue
        spans = list(text.all("tspan")) or [text]
        for span in spans:
            x, y, room = float(span["x"]), float(span["y"]), width(span.text)
            shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attributes.get("text-anchor") or "start"]
            left = x - room * shift
            found.append((left, y - SIZE * 0.8, left + room, y + SIZE * 0.25))
    return found


def numbers(path: str) -> list[float]:
    """Return the coordinates of a path."""
    return [float(number) for number in re.findall(r"-?\d+\.?\d*", path)]


def check_frame(picture: Element) -> None:
    """Hold every word and every bar inside the drawing."""
    right, bottom = frame(picture)
    for box in boxes(picture):
        assert box[0] >= -1
        assert box[1] >= -1
        assert box[2] <= right + 1
        assert box[3] <= bottom + 1
    for bar in picture.all("rect"):
        x, y, wide, high = (float(bar[name]) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= right + 1
        assert 0 <= y <= y + high <= bottom


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    """Tell whether two boxes share more than their edges."""
    return a[0] < b[2] - 0.6 and b[0] < a[2] - 0.6 and a[1] < b[3] - 0.6 and b[1] < a[3] - 0.6


@settings(max_examples=40)
@given(charts(BARS) | charts(LINES))
def test_nothing_leaves_its_frame(chart: Chart) -> None:
    """Words and bars are inside the drawing, on a wide screen and on a phone, and the markup is well formed."""
    for picture in pictures(chart):
        check_frame(picture)


@settings(max_examples=30)
@given(charts(LINES))
def test_names_beside_curves_never_cover_one_another(chart: Chart) -> None:
    """Neither the names of the curves nor those of the targets."""
    for picture in pictures(chart):
        found = boxes(picture, "name", "goal")
        assert not [pair for pair in combinations(found, 2) if overlap(*pair)]


@settings(max_examples=30)
@given(charts(BARS))
def test_labels_of_bars_never_cover_one_another(chart: Chart) -> None:
    """Neither labels, nor values, nor targets, nor the figures of the axis."""
    for picture in pictures(chart):
        for kinds in (("label",), ("value",), ("goal",), ("tick",)):
            found = boxes(picture, *kinds)
            assert not [pair for pair in combinations(found, 2) if overlap(*pair)]


@settings(max_examples=30)
@given(st.lists(st.floats(0, 1e12), min_size=1, max_size=20))
def test_longer_bars_are_greater_values(values: list[float]) -> None:
    """Bars are as long as their values are great, to the width of a line."""
    chart = Chart("t", BARS, NUMBER, tuple(map(str, range(len(values)))), (Series("s", tuple(values)),))
    for picture in pictures(chart):
        lengths = [float(bar["width"]) for bar in picture.all("rect")]
        drawn = [value for value in values if value]
        top = max(drawn, default=1.0)
        full = max(lengths, default=0.0)
        for value, length in zip(drawn, lengths, strict=True):
            assert length == pytest.approx(max(1.0, value / top * full), abs=1.1)


@given(st.floats(1e-6, 1e15), st.sampled_from((COUNT, AMOUNT, SHARE, NUMBER)), st.integers(2, 8))
def test_ticks_are_round_and_reach_the_top(top: float, unit: str, wanted: int) -> None:
    """The axis starts at zero, has even steps, holds the greatest value and little more."""
    axis = scale(top, 10.0, 110.0, unit=unit, wanted=wanted)
    assert axis.ticks[0] == 0
    assert axis.ticks[-1] >= top * 0.999999
    assert 2 <= len(axis.ticks) <= wanted + 2
    step = axis.ticks[1]
    assert all(after - before == pytest.approx(step, rel=1e-6) for before, after in pairwise(axis.ticks))
    assert float(f"{step:.0e}") == step
    assert int(f"{step:e}"[0]) in (1, 2, 5)
    if unit == COUNT:
        assert step >= 1
    assert axis.at(0) == 10
    assert axis.at(axis.ticks[-1]) == 110


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_the_axis_keeps_the_order(one: float, other: float) -> None:
    """A greater value is never drawn before a smaller one."""
    axis = scale(1e9, 0.0, 100.0, unit=AMOUNT)
    assert (axis.at(one) <= axis.at(other)) or one > other


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(5, 40)), max_size=12))
def test_labels_are_set_apart_in_their_order(wanted: list[tuple[float, float]]) -> None:
    """None covers another, the first is not above the top, and those that fit are above the bottom."""
    places, heights = [place for place, _ in wanted], [height for _, height in wanted]
    centres = apart(places, heights, 0.0, 300.0)
    spans = sorted((c - h / 2, c + h / 2) for c, h in zip(centres, heights, strict=True))
    assert all(after[0] >= before[1] - 1e-6 for before, after in pairwise(spans))
    assert all(top >= -1e-6 and bottom <= max(300.0, sum(heights)) + 1e-6 for top, bottom in spans)


@given(labels, st.floats(20, 300))
def test_words_fit_the_room_given(text: str, room: float) -> None:
    """A text that is cut ends in an ellipsis; one that is short enough is whole."""
    assert width(cut(text, room)) <= room or cut(text, room) == "…"
    lines = wrap(text, room)
    assert len(lines) <= 2
    assert all(width(line) <= room or line == "…" for line in lines)
    if width(text) <= room:
        assert lines == [text]


def line_chart(*series: Series, targets: tuple[Target, ...] = ()) -> Chart:
    """Return a chart of curves over years."""
    return Chart("Courbes", LINES, SHARE, YEARS[: len(series[0].values)], series, targets)


def test_a_gap_is_not_bridged() -> None:
    """An unknown year cuts the curve in two."""
    wide, _ = pictures(line_chart(Series("a", (0.1, 0.2, None, 0.3, 0.4))))
    curves = [numbers(path["d"]) for path in wide.all("path", "curve")]
    assert [len(curve) // 2 for curve in curves] == [2, 2]
    assert curves[0][-2] < curves[1][0]


def test_a_point_alone_is_marked() -> None:
    """One known year shows its mark, its value, and an error bar when it has bounds."""
    wide, _ = pictures(line_chart(Series("a", (None, 0.2, None), (None, 0.1, None), (None, 0.5, None))))
    assert len(list(wide.all("path", "error"))) == 1
    assert len([mark for mark in wide.all("path", "mark") if list(mark.all("title"))]) == 1
    assert [text.text for text in wide.all("text", "value")] == ["20\u00a0%"]


def test_a_band_covers_its_bounds() -> None:
    """The band goes along the lower bounds and back along the upper ones, cut where one is unknown."""
    series = Series("a", (0.2, 0.3, 0.3, 0.4), (0.1, 0.2, None, 0.3), (0.3, 0.4, 0.5, 0.6))
    wide, _ = pictures(line_chart(series))
    (band,) = wide.all("path", "band")
    points = numbers(band["d"])
    assert len(points) == 8
    assert points[1] > points[7]
    assert points[0] == points[6]
    assert len(list(wide.all("path", "error"))) == 1


def test_years_stand_at_their_distance() -> None:
    """Two years apart take twice the width of one."""
    chart = Chart("c", LINES, COUNT, ("2019", "2020", "2022"), (Series("a", (1, 2, 3)),))
    (curve,) = pictures(chart)[0].all("path", "curve")
    first, second, third = numbers(curve["d"])[::2]
    assert third - second == pytest.approx(2 * (second - first), abs=0.3)


def test_targets_are_drawn_at_their_level() -> None:
    """Higher on the page is greater; the line of a target lies between the values around it."""
    wide, narrow = pictures(line_chart(Series("a", (0.2, 0.4)), targets=(Target("Objectif : 30 %", 0.3),)))
    for picture in (wide, narrow):
        (curve,) = picture.all("path", "curve")
        low, high = numbers(curve["d"])[1::2]
        level = numbers(next(picture.all("path", "target"))["d"])[1]
        assert high < level < low
    assert [e.text for e in wide.all("text", "goal")] == ["Objectif\u00a0: 30\u00a0%"]
    page = read_page(chart_block(line_chart(Series("a", (0.2,)), targets=(Target("Visé", 0.3),)), "g"))
    assert [e.text for e in page.all("li")] == ["a", "Visé"]


@pytest.mark.parametrize("kind", [BARS, LINES])
@pytest.mark.parametrize(
    "chart",
    [
        Chart("vide", "", COUNT, (), ()),
        Chart("sans série", "", COUNT, ("a",), ()),
        Chart("inconnu", "", COUNT, ("a", "b"), (Series("s", (None, None)),)),
        Chart("court", "", COUNT, ("a", "b"), (Series("s", ()),)),
        Chart("nan", "", COUNT, ("a",), (Series("s", (float("nan"),)),)),
        Chart("infini", "", COUNT, ("a",), (Series("s", (float("inf"),)),)),
    ],
)
def test_nothing_known_is_said(chart: Chart, kind: str) -> None:
    """A chart without a value says so instead of drawing an empty frame."""
    text = chart_block(chart._replace(kind=kind), "g")
    assert "Aucune valeur connue" in text
    assert "<svg" not in text


@pytest.mark.parametrize("kind", [BARS, LINES])
@pytest.mark.parametrize("values", [(0.0,), (0.0, 0.0), (1e300, 1.0), (0.5,), (1e-9,), (-3.0, 4.0)])
def test_odd_values_are_drawn(values: tuple[float, ...], kind: str) -> None:
    """Zeros, a single value, huge ones, and one below nothing, which no count is."""
    for unit in (COUNT, AMOUNT, SHARE, NUMBER):
        for picture in pictures(Chart("t", kind, unit, YEARS[: len(values)], (Series("s", values),))):
            check_frame(picture)


def test_zero_is_not_unknown() -> None:
    """A bar of nothing shows its zero, and an unknown one its word."""
    wide, _ = pictures(Chart("t", BARS, COUNT, ("a", "b", "c"), (Series("s", (0, None, 2)),)))
    assert [text.text for text in wide.all("text", "value")] == ["0", UNKNOWN, "2"]
    assert len(list(wide.all("rect"))) == 1


def test_stacked_bars_add_up() -> None:
    """Segments touch, their sum is written at the end, and what is unknown is not counted as nothing."""
    series = (Series("a", (2, 3), meaning=NON_CONFORME), Series("b", (4, None)))
    wide, _ = pictures(Chart("t", BARS, COUNT, ("x", "y"), series))
    first, second, third = ((float(bar["x"]), float(bar["width"])) for bar in wide.all("rect"))
    assert first[0] + first[1] == pytest.approx(second[0], abs=0.11)
    assert third[1] == pytest.approx(1.5 * first[1], abs=0.11)
    assert [text.text for text in wide.all("text", "value")] == ["6", f"3 + {UNKNOWN}"]
    assert [bar.classes[1] for bar in wide.all("rect")] == ["c-non_conforme", "c-2", "c-non_conforme"]


def test_many_labels_stay_readable() -> None:
    """Forty labels have a line each; past what a picture can hold, the table has the others."""
    for size, drawn in ((40, 40), (200, 60)):
        names = tuple(
            f"Un acheteur au nom assez long pour passer à la ligne, numéro {i}{' ou plus' * 9}" for i in range(size)
        )
        block = chart_block(Chart("t", BARS, COUNT, names, (Series("s", tuple(range(size))),)), "g")
        page = read_page(block)
        wide = next(page.all("svg", "wide"))
        tops = sorted({box[1] for box in boxes(wide, "value")})
        assert len(tops) == drawn
        assert all(after - before >= LINE for before, after in pairwise(tops))
        assert len(list(page.all("tr"))) == size + 1
        assert ("140 autres" in block) is (size == 200)
    titles = [title.text for title in wide.all("title")]
    assert names[0] in titles


def test_the_table_of_a_chart_has_all_its_figures() -> None:
    """A column for each series and for each of its bounds; the targets are told above."""
    series = (Series("a", (1.0, None), (0.5, 0.0), (2.0, 3.0)), Series("b", (4.0,)))
    table = figures_table(Chart("t", LINES, NUMBER, ("2020", "2021"), series, (Target("Visé : 3", 3.0),)))
    assert [column.title for column in table.columns] == ["Année", "a", "a, au moins", "a, au plus", "b"]
    assert table.rows == (("2020", 1.0, 0.5, 2.0, 4.0), ("2021", None, 0.0, 3.0, None))
    assert "Visé : 3" in table.note


_SEEN_BY = {
    "tous": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deutéranope": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protanope": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
}
"""Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB."""


def linear(colour: str) -> list[float]:
    """Return the linear red, green and blue of a colour."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """Return a colour where distances are those that eyes see (CIE 1976)."""
    r, g, b = (min(max(part, 0.0), 1.0) for part in rgb)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("eyes", list(_SEEN_BY))
@pytest.mark.parametrize("shade", ["light", "dark"])
def test_colours_are_told_apart(eyes: str, shade: str) -> None:
    """Any two colours of a row are far apart, for colour-blind readers too."""
    for row in (SERIES_COLOURS, tuple(VERDICT_COLOURS.values())):
        seen = []
        for colour in row:
            rgb = linear(getattr(colour, shade))
            seen.append(lab([sum(a * b for a, b in zip(line, rgb, strict=True)) for line in _SEEN_BY[eyes]]))
        for one, other in combinations(seen, 2):
            assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 20


def test_letters_are_read_on_their_colour() -> None:
    """4.5 to 1 at least, as accessibility asks of small letters."""

    def light(colour: str) -> float:
        r, g, b = linear(colour)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for colour in (*SERIES_COLOURS, *VERDICT_COLOURS.values()):
        for ground, ink in ((colour.light, colour.light_ink), (colour.dark, colour.dark_ink)):
            low, high = sorted((light(ground), light(ink)))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (ground, ink)
