//! What pronouns, possessives and "these last" stand for.

use crate::reading::WordAt;
use crate::scene::Scene;
use vigie_resources::attribution_words;
use vigie_syntax::{Relation, Upos, Word};

/// How many sentences back a pronoun looks.
const REACH: usize = 2;

impl Scene<'_> {
    /// The word that a pronoun, a possessive or a pointing noun stands for; `None` where the text leaves it open.
    #[must_use]
    pub fn antecedent(&self, at: WordAt) -> Option<WordAt> {
        let word = self.word(at);
        match word.upos {
            Upos::Pron | Upos::Det => self.pronoun(at, word),
            _ => None,
        }
    }

    fn pronoun(&self, at: WordAt, word: &Word) -> Option<WordAt> {
        let person = word.feats.get("Person").or_else(|| word.feats.get("Person[psor]"));
        if matches!(person, Some("1" | "2")) || word.feats.get("PronType") == Some("Int") {
            return None;
        }
        let sort = word.feats.get("PronType");
        if sort == Some("Rel") {
            return self.relative(at);
        }
        // "everyone", "those who fled", "those of the fighters": what follows tells who they are, or nothing does.
        let told = |c: WordAt| c.word > at.word && matches!(self.relation(c), Relation::Acl | Relation::Nmod);
        if word.upos == Upos::Pron
            && (matches!(sort, Some("Ind" | "Tot" | "Neg")) || (sort == Some("Dem") && self.children(at).any(told)))
        {
            return None;
        }
        let places = &self.words.places;
        let form = word.form.to_lowercase();
        let possessive = self.is_possessive(word);
        if word.upos == Upos::Det && !possessive {
            return None;
        }
        // Whose those of the speaker are is told by who speaks, not by the text before.
        if places.possessive_speaker.contains(&form) || places.possessive_hearer.contains(&form) {
            return None;
        }
        let (personal, impersonal) = (places.personal.contains(&form), places.impersonal.contains(&form));
        // A possessive agrees with what is owned, except in the owner's number.
        let number = if possessive { self.owner_number(word) } else { word.feats.get("Number").map(str::to_owned) };
        let gender = if possessive { None } else { word.feats.get("Gender").map(str::to_owned) };
        // A name is plural where its article says so ("les FSR").
        let feature = |here: WordAt, key: &str| {
            let article = self.children(here).find(|&c| self.relation(c) == Relation::Det && c.word < here.word);
            let told = article.and_then(|a| self.word(a).feats.get(key)).map(str::to_owned);
            told.filter(|_| self.word(here).upos == Upos::Propn)
                .or_else(|| self.word(here).feats.get(key).map(str::to_owned))
        };
        let agrees = |here: WordAt| {
            let same = |key: &str, wanted: &Option<String>| match (feature(here, key), wanted) {
                (Some(a), Some(b)) => a == *b,
                _ => true,
            };
            // A body's name, of whatever number, is many: "the Houthis", "Hamas" and "their fighters".
            let many = number.as_deref() == Some("Plur")
                && self.name_at(here).is_some_and(|n| n.actors.iter().any(|a| a.kind != "person"));
            (many || same("Number", &number)) && same("Gender", &gender)
        };
        let mut candidates = Vec::new();
        let first = at.sentence.saturating_sub(REACH);
        for sentence in (first..=at.sentence).rev() {
            if sentence != at.sentence
                && self.reading.sentence(sentence).part != self.reading.sentence(at.sentence).part
            {
                break;
            }
            let words = &self.reading.parse(sentence).words;
            let end = if sentence == at.sentence { at.word } else { words.len() };
            for (index, candidate) in words[..end].iter().enumerate().rev() {
                let here = WordAt { sentence, word: index };
                // "he" is a person, "it" is none.
                let other = if personal { Some(false) } else { Some(true) };
                let fits = || !(personal || impersonal) || self.is_single_person(here) != other;
                if self.may_be_meant(here, candidate) && agrees(here) && fits() {
                    let rank = match candidate.deprel.base {
                        Relation::Nsubj => 0,
                        Relation::Obl if candidate.deprel.sub == "agent" => 1,
                        Relation::Obj | Relation::Iobj => 2,
                        _ => 3,
                    };
                    candidates.push((at.sentence - sentence, rank, end - index, here));
                }
            }
        }
        candidates.into_iter().min().map(|(_, _, _, here)| here)
    }

    /// The noun that a relative clause describes.
    fn relative(&self, at: WordAt) -> Option<WordAt> {
        let parse = self.parse(at);
        let mut up = at.word;
        for _ in 0..parse.words.len() {
            let head = parse.words[up].head? as usize;
            if parse.words[up].deprel.base == Relation::Acl {
                return Some(WordAt { word: head, ..at });
            }
            up = head;
        }
        // A parser that hangs the clause elsewhere still puts the pronoun right behind its noun.
        let before = (at.word.saturating_sub(3)..at.word).rev().find(|&w| parse.words[w].upos != Upos::Punct)?;
        let mut noun = self.name_at(WordAt { word: before, ..at }).map_or(before, |n| n.head);
        while let Some(head) = parse.words[noun].head.map(|h| h as usize)
            && head < noun
            && matches!(parse.words[noun].deprel.base, Relation::Amod | Relation::Nmod | Relation::Flat)
            && matches!(parse.words[head].upos, Upos::Noun | Upos::Propn)
        {
            noun = head;
        }
        matches!(parse.words[noun].upos, Upos::Noun | Upos::Propn).then_some(WordAt { word: noun, ..at })
    }

    /// A determiner or pronoun that tells whose a thing is.
    pub(crate) fn is_possessive(&self, word: &Word) -> bool {
        word.feats.get("Poss") == Some("Yes")
            || matches!(word.upos, Upos::Det | Upos::Pron)
                && self.words.places.possessive.contains(&word.form.to_lowercase())
    }

    /// Does the noun or name mean a single person? `None` where nothing tells; a state, a body or a force is none.
    fn is_single_person(&self, at: WordAt) -> Option<bool> {
        if let Some(name) = self.name_at(at) {
            let person = name.person || name.actors.iter().any(|a| a.kind == "person");
            return (person || !name.is_unknown()).then_some(person);
        }
        if self.is_plural(at) {
            return Some(false);
        }
        let (lemma, nouns) = (self.lemma(at), &attribution_words(self.reading.language()).nouns);
        if nouns.persons.contains(&lemma) || nouns.offices.contains(&lemma) {
            return Some(true);
        }
        let bodily = |class: &str| matches!(class, "state" | "unit" | "body" | "media" | "belonging" | "event");
        self.generic(at).filter(|n| bodily(n.class) || !n.part.is_empty()).map(|_| false)
    }

    /// A plural owner is told by the possessive's form where the parser does not tell it.
    fn owner_number(&self, word: &Word) -> Option<String> {
        if let Some(number) = word.feats.get("Number[psor]") {
            return Some(number.to_owned());
        }
        let form = word.form.to_lowercase();
        let plural = self.words.places.possessive_plural.contains(&form);
        Some(if plural { "Plur" } else { "Sing" }.to_owned())
    }

    fn may_be_meant(&self, at: WordAt, word: &Word) -> bool {
        if !matches!(word.upos, Upos::Noun | Upos::Propn) || !(self.is_actor(at) || self.is_metonym(at)) {
            return false;
        }
        // "« Our forces … », said their spokesman": whom a speaker calls his own is nobody's "they".
        if self.is_speakers_own(at) {
            return false;
        }
        // Only the head of a name stands for it.
        self.name_at(at).is_none_or(|n| n.head == at.word)
            && !matches!(word.deprel.base, Relation::Flat | Relation::Appos | Relation::Compound)
    }
}
