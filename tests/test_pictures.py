"""Pictures beside figures.yml: upright, without metadata, in three widths, shown with size and alternative text."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
import yaml
from PIL import Image

from report_site.convert import convert
from report_site.errors import InputError
from report_site.folder.catalogue import Translations
from report_site.folder.loading import load_folder
from report_site.publish.docs import render_docs
from report_site.publish.pictures import WIDTHS, PictureFile, publish_pictures
from report_site.publish.roundtrip import parse_markdown

SAMPLE = Path(__file__).parent / "cases" / "audits" / "sample"
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


def test_a_picture_outside_the_folder_is_refused(folder: Path) -> None:
    data = yaml.safe_load((folder / "figures.yml").read_text("utf-8"))
    data["figures"][0]["picture"] = "../../etc/photo.jpg"
    (folder / "figures.yml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    with pytest.raises(InputError, match="outside"):
        published(folder)
