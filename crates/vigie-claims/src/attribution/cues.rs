//! Verbs of saying: the inserted clause, the clause with its content, the verb before a quotation.

use super::room::{Room, span_of};
use super::speaker::has;
use crate::functions::Functions;
use crate::phrase::{case_of, subtree};
use crate::reading::WordAt;
use vigie_resources::{Before, Saying};
use vigie_syntax::{Relation, Upos};
use vigie_text::Span;

/// How a verb of saying stands to what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Inverted, inside or after what is said: ", a dit X".
    Inserted,
    /// Before a clause: "X dit que".
    Clause,
    /// Before a quotation: "X a dit : « … »".
    Quotation,
    /// Beside an event noun: "X a annoncé la prise de".
    Noun,
}

impl Shape {
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Self::Inserted => "attribution/inserted",
            Self::Clause => "attribution/clause",
            Self::Quotation => "attribution/quotation",
            Self::Noun => "attribution/noun",
        }
    }
}

/// A verb of saying with what it introduces, before anybody knows who speaks.
#[derive(Debug, Clone)]
pub(crate) struct Cue {
    pub at: WordAt,
    pub saying: &'static Saying,
    pub shape: Shape,
    /// Words of the sentence that are content.
    pub content: Vec<usize>,
    /// Quotations that are content as a whole.
    pub quotes: Vec<Span>,
    /// Heads of the phrases that name the speaker; empty when nobody is named.
    pub speakers: Vec<usize>,
    /// The words that name the speaker and the saying: no content.
    pub segment: Vec<usize>,
}

impl Room<'_> {
    /// The verb of saying at `at`, with its content; `None` when the word is no such verb or introduces nothing.
    pub(crate) fn cue(&self, at: WordAt) -> Option<Cue> {
        let parse = self.reading.parse(at.sentence);
        let word = &parse.words[at.word];
        if !matches!(word.upos, Upos::Verb | Upos::Aux) {
            return None;
        }
        let lemma = word.lemma.to_lowercase();
        let sayings: Vec<&'static Saying> =
            self.words.sayings(&lemma).filter(|(_, before)| self.stands_before(at, before)).map(|(s, _)| s).collect();
        let first = *sayings.first()?;
        if let Some(cue) = self.inserted(at, first) {
            return Some(cue);
        }
        let clause = sayings.iter().find_map(|s| self.clause(at, s));
        clause
            .or_else(|| self.before_quotation(at, first))
            .or_else(|| sayings.iter().find_map(|s| self.event_noun(at, s)))
    }

    fn stands_before(&self, at: WordAt, before: &Before) -> bool {
        let parse = self.reading.parse(at.sentence);
        let reflexive = || {
            parse.children(at.word).any(|c| {
                let w = &parse.words[c];
                w.upos == Upos::Pron
                    && (has(&self.words.reference.reflexive, &w.lemma)
                        || has(&self.words.reference.reflexive, &self.text(at.sentence, c)))
            })
        };
        match before {
            Before::Nothing => true,
            Before::Reflexive => reflexive(),
            Before::Causative(lemma) => {
                let above = parse.words[at.word].head.is_some_and(|h| parse.words[h as usize].lemma == *lemma);
                above || parse.children(at.word).any(|c| c < at.word && parse.words[c].lemma == *lemma)
            }
        }
    }

    /// The verb on which subject and content hang: a causative above the verb carries them.
    fn carrier(&self, at: WordAt) -> WordAt {
        let parse = self.reading.parse(at.sentence);
        match parse.words[at.word].head {
            Some(h)
                if has(&self.words.reference.causatives, &parse.words[h as usize].lemma)
                    && matches!(
                        parse.words[at.word].deprel.base,
                        Relation::Xcomp | Relation::Ccomp | Relation::Obj
                    ) =>
            {
                WordAt { word: h as usize, ..at }
            }
            _ => at,
        }
    }

    /// ", a rapporté la télévision", "« … » a-t-il dit", ", comme l'a indiqué X".
    fn inserted(&self, at: WordAt, saying: &'static Saying) -> Option<Cue> {
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
            && before.checked_sub(1).is_some_and(|b| self.is_punct(at.sentence, b) || parse.words[b].upos == Upos::Adv)
            && parse.words[start].upos == Upos::Pron;
        // An adverb or a phrase may stand between the comma and the verb (", selon l'AFP, a dit").
        if !(self.is_punct(at.sentence, before) || as_said || (clitic.is_some() && start > 2)) {
            return None;
        }
        if parse.words[before].form == "(" || self.opens_quotation(at.sentence, before) {
            return None;
        }
        let subject = self.inverted_subject(carrier, clitic)?;
        let (from, to) = self.stretch(at.sentence, start);
        // Nothing said before and after it: no inserted clause.
        let has_verb = |range: std::ops::Range<usize>| {
            range.clone().any(|w| matches!(parse.words[w].upos, Upos::Verb | Upos::Aux))
                || (range.clone().any(|w| self.is_quote_mark(at.sentence, w)) && range.len() > 2)
        };
        if !has_verb(from..start) && !self.follows_quotation(at.sentence, start) {
            return None;
        }
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
        let end = segment.last().map_or(at.word, |&w| w) + 1;
        let rest_is_said = (end..to).any(|w| {
            matches!(parse.words[w].upos, Upos::Verb | Upos::Aux) && parse.words[w].feats.get("VerbForm").is_some()
        });
        let mut content: Vec<usize> = (from..start).collect();
        if as_said {
            content.pop();
        }
        if rest_is_said {
            content.extend(end..to);
        } else {
            segment.extend(end..to);
        }
        // "La ville est tombée : « … », raconte X": only the quotation is X's.
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

    fn verb_between(&self, sentence: usize, from: usize, word: usize) -> bool {
        let parse = self.reading.parse(sentence);
        (0..word).any(|w| parse.words[w].span.start() >= from && matches!(parse.words[w].upos, Upos::Verb | Upos::Aux))
    }

    fn follows_quotation(&self, sentence: usize, start: usize) -> bool {
        let at = self.reading.parse(sentence).words[start].span.start();
        self.quotes.iter().any(|q| {
            q.sentences.1 <= sentence
                && q.sentences.1 + 1 >= sentence
                && q.span.end() <= at
                && self.reading.text[q.span.end()..at].chars().all(|c| !c.is_alphanumeric())
        })
    }

    pub(crate) fn opens_quotation(&self, sentence: usize, word: usize) -> bool {
        if !self.is_quote_mark(sentence, word) {
            return false;
        }
        let end = self.reading.parse(sentence).words[word].span.end();
        self.quotes
            .iter()
            .any(|q| q.span.start() >= end && self.reading.text[end..q.span.start()].chars().all(char::is_whitespace))
    }

    /// The quotations that touch these words of a sentence.
    fn quotes_touching(&self, sentence: usize, from: usize, to: usize) -> Vec<super::quotes::Quote> {
        let parse = self.reading.parse(sentence);
        let Some(span) = span_of(parse, &(from..to).collect::<Vec<_>>()) else { return Vec::new() };
        let near = |q: &&super::quotes::Quote| {
            q.span.overlaps(span)
                // A quotation of several sentences may end where the sentence with the verb begins.
                || (q.sentences.1 + 1 == sentence && q.span.end() <= span.start() && from == 0
                    && self.follows_quotation(sentence, from))
        };
        self.quotes.iter().filter(near).copied().collect()
    }

    fn inverted_subject(&self, at: WordAt, clitic: Option<usize>) -> Option<usize> {
        let parse = self.reading.parse(at.sentence);
        let word = at.word;
        let subjects: Vec<usize> = parse
            .children(word)
            .filter(|&c| {
                parse.words[c].deprel.base == Relation::Nsubj && parse.words[c].feats.get("PronType") != Some("Rel")
            })
            .collect();
        if let Some(clitic) = clitic {
            // "l'armée a-t-elle dit": the noun beside the clitic is no speaker of an inserted clause.
            return Some(clitic);
        }
        if subjects.iter().any(|&s| s < word) {
            return None;
        }
        if let Some(&subject) = subjects.first() {
            return Some(subject);
        }
        // The parser takes the subject behind its verb for an object, or hangs it on something else below.
        let nominal = |c: &usize| {
            *c > word
                && matches!(parse.words[*c].upos, Upos::Noun | Upos::Propn | Upos::Pron)
                && case_of(parse, *c).is_none()
        };
        let direct = parse.children(word).filter(nominal).find(|&c| {
            matches!(
                parse.words[c].deprel.base,
                Relation::Obj
                    | Relation::Dep
                    | Relation::Xcomp
                    | Relation::Appos
                    | Relation::Obl
                    | Relation::Nmod
                    | Relation::Parataxis
                    | Relation::Flat
                    | Relation::Conj
                    | Relation::Dislocated
                    | Relation::Advcl
            )
        });
        direct.filter(|_| parse.words[word].deprel.base != Relation::Acl)
    }

    /// "X affirme que", "X dit avoir repris", "X accuse Y d'avoir pris", "X demande si".
    fn clause(&self, at: WordAt, saying: &'static Saying) -> Option<Cue> {
        let parse = self.reading.parse(at.sentence);
        let carrier = self.carrier(at);
        let takes = |what: &str| saying.takes.iter().any(|t| t == what);
        let reference = &self.words.reference;
        let mut heads = Vec::new();
        let mut children: Vec<usize> = parse.children(carrier.word).collect();
        if carrier != at {
            children.extend(parse.children(at.word));
            children.sort_unstable();
        }
        for c in children {
            let child = WordAt { word: c, ..at };
            let relation = parse.words[c].deprel.base;
            if c < carrier.word
                || !matches!(
                    relation,
                    Relation::Ccomp
                        | Relation::Xcomp
                        | Relation::Advcl
                        | Relation::Obj
                        | Relation::Acl
                        | Relation::Dep
                        | Relation::Parataxis
                        | Relation::Csubj
                        | Relation::Obl
                        | Relation::Conj
                        | Relation::Advmod
                )
            {
                continue;
            }
            let mark = self.mark_of(child).map(|m| self.text(at.sentence, m));
            let mark = mark.as_deref();
            let that = mark.is_some_and(|m| has(&reference.that, m));
            let whether = mark.is_some_and(|m| has(&reference.whether, m));
            let of = mark.is_some_and(|m| has(&reference.of, m));
            let infinitive = self.is_infinitive(child);
            let after_colon = self.after_colon(at.sentence, carrier.word, c);
            let fits = if infinitive {
                (mark.is_none() && takes("inf") && relation != Relation::Conj)
                    || (of && (takes("de-inf") || takes("other")))
            } else {
                (that && takes("that"))
                    || (whether && takes("whether"))
                    || (mark.is_none() && relation == Relation::Ccomp && takes("that") && self.is_finite(child))
                    || (after_colon && takes("that") && matches!(relation, Relation::Ccomp | Relation::Parataxis))
            };
            if fits {
                heads.push(c);
            }
        }
        // The object of the accusation may carry the clause by a parser's slip.
        if heads.is_empty() && (takes("other") || takes("that")) {
            heads.extend(self.clause_under_object(carrier, takes("other"), takes("that")));
        }
        if heads.is_empty() {
            return None;
        }
        let mut content: Vec<usize> = heads.iter().flat_map(|&h| self.below(WordAt { word: h, ..at })).collect();
        content.sort_unstable();
        content.dedup();
        let first = *content.first()?;
        let last = *content.last()?;
        let quotes = self
            .quotes_touching(at.sentence, first, last + 1)
            .into_iter()
            .filter(|q| parse.words[carrier.word].span.end() <= q.span.start())
            .map(|q| q.span)
            .collect();
        let speakers = self.deep_subject(carrier);
        Some(Cue { at, saying, shape: Shape::Clause, content, quotes, speakers, segment: Vec::new() })
    }

    fn clause_under_object(&self, at: WordAt, other: bool, that: bool) -> Vec<usize> {
        let parse = self.reading.parse(at.sentence);
        let objects = parse.children(at.word).filter(|&c| {
            c > at.word && matches!(parse.words[c].deprel.base, Relation::Obj | Relation::Iobj | Relation::Obl)
        });
        let mut found = Vec::new();
        for object in objects {
            for c in parse.children(object) {
                let child = WordAt { word: c, ..at };
                let mark = self.mark_of(child).map(|m| self.text(at.sentence, m));
                let Some(mark) = mark else { continue };
                if (other && self.is_infinitive(child) && has(&self.words.reference.of, &mark))
                    || (that
                        && !self.is_infinitive(child)
                        && has(&self.words.reference.that, &mark)
                        && parse.words[c].deprel.base == Relation::Ccomp)
                {
                    found.push(c);
                }
            }
        }
        found
    }

    fn after_colon(&self, sentence: usize, from: usize, to: usize) -> bool {
        let parse = self.reading.parse(sentence);
        (from..to).any(|w| parse.words[w].form == ":")
    }

    /// "X a déclaré : « … »", the quotation in this sentence or, after a colon at its end, in the next.
    fn before_quotation(&self, at: WordAt, saying: &'static Saying) -> Option<Cue> {
        let parse = self.reading.parse(at.sentence);
        let own = parse.words[at.word].span;
        let sentence = self.reading.sentence(at.sentence).span;
        let quote = self.quotes.iter().find(|q| {
            q.span.start() >= own.end()
                && (q.span.start() < sentence.end() || (q.after_colon && q.sentences.0 == at.sentence + 1))
        })?;
        let in_tree = self.below(at).into_iter().any(|w| quote.span.contains(parse.words[w].span));
        if !(quote.after_colon || (in_tree && quote.clause)) {
            return None;
        }
        // Another verb of saying nearer to the quotation speaks it.
        let nearer = (at.word + 1..parse.words.len()).any(|w| {
            parse.words[w].span.end() <= quote.span.start()
                && parse.words[w].upos == Upos::Verb
                && self.words.sayings(&parse.words[w].lemma).next().is_some()
                && !self.deep_subject(WordAt { word: w, ..at }).is_empty()
        });
        if nearer {
            return None;
        }
        let speakers = self.deep_subject(self.carrier(at));
        let quotes = vec![quote.span];
        Some(Cue { at, saying, shape: Shape::Quotation, content: Vec::new(), quotes, speakers, segment: Vec::new() })
    }

    /// "X a annoncé la prise de", "la prise de … a été confirmée par X".
    fn event_noun(&self, at: WordAt, saying: &'static Saying) -> Option<Cue> {
        if !saying.takes.iter().any(|t| t == "noun") {
            return None;
        }
        let parse = self.reading.parse(at.sentence);
        let functions = Functions::of(parse, at.word, self.frames);
        let agents: Vec<usize> = parse.children(at.word).filter(|&c| self.is_agent(at.sentence, c)).collect();
        let passive = functions.passive;
        let speakers = if passive { agents } else { functions.subject.clone() };
        if speakers.is_empty() {
            return None;
        }
        let objects: Vec<usize> =
            functions.object.iter().copied().filter(|&o| parse.words[o].upos == Upos::Noun).collect();
        if objects.is_empty() {
            return None;
        }
        let mut content: Vec<usize> = objects
            .iter()
            .flat_map(|&o| {
                subtree(parse, o, |w| w != at.word && !speakers.contains(&w) && !self.is_relative(at.sentence, w))
            })
            .collect();
        content.sort_unstable();
        content.dedup();
        Some(Cue { at, saying, shape: Shape::Noun, content, quotes: Vec::new(), speakers, segment: Vec::new() })
    }

    /// A relative clause says something beside the event that is announced.
    fn is_relative(&self, sentence: usize, word: usize) -> bool {
        let parse = self.reading.parse(sentence);
        parse.words[word].deprel.base == Relation::Acl && self.is_finite(WordAt { sentence, word })
    }

    /// Heads of the phrases that name who speaks.
    fn deep_subject(&self, at: WordAt) -> Vec<usize> {
        let parse = self.reading.parse(at.sentence);
        let functions = Functions::of(parse, at.word, self.frames);
        if functions.passive {
            return parse.children(at.word).filter(|&c| self.is_agent(at.sentence, c)).collect();
        }
        let mut subject = functions.subject;
        subject
            .retain(|&w| matches!(parse.words[w].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num));
        subject
    }
}
