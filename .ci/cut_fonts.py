"""Cut the three web fonts in static/fonts/ from their published packages.

    python .ci/cut_fonts.py

Needs npm, pip and fontTools. Run it when SIGNS changes; the files it writes are kept in the repository.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).parents[1] / "static" / "fonts"

ANUPHAN = "@fontsource-variable/anuphan@5.3.0"
SARABUN = "fontpkg-sarabun==1.0"
HEADING_WEIGHT = 650

THAI = [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]
ASCII = range(0x20, 0x7F)
SIGNS = (
    "\u00a0\u00a9\u00b0\u00b7\u00bc\u00bd\u00d7\u00f7\u2013\u2014\u2018\u2019\u201c\u201d"
    "\u2022\u2026\u2039\u203a\u2190\u2192\u2212\u25cc"
)
KEPT_FEATURES = ["ccmp", "liga", "locl", "rlig", "kern", "mark", "mkmk", "tnum"]
COPYRIGHT, FAMILY, STYLE, FULL_NAME, POSTSCRIPT_NAME, LICENCE, LICENCE_ADDRESS = 0, 1, 2, 4, 6, 13, 14


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        cut_anuphan(fetch_anuphan(work), work)
        cut_sarabun(fetch_sarabun(work))
    for path in sorted(TARGET.glob("*.woff2")):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


def fetch_anuphan(work: Path) -> Path:
    """The unpacked npm package."""
    packed = subprocess.run(["npm", "pack", "--silent", ANUPHAN], cwd=work, check=True, capture_output=True, text=True)
    with tarfile.open(work / packed.stdout.strip()) as archive:
        archive.extractall(work, filter="data")
    return work / "package"


def fetch_sarabun(work: Path) -> Path:
    """The unpacked PyPI wheel."""
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(work), SARABUN]
    subprocess.run(download, check=True)
    with zipfile.ZipFile(next(work.glob("fontpkg_sarabun-*.whl"))) as archive:
        archive.extractall(work)
    return work / "fontpkg_sarabun"


def cut_anuphan(package: Path, work: Path) -> None:
    """One weight of the variable font; the package has Thai and Latin in two files, we want them in one."""
    halves = []
    for script, characters in (("thai", THAI), ("latin", [*ASCII, *map(ord, SIGNS)])):
        font = TTFont(package / "files" / f"anuphan-{script}-wght-normal.woff2")
        half = work / f"{script}.ttf"
        save(subset(instantiateVariableFont(font, {"wght": HEADING_WEIGHT}), characters), half)
        halves.append(str(half))
    whole = Merger().merge(halves)
    whole["head"].created = whole["head"].modified = font["head"].modified
    save(whole, TARGET / "anuphan-650.woff2", flavor="woff2")
    (TARGET / "anuphan-OFL.txt").write_bytes((package / "LICENSE").read_bytes())


def cut_sarabun(package: Path) -> None:
    for name, weight in (("Regular", 400), ("Bold", 700)):
        font = TTFont(package / "files" / f"Sarabun-{name}.ttf", recalcTimestamp=False)
        save(subset(font, [*ASCII, *map(ord, SIGNS), *THAI]), TARGET / f"sarabun-{weight}.woff2", flavor="woff2")
    (TARGET / "sarabun-OFL.txt").write_bytes((package / "LICENSE").read_bytes())


def subset(font: TTFont, characters: list[int]) -> TTFont:
    options = Options(
        hinting=False,
        layout_features=KEPT_FEATURES,
        name_IDs=[COPYRIGHT, FAMILY, STYLE, FULL_NAME, POSTSCRIPT_NAME, LICENCE, LICENCE_ADDRESS],
        notdef_outline=True,
        drop_tables=["DSIG", "STAT", "MVAR", "HVAR", "gasp", "prep", "meta"],
    )
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    return font


def save(font: TTFont, path: Path, flavor: str | None = None) -> None:
    font.recalcTimestamp = False  # the same packages give the same bytes
    font.flavor = flavor
    font.save(path)


if __name__ == "__main__":
    main()
