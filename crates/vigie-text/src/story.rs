//! Blocks that belong together become a story: headline, paragraphs, sentences.

use crate::debris::note_mark_end;
use crate::document::{DocumentId, Sentence, Story, StoryId};
use crate::layout::closes;
use crate::sentence::split_sentences;
use crate::span::Span;
use vigie_resources::Language;

/// Characters and words of the longest line that can be a headline.
const LONGEST_TITLE: usize = 170;
const MOST_TITLE_WORDS: usize = 26;

/// A short line without a final stop. At the top of a page it may also ask or exclaim.
pub(crate) fn is_title(text: &str, span: Span, top: bool) -> bool {
    let line = span.of(text);
    if line.chars().nth(LONGEST_TITLE).is_some() || line.split_whitespace().count() > MOST_TITLE_WORDS {
        return false;
    }
    let open = !closes(line) || (top && line.ends_with(['?', '!']));
    open && !line.starts_with(char::is_lowercase) && line.chars().any(char::is_alphabetic)
}

/// One story from its parts, which are in text order, each with whether it is a headline.
pub(crate) fn story(id: DocumentId, text: &str, language: Language, parts: &[(Span, bool)]) -> Story {
    let alone = parts.len() == 1;
    let headline = parts.iter().find(|(_, title)| *title && !alone).map(|(span, _)| *span);
    let mut sentences = Vec::new();
    for (i, (span, title)) in parts.iter().enumerate() {
        let mut found = split_sentences(text, *span, language, i as u32);
        found.iter_mut().for_each(|s| drop_note_marks(text, s));
        found.retain(|s| !s.tokens.is_empty());
        // The last sentence of a headline has no stop; the ones before it ("Vasra. La trêve tient") have.
        if *title && !alone {
            found.iter_mut().for_each(|s| s.headline = true);
        }
        sentences.append(&mut found);
    }
    let paragraphs = parts.iter().map(|(span, _)| *span).filter(|s| Some(*s) != headline).collect();
    Story { id: story_id(id, parts[0].0), language, headline, paragraphs, sentences }
}

fn story_id(id: DocumentId, first: Span) -> StoryId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&id.0);
    hasher.update(&(first.start() as u64).to_le_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    StoryId(bytes)
}

/// A note mark inside a sentence is no word of it: "les rebelles [1] sont partis".
fn drop_note_marks(text: &str, sentence: &mut Sentence) {
    let tokens = &sentence.tokens;
    if !tokens.iter().any(|t| t.span.of(text) == "[") {
        return;
    }
    let mut kept = Vec::with_capacity(tokens.len());
    let mut until = 0;
    for token in tokens {
        if token.span.start() < until {
            continue;
        }
        let rest = &text[token.span.start()..sentence.span.end()];
        match note_mark_end(rest) {
            Some(length) => until = token.span.start() + length,
            None => kept.push(*token),
        }
    }
    sentence.tokens = kept;
    if let (Some(first), Some(last)) = (sentence.tokens.first(), sentence.tokens.last()) {
        sentence.span = first.span.cover(last.span);
    }
}
