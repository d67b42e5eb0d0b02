//! What pronouns, possessives and "these last" stand for.

use crate::reading::WordAt;
use crate::scene::Scene;
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
        if word.feats.get("PronType") == Some("Rel") {
            return self.relative(at);
        }
        let possessive =
            word.feats.get("Poss") == Some("Yes") || self.words.places.possessive.contains(&word.form.to_lowercase());
        if word.upos == Upos::Det && !possessive {
            return None;
        }
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
            same("Number", &number) && same("Gender", &gender)
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
                if self.may_be_meant(here, candidate) && agrees(here) {
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
        // Only the head of a name stands for it.
        self.name_at(at).is_none_or(|n| n.head == at.word)
            && !matches!(word.deprel.base, Relation::Flat | Relation::Appos | Relation::Compound)
    }
}
