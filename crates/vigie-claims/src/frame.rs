//! Trigger words and the rule that each of them satisfies.

use crate::functions::governs;
use crate::slots::{Carrier, Kinds, Site, Support, carries, is_bare_participle};
use std::sync::Arc;
use vigie_resources::{FrameWords, Kind, TriggerRule, Triggers};
use vigie_syntax::{Parse, Relation, Upos};

/// The kind of a word inside the name of somebody known, where the name has several.
pub const NAMED: &str = "named";

/// One trigger with the rule that fits it best.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    /// The trigger word in its clause.
    pub site: Site<'a>,
    /// The rule.
    pub rule: &'a TriggerRule,
    /// The support words the rule asked for.
    pub support: Support,
    /// The word on which time, modality and negation are read: the verb that carries an event noun, else the trigger.
    pub anchor: usize,
    /// Evoked through a pronoun: the event noun that it stands for is told elsewhere, so it lends no participants.
    pub by_pronoun: bool,
}

impl Frame<'_> {
    /// First and last word of the trigger: with its support word when nothing long stands between.
    #[must_use]
    pub fn trigger_words(&self) -> (usize, usize) {
        let at = self.site.trigger;
        match &self.support.word {
            Some((word, _)) if word.abs_diff(at) <= 4 => (at.min(*word), at.max(*word)),
            _ => (at, at),
        }
    }
}

/// The frames of one sentence in order of their triggers. `pronoun_event` answers which event noun (a lemma) a
/// pronoun may stand for.
pub fn frames<'a>(
    parse: &'a Parse,
    triggers: &'a Triggers,
    words: &'a FrameWords,
    kinds: &dyn Kinds,
    pronoun_event: &dyn Fn(usize) -> Option<String>,
) -> Vec<Frame<'a>> {
    let mut found: Vec<Frame<'a>> = Vec::new();
    // Verbs first: a noun that supports a verb's rule ("briser le siège") evokes nothing by itself.
    for verbal in [true, false] {
        for word in 0..parse.words.len() {
            let upos = parse.words[word].upos;
            if matches!(upos, Upos::Verb | Upos::Aux) != verbal || found.iter().any(|f| uses(f, word)) {
                continue;
            }
            // "the Allied Democratic Forces": a word of somebody's name tells nothing.
            if kinds.is(word, NAMED) {
                continue;
            }
            let Some(frame) = best_rule(parse, word, triggers, words, kinds) else { continue };
            found.push(frame);
        }
    }
    let further: Vec<Frame<'a>> = found.iter().flat_map(|f| pointed_at(f, words, kinds)).collect();
    found.extend(further);
    // A support word may have been read before the word that it supports ("négociations dans l'impasse").
    let supported: Vec<usize> =
        found.iter().flat_map(|f| [&f.support.word, &f.support.below]).flatten().map(|(w, _)| *w).collect();
    found.retain(|f| !supported.contains(&f.site.trigger));
    for word in 0..parse.words.len() {
        if parse.words[word].upos == Upos::Verb && !found.iter().any(|f| f.site.trigger == word || f.anchor == word) {
            found.extend(by_pronoun(parse, word, triggers, words, pronoun_event));
        }
    }
    found.sort_by_key(|f| f.site.trigger);
    found
}

/// "la prise de X et celle de Y": a pronoun that points back to an event noun, with participants of its own, tells a second
/// event of the same sort under the same verb.
fn pointed_at<'a>(frame: &Frame<'a>, words: &'a FrameWords, kinds: &dyn Kinds) -> Vec<Frame<'a>> {
    let parse = frame.site.parse;
    let noun = frame.site.trigger;
    if parse.words[noun].upos != Upos::Noun || frame.rule.with.is_some() {
        return Vec::new();
    }
    let points = |&c: &usize| {
        let w = &parse.words[c];
        c > noun
            && w.upos == Upos::Pron
            && w.deprel.base == Relation::Conj
            && w.feats.get("PronType") == Some("Dem")
            && parse.children(c).any(|below| below > c && parse.words[below].deprel.base == Relation::Nmod)
    };
    let further = parse.children(noun).filter(points).map(|pronoun| {
        let mut site = Site::of(parse, pronoun, words);
        site.carrier.clone_from(&frame.site.carrier);
        Frame { site, rule: frame.rule, support: Support::default(), anchor: frame.anchor, by_pronoun: false }
    });
    let told = |f: &Frame| {
        f.rule.needs.iter().all(|need| !f.site.fill(need, &f.support, kinds).is_empty()) && is_argued(f, kinds)
    };
    further.map(|f| if f.anchor == noun { Frame { anchor: f.site.trigger, ..f } } else { f }).filter(told).collect()
}

fn uses(frame: &Frame, word: usize) -> bool {
    [&frame.support.word, &frame.support.below].into_iter().flatten().any(|(w, _)| *w == word)
}

fn best_rule<'a>(
    parse: &'a Parse,
    word: usize,
    triggers: &'a Triggers,
    words: &'a FrameWords,
    kinds: &dyn Kinds,
) -> Option<Frame<'a>> {
    let rules = rules_of(parse, word, triggers, words);
    if rules.is_empty() {
        return None;
    }
    let site = Site::of(parse, word, words);
    let nominal = !matches!(parse.words[word].upos, Upos::Verb | Upos::Aux);
    let anchor = site.carrier.as_ref().filter(|_| nominal).map_or(word, |c| c.verb);
    // A rule for what did not happen leaves the word to the next rule where it did.
    let (rule, support) = rules.iter().find_map(|rule| {
        let support = site.matches(rule, kinds)?;
        (!rule.only_negated || kinds.is_denied(anchor)).then_some((rule, support))
    })?;
    let frame = Frame { site, rule, support, anchor, by_pronoun: false };
    if nominal && !rule.bare && !is_argued(&frame, kinds) {
        return None;
    }
    if is_mere_epithet(&frame) || names_a_force(&frame, kinds) {
        return None;
    }
    Some(frame)
}

/// The rules of a word's lemma, or of the lemma that a repair of its ending gives.
fn rules_of<'a>(parse: &Parse, word: usize, triggers: &'a Triggers, words: &FrameWords) -> &'a [Arc<TriggerRule>] {
    let lemma = parse.words[word].lemma.to_lowercase();
    let rules = triggers.of(&lemma);
    if !rules.is_empty() || !matches!(parse.words[word].upos, Upos::Verb | Upos::Adj) {
        return rules;
    }
    words
        .lemma_repairs
        .iter()
        .filter_map(|(wrong, right)| Some(format!("{}{right}", lemma.strip_suffix(wrong.as_str())?)))
        .map(|repaired| triggers.of(&repaired))
        .find(|found| found.iter().any(|rule| rule.pos == "VERB"))
        .unwrap_or(&[])
}

/// "les civils blessés": a participle that only describes its noun tells no happening, unless the noun is counted.
fn is_mere_epithet(frame: &Frame) -> bool {
    let parse = frame.site.parse;
    let word = frame.site.trigger;
    let w = &parse.words[word];
    let happening = frame.rule.predicate.is_some_and(|p| p.kind() == Kind::Event) && frame.rule.state.is_none();
    let alone = parse.children(word).all(|c| matches!(parse.words[c].upos, Upos::Adv | Upos::Punct | Upos::Cconj));
    let epithet = matches!(w.deprel.base, Relation::Acl | Relation::Amod) && is_bare_participle(parse, word);
    let counted = w
        .head
        .is_some_and(|noun| parse.children(noun as usize).any(|c| parse.words[c].deprel.base == Relation::Nummod));
    happening && epithet && alone && !counted
}

/// "riot police", "bomb squad": a deed before the noun of a force says what they are for and not that it was done.
fn names_a_force(frame: &Frame, kinds: &dyn Kinds) -> bool {
    let w = &frame.site.parse.words[frame.site.trigger];
    let of = w.head.map(|head| head as usize).filter(|_| w.deprel.base == Relation::Compound);
    of.is_some_and(|force| kinds.is(force, "armed")) && frame.rule.pos == Upos::Noun.as_str() && frame.rule.bare
}

/// A noun is a mention of a happening only when the text tells something of it.
fn is_argued(frame: &Frame, kinds: &dyn Kinds) -> bool {
    let rule = frame.rule;
    if frame.site.carrier.is_some() || !rule.needs.is_empty() || rule.with.is_some() {
        return true;
    }
    let parse = frame.site.parse;
    if parse.children(frame.site.trigger).any(|c| kinds.is(c, "timex")) {
        return true;
    }
    let slots = rule.actor.iter().chain(&rule.recipient).chain(&rule.place).chain(&rule.object);
    slots.into_iter().any(|slot| !frame.site.fill(slot, &frame.support, kinds).is_empty())
}

/// "il pourrait être avancé et intervenir dimanche": a verb of happening whose subject stands for an event noun.
fn by_pronoun<'a>(
    parse: &'a Parse,
    verb: usize,
    triggers: &'a Triggers,
    words: &'a FrameWords,
    pronoun_event: &dyn Fn(usize) -> Option<String>,
) -> Option<Frame<'a>> {
    let site = Site::of(parse, verb, words);
    if !carries(parse, verb, &site.functions, words) {
        return None;
    }
    // Of two coordinated verbs of happening the last tells when.
    let continued = parse.children(verb).any(|c| {
        parse.words[c].deprel.base == Relation::Conj && carries(parse, c, &Site::of(parse, c, words).functions, words)
    });
    if continued {
        return None;
    }
    if !site.functions.subject.is_empty() && !site.functions.object.is_empty() {
        return None;
    }
    let subject = *site.functions.subject.first().or(site.functions.object.first())?;
    // Who speaks or is spoken to is no event.
    if parse.words[subject].upos != Upos::Pron || matches!(parse.words[subject].feats.get("Person"), Some("1" | "2")) {
        return None;
    }
    let lemma = pronoun_event(subject)?;
    let rule = triggers.of(&lemma).iter().find(|r| r.pos == "NOUN" && r.with.is_none() && r.needs.is_empty())?;
    Some(Frame { site, rule, support: Support::default(), anchor: verb, by_pronoun: true })
}

/// Does the sentence say that it happened before: an adverb at the trigger or its carrier, an adjective, the verb?
#[must_use]
pub fn is_again(frame: &Frame, words: &FrameWords) -> bool {
    let parse = frame.site.parse;
    let trigger = frame.site.trigger;
    if frame.rule.again {
        return true;
    }
    let carrier = frame.site.carrier.as_ref();
    if carrier.is_some_and(|c: &Carrier| words.again_verbs.contains(&parse.words[c.verb].lemma.to_string())) {
        return true;
    }
    let adjective = |noun: usize| {
        parse.children(noun).any(|c| {
            parse.words[c].deprel.base == Relation::Amod
                && words.again_adjectives.iter().any(|a| *a == parse.words[c].lemma)
        })
    };
    if adjective(trigger) || frame.support.word.as_ref().is_some_and(|(w, _)| adjective(*w)) {
        return true;
    }
    let mut lower = Vec::with_capacity(parse.words.len());
    lower.extend(parse.words.iter().map(|w| w.form.to_lowercase()));
    words.again_adverbs.iter().any(|phrase| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        lower
            .windows(parts.len())
            .enumerate()
            .any(|(at, window)| window.iter().zip(&parts).all(|(a, b)| a == b) && belongs(parse, frame, at))
    })
}

/// Does the adverb that begins at word `at` modify the trigger, its carrier or the auxiliary between?
fn belongs(parse: &Parse, frame: &Frame, at: usize) -> bool {
    let near = |w: usize| w.abs_diff(at) <= 5;
    let direct = parse.words[at].head.map(|h| h as usize);
    let hosts = [Some(frame.site.trigger), Some(frame.anchor)];
    hosts.into_iter().flatten().any(|host| {
        near(host)
            && (direct == Some(host) || direct.and_then(|d| parse.words[d].head).map(|h| h as usize) == Some(host))
    }) || (near(frame.site.trigger) && direct.is_some_and(|d| governs(parse, frame.site.trigger, d)))
}

/// A state told instead of a deed: a passive without a past auxiliary ("is besieged", "besieged by").
#[must_use]
pub fn tells_a_state(frame: &Frame) -> bool {
    let parse = frame.site.parse;
    let word = frame.site.trigger;
    frame.site.functions.passive
        && (is_bare_participle(parse, word)
            || parse.children(word).all(|c| {
                let w = &parse.words[c];
                w.deprel.base != Relation::Aux || (w.deprel.sub == "pass" && w.feats.get("Tense") == Some("Pres"))
            }))
}
