//! One page to stories and leftovers. First form: every line is a part of one story.

use crate::document::{DocumentId, Leftover, Note, Page, Sentence, Story, StoryId, Why};
use crate::identify::identify;
use crate::sentence::split_sentences;
use crate::span::Span;
use vigie_resources::Language;

/// Reads one page; never fails.
#[must_use]
pub fn read_page(id: DocumentId, text: String) -> Page {
    let language = identify(&text);
    let lines = lines(&text);
    let mut page = Page { id, language, stories: Vec::new(), leftovers: Vec::new(), notes: Vec::new(), text };
    if lines.is_empty() {
        page.notes.push(Note { span: None, code: "empty-page", message: "The page holds no text.".to_owned() });
        return page;
    }
    let Some(language) = language else {
        page.leftovers = lines.iter().map(|span| Leftover { span: *span, why: Why::UnknownLanguage }).collect();
        page.notes.push(Note {
            span: None,
            code: "unknown-language",
            message: "No shipped language fits this page; add a language pack to read it.".to_owned(),
        });
        return page;
    };
    page.stories.push(story(id, &page.text, language, &lines));
    page
}

fn story(id: DocumentId, text: &str, language: Language, parts: &[Span]) -> Story {
    let titles: Vec<bool> = parts.iter().map(|p| is_title(text, *p)).collect();
    let headline = (parts.len() > 1 && titles[0]).then_some(parts[0]);
    let sentences: Vec<Sentence> = parts
        .iter()
        .enumerate()
        .flat_map(|(i, part)| {
            let mut sentences = split_sentences(text, *part, language, i as u32);
            if titles[i]
                && parts.len() > 1
                && let [only] = sentences.as_mut_slice()
            {
                only.headline = true;
            }
            sentences
        })
        .collect();
    let paragraphs = parts.iter().copied().filter(|p| Some(*p) != headline).collect();
    Story { id: story_id(id, parts[0]), language, headline, paragraphs, sentences }
}

fn story_id(id: DocumentId, first: Span) -> StoryId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&id.0);
    hasher.update(&(first.start() as u64).to_le_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    StoryId(bytes)
}

/// A short line without a final stop.
fn is_title(text: &str, span: Span) -> bool {
    let line = span.of(text);
    line.chars().count() <= 160
        && !line.trim_end_matches(['"', '»', '”', ')', ' ', '\u{a0}']).ends_with(['.', '!', '?', '…', ':', ';', ','])
}

/// The lines that hold something, without the white space around them.
fn lines(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for line in text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{c}', '\u{b}', '\u{85}']) {
        let body = line.trim();
        if !body.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            spans.push(Span::new(from, from + body.len()));
        }
        start += line.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
    }
    spans
}
