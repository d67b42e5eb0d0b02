//! What the network should say: for each word shares of classes that sum to one, or nothing.

/// The wanted answers of one head for the words of a batch.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// End of each word's shares.
    ends: Vec<u32>,
    shares: Vec<(u32, f32)>,
}

impl Wanted {
    /// Adds a word with one right class, or with none that is known.
    pub(crate) fn push(&mut self, class: Option<u32>) {
        self.shares.extend(class.map(|c| (c, 1.0)));
        self.ends.push(self.shares.len() as u32);
    }

    /// Adds a word whose answer is spread over classes.
    pub(crate) fn push_shares(&mut self, shares: impl IntoIterator<Item = (u32, f32)>) {
        self.shares.extend(shares);
        self.ends.push(self.shares.len() as u32);
    }

    /// The shares of word `i`.
    pub(crate) fn of(&self, i: usize) -> &[(u32, f32)] {
        let from = i.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.shares[from..self.ends[i] as usize]
    }

    /// The class of the largest share of word `i`.
    pub(crate) fn best(&self, i: usize) -> Option<u32> {
        let mut best: Option<(u32, f32)> = None;
        for &(class, share) in self.of(i) {
            if best.is_none_or(|(_, top)| share > top) {
                best = Some((class, share));
            }
        }
        best.map(|(class, _)| class)
    }
}

/// What the network should have said for the words of a batch.
#[derive(Debug, Clone, Default)]
pub(crate) struct Targets {
    /// For each head of the words: parts of speech, features, lemma scripts, entity tags.
    pub(crate) classes: [Wanted; 4],
    /// Head of each word: 0 the root, `j + 1` word `j` of its sentence.
    pub(crate) heads: Wanted,
    /// Relation of each word to its best head.
    pub(crate) relations: Wanted,
}
