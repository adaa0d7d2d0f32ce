//! What the fuzz targets share.

#[path = "../targets.rs"]
pub mod targets;

use std::panic;
use std::thread;

/// The reader of PDF is a library that may panic; the program runs it on a thread called `pdf` and
/// tells a panic there as a file that cannot be read. Every other panic ends the run.
pub fn let_readers_of_pdf_fail() {
    let aborting = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some("pdf") {
            aborting(info);
        }
    }));
}
