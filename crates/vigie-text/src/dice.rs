//! Numbers that look drawn by chance and are the same in every run (xorshift; Marsaglia 2003).

/// A stream of numbers; the one it holds must not be zero at the beginning.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % n.max(1) as u64) as usize
    }

    /// Changes the order of the items at these places.
    pub(crate) fn shuffle_at<T>(&mut self, items: &mut [T], places: &[usize]) {
        for i in (1..places.len()).rev() {
            items.swap(places[i], places[self.below(i + 1)]);
        }
    }
}

#[cfg(feature = "train")]
impl Dice {
    /// Changes the order of all items.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }

    /// One of the items.
    ///
    /// # Panics
    /// When there is none.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shuffling_keeps_what_does_not_move() {
        let mut items: Vec<usize> = (0..50).collect();
        let even: Vec<usize> = (0..50).step_by(2).collect();
        Dice(1).shuffle_at(&mut items, &even);
        assert!(items.iter().enumerate().all(|(i, item)| i % 2 == 0 || *item == i));
        assert!(items.iter().enumerate().any(|(i, item)| *item != i));
    }
}
