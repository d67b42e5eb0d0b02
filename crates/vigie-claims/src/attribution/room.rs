//! What the rules of attribution look at: one story, its words, its quotations.

use super::quotes::{Quote, mark_of, quotes};
use super::speaker::has;
use crate::claim::Filler;
use crate::phrase::{case_of, subtree};
use crate::reading::{Reading, WordAt};
use vigie_resources::{AttributionWords, FrameWords, NameWords, attribution_words, frame_words, name_words};
use vigie_syntax::{Parse, Relation, Upos};
use vigie_text::Span;

/// One story with all that its attribution needs.
pub(crate) struct Room<'a> {
    pub reading: &'a Reading<'a>,
    pub words: &'static AttributionWords,
    pub frames: &'static FrameWords,
    pub names: &'static NameWords,
    pub resolve: &'a dyn Fn(WordAt) -> Filler,
    pub quotes: Vec<Quote>,
}

/// Lower case with a plain apostrophe.
pub(crate) fn lower(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

/// From the first to the last of these words.
pub(crate) fn span_of(parse: &Parse, words: &[usize]) -> Option<Span> {
    words.iter().map(|&w| parse.words[w].span).reduce(Span::cover)
}

/// The stretches of neighbouring words, as spans.
pub(crate) fn spans_of(parse: &Parse, words: &[usize]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut last: Option<usize> = None;
    for &word in words {
        let span = parse.words[word].span;
        match (last, spans.last_mut()) {
            (Some(before), Some(open)) if word == before + 1 || *open == span => *open = open.cover(span),
            _ => spans.push(span),
        }
        last = Some(word);
    }
    spans
}

impl<'a> Room<'a> {
    pub(crate) fn of(reading: &'a Reading<'a>, resolve: &'a dyn Fn(WordAt) -> Filler) -> Self {
        let language = reading.language();
        let (words, frames) = (attribution_words(language), frame_words(language));
        Room { reading, words, frames, names: name_words(language), resolve, quotes: quotes(reading) }
    }
}

impl Room<'_> {
    pub(crate) fn text(&self, sentence: usize, word: usize) -> String {
        lower(&self.reading.parse(sentence).words[word].form)
    }

    pub(crate) fn is_comma(&self, sentence: usize, word: usize) -> bool {
        self.reading.parse(sentence).words[word].form == ","
    }

    pub(crate) fn is_punct(&self, sentence: usize, word: usize) -> bool {
        self.reading.parse(sentence).words[word].upos == Upos::Punct
    }

    /// Does one of these marks or any mark of quotation stand here?
    pub(crate) fn is_quote_mark(&self, sentence: usize, word: usize) -> bool {
        let parse = self.reading.parse(sentence);
        let Some(mark) = mark_of(&parse.words[word].form) else { return false };
        self.reading.language().writing().quotes.iter().any(|(a, b)| *a == mark || *b == mark)
    }

    /// The words of one sentence between two marks that part independent clauses, around `word`. Clauses that share the subject
    /// of the one before them are not independent: "hit three depots; damaged a road; and broke a bridge, he added".
    pub(crate) fn stretch(&self, sentence: usize, word: usize) -> (usize, usize) {
        let parse = self.reading.parse(sentence);
        let n = parse.words.len();
        let is_break = |w: &usize| {
            has(&self.words.reference.breaks, &self.reading.parse(sentence).words[*w].form)
                && !self.inside_quote(WordAt { sentence, word: *w })
        };
        let start = |before: usize| (0..before).rev().find(is_break).map_or(0, |w| w + 1);
        let to = (word..n).find(is_break).unwrap_or(n);
        let subject = |w: usize| parse.children(w).any(|c| parse.words[c].deprel.base == Relation::Nsubj);
        let mut from = start(word);
        let shares = |w: usize, from: usize| {
            let joined = parse.words[w].upos == Upos::Verb && parse.words[w].deprel.base == Relation::Conj;
            joined && parse.words[w].head.is_some_and(|h| (h as usize) < from) && !subject(w)
        };
        while from > 0 && (from..to).any(|w| shares(w, from)) {
            from = start(from - 1);
        }
        (from, to)
    }

    pub(crate) fn inside_quote(&self, at: WordAt) -> bool {
        self.quotes.iter().any(|q| q.holds(self.reading, at))
    }

    /// The first word of the verb's own group: its auxiliaries and the clitics that stand right before.
    pub(crate) fn group_start(&self, at: WordAt) -> usize {
        let parse = self.reading.parse(at.sentence);
        let mut start = at.word;
        // Only what belongs to the verb and stands without a gap.
        while let Some(before) = start.checked_sub(1) {
            let w = &parse.words[before];
            let own = w.head == Some(at.word as u32)
                && (matches!(w.deprel.base, Relation::Aux | Relation::Cop | Relation::Expl | Relation::Advmod)
                    || (w.upos == Upos::Pron && w.form.chars().count() <= 4 && w.deprel.base != Relation::Mark))
                && w.upos != Upos::Punct
                && w.feats.get("PronType") != Some("Rel");
            let inverted = w.form.starts_with('-') && w.upos == Upos::Pron;
            if own || inverted {
                start = before;
            } else {
                break;
            }
        }
        start
    }

    /// Is the verb finite, by itself or by its auxiliary?
    pub(crate) fn is_finite(&self, at: WordAt) -> bool {
        let parse = self.reading.parse(at.sentence);
        let fin = |w: usize| parse.words[w].feats.get("VerbForm") == Some("Fin");
        let helps = |c: usize| matches!(parse.words[c].deprel.base, Relation::Aux | Relation::Cop);
        fin(at.word) || parse.children(at.word).any(|c| helps(c) && fin(c))
    }

    /// Is the clause an infinitive, present or perfect ("avoir repris")?
    pub(crate) fn is_infinitive(&self, at: WordAt) -> bool {
        let parse = self.reading.parse(at.sentence);
        let inf = |w: usize| parse.words[w].feats.get("VerbForm") == Some("Inf");
        let helper = parse
            .children(at.word)
            .any(|c| matches!(parse.words[c].deprel.base, Relation::Aux | Relation::Cop) && inf(c) && c < at.word);
        (inf(at.word) || helper) && !self.is_finite(at)
    }

    /// The word that introduces a clause: its conjunction or preposition.
    pub(crate) fn mark_of(&self, at: WordAt) -> Option<usize> {
        let parse = self.reading.parse(at.sentence);
        // "is in the hands of X": the preposition of a predicate stands behind its copula and introduces no clause.
        let copula = parse.children(at.word).find(|&c| parse.words[c].deprel.base == Relation::Cop);
        parse.children(at.word).find(|&c| {
            c < at.word
                && (copula.is_none_or(|cop| c < cop) || parse.words[c].deprel.base != Relation::Case)
                && matches!(parse.words[c].deprel.base, Relation::Mark | Relation::Case)
                && matches!(parse.words[c].upos, Upos::Sconj | Upos::Adp | Upos::Adv | Upos::Pron)
        })
    }

    pub(crate) fn below(&self, at: WordAt) -> Vec<usize> {
        subtree(self.reading.parse(at.sentence), at.word, |_| true)
    }

    /// A mark or a conjunction beside the words of a source is no part of what it says. (Of other sentences the whole
    /// is taken.)
    pub(super) fn says_something(&self, sentence: usize, span: Span) -> bool {
        let parse = self.reading.parse(sentence);
        let mut within = parse.words.iter().filter(|w| span.overlaps(w.span)).peekable();
        within.peek().is_none()
            || within.any(|w| {
                !matches!(w.upos, Upos::Punct | Upos::Cconj | Upos::Sconj | Upos::Adp | Upos::Sym)
                    && w.feats.get("PronType") != Some("Rel")
            })
    }

    /// Is this the name of an agency or broadcaster?
    pub(crate) fn is_relay_name(&self, span: Span) -> bool {
        let text = self.reading.slice(span).replace('’', "'");
        self.words.relays.names.iter().any(|n| {
            text == *n
                || text.strip_suffix(n.as_str()).is_some_and(|rest| rest.ends_with([' ', '\'']))
                || text.strip_prefix(n.as_str()).is_some_and(|rest| rest.starts_with(' '))
        })
    }

    pub(crate) fn case_is(&self, at: WordAt, list: &[String]) -> bool {
        case_of(self.reading.parse(at.sentence), at.word).is_some_and(|m| has(list, m))
    }
}
