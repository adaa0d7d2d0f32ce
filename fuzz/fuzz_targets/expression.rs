//! See `targets.rs`.
#![no_main]

use esgreport_fuzz::targets;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| targets::expression(bytes));
