#!/usr/bin/env python3
"""Make the embedded fonts: Noto Sans/Serif CJK SC, Regular and Bold, as subset
OpenType (CFF) files that keep the `locl` feature for Simplified Chinese,
Traditional Chinese (Taiwan) and Traditional Chinese (Hong Kong), so that one
file gives all three glyph forms by language and region; and small companions
(TrueType) for what Noto CJK lacks: Noto Sans/Serif, Regular and Bold, for
Latin, Greek and Cyrillic letters, superscripts, subscripts and currency signs,
and Noto Sans Symbols2 for check marks and geometric shapes.

Usage (Debian 12, packages fonts-noto-cjk 1:20220127+repack1-1 and
fonts-noto-core 20201225-1):

    apt-get install -y fonts-noto-cjk fonts-noto-core
    python3 -m venv venv
    venv/bin/pip install fonttools==4.68.0 uharfbuzz==0.57.0
    venv/bin/pip install opencc-python-reimplemented==0.1.7
    venv/bin/python make_subsets.py              # writes beside this script
    venv/bin/python make_subsets.py --out DIR    # writes into DIR
    venv/bin/python make_subsets.py --check      # makes all in a temporary
                                                 # folder, twice, and compares
                                                 # both with the files here

Writes the four .otf files, the five .ttf files and characters.txt, prints sizes
and SHA-256 sums. The output depends only on the source fonts (their sums are
pinned below), on the three pinned Python packages and on this script; no time,
path or host name goes into it. (uharfbuzz orders the subtables of GSUB and
GPOS; without it the fonts are as good but not the same bytes.)

characters.txt is exactly the union of the cmaps of the nine files, read back
from them. It is UTF-8 without a byte order mark and has no header and no
comments: all characters in code point order, unseparated, 64 to a line (the
last line may be shorter), every line ended by LF. LF is not one of the
characters; the first character of the first line is the space. Not normalised
(do not: it has U+212B beside U+00C5, and combining marks on their own).
"""

import argparse
import hashlib
import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version

FONTTOOLS = "4.68.0"
UHARFBUZZ = "0.57.0"
OPENCC = "0.1.7"

CJK_DIR = "/usr/share/fonts/opentype/noto"
CORE_DIR = "/usr/share/fonts/truetype/noto"
PACKAGES = {CJK_DIR: "fonts-noto-cjk 1:20220127+repack1-1",
            CORE_DIR: "fonts-noto-core 20201225-1"}
# (source file, its SHA-256, family of the face to take, output file)
CJK = [
    ("NotoSansCJK-Regular.ttc",
     "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
     "Noto Sans CJK SC", "NotoSansCJKsc-Regular.otf"),
    ("NotoSansCJK-Bold.ttc",
     "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb",
     "Noto Sans CJK SC", "NotoSansCJKsc-Bold.otf"),
    ("NotoSerifCJK-Regular.ttc",
     "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481",
     "Noto Serif CJK SC", "NotoSerifCJKsc-Regular.otf"),
    ("NotoSerifCJK-Bold.ttc",
     "a5d4b046c127da3d7c72f98b46c41489cd29bf52abfdf18aba920903e920d4ac",
     "Noto Serif CJK SC", "NotoSerifCJKsc-Bold.otf"),
]
LATIN = [
    ("NotoSans-Regular.ttf",
     "89c3c497f618fdaa0b2d1e98fef93582f28c71debd2c4a8cdf41f190ced2909d",
     "Noto Sans", "NotoSans-Regular.ttf"),
    ("NotoSans-Bold.ttf",
     "e83493c945848ecd4a9ad0f6d19164541a0d3e23a9c952304a00a46e00272ac5",
     "Noto Sans", "NotoSans-Bold.ttf"),
    ("NotoSerif-Regular.ttf",
     "9d7583b7dc9e812afd32a14280c5cac3160012efe50c8d08938f4fea266ff67f",
     "Noto Serif", "NotoSerif-Regular.ttf"),
    ("NotoSerif-Bold.ttf",
     "0af0ff2be8f84910fb21ec5fe1b6b7395e3073250502a334baf6ca2f860c88fe",
     "Noto Serif", "NotoSerif-Bold.ttf"),
]
SYMBOLS = [
    ("NotoSansSymbols2-Regular.ttf",
     "876598db5f1e3bef2bc77c4d94c5b0d5d2c1620be4878a06f18fb5434e331688",
     "Noto Sans Symbols2", "NotoSansSymbols2-Regular.ttf"),
]
FACES = CJK + LATIN + SYMBOLS

CJK_FEATURES = ["kern", "ccmp", "calt", "palt", "halt", "tnum", "lnum", "pnum",
                "fwid", "hwid", "locl", "liga"]
# Keep the default and the three Chinese language systems; the Japanese and
# Korean ones would only bring in glyph forms that no report uses.
CJK_SCRIPTS = ["DFLT"] + [f"{s}.{l}"
                          for s in ("cyrl", "grek", "hani", "kana", "latn")
                          for l in ("dflt", "ZHS", "ZHT", "ZHH")]
# The companions keep these features for all their scripts and languages. Figures
# are lining from the start, so lnum has something to do only where onum has been
# at work; without onum it would be dropped as empty.
CORE_FEATURES = ["kern", "tnum", "lnum", "pnum", "onum", "sups", "subs", "frac",
                 "liga", "locl", "mark", "mkmk", "ccmp"]

# Blocks taken as a whole for the CJK files (as far as the fonts have the
# characters).
CJK_RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0370, 0x03FF),  # Greek
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x214F),  # letterlike: degrees Celsius, trade mark, numero
    (0x2150, 0x218F),  # number forms: fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2460, 0x24FF),  # enclosed numbers and letters
    (0x2500, 0x257F),  # box drawing
    (0x2580, 0x259F),  # block elements
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2600, 0x26FF),  # miscellaneous symbols
    (0x2700, 0x27BF),  # dingbats
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0x3100, 0x312F),  # Bopomofo
    (0x3220, 0x3243),  # parenthesised ideographs
    (0x3280, 0x32B0),  # circled ideographs
    (0x3380, 0x33DF),  # square units: square metre, kg, kW
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE4F),  # CJK compatibility forms
    (0xFE50, 0xFE6F),  # small form variants
    (0xFF00, 0xFFEF),  # half-width and full-width forms
]
NOT_IN_CJK_RANGES = [(0xFF61, 0xFFDC)]  # half-width kana and hangul

# The same for Noto Sans and Noto Serif. They have none of the characters of the
# last two blocks, which come from the CJK files.
LATIN_RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0180, 0x024F),  # Latin Extended-B
    (0x02B0, 0x02FF),  # spacing modifiers: okina, caron, breve
    (0x0300, 0x036F),  # combining marks, for mark and mkmk
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x04FF),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x214F),  # letterlike
    (0x2150, 0x218F),  # number forms: fractions
    (0xFB00, 0xFB06),  # Latin ligatures, as text copied from a PDF has them
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
]
# Line and paragraph separators, bidirectional embeddings and isolates, other
# invisible controls: nothing to draw, and a nuisance in characters.txt.
NOT_IN_LATIN_RANGES = [(0x2028, 0x202E), (0x2061, 0x206F)]

SYMBOL_RANGES = [(0x25A0, 0x25FF)]  # geometric shapes
MARKS = "✓✔✗✘☐☑☒"

# Hong Kong characters that neither Big5 level 1 nor a conversion table yields:
# place, street and personal names, older variants seen in company names, and
# the Cantonese of notices and quotations.
HONG_KONG = (
    "㘭㙟佢冇咁咗哋啲喺嗰嘅嘢嘥噉嚟埗塱墈奀妏孖掹揾搵攞攰旣栢榲槪槺殻"
    "氹汚浄涗滘焔熅燊眞瞓砵磡粦絶綫縕縧罉胷脷艸菓蒀蔴覩謡輋輼邨鋆録鎭"
    "隷靑頔頽顔顚騌鰂鱲鶏鷄鼈"
)
# Mainland personal names and chemical elements beyond GB2312.
MAINLAND = (
    "乂仝卍喆囍垚堃彧旻昉暐暻曈炘烜燊燚犇玥珩珺琎瑀璟祎翀翯赟鋆鎶鿏鿔"
    "𫓧𫟼𬬭𬬻𬭊𬭛𬭳𬭶"
)


def encodable(codec, leads, trails):
    """All characters of a double-byte codec with lead and trail bytes given."""
    out = set()
    for lead in leads:
        for trail in trails:
            try:
                text = bytes((lead, trail)).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                out.add(text)
    return out


def has(codec, char):
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def han(chars):
    return {c for c in chars if "\u3400" <= c <= "\u9fff" or ord(c) >= 0x20000}


def gb2312():
    return encodable("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))


def big5_level_1():
    trails = list(range(0x40, 0x7F)) + list(range(0xA1, 0xFF))
    out = encodable("big5", range(0xA1, 0xA4), trails)  # symbols
    for lead in range(0xA4, 0xC7):
        for trail in trails:
            if lead == 0xC6 and trail > 0x7E:
                continue
            out |= encodable("big5", [lead], [trail])
    return out


def conversions(base):
    """What Simplified/Traditional conversion can make of the base: character
    tables and phrase tables of OpenCC, and its Hong Kong and Taiwan forms."""
    import opencc

    folder = os.path.join(os.path.dirname(opencc.__file__), "dictionary")

    def table(name):
        with open(os.path.join(folder, name + ".txt"), encoding="utf-8") as f:
            for line in f:
                if "\t" in line:
                    key, values = line.rstrip("\n").split("\t")
                    yield key, values.split(" ")

    out = set(base)
    # Simplified to Traditional, of characters and of phrases made of the base
    for name in ("STCharacters", "STPhrases"):
        for key, values in table(name):
            if all(c in base for c in key):
                for value in values:
                    out |= set(value)
    # then the regional forms, in both directions
    for name in ("HKVariants", "HKVariantsRev", "HKVariantsPhrases",
                 "HKVariantsRevPhrases", "TWVariants", "TWVariantsRev"):
        for key, values in table(name):
            if all(c in out for c in key):
                for value in values:
                    out |= set(value)
    # and Traditional to Simplified of Big5 level 1
    for key, values in table("TSCharacters"):
        if key in base:
            out |= set(values[0])
    # every simplified character and its traditional form that GBK has: rare in
    # text, but they are what personal and place names are made of
    for key, values in table("STCharacters"):
        out |= {c for c in [key, *values] if len(c) == 1 and has("gbk", c)}
    keep = {c for c in out if has("big5hkscs", c) or has("gbk", c)}
    return han(keep)


def blocks(ranges):
    return {chr(n) for first, last in ranges for n in range(first, last + 1)}


def wanted():
    """What the CJK files should have."""
    chars = blocks(CJK_RANGES) - blocks(NOT_IN_CJK_RANGES)
    base = gb2312() | big5_level_1()
    chars |= base
    chars |= conversions(han(base))
    chars |= set(HONG_KONG) | set(MAINLAND)
    # surrogates and private use never
    return {c for c in chars if not (0xD800 <= ord(c) <= 0xF8FF)}


def wanted_latin():
    """What Noto Sans and Noto Serif should have."""
    return blocks(LATIN_RANGES) - blocks(NOT_IN_LATIN_RANGES)


def wanted_symbols():
    return blocks(SYMBOL_RANGES) | set(MARKS)


def folder(face):
    return CJK_DIR if face in CJK else CORE_DIR


def open_face(face):
    from fontTools.ttLib import TTCollection, TTFont

    name, _, family, _ = face
    source = os.path.join(folder(face), name)
    if face not in CJK:
        return TTFont(source, lazy=True, recalcTimestamp=False)
    with TTCollection(source, lazy=True) as collection:
        number = next(i for i, f in enumerate(collection.fonts)
                      if f["name"].getDebugName(1) == family)
    return TTFont(source, fontNumber=number, lazy=True, recalcTimestamp=False)


def coverage(face):
    with open_face(face) as font:
        return set(font.getBestCmap())


def covered(path):
    """What a file made here has: all of its Unicode cmaps together."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return {chr(n) for table in font["cmap"].tables
                if table.isUnicode() and table.format != 14 for n in table.cmap}


def make(face, text, out):
    from fontTools import subset

    _, _, family, target = face
    options = subset.Options()
    options.hinting = False
    if face in CJK:
        options.layout_features = CJK_FEATURES
        options.layout_scripts = CJK_SCRIPTS
    else:
        options.layout_features = CORE_FEATURES
    options.harfbuzz_repacker = True  # and stop without uharfbuzz
    options.drop_tables += ["vhea", "vmtx", "VORG"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 14]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.canonical_order = True
    font = open_face(face)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    if font["name"].getDebugName(1) != family:
        raise SystemExit(f"{target}: family name lost")
    path = os.path.join(out, target)
    subset.save_font(font, path, options)
    return path


def union(paths):
    return "".join(sorted(set().union(*map(covered, paths))))


def listing(text):
    """The contents of characters.txt."""
    return "".join(text[i:i + 64] + "\n" for i in range(0, len(text), 64))


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def check_inputs():
    for package, pinned in (("fonttools", FONTTOOLS), ("uharfbuzz", UHARFBUZZ),
                            ("opencc-python-reimplemented", OPENCC)):
        if version(package) != pinned:
            raise SystemExit(f"{package} {version(package)} found, {pinned} needed")
    for face in FACES:
        name, digest, _, _ = face
        path = os.path.join(folder(face), name)
        package = PACKAGES[folder(face)]
        if not os.path.exists(path):
            raise SystemExit(f"{path} not found: apt-get install {package.split()[0]}")
        if sha256(path) != digest:
            raise SystemExit(f"{path} is not the file of {package}")


def make_all(out):
    jobs = []
    with ProcessPoolExecutor() as pool:
        for faces, chars in ((CJK, wanted()), (LATIN, wanted_latin()),
                             (SYMBOLS, wanted_symbols())):
            # only what all fonts of a group have, so that they are
            # interchangeable
            common = set.intersection(*pool.map(coverage, faces))
            text = "".join(sorted(c for c in chars if ord(c) in common))
            print(f"{faces[0][2]}: {len(text)} characters, "
                  f"{len(han(text))} of them Han")
            jobs += [pool.submit(make, face, text, out) for face in faces]
        paths = [job.result() for job in jobs]
    text = union(paths)
    with open(os.path.join(out, "characters.txt"), "w",
              encoding="utf-8", newline="\n") as f:
        f.write(listing(text))
    print(f"all: {len(text)} characters")
    for path in paths:
        print(f"{sha256(path)}  {os.path.getsize(path):>9}  {os.path.basename(path)}")
    print(f"total {sum(map(os.path.getsize, paths))} bytes")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--out", default=here, help="folder to write into")
    parser.add_argument("--check", action="store_true",
                        help="make twice, compare with the files beside this script")
    args = parser.parse_args()
    check_inputs()
    if not args.check:
        os.makedirs(args.out, exist_ok=True)
        make_all(args.out)
        return
    names = ["characters.txt"] + [face[3] for face in FACES]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        make_all(one)
        make_all(two)
        for name in names:
            sums = {sha256(os.path.join(d, name)) for d in (one, two, here)}
            if len(sums) != 1:
                sys.exit(f"{name}: not the same bytes")
    with open(os.path.join(here, "characters.txt"), encoding="utf-8",
              newline="") as f:
        if f.read() != listing(union(os.path.join(here, n) for n in names[1:])):
            sys.exit("characters.txt: not the union of the cmaps")
    print("check passed: three times the same bytes")


if __name__ == "__main__":
    main()
