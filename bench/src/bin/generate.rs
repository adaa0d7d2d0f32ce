//! Writes generated projects to folders, for measuring the program from outside.
//!
//! `cargo run --manifest-path bench/Cargo.toml -- FOLDER FACTS [PROJECTS [SECTIONS PARAGRAPHS]]` writes the projects
//! `FOLDER/p0`, `FOLDER/p1` and so on, each with its own figures.

use std::fs;
use std::path::Path;

use esgreport_bench::{Shape, project};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().expect("a folder");
    let number = |at: usize| arguments.get(at).map(|text| text.parse::<usize>().expect("a number"));
    let facts = number(1).unwrap_or(300);
    for at in 0..number(2).unwrap_or(1) {
        let usual = Shape::of_facts(facts);
        let shape = Shape {
            seed: 1 + at as u64,
            sections: number(3).unwrap_or(usual.sections),
            paragraphs: number(4).unwrap_or(usual.paragraphs),
            ..usual
        };
        for (path, text) in project(&shape) {
            let path = Path::new(folder).join(format!("p{at}")).join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
    }
}
