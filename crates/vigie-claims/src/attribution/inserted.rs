//! The inserted clause of saying: ", said X", "“…”, he added", ", as X indicated".
//!
//! Read off the surface as far as it can be: parsers often make it a coordinated clause, take its subject for an
//! object, or give it a noun of the clause that is said as subject.

use super::cues::{Cue, Shape};
use super::room::Room;
use super::speaker::has;
use crate::phrase::{Extent, case_of, phrase_words, subtree};
use crate::reading::WordAt;
use vigie_resources::Saying;
use vigie_syntax::{Relation, Upos};

impl Room<'_> {
    /// ", reported the television", "“…” he said", ", as X indicated".
    pub(super) fn inserted(&self, at: WordAt, saying: &'static Saying) -> Option<Cue> {
        let parse = self.reading.parse(at.sentence);
        let carrier = self.carrier(at);
        if !self.is_finite(carrier) {
            return None;
        }
        let start = self.group_start(carrier);
        let before = start.checked_sub(1)?;
        let clitic = parse
            .words
            .iter()
            .take(at.word + 2)
            .enumerate()
            .skip(start)
            .find(|(_, w)| w.form.starts_with('-') && w.upos != Upos::Punct && w.form.len() > 1)
            .map(|(i, _)| i);
        let as_said = has(&self.words.reference.as_said, &parse.words[before].lemma)
            && before.checked_sub(1).is_none_or(|b| self.is_punct(at.sentence, b) || parse.words[b].upos == Upos::Adv)
            && parse.words[start].upos == Upos::Pron;
        if !(self.is_punct(at.sentence, before) || as_said || (clitic.is_some() && start > 2)) {
            return None;
        }
        let mark = &parse.words[before].form;
        if mark == "(" || mark == ":" || self.opens_quotation(at.sentence, before) {
            return None;
        }
        if self.subject_before(carrier, start) || self.introduces(at, carrier) {
            return None;
        }
        let (_, limit) = self.stretch(at.sentence, start);
        let subject = clitic.or_else(|| self.subject_behind(carrier, limit))?;
        let (from, to) = self.stretch(at.sentence, start);
        let mut segment: Vec<usize> = subtree(parse, carrier.word, |w| w >= start)
            .into_iter()
            .chain(subtree(parse, subject, |w| w >= start))
            .filter(|&w| w >= start && w < to)
            .collect();
        segment.sort_unstable();
        segment.dedup();
        // The rest of what is said may hang on the verb by a parser's slip: it begins at a quotation mark.
        if let Some(cut) = segment.iter().position(|&w| w > subject && self.opens_quotation(at.sentence, w)) {
            segment.truncate(cut);
        }
        // Or at a comma with a finite verb right behind it: "The attack, added the police, left".
        let resumes = |w: usize| {
            self.is_comma(at.sentence, w)
                && (w + 1..to)
                    .find(|&n| !matches!(parse.words[n].upos, Upos::Adv) && !self.is_short_pronoun(at.sentence, n))
                    .is_some_and(|n| parse.words[n].feats.get("VerbForm") == Some("Fin"))
        };
        if let Some(cut) = segment.iter().position(|&w| w > subject && resumes(w)) {
            segment.truncate(cut);
        }
        while segment.last().is_some_and(|&w| w > subject && self.is_punct(at.sentence, w)) {
            segment.pop();
        }
        let end = segment.last().map_or(at.word, |&w| w) + 1;
        let rest_is_said = (end..to).any(|w| {
            matches!(parse.words[w].upos, Upos::Verb | Upos::Aux) && parse.words[w].feats.get("VerbForm").is_some()
        });
        // Something must be said before it, or its subject before and its verb behind.
        let said_before = (from..start).any(|w| matches!(parse.words[w].upos, Upos::Verb | Upos::Aux));
        let quoted = self.follows_quotation(at.sentence, start)
            || (start.saturating_sub(2)..start).any(|w| self.is_quote_mark(at.sentence, w));
        let resumed = rest_is_said && self.is_punct(at.sentence, end);
        if !(said_before || quoted || resumed) {
            return None;
        }
        let mut content: Vec<usize> = (from..start).collect();
        if as_said {
            content.pop();
        }
        if rest_is_said {
            content.extend(end..to);
        } else {
            segment.extend(end..to);
        }
        // "The town has fallen: “…”, X tells": only the quotation is X's.
        let quotes = self.quotes_touching(at.sentence, from, start);
        if let Some(quote) = quotes.last()
            && quote.after_colon
            && quote.sentences.0 == at.sentence
            && !self.verb_between(at.sentence, quote.span.end(), start)
        {
            content.retain(|&w| parse.words[w].span.start() >= quote.span.start());
        }
        let quotes = quotes.into_iter().map(|q| q.span).collect();
        Some(Cue { at, saying, shape: Shape::Inserted, content, quotes, speakers: vec![subject], segment })
    }

    pub(super) fn is_short_pronoun(&self, sentence: usize, word: usize) -> bool {
        let w = &self.reading.parse(sentence).words[word];
        w.upos == Upos::Pron && w.feats.get("PronType") != Some("Rel") && w.deprel.base != Relation::Nsubj
    }

    pub(super) fn verb_between(&self, sentence: usize, from: usize, word: usize) -> bool {
        let parse = self.reading.parse(sentence);
        (0..word).any(|w| parse.words[w].span.start() >= from && matches!(parse.words[w].upos, Upos::Verb | Upos::Aux))
    }

    pub(super) fn follows_quotation(&self, sentence: usize, start: usize) -> bool {
        let at = self.reading.parse(sentence).words[start].span.start();
        self.quotes.iter().any(|q| {
            q.sentences.1 <= sentence
                && q.sentences.1 + 1 >= sentence
                && q.span.end() <= at
                && self.reading.text[q.span.end()..at].chars().all(|c| !c.is_alphanumeric())
        })
    }

    /// Has the verb a subject of its own before it? The parser often gives it a noun of the clause that is said: a
    /// true subject is parted from its verb by two commas or by none, and no preposition or verb stands before it.
    pub(super) fn subject_before(&self, at: WordAt, start: usize) -> bool {
        let parse = self.reading.parse(at.sentence);
        let subject = parse.children(at.word).find(|&c| parse.words[c].deprel.base == Relation::Nsubj && c < start);
        let Some(subject) = subject else { return false };
        // After a closing quotation mark no subject can wait for its verb.
        if (start.saturating_sub(2)..start).any(|w| self.is_quote_mark(at.sentence, w)) {
            return false;
        }
        if parse.words[subject].upos == Upos::Pron && subject + 3 > start {
            return true;
        }
        let commas = (subject..start - 1).any(|w| self.is_punct(at.sentence, w));
        if !self.is_punct(at.sentence, start - 1) {
            return true;
        }
        if !commas {
            return false;
        }
        let first = phrase_words(parse, subject, Extent::Core).first().copied().unwrap_or(subject);
        let alone = first
            .checked_sub(1)
            .is_none_or(|b| matches!(parse.words[b].upos, Upos::Punct | Upos::Cconj | Upos::Sconj | Upos::Adv));
        // Between the subject and its comma there is no finite verb.
        let next_comma = (subject..start).find(|&w| self.is_punct(at.sentence, w)).unwrap_or(start);
        let bare = (subject..next_comma).all(|w| parse.words[w].feats.get("VerbForm") != Some("Fin"));
        alone && bare && !self.inside_quote(WordAt { word: subject, ..at })
    }

    /// Does "que" follow the verb, so that it introduces its content itself?
    pub(super) fn introduces(&self, at: WordAt, carrier: WordAt) -> bool {
        let parse = self.reading.parse(at.sentence);
        let from = at.word.max(carrier.word) + 1;
        (from..parse.words.len()).find(|&w| !matches!(parse.words[w].upos, Upos::Adv | Upos::Pron)).is_some_and(|w| {
            parse.words[w].upos == Upos::Sconj && has(&self.words.reference.that, &self.text(at.sentence, w))
        })
    }

    /// The noun behind an inverted verb, read off the surface: phrases with a preposition and times are passed over.
    pub(super) fn subject_behind(&self, at: WordAt, limit: usize) -> Option<usize> {
        let parse = self.reading.parse(at.sentence);
        let words = &parse.words;
        let tree = parse.children(at.word).find(|&c| {
            c > at.word
                && c < limit
                && words[c].deprel.base == Relation::Nsubj
                && words[c].feats.get("PronType") != Some("Rel")
                && !self.is_time(at.sentence, c)
                && case_of(parse, c).is_none()
        });
        if tree.is_some() {
            return tree;
        }
        let mut marked = false;
        let mut w = at.word + 1;
        while w < limit {
            let word = &words[w];
            match word.upos {
                Upos::Adp => marked = true,
                Upos::Verb | Upos::Aux if word.feats.get("VerbForm") != Some("Part") => return None,
                Upos::Punct if word.form != "," => return None,
                Upos::Pron if word.feats.get("Case") == Some("Acc") => return None,
                Upos::Det if marked && words[w - 1].upos != Upos::Adp => marked = false,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::X if !self.is_time(at.sentence, w) => {
                    if !marked {
                        return Some(w);
                    }
                    // What follows a relay's name belongs to somebody else.
                    if let Some(last) = self.relay_name_at(at.sentence, w) {
                        w = last;
                        marked = false;
                    }
                }
                _ => {}
            }
            w += 1;
        }
        None
    }

    pub(crate) fn is_time(&self, sentence: usize, word: usize) -> bool {
        let w = &self.reading.parse(sentence).words[word];
        w.upos == Upos::Noun && has(&self.words.reference.times, &w.lemma.to_lowercase())
    }
}
