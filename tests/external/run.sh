#!/usr/bin/env bash
# Prints the real report and checks it with programs that share nothing with ours: axe in Chromium and the Nu checker
# on the HTML, pikepdf, qpdf and poppler on the PDF; the reference bagit, an RO-Crate validator, LibreOffice, libraries for
# DSSE and in-toto, and a second computation of samples on the evidence bundle; openpyxl and LibreOffice on collection
# workbooks, Arelle on facts as xBRL-JSON; Microsoft's validator on SARIF, junitparser on JUnit, pre-commit on the hook;
# check-jsonschema and yaml-language-server on the exported schemas.
# Installs what it needs on Debian; a tool that is missing in the end is a failure.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)

source ./packages.sh
need chromium chromium
need qpdf qpdf
need pdftotext poppler-utils
need node nodejs
need npm npm
need java default-jre-headless
need soffice libreoffice-calc
need openssl openssl
/usr/bin/python3 -c 'import uno' 2>/dev/null || packages+=(python3-uno)
install_packages
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check pikepdf==10.17.0

# The program as the tests build it: alone it would have other features of its dependencies, which would all be compiled
# a second time.
(cd "$root" && cargo test --locked --quiet --no-run)
bin="${CARGO_TARGET_DIR:-$root/target}/debug/esgreport"
"$bin" build "$root/content/xiaomi-2024" -o "$work/out"
"$bin" build "$root/tests/projects/ok/pearl-bank" --lang zh-Hant -o "$work/hant"
"$bin" build "$root/tests/projects/ok/gallery" -o "$work/gallery"
"$bin" build "$root/tests/projects/ok/gallery" --lang both --format html -o "$work/both"

"$work/venv/bin/python" pdf/check.py "$work"/{out,hant,gallery}/*.pdf
for file in "$work"/{out,hant,gallery}/*.pdf; do
  qpdf --check "$file" >/dev/null
done

(cd html && npm install --silent --no-audit --no-fund --no-package-lock)
(cd html && node run.mjs "$work"/{out,hant,gallery,both}/*.html)

# What build servers read: JUnit, the hook, the action and the job; SARIF further below.
"$work/venv/bin/pip" install -q --disable-pip-version-check junitparser==5.0.3 pre-commit==4.7.0 check-jsonschema==0.39.0 PyYAML==6.0.4
mkdir "$work/ci"
"$work/venv/bin/python" ci/check.py "$bin" "$root" "$work/ci"

# The evidence bundle: as a bag, as an RO-Crate, its workbook computed by another program, its signature and statement
# read by other libraries, its pages in a browser, its samples drawn again, and its PDFs as somebody would forge them.
"$work/venv/bin/pip" install -q --disable-pip-version-check bagit==1.9.0 roc-validator==0.13.0 openpyxl==3.1.5 \
  cryptography==50.0.2 securesystemslib==1.6.0 in-toto-attestation==0.9.3
"$work/venv/bin/pip" download -q --disable-pip-version-check --no-deps -d "$work/crate" rocrate==0.9.0
python3 -m zipfile -e "$work"/crate/rocrate-*.whl "$work/crate"
openssl genpkey -algorithm ed25519 -out "$work/secret.pem"
openssl pkey -in "$work/secret.pem" -pubout -out "$work/public.pem"
for project in content/xiaomi-2024 tests/bundle/project; do
  rm -rf "$work/bundle" && mkdir "$work/bundle"
  "$bin" bundle "$root/$project" -o "$work/bundle.zip" --sign "$work/secret.pem"
  "$bin" verify "$work/bundle.zip" --key "$work/public.pem" --rebuild
  "$work/venv/bin/python" bundle/bag.py "$work/bundle.zip"
  python3 -m zipfile -e "$work/bundle.zip" "$work/bundle"
  bag="$work/bundle/evidence-bundle"
  "$work/venv/bin/bagit.py" --quiet --validate "$bag"
  "$work/venv/bin/python" bundle/envelope.py "$bag" "$work/public.pem"
  "$work/venv/bin/python" bundle/crate.py "$bag/data" "$work/crate/rocrate/data/ro-crate.jsonld"
  "$work/venv/bin/python" bundle/workbook.py "$bag/data/facts/facts.xlsx"
  (cd html && node pages.mjs "$bag")
  cp "$bag/data/findings/findings.sarif" "$work/bundle-$(basename "$project").sarif"
done
"$work/venv/bin/python" bundle/printed.py "$bin" "$bag/data/report/report.en.pdf"
"$work/venv/bin/python" bundle/printed.py "$bin" "$work/out/report.zh-Hans.pdf"
"$work/venv/bin/python" bundle/sample.py "$bin" "$root/tests/bundle/project"

# SARIF of projects and of the bundles.
(cd sarif && npm install --silent --no-audit --no-fund --no-package-lock)
mkdir "$work/sarif"
python3 sarif/check.py "$bin" "$root" "$work/sarif" "$work"/bundle-*.sarif

# Figures out to workbooks and back: edited and saved by openpyxl and by LibreOffice.
"$work/venv/bin/pip" install -q --disable-pip-version-check pyyaml==6.0.4
for project in content/xiaomi-2024 tests/projects/ok/pearl-bank; do
  "$work/venv/bin/python" sheets/check.py "$bin" "$root/$project" /usr/bin/python3
done

# Facts as xBRL-JSON, loaded and validated by Arelle without network. Arelle has its own environment: it pins what it needs.
python3 -m venv "$work/arelle"
"$work/arelle/bin/pip" install -q --disable-pip-version-check arelle-release==2.47.3
for project in content/xiaomi-2024 tests/projects/ok/pearl-bank tests/projects/ok/harbour-ferries; do
  "$work/arelle/bin/python" xbrl/check.py "$bin" "$root/$project"
done

# The exported schemas: judged by check-jsonschema and by the server that editors use.
"$work/venv/bin/pip" install -q --disable-pip-version-check check-jsonschema==0.39.0
"$bin" schema --out "$work/schemas" >/dev/null
"$bin" --ui zh schema --out "$work/schemas-zh" >/dev/null
"$work/venv/bin/python" schemas/check.py "$work/schemas" "$work/damaged" "$root/content/xiaomi-2024" "$root/tests/bundle/project"
(cd schemas && npm install --silent --no-audit --no-fund --no-package-lock)
(cd schemas && node editor.mjs "$work/schemas" "$root/content/xiaomi-2024")
(cd schemas && node editor.mjs "$work/schemas-zh" "$root/content/xiaomi-2024" zh)
