"""Scanned pages and images: read by tesseract when asked for, each page at its place, less surely, once."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_programs import nothing, play
from make_pieces import lines, pdf_bytes, written
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from achats_check.model.document import Document, Unread
from achats_check.readers import guards, read
from achats_check.readers.ocr.images import pictures
from achats_check.readers.ocr.turning import upright
from achats_check.readers.ocr.words import lines as lines_of

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def table(*texts: str, sure: int = 95) -> str:
    """What tesseract writes for lines under one another."""
    found = [HEAD, "1\t1\t0\t0\t0\t0\t0\t0\t1600\t2300\t-1\t"]
    for rank, text in enumerate(texts, 1):
        left = 150
        for place, word in enumerate(text.split(), 1):
            found.append(
                f"5\t1\t1\t1\t{rank}\t{place}\t{left}\t{150 + 40 * rank}\t{17 * len(word)}\t30\t{sure}\t{word}"
            )
            left += 17 * (len(word) + 1)
    return "\n".join(found) + "\n"


PAGE = table("Article 2 - Durée", "Le marché dure quatre ans à compter de sa noti-", "fication au titulaire.")
TESSERACT = """
if "--list-langs" in sys.argv:
    print("List of available languages (2):\\neng\\nfra")
    sys.exit()
data = sys.stdin.buffer.read()
with SEEN.open("a") as seen:
    seen.write(" ".join([*sys.argv[1:], os.environ["OMP_THREAD_LIMIT"], data[:3].decode()]) + "\\n")
shade = chr(97 + data[len(data) // 2] % 26) * 5  # a word that pages of other pictures do not have
sys.stdout.buffer.write(SEEN.with_name("table").read_bytes().replace(b"SHADE", shade.encode()))
"""


@pytest.fixture
def tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Play a tesseract that reads ``PAGE`` on every page, with a cache of its own; return what it saw."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "table").write_text(PAGE, encoding="utf-8")
    return play(monkeypatch, tmp_path, "tesseract", TESSERACT)


def picture(shade: int = 200) -> Callable[[Canvas], None]:
    """A page that is a picture."""
    return lambda canvas: canvas.drawImage(ImageReader(Image.new("L", (400, 600), shade)), 0, 0, 595, 842)


MIXED = pdf_bytes(
    lines("Article 1 - Objet", "Tonte."),
    picture(),
    lines("Article 3 - Prix", "Le prix est forfaitaire, ferme et définitif pour la durée."),
)


def document(path: Path, data: bytes, ocr: bool = True) -> Document:
    """Read a piece, with recognition."""
    result = read(written(path, data), ocr=ocr)
    assert isinstance(result, Document), result
    return result


def test_a_scanned_page_takes_its_place(tmp_path: Path, tesseract: Path) -> None:
    """Its titles and paragraphs stand between those of the other pages, and the page is told."""
    found = document(tmp_path / "RC.pdf", MIXED)
    assert [(block.page, block.kind, block.article, block.text) for block in found.blocks][:6] == [
        (1, "title", "1", "Article 1 - Objet"),
        (1, "paragraph", "1", "Tonte."),
        (2, "title", "2", "Article 2 - Durée"),
        (2, "paragraph", "2", "Le marché dure quatre ans à compter de sa noti-fication au titulaire."),
        (3, "title", "3", "Article 3 - Prix"),
        (3, "paragraph", "3", "Le prix est forfaitaire, ferme et définitif pour la durée."),
    ]
    assert (found.ocr_pages, found.unread_pages) == ((2,), ())
    assert found.partly_read
    assert found.warnings == ()
    assert tesseract.read_text(encoding="utf-8") == "stdin stdout -l fra --dpi 200 tsv 1 P5 \n"


def test_a_page_is_read_once(tmp_path: Path, tesseract: Path) -> None:
    """The words of a picture are kept: a second run starts no program for it."""
    first, second = (document(tmp_path / "RC.pdf", MIXED) for _ in range(2))
    assert first == second
    assert len(tesseract.read_text(encoding="utf-8").splitlines()) == 1


def test_nobody_asked(tmp_path: Path, tesseract: Path) -> None:
    """Without the option the page stays unread and tesseract is not started."""
    found = document(tmp_path / "RC.pdf", MIXED, ocr=False)
    assert (found.ocr_pages, found.unread_pages) == ((), (2,))
    assert not tesseract.exists()


def test_a_piece_all_scanned(tmp_path: Path, tesseract: Path) -> None:
    """A PDF of pictures alone is read too, in order, on several processes."""
    (tmp_path / "table").write_text(table("Le titulaire SHADE.", "Il tond SHADE."), encoding="utf-8")
    found = document(tmp_path / "RC.pdf", pdf_bytes(*[picture(shade) for shade in (190, 200, 210)]))
    assert found.ocr_pages == (1, 2, 3)
    words = [(1, "iiiii"), (2, "sssss"), (3, "ccccc")]
    assert [(b.page, b.text) for b in found.blocks] == [(n, f"Le titulaire {w}. Il tond {w}.") for n, w in words]
    assert len(tesseract.read_text(encoding="utf-8").splitlines()) == 3


def test_a_piece_nothing_is_recognised_in(tmp_path: Path, tesseract: Path) -> None:
    """A PDF of pictures without words is unread, and nobody is told to try what was tried."""
    (tmp_path / "table").write_text(HEAD, encoding="utf-8")
    result = read(written(tmp_path / "RC.pdf", pdf_bytes(picture())), ocr=True)
    assert isinstance(result, Unread)
    assert "n'y a rien lu" in result.advice


def test_limit_on_pages(tmp_path: Path, tesseract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages beyond the limit stay unread, and are told."""
    monkeypatch.setattr(guards, "MAX_OCR_PAGES", 1)
    found = document(tmp_path / "RC.pdf", pdf_bytes(picture(190), picture(200)))
    assert (found.ocr_pages, found.unread_pages) == ((1,), (2,))
    assert any("non lue(s) : 2" in warning for warning in found.warnings)


TROUBLES = {
    "missing": (None, "n'est pas installé"),
    "no French": ("print('eng')", "sans les données du français"),
    "broken": ("sys.exit(3)", "sans les données du français"),
}


@pytest.mark.parametrize(("code", "word"), TROUBLES.values(), ids=TROUBLES)
def test_without_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str | None, word: str) -> None:
    """Without the program or its French, the pages stay unread and the report says what to install."""
    if code is None:
        nothing(monkeypatch, tmp_path)
    else:
        play(monkeypatch, tmp_path, "tesseract", code)
    mixed = document(tmp_path / "RC.pdf", MIXED)
    assert mixed.unread_pages == (2,)
    assert word in mixed.warnings[0]
    assert "tesseract-ocr-fra" in mixed.warnings[0]
    for name, data in (("RC.pdf", pdf_bytes(picture())), ("RC.png", png())):
        result = read(written(tmp_path / name, data), ocr=True)
        assert isinstance(result, Unread)
        assert word in result.advice


@pytest.mark.parametrize(
    "code", ["sys.exit(1)", "sys.stdout.write('rien')", "time.sleep(30)", "os.kill(os.getpid(), 9)"]
)
def test_pages_tesseract_fails_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """A page on which tesseract fails, or takes too long, stays unread; the others are there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(guards, "OCR_SECONDS", 1)
    play(monkeypatch, tmp_path, "tesseract", f"if '--list-langs' in sys.argv: print('fra')\nelse: {code}")
    found = document(tmp_path / "RC.pdf", MIXED)
    assert (found.ocr_pages, found.unread_pages) == ((), (2,))
    assert found.blocks[0].text == "Article 1 - Objet"


def test_noise_is_no_text() -> None:
    """A page that tesseract is not sure of, or next to empty, gives nothing; broken words are marked."""
    assert lines_of(table("un deux trois quatre", sure=30), 842, 200) == []
    assert lines_of(table("un deux"), 842, 200) == []
    assert lines_of("rien\n5\tx\n" + HEAD, 842, 200) == []
    found = lines_of(PAGE, 842, 200)
    assert [line.text for line in found] == [
        "Article 2 - Durée",
        "Le marché dure quatre ans à compter de sa noti\ufffefication au titulaire.",
    ]
    assert found[0].top > found[0].bottom > found[1].bottom > 0


def png(size: tuple[int, int] = (400, 600), mode: str = "L") -> bytes:
    """Bytes of an image."""
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGB", "RGBA", "LA", "I;16"])
def test_images(tmp_path: Path, tesseract: Path, mode: str) -> None:
    """An image of any kind is a piece of one page."""
    found = document(tmp_path / "RC.png", png(mode=mode))
    assert (found.format, found.pages, found.ocr_pages) == ("image", 1, (1,))
    assert [(block.kind, block.page) for block in found.blocks] == [("title", 1), ("paragraph", 1)]


def test_deep_greys_are_not_white(tmp_path: Path) -> None:
    """An image of 65 000 greys keeps its lights and its shadows."""
    deep = Image.new("I;16", (2, 1))
    deep.putpixel((0, 0), 20_000)
    deep.putpixel((1, 0), 60_000)
    deep.save(tmp_path / "a.png")
    (drawn,) = pictures(tmp_path / "a.png")
    assert list(drawn.data[-2:]) == [78, 234]


def test_frames_of_an_image(tmp_path: Path, tesseract: Path) -> None:
    """Each frame of a TIFF is a page."""
    buffer = io.BytesIO()
    frames = [Image.new("L", (300, 400), shade) for shade in (10, 20)]
    frames[0].save(buffer, "TIFF", save_all=True, append_images=frames[1:], dpi=(300, 300))
    found = document(tmp_path / "RC.tif", buffer.getvalue())
    assert (found.pages, found.ocr_pages) == (2, (1, 2))
    assert "--dpi 300" in tesseract.read_text(encoding="utf-8")


def test_bad_images(tmp_path: Path, tesseract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged or huge images, and images without text, are unread, with what to do."""
    monkeypatch.setattr(guards, "MAX_PICTURE_DOTS", 10_000)
    (tmp_path / "table").write_text(HEAD, encoding="utf-8")
    for data, word in ((png((40, 40))[:45], "endommagée"), (png(), "points"), (png((40, 40)), "Aucun texte")):
        result = read(written(tmp_path / "RC.png", data), ocr=True)
        assert isinstance(result, Unread)
        assert word in result.reason
        assert result.advice


def test_an_image_nobody_asked_to_read(tmp_path: Path) -> None:
    """Without the option an image is unread, and the option is named."""
    result = read(written(tmp_path / "RC.png", png()))
    assert isinstance(result, Unread)
    assert "--ocr" in result.advice


REAL_TESSERACT = shutil.which("tesseract")


@pytest.mark.skipif(REAL_TESSERACT is None, reason="tesseract is not installed: the played one is tested above")
def test_with_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real program reads a real picture of text with these very options."""
    import pypdfium2

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    written(tmp_path / "text.pdf", pdf_bytes(lines("Article 1 - Objet", "Le présent marché a pour objet la tonte.")))
    with pypdfium2.PdfDocument(tmp_path / "text.pdf") as pdf:
        drawn = pdf[0].render(scale=200 / 72).to_pil().convert("L")
    found = document(tmp_path / "RC.pdf", pdf_bytes(lambda c: c.drawImage(ImageReader(drawn), 0, 0, 595, 842)))
    assert [(block.kind, block.text) for block in found.blocks] == [
        ("title", "Article 1 - Objet"),
        ("paragraph", "Le présent marché a pour objet la tonte."),
    ]
    assert os.environ["XDG_CACHE_HOME"].startswith(str(tmp_path))


SIDEWAYS = """
if "--list-langs" in sys.argv:
    print("fra")
    sys.exit()
data = sys.stdin.buffer.read()
with SEEN.open("a") as seen:
    seen.write(" ".join(sys.argv[3:]) + "\\n")
across, down = map(int, data.split(None, 3)[1:3])
if "0" in sys.argv:
    print("Rotate: 90\\nOrientation confidence: 12.5")
else:
    sys.stdout.buffer.write(SEEN.with_name("table" if down > across else "noise").read_bytes())
"""


def test_a_page_scanned_on_its_side_is_turned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that makes no sense is turned as tesseract says and read again, once for all."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "table").write_text(PAGE, encoding="utf-8")
    (tmp_path / "noise").write_text(table(*["un deux trois"] * 9, sure=20), encoding="utf-8")
    seen = play(monkeypatch, tmp_path, "tesseract", SIDEWAYS)
    for _ in range(2):
        found = document(tmp_path / "RC.png", png((600, 400)))
        assert [block.kind for block in found.blocks] == ["title", "paragraph"]
    asked = ["-l fra --dpi 200 tsv", "--psm 0", "-l fra --dpi 200 tsv"]
    assert seen.read_text(encoding="utf-8").splitlines() == asked


@pytest.mark.parametrize(("turn", "dots"), [("90", b"daebfc"), ("180", b"fedcba"), ("270", b"cfbead")])
def test_turning(turn: str, dots: bytes) -> None:
    """A picture of two rows of three dots is turned clockwise by what is said."""
    turned = upright(b"P5 3 2 255\nabcdef", f"Rotate: {turn}\nOrientation confidence: 9.1")
    assert turned is not None
    size = b"3 2" if turn == "180" else b"2 3"
    assert turned.data == b"P5 %s 255\n%s" % (size, dots)
    assert turned.down == (2 if turn == "180" else 3)


@pytest.mark.parametrize(
    "answer", ["", "Rotate: 0\nOrientation confidence: 9", "Rotate: 90\nOrientation confidence: 0.4"]
)
def test_a_page_that_may_be_upright_is_not_turned(answer: str) -> None:
    """Without a sure answer nothing is turned."""
    assert upright(b"P5 3 2 255\nabcdef", answer) is None
