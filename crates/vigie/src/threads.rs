//! Threads of an archive: the stories about one running matter across outlets and languages, as they came in.

use crate::background::Registries;
use crate::copies::Copies;
use crate::record::{DocumentRecord, StoryRecord};
use std::collections::{BTreeMap, BTreeSet};
use vigie_events::{Reported, Telling};
use vigie_text::StoryId;

/// A thread with its stories.
#[derive(Debug, Clone)]
pub struct Thread<'a> {
    /// Its identity, its days, its origins.
    pub of: vigie_events::Thread,
    /// Its stories with their documents, in the order in which they came.
    pub stories: Vec<(&'a DocumentRecord, &'a StoryRecord)>,
}

/// The threads of some documents, in the order in which they were founded. Documents that arrive later add stories and
/// threads; they change nothing else.
#[must_use]
pub fn threads(documents: &[DocumentRecord]) -> Vec<Thread<'_>> {
    let copies = Copies::as_arrived(documents);
    let mut arrived: Vec<&DocumentRecord> = documents.iter().collect();
    arrived.sort_by_key(|d| d.arrival);
    let pairs = || arrived.iter().flat_map(|d| d.stories.iter().map(move |s| (*d, s)));
    let tellings: Vec<Telling<'_>> = pairs().map(|(document, story)| telling(document, story, &copies)).collect();
    let by_id: BTreeMap<StoryId, (&DocumentRecord, &StoryRecord)> = pairs().map(|(d, s)| (s.id, (d, s))).collect();
    let stories = |of: &vigie_events::Thread| of.stories.iter().filter_map(|id| by_id.get(id).copied()).collect();
    let threads = vigie_events::threads(&tellings, &Registries);
    threads.into_iter().map(|of| Thread { stories: stories(&of), of }).collect()
}

fn telling<'a>(document: &'a DocumentRecord, story: &StoryRecord, copies: &Copies) -> Telling<'a> {
    let reported = |claim| Reported {
        reported: document.published,
        order: document.arrival,
        outlet: document.outlet.as_deref(),
        // Whom a copy is taken for may change with what comes later; its sentences have one first print for ever.
        printed: copies.first_print(claim),
        ..Reported::new(claim, None)
    };
    Telling {
        story: story.id,
        reported: document.published,
        claims: document.claims.iter().filter(|c| c.story == story.id).map(reported).collect(),
        copied: copies.lenders(story.id).iter().filter(|l| l.whole || l.sentences > 1).map(|l| l.story).collect(),
    }
}

impl Thread<'_> {
    /// Who prints it, sorted.
    #[must_use]
    pub fn outlets(&self) -> Vec<&str> {
        let outlets: BTreeSet<&str> = self.stories.iter().filter_map(|(d, _)| d.outlet.as_deref()).collect();
        outlets.into_iter().collect()
    }

    /// The codes of the languages that it is told in, sorted.
    #[must_use]
    pub fn languages(&self) -> Vec<&str> {
        let languages: BTreeSet<&str> = self.stories.iter().map(|(_, s)| s.language.code()).collect();
        languages.into_iter().collect()
    }

    /// How many origins with a name its news has, those of one body counted once.
    #[must_use]
    pub fn named_origins(&self) -> usize {
        self.of.origins.iter().filter(|origin| origin.is_named()).count()
    }

    /// The headline of its first story; where there is none, its first paragraph.
    #[must_use]
    pub fn headline(&self) -> &str {
        let Some((document, story)) = self.stories.first() else { return "" };
        let part = story.headline.or_else(|| story.paragraphs.first().copied());
        part.map_or("", |part| part.of(&document.text))
    }
}
