"""Pictures beside figures.yml: upright, without metadata, in three widths, shown with size and alternative text."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from PIL import Image, ImageCms

import report_site
from places import CASES
from report_site.commands.cli import main
from report_site.convert import convert
from report_site.folder.catalogue import Translations
from report_site.folder.loading import load_folder
from report_site.model import Figure
from report_site.model.errors import InputError
from report_site.model.texts import blocks_of
from report_site.publish.docs import render_docs
from report_site.publish.pictures import WIDTHS, PictureFile, publish_pictures
from report_site.publish.roundtrip import parse_markdown

SAMPLE = CASES / "audits" / "sample"
ORIENTATION, ROTATED = 0x0112, 6


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample report, its first figure with a picture."""
    root = tmp_path / "report"
    shutil.copytree(SAMPLE, root)
    data = yaml.safe_load((root / "figures.yml").read_text("utf-8"))
    data["figures"][0]["picture"] = "photo.jpg"
    (root / "figures.yml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    (root / "pictures").mkdir()
    return root


def published(root: Path) -> tuple[PictureFile, ...]:
    return publish_pictures(root, load_folder(root).picture_names)


def photo(path: Path, size: tuple[int, int] = (2000, 1000)) -> None:
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    exif = Image.Exif()
    exif[ORIENTATION] = ROTATED
    exif[0x010F] = "a camera with a serial number"
    image.save(path, "JPEG", exif=exif)


def test_publishes_upright_in_three_widths_without_metadata(folder: Path) -> None:
    photo(folder / "pictures" / "photo.jpg")
    (picture,) = published(folder)
    assert picture.published.height == 2 * picture.published.width, "turned upright"
    assert sorted(picture.files) == [
        "photo-1000.jpg",
        "photo-1000.webp",
        "photo-480.jpg",
        "photo-480.webp",
        "photo-960.jpg",
        "photo-960.webp",
    ]
    for data in picture.files.values():
        with Image.open(io.BytesIO(data)) as image:
            assert not image.getexif()


def test_a_large_picture_is_no_wider_than_the_largest_width(folder: Path) -> None:
    Image.new("RGB", (4000, 1000), "white").save(folder / "pictures" / "photo.jpg", "JPEG")
    (picture,) = published(folder)
    widths = {Image.open(io.BytesIO(data)).width for data in picture.files.values()}
    assert widths == set(WIDTHS)


def test_the_page_shows_it_with_size_and_alternative_text(folder: Path) -> None:
    photo(folder / "pictures" / "photo.jpg")
    loaded = load_folder(folder)
    files = render_docs(convert(loaded, Translations("zh")), publish_pictures(loaded.root, loaded.picture_names))
    page = next(data.decode() for name, data in files.items() if name.startswith("zh/") and b"pictures/photo" in data)
    image = parse_markdown(page, "zh").css_first("figure picture img")
    assert image is not None
    entry = loaded.figures[0]
    assert entry.alternative is not None
    assert image.attributes["alt"] == entry.alternative.zh
    assert image.attributes["width"] == "1000"
    assert image.attributes["height"] == "2000"
    assert "960w" in (image.attributes["srcset"] or "")
    source = parse_markdown(page, "zh").css_first("figure picture source[type='image/webp']")
    assert source is not None
    assert "photo-480.webp" in (source.attributes["srcset"] or "")


@pytest.mark.parametrize("content", [None, b"no picture", b""])
def test_names_a_missing_or_broken_file(folder: Path, content: bytes | None) -> None:
    path = folder / "pictures" / "photo.jpg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"photo\.jpg"):
        published(folder)


def test_a_bomb_is_refused(folder: Path) -> None:
    Image.new("1", (9000, 9000)).save(folder / "pictures" / "photo.jpg", "PNG")
    with pytest.raises(InputError, match=r"pixels|bomb"):
        published(folder)


def named(folder: Path, *names: str) -> None:
    """The sample's figures with these pictures."""
    data = yaml.safe_load((folder / "figures.yml").read_text("utf-8"))
    data["figures"] = [{**data["figures"][0], "picture": names[0]}, *({"at": "1", "picture": n} for n in names[1:])]
    (folder / "figures.yml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        published(folder)
    (problem,) = caught.value.problems
    assert re.match(r"figures\.yml:\d+: ", str(problem))
    return str(problem)


@pytest.mark.parametrize("name", ["../../etc/photo.jpg", "/etc/hostname", "a\0b.png", "loop.png", "link.png"])
def test_only_files_of_the_folder(folder: Path, name: str) -> None:
    (folder / "pictures" / "loop.png").symlink_to("loop.png")
    (folder / "pictures" / "link.png").symlink_to("/etc/hostname")
    named(folder, name)
    assert re.search("outside|no name of a file|invisible", refusal_of_load_or_pictures(folder))


def refusal_of_load_or_pictures(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        published(folder)
    return str(caught.value)


def test_what_is_no_file_is_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "pictures" / "photo.jpg")
    assert "is no file" in refusal(folder)
    (folder / "pictures" / "photo.jpg").unlink()
    (folder / "pictures" / "photo.jpg").mkdir()
    assert "is no file" in refusal(folder)


@pytest.mark.parametrize(
    "content",
    [
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(/tmp/x) (w) file closefile {} loop\n",
        b"\xc5\xd0\xd3\xc6" + bytes(28) + b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n{} loop",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.4\n",
        b"BM" + bytes(60),
        b"\x00\x00\x01\x00" + bytes(60),
    ],
)
def test_only_pictures_are_opened_whatever_their_name(
    folder: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*args: object, **kwargs: object) -> None:
        raise AssertionError("a picture started a program")

    monkeypatch.setattr(subprocess, "Popen", run)
    (folder / "pictures" / "photo.jpg").write_bytes(content)
    assert "is no picture of a kind that is read" in refusal(folder)


def test_a_picture_that_moves_is_refused(folder: Path) -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue", "green")]
    frames[0].save(folder / "pictures" / "photo.jpg", "GIF", save_all=True, append_images=frames[1:])
    assert "has 3 frames" in refusal(folder)


def test_a_truncated_picture_is_refused(folder: Path) -> None:
    photo(folder / "pictures" / "photo.jpg")
    data = (folder / "pictures" / "photo.jpg").read_bytes()
    (folder / "pictures" / "photo.jpg").write_bytes(data[: len(data) // 2])
    assert "no usable picture" in refusal(folder)


def test_a_chart_stays_without_loss_and_a_photograph_does_not(folder: Path) -> None:
    chart = Image.new("RGB", (700, 500), "white")
    for x in range(0, 700, 35):
        chart.paste((x % 255, 90, 160), (x, 500 - x // 2, x + 20, 500))
    chart.save(folder / "pictures" / "chart.png")
    Image.effect_noise((700, 500), 90).convert("RGB").save(folder / "pictures" / "noise.png")
    Image.merge("RGB", [Image.effect_noise((700, 500), 90) for _ in range(3)]).save(folder / "pictures" / "view.png")
    named(folder, "chart.png", "view.png")
    first, second = published(folder)
    assert set(first.files) == {"chart-480.png", "chart-480.webp", "chart-700.png", "chart-700.webp"}
    for name in ("chart-700.png", "chart-700.webp"):
        with Image.open(io.BytesIO(first.files[name])) as image:
            assert image.convert("RGB").tobytes() == chart.tobytes()
    assert {Path(name).suffix for name in second.files} == {".jpg", ".webp"}


def test_two_pictures_of_one_stem_stay_two(folder: Path) -> None:
    Image.new("RGB", (600, 400), "red").save(folder / "pictures" / "pond.png")
    Image.new("RGB", (600, 400), "blue").save(folder / "pictures" / "POND.jpg", "JPEG")
    named(folder, "pond.png", "POND.jpg")
    red, blue = published(folder)
    assert not {name.casefold() for name in red.files} & {name.casefold() for name in blue.files}
    for picture, colour in ((red, (255, 0, 0)), (blue, (0, 0, 254))):
        data = picture.files[picture.published.src.removeprefix("pictures/")]
        with Image.open(io.BytesIO(data)) as image:
            assert image.convert("RGB").getpixel((300, 200)) == colour


@pytest.mark.parametrize("name", ["po#nd?1%20.jpg", "a b,c'd\".jpg", "池塘（二）.jpg", "#.jpg"])
def test_any_name_gives_a_safe_address(folder: Path, name: str) -> None:
    photo(folder / "pictures" / name)
    named(folder, name)
    (picture,) = published(folder)
    assert all(re.fullmatch(r"[\w-]+\.(jpg|webp)", file) for file in picture.files)


def test_pictures_are_opened_by_their_formats() -> None:
    code = Path(report_site.__file__).parent
    opening = {path.relative_to(code).as_posix(): path.read_text("utf-8") for path in code.rglob("*.py")}
    found = {
        name: calls for name, text in opening.items() if (calls := re.findall(r"\b(?:Image|Pixels)\.open\(.*", text))
    }
    assert sorted(found) == ["publish/pictures.py", "source/intake/word.py"]
    assert all("formats=FORMATS" in call for calls in found.values() for call in calls)


def test_pictures_of_the_source_come_into_the_folder_with_their_words(tmp_path: Path) -> None:
    """The file that a mark names lies beside the source; its words and the caption below go with it; no link leads out."""
    (tmp_path / "images").mkdir()
    Image.new("RGB", (64, 48), "teal").save(tmp_path / "images" / "a.png")
    Image.new("RGB", (64, 48), "red").save(tmp_path.parent / "outside.png")
    source = tmp_path / "source.md"
    source.write_text(
        "# 植树活动\n\n![两名员工扶着树苗](images/a.png)\n\n图 2：员工在西郊植树\n\n三百名员工参加了活动。\n\n"
        "![](images/gone.png)\n\n![](../outside.png)\n\n活动每年举行一次。\n",
        "utf-8",
    )
    folder = tmp_path / "report"
    result = CliRunner().invoke(main, ["new", str(folder), "--source", str(source)])
    assert result.exit_code == 0, result.output
    assert [path.name for path in (folder / "pictures").iterdir()] == ["images-a.png"]
    report = convert(load_folder(folder), Translations("zh"))
    (figure,) = (block for page in report.pages for block in blocks_of(page) if isinstance(block, Figure))
    assert figure.picture == "images-a.png"
    assert figure.alternative is not None
    assert figure.alternative.source == "两名员工扶着树苗"
    assert figure.caption is not None
    assert figure.caption.source.endswith("员工在西郊植树")
    assert report.ledger.unaccounted == ()


def test_an_editors_alternative_text_takes_the_place_of_the_sources(tmp_path: Path) -> None:
    """The ledger keeps the words that were there, under figures.yml's name, and loses none."""
    source = tmp_path / "source.md"
    source.write_text("# 植树活动\n\n![两名员工扶着树苗](a.png)\n\n三百名员工参加了活动，活动每年举行一次。\n", "utf-8")
    folder = tmp_path / "report"
    result = CliRunner().invoke(main, ["new", str(folder), "--source", str(source)])
    assert result.exit_code == 0, result.output
    entry = {"at": "3 两名员工", "alternative": {"zh": "一棵小树", "en": "A small tree"}}
    (folder / "figures.yml").write_text(yaml.safe_dump({"figures": [entry]}, allow_unicode=True), "utf-8")
    report = convert(load_folder(folder), Translations("zh"))
    (line,) = (entry for entry in report.ledger.lines if entry.line == 3)
    assert [(change.rule, change.before) for change in line.changes if change.rule != "markup"] == [
        ("ruling-alternative", "两名员工扶着树苗")
    ]
    assert report.ledger.unaccounted == ()


# --- colours and drawings ------------------------------------------------------------------------------------------


def lab_like_profile() -> bytes:
    """A profile of RGB whose red and blue are exchanged: what ignores it shows another colour."""
    return (
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        .tobytes()
        .replace(b"rXYZ", b"tmp0")
        .replace(b"bXYZ", b"rXYZ")
        .replace(b"tmp0", b"bXYZ")
    )


def middle(picture: PictureFile, ending: str) -> tuple[int, int, int]:
    data = next(data for name, data in picture.files.items() if name.endswith(ending))
    image = Image.open(io.BytesIO(data))
    assert not image.info.get("icc_profile"), "no profile goes into the site"
    red, green, blue, *_ = image.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    return red, green, blue


def coloured(folder: Path, profile: bytes, mode: str = "RGB", colour: object = (250, 0, 0)) -> None:
    image = Image.new(mode, (40, 40), colour)  # type: ignore[arg-type]
    image.save(folder / "pictures" / "photo.jpg", "TIFF" if mode == "CMYK" else "PNG", icc_profile=profile)


def test_colours_are_turned_into_srgb(folder: Path) -> None:
    coloured(folder, lab_like_profile())
    red, _, blue = middle(published(folder)[0], ".png")
    assert blue > 200 > 50 > red


@pytest.mark.parametrize(
    ("mode", "colour"), [("RGB", (250, 0, 0)), ("RGBA", (250, 0, 0, 255)), ("CMYK", (0, 250, 250, 0))]
)
def test_a_profile_that_does_not_fit_changes_nothing(folder: Path, mode: str, colour: object) -> None:
    coloured(folder, b"no profile at all", mode, colour)
    red, _, blue = middle(published(folder)[0], ".webp")
    assert red > 200 > 50 > blue


def test_transparency_stays_where_colours_change(folder: Path) -> None:
    coloured(folder, lab_like_profile(), "RGBA", (250, 0, 0, 100))
    (picture,) = published(folder)
    data = next(data for name, data in picture.files.items() if name.endswith(".png"))
    assert Image.open(io.BytesIO(data)).getpixel((5, 5))[3] == 100  # type: ignore[index]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["photo.jpg", "photo.svg"])
def test_an_svg_is_refused_with_what_to_do(folder: Path, name: str, encoding: str) -> None:
    named(folder, name)
    drawing = '<?xml version="1.0"?><!-- a chart --><svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    (folder / "pictures" / name).write_bytes(drawing.encode(encoding))
    said = refusal(folder)
    assert (
        f"{name}: is no picture of a kind that is read, but an SVG, which may hold scripts and load other files" in said
    )
    assert "export it as PNG" in said
