#!/usr/bin/env bash
# Prints the real report and checks it with programs that share nothing with ours: axe in Chromium and the Nu checker
# on the HTML, pikepdf, qpdf and poppler on the PDF. Installs what it needs on Debian; a tool that is missing in the
# end is a failure.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)

packages=()
need() { command -v "$1" >/dev/null || packages+=("$2"); }
need chromium chromium
need qpdf qpdf
need pdftotext poppler-utils
need node nodejs
need npm npm
need java default-jre-headless
if ((${#packages[@]})); then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi
python3 -c 'import venv' 2>/dev/null || apt-get install -y -qq python3-venv >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check pikepdf==10.17.0

(cd "$root" && cargo build --locked --quiet)
bin="${CARGO_TARGET_DIR:-$root/target}/debug/esgreport"
"$bin" build "$root/content/xiaomi-2024" -o "$work/out"
"$bin" build "$root/tests/projects/ok/pearl-bank" --lang zh-Hant -o "$work/hant"

"$work/venv/bin/python" pdf/check.py "$work"/out/*.pdf "$work"/hant/*.pdf
for file in "$work"/out/*.pdf "$work"/hant/*.pdf; do
  qpdf --check "$file" >/dev/null
done

(cd html && npm install --silent --no-audit --no-fund --no-package-lock)
(cd html && node run.mjs "$work"/out/*.html "$work"/hant/*.html)
