//! See `targets.rs`.
#![no_main]

use esgreport_fuzz::targets;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: esgreport_fuzz::let_readers_of_pdf_fail(), |bytes: &[u8]| targets::pdf(bytes));
