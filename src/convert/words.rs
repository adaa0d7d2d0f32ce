//! Words of a text that the vocabulary or a glossary knows.

use std::collections::BTreeMap;

use crate::convert::vocabulary::Vocabulary;

/// Furthest that the ending of a name is looked for.
const NAME_REACH: usize = 14;

/// What ends the words that can belong to a name.
const OUTSIDE_NAMES: [char; 12] =
    ['的', '在', '由', '与', '和', '及', '为', '向', '对', '了', '将', '是'];

/// A word that was found, in characters from the start of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its first character.
    pub start: usize,
    /// The character behind it.
    pub end: usize,
    /// What stands in its place.
    pub to: String,
}

/// A word with what stands in its place; nothing if it only guards.
#[derive(Debug, Clone)]
struct Word {
    from: Vec<char>,
    to: Option<String>,
}

/// Words by their first character, the longest first.
type Index = BTreeMap<char, Vec<Word>>;

/// The words that are exchanged.
#[derive(Debug, Clone, Default)]
pub struct Words {
    terms: Index,
    words: Index,
    names: Vec<Vec<char>>,
}

impl Words {
    /// The words of a vocabulary, under the terms of a project.
    pub fn new(vocabulary: &Vocabulary, terms: &[(String, String)]) -> Self {
        let guards = || vocabulary.guards.iter().map(|guard| (guard.as_str(), None));
        let pairs = |pairs: &[(String, String)]| -> Vec<(String, Option<String>)> {
            pairs.iter().map(|(from, to)| (from.clone(), Some(to.clone()))).collect()
        };
        let index = |pairs: Vec<(String, Option<String>)>| {
            let mut index = Index::new();
            let guarded = guards().map(|(from, to)| (from.to_owned(), to));
            for (from, to) in pairs.into_iter().chain(guarded) {
                let from: Vec<char> = from.chars().collect();
                if let Some(first) = from.first() {
                    index.entry(*first).or_default().push(Word { from, to });
                }
            }
            for words in index.values_mut() {
                words.sort_by_key(|word| std::cmp::Reverse(word.from.len()));
            }
            index
        };
        Self {
            terms: index(pairs(terms)),
            words: index(pairs(&vocabulary.words)),
            names: vocabulary.names.iter().map(|name| name.chars().collect()).collect(),
        }
    }

    /// The words of a text from left to right, none over another. Terms of the project come first;
    /// titles in 《》 and names keep their words.
    pub fn find(&self, text: &[char]) -> Vec<Found> {
        let titled = titles(text);
        let free = |start: usize, end: usize| {
            !(start..end).any(|at| titled.get(at).copied().unwrap_or_default())
        };
        let mut found = scan(&self.terms, text, &|start, end| free(start, end));
        let taken: Vec<(usize, usize)> = found.iter().map(|one| (one.start, one.end)).collect();
        let words = scan(&self.words, text, &|start, end| {
            let clear = taken.iter().all(|(from, to)| end <= *from || start >= *to);
            clear && free(start, end) && !self.in_name(text, end)
        });
        found.extend(words);
        found.sort_by_key(|one| one.start);
        found
    }

    /// Whether the words that follow end a name: 某某信息技术有限公司.
    fn in_name(&self, text: &[char], from: usize) -> bool {
        let rest = text.get(from..).unwrap_or_default();
        let word = rest.iter().take(NAME_REACH).take_while(|c| {
            crate::convert::is_han(**c) && !OUTSIDE_NAMES.contains(c) || matches!(c, '（' | '）')
        });
        let word: Vec<char> = word.copied().collect();
        self.names.iter().any(|name| word.windows(name.len()).any(|piece| piece == name))
    }
}

/// Goes through a text once and takes the longest word at each place. A term written with its own
/// 《》 starts outside a title, so that it is found as it stands.
fn scan(index: &Index, text: &[char], may: &dyn Fn(usize, usize) -> bool) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at) {
        let here = text.get(at..).unwrap_or_default();
        let words = index.get(first).map(Vec::as_slice).unwrap_or_default();
        let word = words.iter().find(|word| here.starts_with(&word.from));
        let Some(word) = word else {
            at += 1;
            continue;
        };
        let end = at + word.from.len();
        let own = word.from.first() == Some(&'《');
        match &word.to {
            Some(to) if own || may(at, end) => {
                found.push(Found { start: at, end, to: to.clone() });
            }
            _ => {}
        }
        at = end;
    }
    found
}

/// Which characters stand inside 《》.
fn titles(text: &[char]) -> Vec<bool> {
    let mut depth = 0_usize;
    let inside = text.iter().enumerate().map(|(at, c)| match c {
        '《' => {
            // An opening mark without its closing one would cover the rest of the text.
            let rest = text.get(at..).unwrap_or_default();
            depth += usize::from(rest.iter().take(80).any(|c| *c == '》'));
            true
        }
        '》' => {
            depth = depth.saturating_sub(1);
            true
        }
        _ => depth > 0,
    });
    inside.collect()
}
