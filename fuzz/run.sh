#!/usr/bin/env bash
# Runs fuzz targets with the stable toolchain, one after the other, and stops at the first finding. Packages of others are
# built without counters, which saves most of the time and steers the fuzzer to the program's own code. Needs a C++ compiler.
# usage: run.sh [SECONDS [TARGET…]]   (600 seconds for each target by default, all targets)
set -euo pipefail
cd "$(dirname "$0")"
seconds="${1:-600}"
targets=("${@:2}")
((${#targets[@]})) || targets=(yaml markdown expression sheet bundle pdf conclusion)
RUSTC_WORKSPACE_WRAPPER="$PWD/instrument.sh" cargo build --release --locked --bins
for target in "${targets[@]}"; do
  mkdir -p "grown/$target" "artifacts/$target"
  "${CARGO_TARGET_DIR:-target}/release/$target" "grown/$target" "corpus/$target" "-artifact_prefix=artifacts/$target/" \
    "-max_total_time=$seconds" -rss_limit_mb=2048 -timeout=30 -print_final_stats=1
done
