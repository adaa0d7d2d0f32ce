//! Words that a text goes on with, found without trying each of many.

/// How many kinds of first characters are told apart before words are compared.
const KINDS: usize = 1024;

/// Words with what they stand for.
pub struct Prefixes<K, V> {
    /// In alphabetical order; of equal words the first that was given comes last.
    words: Vec<Word<K, V>>,
    /// Kinds of characters that a word starts with: at most places of a text none can start.
    kinds: Vec<bool>,
}

struct Word<K, V> {
    word: K,
    means: V,
    /// The longest of the words before that this one starts with.
    shorter: Option<usize>,
}

impl<K: AsRef<str>, V> Prefixes<K, V> {
    /// Puts words in order. An empty word is left out.
    pub fn new(words: Vec<(K, V)>) -> Self {
        let mut kinds = vec![false; KINDS];
        let mut all: Vec<Word<K, V>> = Vec::new();
        for (word, means) in words {
            let first = word.as_ref().chars().next();
            let known = first.and_then(|first| kinds.get_mut(kind(first)));
            if let Some(known) = known {
                *known = true;
                all.push(Word { word, means, shorter: None });
            }
        }
        all.reverse();
        all.sort_by(|a, b| a.word.as_ref().cmp(b.word.as_ref()));
        let mut open: Vec<usize> = Vec::new();
        for at in 0..all.len() {
            let Some(word) = all.get(at) else { break };
            let inside = |outer: &usize| {
                let outer = all.get(*outer);
                outer.is_some_and(|outer| word.word.as_ref().starts_with(outer.word.as_ref()))
            };
            while open.last().is_some_and(|outer| !inside(outer)) {
                open.pop();
            }
            let shorter = open.last().copied();
            open.push(at);
            all.get_mut(at).into_iter().for_each(|word| word.shorter = shorter);
        }
        Self { words: all, kinds }
    }

    /// The words that a text starts with, the longest first; of equal ones in the order in which they
    /// were given.
    pub fn of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a K, &'a V)> {
        let first = text.chars().next();
        let known = first.is_some_and(|first| self.kinds.get(kind(first)) == Some(&true));
        let mut next = known.then(|| self.last_before(text)).flatten();
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

    fn last_before(&self, text: &str) -> Option<usize> {
        self.words.partition_point(|word| word.word.as_ref() <= text).checked_sub(1)
    }
}

fn kind(first: char) -> usize {
    first as usize % KINDS
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
    fn equal_words_keep_their_order() {
        assert_eq!(found(&["may", "may", "ma"], "may"), [("may", 0), ("may", 1), ("ma", 2)]);
    }
}
