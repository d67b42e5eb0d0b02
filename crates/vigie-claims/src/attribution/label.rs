//! Labels of speakers: "LEE: We never left", "Poll: Voters are tired", "“We never left.” — Ann Lee".

use super::room::Room;
use super::speaker::has;
use super::wording::Wording;
use crate::reading::WordAt;
use vigie_syntax::{EntityLabel, Upos};
use vigie_text::Span;

/// A label is short: a name, or a name with an article.
const WORDS_OF_LABEL: usize = 5;
const DASHES: [&str; 5] = ["―", "—", "–", "-", "--"];
const DOUBLE_MARKS: [char; 5] = ['“', '”', '"', '«', '»'];

impl Room<'_> {
    /// Whoever stands before a colon at the head of a paragraph speaks the rest of it.
    pub(super) fn labels(&self) -> Vec<Wording> {
        let sentences = &self.reading.story.sentences;
        let opens = |s: usize| s == 0 || sentences[s - 1].part != sentences[s].part;
        let closes = |s: usize| s + 1 == sentences.len() || opens(s + 1);
        let labels = (0..sentences.len()).filter(|&s| opens(s)).filter_map(|s| self.label(s));
        labels.chain((0..sentences.len()).filter(|&s| closes(s)).filter_map(|s| self.signature(s))).collect()
    }

    /// A quotation that fills its paragraph, a dash, and a name.
    fn signature(&self, sentence: usize) -> Option<Wording> {
        let words = &self.reading.parse(sentence).words;
        let end = (0..words.len()).rev().find(|&w| words[w].upos != Upos::Punct)? + 1;
        let dash =
            (end.saturating_sub(WORDS_OF_LABEL)..end).rev().find(|&w| DASHES.contains(&words[w].form.as_str()))?;
        let named = (dash + 1..end).all(|w| words[w].form.starts_with(char::is_uppercase));
        let part = self.reading.sentence(sentence).part;
        let first = self.reading.story.sentences.iter().find(|s| s.part == part)?.span.start();
        let before = self.reading.text[first..words[dash].span.start()].trim_end();
        let quoted = before.starts_with(DOUBLE_MARKS) && before.ends_with(DOUBLE_MARKS) && before.chars().count() > 2;
        (named && dash + 1 < end && quoted).then(|| Wording {
            source: Some(words[dash + 1].span.cover(words[end - 1].span)),
            cue: Some(words[dash].span),
            content: vec![Span::new(first, first + before.len())],
            rule: "attribution/label".into(),
        })
    }

    fn label(&self, sentence: usize) -> Option<Wording> {
        let parse = self.reading.parse(sentence);
        let words = &parse.words;
        // A quotation of several paragraphs opens each with its mark.
        let first = (0..words.len().min(2)).find(|&w| words[w].upos != Upos::Punct)?;
        let colon = (first + 1..words.len().min(first + WORDS_OF_LABEL)).find(|&w| words[w].form == ":")?;
        let head = WordAt { sentence, word: colon - 1 };
        let shouted = (first..colon).all(|w| !words[w].form.chars().any(char::is_lowercase));
        let names = (first..colon).all(|w| words[w].upos == Upos::Propn);
        let spoken = match parse.entities.iter().find(|e| (e.first..=e.last).contains(&(head.word as u32))) {
            Some(entity) => matches!(entity.label, EntityLabel::Person | EntityLabel::Organisation),
            None => shouted || names,
        };
        // Headlines write common nouns like names.
        let text = has(&self.words.nouns.documents, &words[colon - 1].form.to_lowercase());
        if !(spoken || shouted || text) {
            return None;
        }
        let start = words.get(colon + 1)?.span.start();
        let part = self.reading.sentence(sentence).part;
        let last = self.reading.story.sentences[sentence..].iter().take_while(|s| s.part == part).last()?;
        let rest = words[colon + 1..].iter().any(|w| matches!(w.upos, Upos::Verb | Upos::Aux));
        let longer = last.span.end() > self.reading.sentence(sentence).span.end();
        (rest || longer || text && words.len() > colon + 3).then(|| Wording {
            source: Some(words[first].span.cover(words[colon - 1].span)),
            cue: Some(words[colon].span),
            content: vec![Span::new(start, last.span.end())],
            rule: "attribution/label".into(),
        })
    }
}
