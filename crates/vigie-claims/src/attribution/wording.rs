//! How the text words an attribution: what it calls the source there, the words of saying, and what is said.
//!
//! Whoever judges or quotes an attribution needs the words themselves: "he", not the name that the pronoun stands
//! for; "has repeatedly said", not the verb alone. Attributions of what is held and not said are listed here too.

use super::room::{Room, lower, span_of};
use super::speaker::has;
use super::{Attribution, Voices};
use crate::claim::{Filler, RuleId};
use crate::phrase::{case_of, subtree};
use crate::reading::{Reading, WordAt};
use std::collections::BTreeSet;
use vigie_syntax::{Relation, Upos};
use vigie_text::Span;

/// One attribution as the text words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// What the source is called where it speaks, with all that describes it; none where nobody is named.
    pub source: Option<Span>,
    /// The words of saying or holding; none for a quotation without any.
    pub cue: Option<Span>,
    /// What is said or held, in text order.
    pub content: Vec<Span>,
    /// How it was found.
    pub rule: RuleId,
}

/// Every attribution of a story as it is worded: of what is said, and of what is believed, wanted, judged or seen.
#[must_use]
pub fn wordings(reading: &Reading, voices: &Voices, resolve: &dyn Fn(WordAt) -> Filler) -> Vec<Wording> {
    let room = Room::of(reading, resolve);
    let theirs = voices.attributions().iter().filter(|a| !a.cue.is_some_and(|at| room.is_ours(at)));
    let mut found: Vec<Wording> = theirs.map(|a| room.wording(a)).collect();
    found.extend(room.labels());
    let told: BTreeSet<WordAt> =
        voices.attributions().iter().filter(|a| !a.content.is_empty()).filter_map(|a| a.cue).collect();
    for sentence in 0..reading.parses.len() {
        for word in 0..reading.parse(sentence).words.len() {
            let at = WordAt { sentence, word };
            if told.contains(&at) {
                continue;
            }
            if let Some(mut wording) = room.stance(at) {
                // ", a dit X, saluant …": the participle goes on with the one who spoke.
                let spoken = room.same_breath(at, voices);
                wording.source = spoken.map(|s| room.source_span(s, at)).or(wording.source);
                found.push(wording);
            }
        }
    }
    found
}

impl Room<'_> {
    fn wording(&self, attribution: &Attribution) -> Wording {
        let content = attribution.content.clone();
        let rule = attribution.rule.clone();
        let Some(at) = attribution.cue else {
            return Wording { source: None, cue: None, content, rule };
        };
        let named = attribution.heads.first().copied();
        let phrase = attribution.rule == "attribution/source-phrase";
        let verb = !phrase && matches!(self.reading.word(at).upos, Upos::Verb | Upos::Aux);
        // "who said": the relative pronoun is what stands there.
        let source = if verb { self.relative_subject(at).or(named).or_else(|| self.holder(at)) } else { named };
        let source = source.map(|s| self.source_span(s, at));
        let parse = self.reading.parse(at.sentence);
        let word = parse.words[at.word].span;
        let cue = match source {
            _ if verb => self.verb_group(at),
            // "according to": the preposition is all that stands before the source.
            Some(source) if source.start() >= word.end() => {
                let last = parse.words.iter().take_while(|w| w.span.end() <= source.start()).last();
                last.map_or(word, |w| word.cover(w.span))
            }
            _ => word,
        };
        Wording { source, cue: Some(cue), content, rule }
    }

    /// Do the writer or the reader say or hold it?
    pub(super) fn is_ours(&self, at: WordAt) -> bool {
        let verb = matches!(self.reading.word(at).upos, Upos::Verb | Upos::Aux);
        verb && self.holder(at).is_some_and(|s| has(&self.words.reference.here, &self.text(at.sentence, s.word)))
    }

    fn same_breath(&self, at: WordAt, voices: &Voices) -> Option<WordAt> {
        let word = self.reading.word(at);
        let participle = word.feats.get("VerbForm") == Some("Part") && word.feats.get("Tense") == Some("Pres");
        if !participle || word.deprel.base != Relation::Advcl {
            return None;
        }
        let before = voices.attributions().iter().rev().filter(|a| a.only_says && !a.heads.is_empty());
        let mut near = before.filter(|a| a.cue.is_some_and(|c| c.sentence == at.sentence && c < at));
        near.find(|a| !a.content.iter().any(|c| c.contains(word.span)))?.heads.first().copied()
    }

    fn relative_subject(&self, at: WordAt) -> Option<WordAt> {
        let parse = self.reading.parse(at.sentence);
        parse
            .children(at.word)
            .find(|&c| {
                parse.words[c].deprel.base == Relation::Nsubj && parse.words[c].feats.get("PronType") == Some("Rel")
            })
            .map(|word| WordAt { word, ..at })
    }

    /// The verb with its auxiliaries, the adverbs beside it and its particle.
    pub(super) fn verb_group(&self, at: WordAt) -> Span {
        let parse = self.reading.parse(at.sentence);
        let own = |w: usize| {
            let word = &parse.words[w];
            word.head == Some(at.word as u32)
                && (matches!(word.deprel.base, Relation::Aux | Relation::Cop)
                    || (word.deprel.base == Relation::Advmod && word.feats.get("PronType").is_none())
                    || word.deprel.sub == "prt")
        };
        let mut first = at.word;
        while first > 0 && own(first - 1) && parse.words[first - 1].deprel.sub != "prt" {
            first -= 1;
        }
        let mut last = at.word;
        while last + 1 < parse.words.len() && parse.words[last + 1].deprel.sub == "prt" && own(last + 1) {
            last += 1;
        }
        // An auxiliary may share its token with the subject ("they're").
        while first < at.word && first > 0 && parse.words[first].span.overlaps(parse.words[first - 1].span) {
            first += 1;
        }
        parse.words[first].span.cover(parse.words[last].span)
    }

    /// The phrase of a source with what describes it, as it stands in the text, on one side of the word of saying.
    pub(super) fn source_span(&self, head: WordAt, cue: WordAt) -> Span {
        let parse = self.reading.parse(head.sentence);
        let own = |w: usize| parse.words[w].head == Some(head.word as u32);
        let mut words = subtree(parse, head.word, |w| {
            let relation = parse.words[w].deprel.base;
            let outside = own(w)
                && (matches!(
                    relation,
                    Relation::Case
                        | Relation::Mark
                        | Relation::Cc
                        | Relation::Parataxis
                        | Relation::Advcl
                        | Relation::Cop
                        | Relation::Nsubj
                        | Relation::Aux
                        | Relation::Discourse
                ) && !(relation == Relation::Cc && w > head.word));
            // "the White House on Monday": the day tells when it was said.
            let day = own(w) && w > head.word && self.is_time(head.sentence, w);
            let another = head.sentence == cue.sentence && w == cue.word;
            !outside && !another && !day
        });
        if head.sentence == cue.sentence {
            words.retain(|&w| (w < cue.word) == (head.word < cue.word));
        }
        // Stop where a quotation begins or ends: nobody is called by what he says.
        let barred = |w: usize| self.is_quote_mark(head.sentence, w);
        let from = words.iter().rposition(|&w| w < head.word && barred(w)).map_or(0, |p| p + 1);
        let to = words.iter().position(|&w| w > head.word && barred(w)).unwrap_or(words.len());
        let mut words = &words[from.min(to)..to];
        while words.len() > 1 && self.is_punct(head.sentence, words[0]) {
            words = &words[1..];
        }
        while words.len() > 1 && words.last().is_some_and(|&w| self.is_edge(head.sentence, w)) {
            words = &words[..words.len() - 1];
        }
        let span = span_of(parse, words).unwrap_or(parse.words[head.word].span);
        // The sign of possession marks the source and does not name it.
        let text = self.reading.slice(span);
        let bare = self
            .words
            .reference
            .owner
            .iter()
            .filter(|o| o.starts_with(['\'', '’']))
            .find_map(|o| text.strip_suffix(o.as_str()));
        bare.map_or(span, |b| Span::new(span.start(), span.start() + b.len()))
    }

    fn is_edge(&self, sentence: usize, word: usize) -> bool {
        self.is_punct(sentence, word) && self.reading.parse(sentence).words[word].form != ")"
    }

    /// Who says or holds what a verb tells: its subject, one shared with the verb that it hangs on, the agent of a
    /// passive, or the noun that a participle describes.
    pub(super) fn holder(&self, at: WordAt) -> Option<WordAt> {
        let parse = self.reading.parse(at.sentence);
        let mut word = at.word;
        for _ in 0..4 {
            let here = |w: usize| WordAt { word: w, ..at };
            if self.is_passive_form(here(word)) {
                let agent = parse.children(word).find(|&c| self.is_agent(at.sentence, c));
                if agent.is_some() || word == at.word {
                    return agent.map(here);
                }
            }
            let subject = parse
                .children(word)
                .find(|&c| parse.words[c].deprel.base == Relation::Nsubj && parse.words[c].deprel.sub != "outer");
            if let Some(subject) = subject {
                let empty = has(&self.words.reference.nobody, &lower(&parse.words[subject].form));
                let relative = parse.words[subject].feats.get("PronType") == Some("Rel");
                return (!empty || relative).then(|| here(subject));
            }
            let above = parse.words[word].head? as usize;
            let relation = parse.words[word].deprel.base;
            match relation {
                Relation::Acl => {
                    let noun = matches!(parse.words[above].upos, Upos::Noun | Upos::Propn | Upos::Pron);
                    return noun.then(|| self.bearer(here(above)));
                }
                Relation::Xcomp => {
                    // "asked him to say": the one asked speaks.
                    let object = parse.children(above).find(|&c| parse.words[c].deprel.base == Relation::Obj);
                    if let Some(object) = object.filter(|&o| o < word) {
                        return Some(here(object));
                    }
                }
                Relation::Conj | Relation::Advcl | Relation::Parataxis | Relation::Dep => {}
                _ => return None,
            }
            word = above;
        }
        None
    }

    /// "his decision to praise": whose noun it is acts.
    fn bearer(&self, noun: WordAt) -> WordAt {
        let parse = self.reading.parse(noun.sentence);
        parse
            .children(noun.word)
            .find(|&c| parse.words[c].deprel.sub == "poss")
            .map_or(noun, |word| WordAt { word, ..noun })
    }

    /// A passive by its auxiliary, or a participle behind its noun without an object.
    pub(super) fn is_passive_form(&self, at: WordAt) -> bool {
        let parse = self.reading.parse(at.sentence);
        let word = &parse.words[at.word];
        let marked = parse
            .children(at.word)
            .any(|c| parse.words[c].deprel.sub == "pass" || self.is_agent(at.sentence, c) && word.upos == Upos::Verb);
        let alone =
            || parse.children(at.word).all(|c| !matches!(parse.words[c].deprel.base, Relation::Nsubj | Relation::Aux));
        let bare = word.feats.get("VerbForm") == Some("Part")
            && word.feats.get("Tense") == Some("Past")
            && (matches!(word.deprel.base, Relation::Acl | Relation::Amod) && word.deprel.sub != "relcl"
                || word.deprel.base == Relation::Advcl && alone());
        marked || bare
    }

    /// The preposition of a phrase, with all its words.
    pub(super) fn preposition_of(&self, at: WordAt) -> Option<&str> {
        case_of(self.reading.parse(at.sentence), at.word)
    }
}
