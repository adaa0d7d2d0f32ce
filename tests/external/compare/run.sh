#!/usr/bin/env bash
# Measures the program beside others on the same files, and prints the tables of BENCHMARKS.md: the compiler of Typst on
# the source that a build uses, check-jsonschema on the same YAML, pandoc with WeasyPrint and headless Chromium on the
# same document. Installs what it needs on Debian; a tool that is missing in the end is a failure.
# usage: run.sh [RUNS [PART…]]   (the best of so many runs counts, 5 by default; parts: alone schemas printing generated)
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../../.. && pwd)

source ../packages.sh
need chromium chromium
need pandoc pandoc
install_packages
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check typst==0.15.2 check-jsonschema==0.39.0 weasyprint==70.0

# With the tests, so that the dependencies have the features that the tests give them.
(cd "$root" && cargo test --release --locked --quiet --no-run --test cli)
cargo build --release --quiet --manifest-path "$root/bench/Cargo.toml" --bin generate --target-dir "$work/target"
bin="${CARGO_TARGET_DIR:-$root/target}/release/esgreport"
PATH="$work/venv/bin:$PATH" "$work/venv/bin/python" measure.py "$bin" "$work/target/release/generate" "$root" "$work" "${1:-5}" "${@:2}"
