//! The clause of saying with its subject first, behind or inside what is said: "…, the army said", "« … » Clinton
//! said", "The driver, police said, was drunk". English has it where French inverts.

use super::cues::{Cue, Shape};
use super::room::Room;
use super::speaker::has;
use crate::phrase::subtree;
use crate::reading::WordAt;
use vigie_resources::Saying;
use vigie_syntax::{Relation, Upos};

impl Room<'_> {
    /// A subject, its verb of saying, and what is said before them.
    pub(super) fn tail(&self, at: WordAt, saying: &'static Saying) -> Option<Cue> {
        let parse = self.reading.parse(at.sentence);
        if !self.is_finite(at) || self.introduces(at, at) || self.is_passive_form(at) {
            return None;
        }
        let group = self.group_start(at);
        let subject = parse
            .children(at.word)
            .filter(|&c| parse.words[c].deprel.base == Relation::Nsubj && c < at.word)
            .last()
            .filter(|&s| parse.words[s].feats.get("PronType") != Some("Rel"))?;
        // What the parser hangs before the subject belongs to what is said.
        let mut start = subtree(parse, subject, |w| w < at.word)
            .into_iter()
            .find(|&w| (w..subject).all(|b| !self.is_punct(at.sentence, b)))?;
        let (from, to) = self.stretch(at.sentence, subject);
        start = start.max(from);
        // Between subject and verb stand only what describes the subject, in two commas, and adverbs.
        let commas = (subject..group).filter(|&w| self.is_comma(at.sentence, w)).count();
        if commas == 1 || (subject..group).any(|w| self.is_quote_mark(at.sentence, w)) {
            return None;
        }
        let parted = start > from && {
            let mark = parse.words[start - 1].form.as_str();
            self.is_punct(at.sentence, start - 1)
                && mark != "("
                && mark != ":"
                && !self.opens_quotation(at.sentence, start - 1)
        };
        // "As X said last week, …": what it introduces follows its comma, or stands before it.
        if start > from && has(&self.words.reference.as_said, &self.text(at.sentence, start - 1)) {
            return self.as_said(at, saying, subject, (from, start - 1, to));
        }
        let first = start == from || (from..start).all(|w| self.is_punct(at.sentence, w));
        let behind = first && self.follows_quotation(at.sentence, start);
        if !(parted || behind) {
            return None;
        }
        // A complement of its own right behind the verb is what it says.
        let next = (at.word + 1..to).find(|&w| !matches!(parse.words[w].upos, Upos::Adv)).unwrap_or(to);
        let closes = next == to || self.is_punct(at.sentence, next);
        let run = (next..to).find(|&w| self.is_punct(at.sentence, w)).unwrap_or(to);
        let own = parse.children(at.word).any(|c| {
            c > at.word
                && c < run
                && matches!(parse.words[c].deprel.base, Relation::Ccomp | Relation::Xcomp | Relation::Obj)
                && !self.is_time(at.sentence, c)
                && !self.is_addressee(WordAt { word: c, ..at }, at)
        });
        if (!closes && own) || (next < to && parse.words[next].form == ":") {
            return None;
        }
        let quoted =
            behind || (start.saturating_sub(2)..start).any(|w| w >= from && self.is_quote_mark(at.sentence, w));
        // Without quotation marks only a verb that affirms a clause can stand so: "a claim Kyiv rejected" is no tail.
        if !quoted && (saying.denies || !has(&saying.takes, "that")) {
            return None;
        }
        let opening = (next..to).find(|&w| self.opens_quotation(at.sentence, w));
        let finite = |w: usize| parse.words[w].feats.get("VerbForm") == Some("Fin");
        // "A war, he said, “could last”": the quotation goes on with the verb of what stands before.
        let goes_on = |open: usize| open + 1 < to && finite(open + 1);
        if opening.is_some_and(|open| !goes_on(open)) && !quoted {
            return None;
        }
        let said_before = (from..start).any(finite);
        // What goes on behind a comma: the rest of a quotation, or the finite verb that its subject waited for.
        let resumes = closes
            && self.is_comma(at.sentence, next.min(to.saturating_sub(1)))
            && (next + 1..to)
                .find(|&w| !matches!(parse.words[w].upos, Upos::Adv | Upos::Part | Upos::Aux) || finite(w))
                .is_some_and(|w| finite(w) || (!said_before && (w..to).any(finite)));
        let resumes =
            resumes || (closes && !quoted && next < to && self.told_further(at.sentence, (from, start), (next, to)));
        if !(said_before || quoted || resumes || opening.is_some()) {
            return None;
        }
        let end = match opening {
            Some(open) => open,
            None if resumes => next,
            None => to,
        };
        let mut content: Vec<usize> = (from..start).collect();
        content.extend(end..to);
        let quotes = self.quotes_touching(at.sentence, from, start).into_iter().map(|q| q.span).collect();
        let segment = (start..end).collect();
        Some(Cue { at, saying, shape: Shape::Inserted, content, quotes, speakers: vec![subject], segment })
    }

    /// "When the war ends, she said, the town will be free", "The shops were shut, she said, and the streets were empty": the
    /// main clause behind a clause that cannot stand alone, or a further clause with a subject of its own.
    fn told_further(&self, sentence: usize, before: (usize, usize), (comma, to): (usize, usize)) -> bool {
        let words = &self.reading.parse(sentence).words;
        let finite = |w: usize| words[w].feats.get("VerbForm") == Some("Fin");
        let Some(opener) = (before.0..before.1).find(|&w| !self.is_punct(sentence, w)) else { return false };
        let asks = matches!(words[opener].feats.get("PronType"), Some("Int" | "Rel"));
        let depends = words[opener].upos == Upos::Sconj || (words[opener].upos == Upos::Adv && asks);
        let joined = words.get(comma + 1).is_some_and(|w| w.upos == Upos::Cconj);
        let subject = (comma + 1..to).find(|&w| words[w].deprel.base == Relation::Nsubj);
        let clause = subject.is_some_and(|s| (s..to).any(finite));
        self.is_comma(sentence, comma) && clause && (depends || joined)
    }

    /// "as X said": no content of its own, but a whole clause beside it.
    fn as_said(
        &self,
        at: WordAt,
        saying: &'static Saying,
        subject: usize,
        (from, start, to): (usize, usize, usize),
    ) -> Option<Cue> {
        let parse = self.reading.parse(at.sentence);
        let own = subtree(parse, at.word, |w| w >= start);
        let complement = parse.children(at.word).any(|c| {
            c > at.word
                && matches!(parse.words[c].deprel.base, Relation::Ccomp | Relation::Obj)
                && !self.is_time(at.sentence, c)
        });
        let alone = start == from || (from..start).all(|w| self.is_punct(at.sentence, w));
        if complement || !(alone || self.is_comma(at.sentence, start - 1)) {
            return None;
        }
        let end = (at.word..to).find(|&w| self.is_comma(at.sentence, w) && !own.iter().any(|&o| o > w)).unwrap_or(to);
        let content: Vec<usize> = (from..start).chain(end..to).collect();
        let said = content.iter().any(|&w| parse.words[w].feats.get("VerbForm") == Some("Fin"));
        let quotes = self.quotes_touching(at.sentence, end, to).into_iter().map(|q| q.span).collect();
        let segment = (start..end).collect();
        said.then(|| Cue { at, saying, shape: Shape::Inserted, content, quotes, speakers: vec![subject], segment })
    }
}
