//! Words that a text goes on with, found without trying each of many.

/// How many kinds of beginnings are told apart before words are compared.
const KINDS: usize = 4096;

/// Words with what they stand for.
pub struct Prefixes<K, V> {
    /// In alphabetical order; of equal words the first that was given comes last.
    words: Vec<Word<K, V>>,
    /// The same words by the kind of their beginning, and then in alphabetical order.
    order: Vec<usize>,
    /// Where the words of each kind that there is begin in this order, and the end.
    starts: Vec<usize>,
    /// The kinds of beginnings that words have: at most places of a text there is none.
    kinds: Kinds,
    /// The kinds of single characters that words begin with.
    firsts: Kinds,
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
        let full = words.into_iter().filter(|(word, _)| !word.as_ref().is_empty());
        let mut all: Vec<Word<K, V>> =
            full.map(|(word, means)| Word { word, means, shorter: None }).collect();
        all.reverse();
        all.sort_by(|a, b| a.word.as_ref().cmp(b.word.as_ref()));
        let (mut order, mut firsts) = (Vec::new(), Vec::new());
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
            let mut chars = word.chars();
            let (first, second) = (chars.next(), chars.next());
            order.push((kind(first, second), at));
            firsts.push(kind(first, None));
            all.get_mut(at).into_iter().for_each(|word| word.shorter = shorter);
        }
        order.sort_unstable();
        let fresh = |(at, (kind, _)): (usize, &(usize, usize))| {
            let before = at.checked_sub(1).and_then(|before| order.get(before));
            before.is_none_or(|(other, _)| other != kind).then_some(at)
        };
        let starts = order.iter().enumerate().filter_map(fresh).chain([order.len()]).collect();
        let kinds = Kinds::new(order.iter().map(|(kind, _)| *kind));
        let order = order.into_iter().map(|(_, at)| at).collect();
        Self { words: all, order, starts, kinds, firsts: Kinds::new(firsts.into_iter()) }
    }

    /// The words with what they stand for; equal ones in the order in which they were given.
    pub fn into_words(self) -> impl Iterator<Item = (K, V)> {
        self.words.into_iter().rev().map(|word| (word.word, word.means))
    }

    /// The places of a text at which words may start, in bytes: at most places none can.
    pub fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let mut chars = text.char_indices();
        std::iter::from_fn(move || {
            loop {
                let (at, first) = chars.next()?;
                if self.may_start(first, chars.as_str()) {
                    return Some(at);
                }
            }
        })
    }

    /// The same in a text whose words are parted: places behind a letter of English or a hyphen are
    /// left out.
    pub fn parted<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let mut before = b' ';
        let bytes = text.bytes().enumerate().filter(move |(_, byte)| {
            let last = std::mem::replace(&mut before, *byte);
            // The later bytes of a character lie inside of it.
            !last.is_ascii_alphabetic() && last != b'-' && byte & 0xC0 != 0x80
        });
        bytes.map(|(at, _)| at).filter(|at| {
            let mut chars = text.get(*at..).unwrap_or_default().chars();
            chars.next().is_some_and(|first| self.may_start(first, chars.as_str()))
        })
    }

    /// Whether a word may start with a character that goes on like this.
    fn may_start(&self, first: char, rest: &str) -> bool {
        self.firsts.has(kind(Some(first), None))
            && (self.kinds.has(kind(Some(first), None))
                || self.kinds.has(kind(Some(first), rest.chars().next())))
    }

    /// The words that a text starts with, the longest first; of equal ones in the order in which they
    /// were given.
    pub fn of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a K, &'a V)> {
        let mut chars = text.chars();
        let (first, second) = (chars.next(), chars.next());
        let long = self.longest(kind(first, second), text);
        // Words of a single character are of another kind.
        let mut next = long.or_else(|| self.longest(kind(first, None), text));
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

    /// The longest word of a kind that a text starts with.
    fn longest(&self, kind: usize, text: &str) -> Option<usize> {
        let place = self.kinds.place(kind)?;
        let word = |at: usize| self.words.get(at).map(|word| word.word.as_ref());
        let words = self.order.get(*self.starts.get(place)?..*self.starts.get(place + 1)?)?;
        let before = words.partition_point(|at| word(*at).is_some_and(|word| word <= text));
        let mut at = *words.get(before.checked_sub(1)?)?;
        // What is a start of the text is a start of the last word before it too.
        while !text.starts_with(word(at)?) {
            at = self.words.get(at)?.shorter?;
        }
        Some(at)
    }
}

/// Some of all kinds: a bit for each, and how many there are before every 64 of them.
struct Kinds(Vec<(u64, usize)>);

impl Kinds {
    fn new(kinds: impl Iterator<Item = usize>) -> Self {
        let mut bits = vec![(0_u64, 0); KINDS / 64];
        for kind in kinds {
            bits.get_mut(kind / 64).into_iter().for_each(|(bits, _)| *bits |= 1 << (kind % 64));
        }
        let mut count = 0;
        for (bits, before) in &mut bits {
            *before = count;
            count += bits.count_ones() as usize;
        }
        Self(bits)
    }

    fn has(&self, kind: usize) -> bool {
        self.0.get(kind / 64).is_some_and(|(bits, _)| bits >> (kind % 64) & 1 == 1)
    }

    /// How many kinds there are before one of them.
    fn place(&self, kind: usize) -> Option<usize> {
        let (bits, before) = self.0.get(kind / 64)?;
        let smaller = bits & ((1 << (kind % 64)) - 1);
        self.has(kind).then(|| before + smaller.count_ones() as usize)
    }
}

/// What kind of beginning a word has.
fn kind(first: Option<char>, second: Option<char>) -> usize {
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
