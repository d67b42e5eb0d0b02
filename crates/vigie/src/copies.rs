//! Copies: a dispatch printed by several outlets is one voice, however often it is printed, and so is a sentence of it that
//! stands in another article.

use crate::record::{DocumentRecord, StoryRecord};
use std::collections::BTreeMap;
use vigie_claims::Claim;
use vigie_events::Printed;
use vigie_text::reuse::{Place, Reuse, Words, overlap, reuses, words};
use vigie_text::{Span, StoryId, split_sentences};

/// Shared words, in thousandths of the shorter story, from which on one story counts as a copy of the other.
pub const COPY: usize = 350;

/// Shared runs, in thousandths of the shorter sentence, from which on a sentence alone counts as a copy. Between whole
/// stories less will do, since many sentences speak for it together.
pub const COPIED_SENTENCE: usize = 450;

/// What was printed first where.
#[derive(Debug, Default)]
pub struct Copies {
    stories: BTreeMap<StoryId, StoryId>,
    sentences: BTreeMap<Printed, Printed>,
    lenders: BTreeMap<StoryId, Vec<Lender>>,
}

/// An earlier story of which another holds sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lender {
    /// The earlier story.
    pub story: StoryId,
    /// Sentences of the later one that stand in it.
    pub sentences: usize,
    /// The later one is a copy of it for the most part.
    pub whole: bool,
}

/// A story with its sentences.
struct Print {
    id: StoryId,
    spans: Vec<Span>,
    words: Vec<Words>,
}

impl Copies {
    /// Compares the stories of all documents, in the order of their publication; of equally old ones the smaller id
    /// counts as the first.
    #[must_use]
    pub fn among(documents: &[DocumentRecord]) -> Self {
        let mut stories = stories(documents);
        stories.sort_by_key(|(d, s)| (d.published.is_none(), d.published, s.id));
        Self::of(stories)
    }

    /// Compares the stories of all documents, in the order in which those arrived: what is found of a story does not depend
    /// on what came after it.
    #[must_use]
    pub fn as_arrived(documents: &[DocumentRecord]) -> Self {
        let mut stories = stories(documents);
        stories.sort_by_key(|(d, _)| d.arrival);
        Self::of(stories)
    }

    fn of(stories: Vec<(&DocumentRecord, &StoryRecord)>) -> Self {
        let printed: Vec<Print> = stories.into_iter().map(|(d, s)| Print::of(d, s)).collect();
        let words: Vec<Vec<Words>> = printed.iter().map(|p| p.words.clone()).collect();
        let reuses = reuses(&words);
        let mut copies = Self::default();
        let mut root: Vec<usize> = (0..printed.len()).collect();
        let mut by_pair: BTreeMap<(usize, usize), Vec<Reuse>> = BTreeMap::new();
        for reuse in &reuses {
            by_pair.entry((reuse.earlier.story, reuse.later.story)).or_default().push(*reuse);
            if reuse.shared < COPIED_SENTENCE {
                continue;
            }
            let at = |place: Place| Printed {
                story: printed[place.story].id,
                sentence: printed[place.story].spans[place.sentence],
            };
            // The earliest print comes first, and is traced back before what copies it.
            let first = copies.sentences.get(&at(reuse.earlier)).copied().unwrap_or(at(reuse.earlier));
            copies.sentences.entry(at(reuse.later)).or_insert(first);
        }
        for ((earlier, later), shared) in by_pair {
            let whole = overlap(&words[earlier], &words[later], &shared) >= COPY;
            let sentences = shared.iter().filter(|reuse| reuse.shared >= COPIED_SENTENCE).count();
            if whole || sentences > 0 {
                let lender = Lender { story: printed[earlier].id, sentences, whole };
                copies.lenders.entry(printed[later].id).or_default().push(lender);
            }
            if whole {
                let (one, two) = (top(&root, earlier), top(&root, later));
                root[one.max(two)] = one.min(two);
            }
        }
        let of = |at: usize| (printed[at].id, printed[top(&root, at)].id);
        copies.stories = (0..printed.len()).map(of).filter(|(one, first)| one != first).collect();
        copies
    }

    /// The story that this one copies for the most part: the first of all its copies.
    #[must_use]
    pub fn of_story(&self, story: StoryId) -> Option<StoryId> {
        self.stories.get(&story).copied()
    }

    /// The earlier stories of which this one holds sentences.
    #[must_use]
    pub fn lenders(&self, story: StoryId) -> &[Lender] {
        self.lenders.get(&story).map_or(&[], Vec::as_slice)
    }

    /// The sentence of a claim where it was printed first: mostly its own.
    #[must_use]
    pub fn first_print(&self, claim: &Claim) -> Printed {
        let own = Printed { story: claim.story, sentence: claim.sentence };
        self.sentences.get(&own).copied().unwrap_or(own)
    }
}

fn stories(documents: &[DocumentRecord]) -> Vec<(&DocumentRecord, &StoryRecord)> {
    documents.iter().flat_map(|d| d.stories.iter().map(move |s| (d, s))).collect()
}

impl Print {
    fn of(document: &DocumentRecord, story: &StoryRecord) -> Self {
        let parts = story.headline.iter().chain(&story.paragraphs);
        let sentences = parts.flat_map(|part| split_sentences(&document.text, *part, story.language, 0));
        let (spans, words) = sentences.map(|s| (s.span, words(&document.text, &s))).unzip();
        Self { id: story.id, spans, words }
    }
}

fn top(root: &[usize], mut at: usize) -> usize {
    while root[at] != at {
        at = root[at];
    }
    at
}
