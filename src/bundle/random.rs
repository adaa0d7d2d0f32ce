//! Random numbers that anybody can draw again.
//!
//! Block `n` is SHA-256 of the population's hash, the seed and `n`, each as text and joined by
//! colons: `sha256("<hash>:<seed>:<n>")`. Its first 16 bytes, read as one number with the largest
//! byte first, are the draw. A few lines of any language with SHA-256 repeat it, which matters more
//! to an auditor than speed does.

use sha2::{Digest, Sha256};

/// A sequence of draws.
#[derive(Debug, Clone)]
pub struct Draws {
    start: String,
    next: u64,
}

impl Draws {
    /// The sequence for a population and a seed.
    pub fn new(population: &str, seed: u64) -> Self {
        Self { start: format!("{population}:{seed}"), next: 0 }
    }

    /// A number below `limit`, each as likely as any other; zero if the limit is zero.
    pub fn below(&mut self, limit: u128) -> u128 {
        if limit == 0 {
            return 0;
        }
        // The last, incomplete run of numbers would favour the smaller ones and is drawn again.
        let whole = u128::MAX - u128::MAX % limit;
        loop {
            let draw = self.draw();
            if draw < whole {
                return draw % limit;
            }
        }
    }

    fn draw(&mut self) -> u128 {
        let block = Sha256::digest(format!("{}:{}", self.start, self.next).as_bytes());
        self.next += 1;
        block.iter().take(16).fold(0, |number, byte| (number << 8) | u128::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::Draws;

    #[test]
    fn draws_are_the_same_for_everybody() {
        // python3 -c 'import hashlib; print(int.from_bytes(hashlib.sha256(b"abc:7:0").digest()[:16], "big") % 1000)'
        let mut draws = Draws::new("abc", 7);
        let first: Vec<u128> = (0..3).map(|_| draws.below(1000)).collect();
        assert_eq!(first, DRAWN);
        assert_eq!(Draws::new("abc", 7).below(0), 0);
    }

    const DRAWN: [u128; 3] = [201, 779, 319];

    #[test]
    fn every_number_below_the_limit_is_drawn() {
        let mut draws = Draws::new("population", 1);
        let mut counts = [0; 6];
        for _ in 0..6000 {
            let at = usize::try_from(draws.below(6)).expect("a small number");
            counts[at] += 1;
        }
        assert!(counts.iter().all(|count| (880..1120).contains(count)), "{counts:?}");
    }
}
