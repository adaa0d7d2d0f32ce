//! The numerals of texts, each text read once, whoever asks.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::locale::{Known, Numeral, Phrases, numerals};
use crate::source::Spanned;

use crate::report::Report;

/// What was found in texts so far.
#[derive(Debug, Default)]
pub struct Numerals {
    literals: Phrases,
    found: RwLock<HashMap<String, Arc<[Numeral]>>>,
}

impl Numerals {
    /// Nothing yet; some texts are declared to be literals.
    pub fn declared(literals: &[Spanned<String>]) -> Self {
        let literals = Phrases::new(literals.iter().map(|text| text.value.as_str()));
        Self { literals, ..Self::default() }
    }
}

impl Report {
    /// The numerals of a text.
    pub fn numerals(&self, text: &str) -> Arc<[Numeral]> {
        let found = &self.numerals.found;
        let known = found.read().unwrap_or_else(PoisonError::into_inner).get(text).cloned();
        known.unwrap_or_else(|| {
            // Others may read meanwhile, even the same text.
            let read: Arc<[Numeral]> = self.knowing(|known| numerals(text, known)).into();
            let mut found = found.write().unwrap_or_else(PoisonError::into_inner);
            found.insert(text.to_owned(), Arc::clone(&read));
            read
        })
    }

    /// Reads with the units of the report and the literals that it declares.
    pub fn knowing<T>(&self, read: impl FnOnce(Known<'_>) -> T) -> T {
        let table = &self.content.units.table;
        let is_unit = |text: &str| table.knows(text);
        read(Known { unit: &is_unit, literals: &self.numerals.literals })
    }
}
