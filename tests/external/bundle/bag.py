"""The rules of bags that the reference `bagit` does not check, read from RFC 8493 and from the notes of the Library of
Congress on moving bags between systems. Usage: bag.py BUNDLE.zip
"""

import hashlib
import re
import sys
import unicodedata
import zipfile

ROOT = "evidence-bundle/"
book = zipfile.ZipFile(sys.argv[1])
names = [info.filename for info in book.infolist()]
files = {name.removeprefix(ROOT): book.read(name) for name in names}
faults = []


def check(holds, what):
    if not holds:
        faults.append(what)


check(all(name.startswith(ROOT) for name in names), "one folder at the top")
check(len(set(names)) == len(names), "no name twice")
folded = [unicodedata.normalize("NFC", name).casefold() for name in names]
check(len(set(folded)) == len(folded), "no names that differ in case or form alone")
for name in files:
    parts = name.split("/")
    check(all(part == part.strip() and part not in ("", ".", "..") for part in parts), f"white space or dots: {name!r}")
    check(not any(part.endswith(".") or part.startswith("~") for part in parts), f"stops or tildes: {name!r}")
    check(not re.search(r'[\x00-\x1f\x7f<>:"\\|?*]', name), f"characters that Windows refuses: {name!r}")
    check(not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)", parts[-1]), f"a device: {name!r}")
    check(len(name) < 240, f"long: {name!r}")
check(files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "the declaration, without a mark")
check("fetch.txt" not in files, "nothing to be fetched")
payload = {name for name in files if name.startswith("data/")}
for manifest, covered in (("manifest-sha256.txt", payload),
                          ("tagmanifest-sha256.txt", set(files) - payload - {"tagmanifest-sha256.txt"})):
    text = files[manifest].decode("utf-8")
    check(not text.startswith("\ufeff") and "\r" not in text and text.endswith("\n"), f"{manifest}: plain lines")
    listed = []
    for line in text.splitlines():
        match = re.fullmatch(r"([0-9a-f]{64})  (\S(?:.*\S)?)", line)
        if not match:
            faults.append(f"{manifest}: {line!r}")
            continue
        path = match[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        listed.append(path)
        check(path in files and hashlib.sha256(files[path]).hexdigest() == match[1], f"{manifest}: {path}")
    check(len(set(listed)) == len(listed), f"{manifest}: a path twice")
    check(set(listed) == covered, f"{manifest}: {set(listed) ^ covered}")
info = files["bag-info.txt"].decode("utf-8")
size = sum(len(files[name]) for name in payload)
check(f"Payload-Oxum: {size}.{len(payload)}\n" in info, "the sum of bytes and files")
check(all(re.fullmatch(r"[A-Za-z-]+: \S(.*\S)?", line) for line in info.splitlines()), "labels and values")
print("\n".join(faults) or f"{len(files)} files keep the rules of bags")
sys.exit(1 if faults else 0)
