//! Verbs of saying: the inserted clause, the clause with its content, the verb before a quotation.

use super::room::{Room, span_of};
use super::speaker::has;
use crate::functions::Functions;
use crate::phrase::{case_of, subtree};
use crate::reading::WordAt;
use vigie_resources::{Before, Saying, triggers};
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
    /// Beside an event noun: somebody announced the capture of a place.
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
        let noun = word.upos == Upos::Noun;
        if !matches!(word.upos, Upos::Verb | Upos::Aux) && !noun {
            return None;
        }
        let lemma = word.lemma.to_lowercase();
        let sayings: Vec<&'static Saying> =
            self.words.sayings(&lemma).filter(|(_, before)| self.stands_before(at, before)).map(|(s, _)| s).collect();
        let first = *sayings.first()?;
        if noun {
            // A noun is a word of saying only with its support verb.
            let compound = self.words.sayings(&lemma).any(|(_, before)| matches!(before, Before::Causative(_)));
            return sayings.iter().filter(|_| compound).find_map(|s| self.event_noun(at, s));
        }
        if let Some(cue) = self.tail(at, first).or_else(|| self.inserted(at, first)) {
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
    pub(super) fn carrier(&self, at: WordAt) -> WordAt {
        let parse = self.reading.parse(at.sentence);
        match parse.words[at.word].head {
            Some(h)
                if has(&self.words.reference.causatives, &parse.words[h as usize].lemma)
                    && matches!(
                        parse.words[at.word].deprel.base,
                        Relation::Xcomp
                            | Relation::Ccomp
                            | Relation::Obj
                            | Relation::Obl
                            | Relation::Dep
                            | Relation::Compound
                    ) =>
            {
                WordAt { word: h as usize, ..at }
            }
            _ => at,
        }
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
    pub(super) fn quotes_touching(&self, sentence: usize, from: usize, to: usize) -> Vec<super::quotes::Quote> {
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
            // "Rebels took the town, the army said": the clause may stand before the subject of the verb.
            let leads = relation == Relation::Ccomp && self.leads(child, carrier);
            if (c < carrier.word && !leads)
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
            let mark = self.mark_of(child);
            // "que" may also be the relative pronoun.
            let conjunction = mark.is_some_and(|m| parse.words[m].upos != Upos::Pron);
            let mark = mark.map(|m| self.text(at.sentence, m));
            let mark = mark.as_deref();
            let that = conjunction && mark.is_some_and(|m| has(&reference.that, m));
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
        heads.retain(|&h| !self.belongs_to_nearer(at, h));
        if heads.is_empty() && takes("that") {
            heads.extend(self.clause_behind(at).or_else(|| self.bare_clause_behind(at)));
        }
        // The object of the accusation may carry the clause by a parser's slip.
        if heads.is_empty() && (takes("other") || takes("that")) {
            heads.extend(self.clause_under_object(carrier, takes("other"), takes("that")));
        }
        if heads.is_empty() && takes("inf") {
            heads.extend(self.infinitive_behind(carrier));
        }
        if heads.is_empty() {
            return None;
        }
        let mut content: Vec<usize> = heads.iter().flat_map(|&h| self.below(WordAt { word: h, ..at })).collect();
        content.sort_unstable();
        content.dedup();
        let first = *content.first()?;
        let mut last = *content.last()?;
        // A relative that takes up the whole clause ("…, which X denies") is said about it.
        let resuming = (first..last).find(|&w| {
            self.is_comma(at.sentence, w)
                && w + 2 <= last
                && has(&self.words.reference.resuming, &self.text(at.sentence, w + 1))
                && (parse.words[w + 2].feats.get("PronType") == Some("Rel") || parse.words[w + 2].upos == Upos::Sconj)
        });
        if let Some(comma) = resuming.filter(|&c| c > first) {
            last = comma - 1;
        }
        last = last.max(self.told_on(at, last).unwrap_or(last));
        last = self.before_next_saying(at.sentence, first, last);
        // The parser loses words in between; what is said stands in a row.
        let (_, mut limit) = self.stretch(at.sentence, first);
        // Nobody speaks on behind the quotation that cites him speaking.
        if let Some(quote) = self.quotes.iter().find(|q| q.holds(self.reading, at)) {
            limit = (first..limit).find(|&w| parse.words[w].span.start() >= quote.span.end()).unwrap_or(limit);
        }
        content = (first..(last + 1).min(limit)).collect();
        let quotes = self
            .quotes_touching(at.sentence, first, last + 1)
            .into_iter()
            .filter(|q| parse.words[carrier.word].span.end() <= q.span.start())
            .map(|q| q.span)
            .collect();
        let speakers = self.deep_subject(carrier);
        Some(Cue { at, saying, shape: Shape::Clause, content, quotes, speakers, segment: Vec::new() })
    }

    /// "said that it had beaten back an attack, killing 30": a participle behind the comma that ends what is said, and that
    /// tells a happening and no saying, tells on, although the parser hung it on the verb of saying.
    fn told_on(&self, at: WordAt, last: usize) -> Option<usize> {
        let parse = self.reading.parse(at.sentence);
        let next = last + 2;
        let happens = |w: usize| {
            let word = &parse.words[w];
            word.upos == Upos::Verb
                && word.feats.get("VerbForm") == Some("Part")
                && word.feats.get("Tense") == Some("Pres")
                && word.deprel.base == Relation::Advcl
                && self.words.sayings(&word.lemma).next().is_none()
                && triggers(self.reading.language()).of(&word.lemma).iter().any(|rule| rule.pos == Upos::Verb.as_str())
        };
        let own = next < parse.words.len() && parse.words[next].head == Some(at.word as u32);
        let tells = own && self.is_comma(at.sentence, last + 1) && happens(next);
        tells.then(|| self.below(WordAt { word: next, ..at }).last().copied()).flatten()
    }

    /// Does a finite clause stand before the subject of the verb of saying, parted from it by a comma?
    fn leads(&self, clause: WordAt, verb: WordAt) -> bool {
        let parse = self.reading.parse(verb.sentence);
        let subject = parse.children(verb.word).find(|&c| parse.words[c].deprel.base == Relation::Nsubj);
        let Some(subject) = subject.filter(|&s| clause.word < s && s < verb.word) else { return false };
        let parted = (clause.word..subject).any(|w| self.is_comma(clause.sentence, w));
        let told =
            parse.children(clause.word).any(|c| matches!(parse.words[c].deprel.base, Relation::Nsubj | Relation::Expl));
        parted && told && self.mark_of(clause).is_none() && self.is_finite(clause)
    }

    /// The infinitive right behind the verb, when the parser hung it on another word ("X nie soutenir Y").
    fn infinitive_behind(&self, at: WordAt) -> Option<usize> {
        let parse = self.reading.parse(at.sentence);
        let light = |w: usize| {
            matches!(parse.words[w].upos, Upos::Adv)
                || (parse.words[w].upos == Upos::Pron && parse.words[w].form.chars().count() <= 3)
        };
        let next = (at.word + 1..parse.words.len()).find(|&w| !light(w))?;
        let word = &parse.words[next];
        if word.feats.get("VerbForm") != Some("Inf") {
            return None;
        }
        let clause = match word.deprel.base {
            Relation::Aux | Relation::Cop => word.head? as usize,
            _ => next,
        };
        (clause >= next).then_some(clause)
    }

    /// Does another verb of saying stand right before the conjunction of this clause?
    fn belongs_to_nearer(&self, at: WordAt, clause: usize) -> bool {
        let Some(mark) = self.mark_of(WordAt { word: clause, ..at }) else { return false };
        if !has(&self.words.reference.that, &self.text(at.sentence, mark)) {
            return false;
        }
        self.verb_before_mark(at.sentence, mark).is_some_and(|v| v > at.word)
    }

    /// The verb of saying right before a conjunction; adverbs and short phrases may stand between.
    fn verb_before_mark(&self, sentence: usize, mark: usize) -> Option<usize> {
        let parse = self.reading.parse(sentence);
        let verb = (mark.saturating_sub(6)..mark)
            .rev()
            .take_while(|&w| parse.words[w].form != ",")
            .find(|&w| matches!(parse.words[w].upos, Upos::Verb | Upos::Aux))?;
        (parse.words[verb].upos == Upos::Verb && self.words.sayings(&parse.words[verb].lemma).next().is_some())
            .then_some(verb)
    }

    /// The clause after "que" right behind the verb, when the parser hung it on another word.
    fn clause_behind(&self, at: WordAt) -> Option<usize> {
        let parse = self.reading.parse(at.sentence);
        let mark = (at.word + 1..parse.words.len().min(at.word + 7)).find(|&w| {
            parse.words[w].upos == Upos::Sconj && has(&self.words.reference.that, &self.text(at.sentence, w))
        })?;
        if self.verb_before_mark(at.sentence, mark) != Some(at.word) {
            return None;
        }
        let clause = parse.words[mark].head? as usize;
        (clause > mark && parse.words[mark].deprel.base == Relation::Mark).then_some(clause)
    }

    /// The clause without a conjunction right behind the verb ("some say he left"), when the parser hung it on another
    /// word: a subject follows, and its finite verb.
    fn bare_clause_behind(&self, at: WordAt) -> Option<usize> {
        let parse = self.reading.parse(at.sentence);
        let words = &parse.words;
        if !self.words.reference.bare_clauses || words[at.word].upos != Upos::Verb {
            return None;
        }
        let run = (at.word + 1..words.len()).take_while(|&w| !self.is_punct(at.sentence, w));
        let subject = run.clone().find(|&w| words[w].deprel.base == Relation::Nsubj)?;
        let own = subtree(parse, subject, |_| true);
        let verb = words[subject].head? as usize;
        let here = WordAt { word: verb, ..at };
        let near = (at.word + 1..subject).all(|w| own.contains(&w) || words[w].upos == Upos::Adv);
        (near && verb > subject && run.clone().any(|w| w == verb) && self.is_finite(here)).then_some(verb)
    }

    /// The last word before ", adding that": a participle of saying behind a comma says on, and is no part of what was
    /// said before.
    pub(super) fn before_next_saying(&self, sentence: usize, from: usize, to: usize) -> usize {
        let words = &self.reading.parse(sentence).words;
        let says_on = |w: usize| {
            let next = &words[w + 1];
            next.feats.get("VerbForm") == Some("Part")
                && next.feats.get("Tense") == Some("Pres")
                && self.words.sayings(&next.lemma).next().is_some()
        };
        (from..to).find(|&w| self.is_comma(sentence, w) && says_on(w)).unwrap_or(to + 1) - 1
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

    /// A quotation that a verb of saying opens, in this sentence or, after a colon at its end, in the next.
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

    /// An event noun as the object of a verb of saying, or as its subject in the passive.
    fn event_noun(&self, at: WordAt, saying: &'static Saying) -> Option<Cue> {
        if !saying.takes.iter().any(|t| t == "noun") {
            return None;
        }
        let parse = self.reading.parse(at.sentence);
        let carrier = self.carrier(at);
        let functions = Functions::of(parse, carrier.word, self.frames);
        let agents: Vec<usize> = parse.children(carrier.word).filter(|&c| self.is_agent(at.sentence, c)).collect();
        let passive = functions.passive;
        let speakers = if passive { agents } else { functions.subject.clone() };
        if speakers.is_empty() {
            return None;
        }
        let objects = self.told_nouns(at, &functions);
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

    /// The event nouns that are told: the objects, or what stands under the noun of a compound of verb and noun.
    fn told_nouns(&self, at: WordAt, functions: &Functions) -> Vec<usize> {
        let parse = self.reading.parse(at.sentence);
        if parse.words[at.word].upos == Upos::Noun {
            let of = |&c: &usize| {
                parse.words[c].upos == Upos::Noun
                    && c > at.word
                    && case_of(parse, c).is_some_and(|m| has(&self.words.reference.of, m))
            };
            let carrier = self.carrier(at).word;
            return parse.children(at.word).chain(parse.children(carrier)).filter(of).collect();
        }
        let mut objects: Vec<usize> =
            functions.object.iter().copied().filter(|&o| parse.words[o].upos == Upos::Noun).collect();
        if objects.is_empty() && !functions.passive && parse.words.len() > at.word + 3 {
            // Of "denounces executions" in French: an indefinite plural is taken for a preposition and an article.
            let contracted = parse.words[at.word + 1].span == parse.words[at.word + 2].span;
            objects.extend(
                parse
                    .children(at.word)
                    .filter(|&c| contracted && c == at.word + 3 && parse.words[c].upos == Upos::Noun),
            );
        }
        objects
    }

    /// A relative clause says something beside the event that is announced.
    fn is_relative(&self, sentence: usize, word: usize) -> bool {
        let parse = self.reading.parse(sentence);
        parse.words[word].deprel.base == Relation::Acl && self.is_finite(WordAt { sentence, word })
    }

    /// The source of what one learns: a phrase behind the verb ("from X").
    pub(crate) fn learnt_from(&self, at: WordAt) -> Option<usize> {
        let parse = self.reading.parse(at.sentence);
        let n = parse.words.len();
        let texts: Vec<String> = (0..n).map(|w| self.text(at.sentence, w)).collect();
        let limit = n.min(at.word + 6);
        let first = (at.word + 1..limit).find_map(|w| {
            let length =
                self.words.phrases.learnt_from.iter().filter_map(|p| self.matches(at.sentence, w, p, &texts)).max()?;
            Some(w + length)
        })?;
        let head = (first..n.min(first + 4)).find(|&w| matches!(parse.words[w].upos, Upos::Noun | Upos::Propn))?;
        let here = WordAt { word: head, ..at };
        let time = self.is_time(at.sentence, head);
        (!time && !self.is(&self.words.phrases.bare_sources, here) && self.may_speak(here)).then_some(head)
    }

    /// Heads of the phrases that name who speaks.
    fn deep_subject(&self, at: WordAt) -> Vec<usize> {
        let parse = self.reading.parse(at.sentence);
        let functions = Functions::of(parse, at.word, self.frames);
        if functions.passive {
            return parse.children(at.word).filter(|&c| self.is_agent(at.sentence, c)).collect();
        }
        let mut subject = functions.subject;
        if subject.is_empty() {
            // The parser hung the verb on its own subject.
            subject.extend(at.word.checked_sub(1).filter(|&b| parse.words[at.word].head == Some(b as u32)));
        }
        subject
            .retain(|&w| matches!(parse.words[w].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num));
        subject
    }
}
