//! Words to search by: the dictionary forms of every sentence, so that one question finds all inflections of a word, and the
//! forms as written, for words that no dictionary has. Case and accents are left to the index, which ignores both.

use crate::record::DocumentRecord;
use std::collections::BTreeSet;
use vigie_resources::Language;
use vigie_syntax::{Model, Parse};
use vigie_text::{Sentence, Span, Story, StoryId, split_sentences};

/// One sentence as the index takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The story it stands in.
    pub story: StoryId,
    /// Where.
    pub span: Span,
    /// Dictionary forms, with a space between two.
    pub lemmas: String,
    /// Words as they are written, with a space between two.
    pub forms: String,
}

impl Terms {
    fn of(text: &str, story: StoryId, sentence: &Sentence, parse: &Parse) -> Self {
        Self {
            story,
            span: sentence.span,
            lemmas: joined(parse.words.iter().map(|w| w.lemma.as_str())),
            forms: joined(sentence.tokens.iter().map(|t| t.span.of(text))),
        }
    }
}

/// The terms of a parsed story, one entry a sentence.
#[must_use]
pub fn terms_of_story(text: &str, story: &Story, parses: &[Parse]) -> Vec<Terms> {
    story.sentences.iter().zip(parses).map(|(sentence, parse)| Terms::of(text, story.id, sentence, parse)).collect()
}

/// The terms of a document as it was archived, for an index that lacks them.
#[must_use]
pub fn terms_of_document(document: &DocumentRecord) -> Vec<Terms> {
    let mut all = Vec::new();
    for story in &document.stories {
        let Some(model) = Model::for_language(story.language) else { continue };
        for part in story.headline.iter().chain(&story.paragraphs) {
            let sentences = split_sentences(&document.text, *part, story.language, 0);
            let parses = model.parse_all(&document.text, &sentences);
            all.extend(sentences.iter().zip(&parses).map(|(s, p)| Terms::of(&document.text, story.id, s, p)));
        }
    }
    all
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.filter(|w| w.chars().any(char::is_alphanumeric)).collect::<Vec<_>>().join(" ")
}

/// A question in words: every part must be found in a story. A part between quotation marks is a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question(Vec<Part>);

/// One part of a question: its readings, any of which will do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Part {
    forms: BTreeSet<String>,
    lemmas: BTreeSet<String>,
}

impl Question {
    /// Reads a question. Its language is not known, so each word is looked up in all of them.
    #[must_use]
    pub fn new(text: &str) -> Self {
        // Every second piece between quotation marks is a phrase; a mark that is never closed ends at the end.
        let pieces = text.split(['"', '“', '”', '«', '»']).enumerate();
        let parts = pieces.flat_map(|(n, piece)| match n % 2 {
            0 => piece.split_whitespace().map(Part::of).collect(),
            _ => vec![Part::of(piece)],
        });
        Self(parts.filter(|part| !part.forms.is_empty()).collect())
    }

    /// Is nothing asked?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts as expressions of the index (FTS5).
    pub(crate) fn expressions(&self) -> Vec<String> {
        self.0.iter().map(Part::expression).collect()
    }
}

impl Part {
    fn of(text: &str) -> Self {
        let mut part = Self::default();
        for language in Language::all() {
            let Some(model) = Model::for_language(language) else { continue };
            let sentences = split_sentences(text, Span::new(0, text.len()), language, 0);
            let parses = model.parse_all(text, &sentences);
            let written = sentences.iter().flat_map(|s| &s.tokens).map(|t| t.span.of(text));
            part.forms.insert(joined(written));
            part.lemmas.insert(joined(parses.iter().flat_map(|p| &p.words).map(|w| w.lemma.as_str())));
        }
        part.forms.remove("");
        part.lemmas.remove("");
        part
    }

    fn expression(&self) -> String {
        // Within quotation marks of the index nothing has a meaning but the mark itself.
        let quoted = |column: &str, words: &String| format!("{column} : \"{}\"", words.replace('"', " "));
        let forms = self.forms.iter().map(|w| quoted("forms", w));
        let lemmas = self.lemmas.iter().map(|w| quoted("lemmas", w));
        format!("({})", forms.chain(lemmas).collect::<Vec<_>>().join(" OR "))
    }
}
