//! Words that a text goes on with, found without trying each of many.

use std::ops::Range;

/// How many kinds of beginnings are told apart before words are compared.
const KINDS: usize = 4096;

/// Words with what they stand for.
pub struct Prefixes<K, V> {
    /// In alphabetical order; of equal words the first that was given comes last.
    words: Vec<Word<K, V>>,
    /// Where words stand, by their first two characters: at most places of a text there are none.
    kinds: Vec<Option<Kind>>,
}

/// Words that begin alike.
struct Kind {
    /// Their first two characters; nothing where words with others have the same place in the list.
    start: Option<Start>,
    words: Range<usize>,
}

/// The first character and the second, if there is one.
type Start = (Option<char>, Option<char>);

struct Word<K, V> {
    word: K,
    means: V,
    /// The longest of the words before that this one starts with.
    shorter: Option<usize>,
}

impl<K: AsRef<str>, V> Prefixes<K, V> {
    /// Puts words in order. An empty word is left out.
    pub fn new(words: Vec<(K, V)>) -> Self {
        let full = words.into_iter().filter(|(word, _)| !word.as_ref().is_empty());
        let mut all: Vec<Word<K, V>> =
            full.map(|(word, means)| Word { word, means, shorter: None }).collect();
        all.reverse();
        all.sort_by(|a, b| a.word.as_ref().cmp(b.word.as_ref()));
        let mut kinds: Vec<Option<Kind>> = Vec::new();
        kinds.resize_with(KINDS, || None);
        let mut open: Vec<usize> = Vec::new();
        for at in 0..all.len() {
            let Some(word) = all.get(at).map(|word| word.word.as_ref()) else { break };
            let inside = |outer: &usize| {
                all.get(*outer).is_some_and(|outer| word.starts_with(outer.word.as_ref()))
            };
            while open.last().is_some_and(|outer| !inside(outer)) {
                open.pop();
            }
            let shorter = open.last().copied();
            open.push(at);
            let start = start(word);
            match kinds.get_mut(kind(start)) {
                Some(Some(known)) if known.start == Some(start) => known.words.end = at + 1,
                // Seldom; then all words are looked through.
                Some(Some(known)) => *known = Kind { start: None, words: 0..all.len() },
                Some(free) => *free = Some(Kind { start: Some(start), words: at..at + 1 }),
                None => {}
            }
            all.get_mut(at).into_iter().for_each(|word| word.shorter = shorter);
        }
        Self { words: all, kinds }
    }

    /// The words that a text starts with, the longest first; of equal ones in the order in which they
    /// were given.
    pub fn of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a K, &'a V)> {
        let mut next = self.last_before(text);
        // What is a start of the text is a start of the last word before it too.
        std::iter::from_fn(move || {
            loop {
                let word = self.words.get(next?)?;
                next = word.shorter;
                if text.starts_with(word.word.as_ref()) {
                    return Some((&word.word, &word.means));
                }
            }
        })
    }

    /// The last word that is no further in the alphabet than a text, if any word can start it.
    fn last_before(&self, text: &str) -> Option<usize> {
        let words = |start: Start| {
            let known = self.kinds.get(kind(start))?.as_ref();
            let known = known.filter(|known| known.start.is_none_or(|other| other == start));
            known.map(|known| known.words.clone())
        };
        let (first, second) = start(text);
        // A word of one character has no second.
        let range = words((first, second)).or_else(|| words((first, None)))?;
        let near = self.words.get(range.clone())?;
        let count = near.partition_point(|word| word.word.as_ref() <= text);
        (range.start + count).checked_sub(1)
    }
}

fn start(text: &str) -> Start {
    let mut chars = text.chars();
    (chars.next(), chars.next())
}

/// The place of words with the same first two characters in the list.
fn kind((first, second): Start) -> usize {
    let code = |c: Option<char>| c.map_or(0, |c| c as usize);
    (code(first).wrapping_mul(61) ^ code(second).wrapping_mul(7)) % KINDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&'static str], text: &str) -> Vec<(&'static str, usize)> {
        let words = words.iter().enumerate().map(|(at, word)| (*word, at));
        Prefixes::new(words.collect()).of(text).map(|(word, at)| (*word, *at)).collect()
    }

    #[test]
    fn words_are_found_longest_first() {
        let words = ["no", "not", "not only", "none", "nor", "n", "不", "不断", ""];
        assert_eq!(found(&words, "not once"), [("not", 1), ("no", 0), ("n", 5)]);
        assert_eq!(found(&words, "nowhere"), [("no", 0), ("n", 5)]);
        assert_eq!(found(&words, "不断改进"), [("不断", 7), ("不", 6)]);
        assert_eq!(found(&words, "改进"), []);
        assert_eq!(found(&words, ""), []);
    }

    #[test]
    fn many_words_do_not_hide_each_other() {
        let signs: Vec<char> = ('一'..'龜').step_by(3).collect();
        let single = signs.iter().map(char::to_string);
        let pairs = signs.windows(2).map(|two| two.iter().collect::<String>());
        let words: Vec<(String, ())> = single.chain(pairs).map(|word| (word, ())).collect();
        let prefixes = Prefixes::new(words);
        let count = |text: &str| prefixes.of(text).count();
        for two in signs.windows(2) {
            assert_eq!(count(&format!("{}{}x", two[0], two[1])), 2);
            assert_eq!(count(&format!("{}x", two[0])), 1);
            assert_eq!(count(&format!("{}", two[0])), 1);
            assert_eq!(count(&format!("x{}", two[0])), 0);
        }
    }

    #[test]
    fn equal_words_keep_their_order() {
        assert_eq!(found(&["may", "may", "ma"], "may"), [("may", 0), ("may", 1), ("ma", 2)]);
    }
}
