#!/usr/bin/env bash
# Compiles a package of this workspace with the counters that libFuzzer steers by; `run.sh` puts it before rustc.
# A build script is a program of its own, which has nothing to do with libFuzzer.
[[ " $* " != *" --crate-name build_script_build "* ]] || exec "$@"
exec "$@" --cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
  -Cllvm-args=-sanitizer-coverage-trace-compares
