//! Quotations: where the quotation marks of a story open and close, over sentences of one paragraph.

use crate::reading::{Reading, WordAt};
use vigie_syntax::Upos;
use vigie_text::Span;

/// A quotation that holds a clause or a long phrase; quoted words ("terrorists") are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quote {
    /// From the first to the last token between the marks.
    pub span: Span,
    /// First and last sentence it touches.
    pub sentences: (usize, usize),
    /// It begins with its first sentence and ends with its last one: nothing but stops stands beside it there.
    pub whole: bool,
    /// It holds a verb.
    pub clause: bool,
    /// The token before the opening mark is a colon.
    pub after_colon: bool,
}

struct Open {
    close: char,
    symmetric: bool,
    sentence: usize,
    token: usize,
}

/// The quotations of a story in text order. One pass over its tokens.
pub(crate) fn quotes(reading: &Reading) -> Vec<Quote> {
    let pairs = &reading.language().writing().quotes;
    let sentences = &reading.story.sentences;
    let mut found = Vec::new();
    let mut open: Option<Open> = None;
    for (index, sentence) in sentences.iter().enumerate() {
        if index > 0 && sentences[index - 1].part != sentence.part {
            close_at_end(reading, open.take(), index - 1, &mut found);
        }
        for (at, token) in sentence.tokens.iter().enumerate() {
            let Some(mark) = mark_of(reading.slice(token.span)) else { continue };
            let attached = !reading.text[..token.span.start()].ends_with(char::is_whitespace);
            match &open {
                Some(o) if o.close == mark || (attached && is_double(o.close) && is_double(mark)) => {
                    let o = open.take().expect("just seen");
                    found.extend(quote(reading, &o, (index, at)));
                }
                Some(_) => {}
                None => {
                    // A mark that only closes pairs never opens; one that does both opens when nothing is open.
                    open = pairs.iter().find(|(first, _)| *first == mark).map(|(first, last)| Open {
                        close: *last,
                        symmetric: first == last,
                        sentence: index,
                        token: at,
                    });
                }
            }
        }
    }
    close_at_end(reading, open.take(), sentences.len().saturating_sub(1), &mut found);
    found
}

/// A mark by itself; two single marks are a double one.
pub(super) fn mark_of(token: &str) -> Option<char> {
    let mut letters = token.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(mark), None, _) => Some(mark),
        (Some('\'' | '`'), Some('\'' | '`'), None) => Some('"'),
        _ => None,
    }
}

/// Typewriters and typesetters are mixed in one text: either mark closes what the other opened.
fn is_double(mark: char) -> bool {
    matches!(mark, '"' | '”')
}

/// A quotation that its paragraph does not close: a mark for opening opens a quotation of several paragraphs.
fn close_at_end(reading: &Reading, open: Option<Open>, last: usize, found: &mut Vec<Quote>) {
    if let Some(open) = open
        && (!open.symmetric || open.token == 0)
    {
        found.extend(quote(reading, &open, (last, reading.sentence(last).tokens.len())));
    }
}

fn quote(reading: &Reading, open: &Open, close: (usize, usize)) -> Option<Quote> {
    let token = |sentence: usize, at: usize| Some(reading.story.sentences.get(sentence)?.tokens.get(at)?.span);
    let first = token(open.sentence, open.token + 1).or_else(|| token(open.sentence + 1, 0))?;
    let last = match close.1.checked_sub(1) {
        Some(before) => token(close.0, before)?,
        None => reading.sentence(close.0.checked_sub(1)?).span,
    };
    if last.end() <= first.start() {
        return None;
    }
    let span = first.cover(last);
    let mut n_words = 0;
    let mut clause = false;
    for index in open.sentence..=close.0 {
        for word in &reading.parse(index).words {
            if span.contains(word.span) && word.upos != Upos::Punct {
                n_words += 1;
                clause |= matches!(word.upos, Upos::Verb | Upos::Aux);
            }
        }
    }
    // One to three quoted words are a way of calling something, unless they are a clause of their own.
    if n_words < 3 || (n_words < 6 && !clause) {
        return None;
    }
    let tokens = &reading.sentence(close.0).tokens;
    let rest = tokens.get(close.1 + 1..).unwrap_or_default();
    let whole = open.token == 0 && rest.iter().all(|t| is_punctuation(reading.slice(t.span)));
    let before = open.token.checked_sub(1).and_then(|at| token(open.sentence, at));
    let before =
        before.or_else(|| open.sentence.checked_sub(1).and_then(|s| Some(reading.sentence(s).tokens.last()?.span)));
    let after_colon = before.is_some_and(|b| reading.slice(b) == ":");
    Some(Quote { span, sentences: (open.sentence, close.0), whole, clause, after_colon })
}

pub(crate) fn is_punctuation(text: &str) -> bool {
    text.chars().all(|c| !c.is_alphanumeric())
}

impl Quote {
    /// Does it hold this word?
    pub(crate) fn holds(&self, reading: &Reading, at: WordAt) -> bool {
        self.span.contains(reading.word(at).span)
    }
}
