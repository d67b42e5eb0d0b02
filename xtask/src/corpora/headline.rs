//! Trees of headlines out of trees of sentences. Treebanks hold next to no headlines, and news pages are full of them: articles and
//! auxiliaries left out, what happened told in the present, a comma for "and", capitals everywhere. The rewriting is that
//! of Dorr, Zajic & Schwartz 2003 (Hedge Trimmer) for what is left out, kept to changes under which the tree stays the same.

use serde::Deserialize;
use std::collections::BTreeMap;
use vigie_resources::{Language, lexicon};
use vigie_syntax::conllu::Annotated;
use vigie_syntax::{Deprel, Feats, Parse, Relation, Upos, Word};
use vigie_text::{Dice, Sentence, Span, Token};

/// How headlines are written in a language: table `headline` of `corpora/LANGUAGE.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Style {
    /// Share of the passes in which a rewritten sentence is used.
    share: f32,
    /// Lemma of the auxiliary of the future, and the particle that headlines have in its place.
    future: (String, String),
    /// Lemma of the auxiliary of the perfect.
    perfect: String,
    /// Tags of the lexicon for present forms, by their `Number`.
    present: BTreeMap<String, String>,
}

/// Shortest and longest sentence that is rewritten, in words.
const LENGTH: std::ops::RangeInclusive<usize> = 5..=24;

/// Chances in a hundred, sentence by sentence.
mod chance {
    pub(super) const NO_ARTICLES: usize = 90;
    pub(super) const PRESENT: usize = 85;
    pub(super) const NO_AUXILIARY: usize = 85;
    pub(super) const NO_COPULA: usize = 50;
    pub(super) const COMMA: usize = 40;
    pub(super) const CAPITALS: usize = 35;
}

/// Present forms of verbs: by lemma and number.
pub(crate) struct Headlines<'a> {
    style: &'a Style,
    present: BTreeMap<(String, String), String>,
}

impl<'a> Headlines<'a> {
    pub(crate) fn new(style: &'a Style, language: Language) -> Self {
        let mut present = BTreeMap::new();
        if let Some(lexicon) = lexicon(language) {
            for form in lexicon.forms() {
                for entry in lexicon.entries(&form) {
                    for (number, tag) in &style.present {
                        if let (true, Some(lemma)) = (entry.tag.ends_with(tag.as_str()), entry.lemma(&form)) {
                            present.entry((lemma, number.clone())).or_insert_with(|| form.clone());
                        }
                    }
                }
            }
        }
        Self { style, present }
    }

    /// Share of the passes in which a rewritten sentence is used.
    pub(crate) fn share(&self) -> f32 {
        self.style.share
    }

    /// The sentence as a headline, with what is known of its words; none when it has nothing to leave out or is no sentence that
    /// a headline could tell.
    pub(crate) fn of(&self, from: &Annotated, known: &[bool], dice: &mut Dice) -> Option<(Annotated, Vec<bool>)> {
        let words = &from.parse.words;
        let whole_tokens = words.len() == from.sentence.tokens.len();
        if !whole_tokens || !LENGTH.contains(&words.len()) || !tells(&from.parse) {
            return None;
        }
        let mut draft = Draft::new(from);
        draft.shorten(self, dice);
        if !draft.changed {
            return None;
        }
        draft.end();
        if dice.below(100) < chance::CAPITALS {
            draft.capitals();
        }
        let known = (0..words.len()).filter(|i| !draft.gone[*i]).map(|i| known[i]).collect();
        Some((draft.finish(), known))
    }
}

/// A finite main clause with a subject that is no pronoun, nothing quoted.
fn tells(parse: &Parse) -> bool {
    let Some(root) = parse.root() else { return false };
    let subject = |i: usize| {
        let word = &parse.words[i];
        word.deprel.base == Relation::Nsubj && word.upos != Upos::Pron
    };
    let mark = |w: &Word| w.upos == Upos::Punct && !matches!(w.form.as_str(), "," | "." | "-" | ":" | ";");
    parse.children(root).any(subject) && !parse.words.iter().any(mark)
}

/// A sentence while it is rewritten.
struct Draft<'a> {
    from: &'a Annotated,
    words: Vec<Word>,
    gone: Vec<bool>,
    changed: bool,
}

impl<'a> Draft<'a> {
    fn new(from: &'a Annotated) -> Self {
        let words = from.parse.words.clone();
        Self { from, gone: vec![false; words.len()], words, changed: false }
    }

    fn is_leaf(&self, i: usize) -> bool {
        self.from.parse.children(i).next().is_none()
    }

    fn is_named(&self, i: usize) -> bool {
        self.from.parse.entities.iter().any(|e| (e.first as usize..=e.last as usize).contains(&i))
    }

    fn leave_out(&mut self, i: usize) {
        if self.is_leaf(i) && !self.is_named(i) {
            self.gone[i] = true;
            self.changed = true;
        }
    }

    fn shorten(&mut self, headlines: &Headlines<'_>, dice: &mut Dice) {
        let mut may = |chance: usize| dice.below(100) < chance;
        let (articles, present, auxiliaries) =
            (may(chance::NO_ARTICLES), may(chance::PRESENT), may(chance::NO_AUXILIARY));
        let (copula, comma) = (may(chance::NO_COPULA), may(chance::COMMA));
        for i in 0..self.words.len() {
            let word = &self.words[i];
            match (word.deprel.base, word.upos) {
                (Relation::Det, _) if articles && word.feats.get("PronType") == Some("Art") => self.leave_out(i),
                (Relation::Cop, _) if copula && self.is_main(self.head(i)) => self.leave_out(i),
                (Relation::Cc, Upos::Cconj) if comma => self.comma(i),
                (_, Upos::Verb) if self.is_main(i) => {
                    if auxiliaries {
                        self.leave_auxiliary(i, headlines);
                    }
                    if present && self.words[i].feats.get("Tense") == Some("Past") {
                        self.present(i, headlines);
                    }
                }
                _ => {}
            }
        }
    }

    fn head(&self, i: usize) -> usize {
        self.words[i].head.map_or(i, |h| h as usize)
    }

    /// The main clause and what is told beside it.
    fn is_main(&self, i: usize) -> bool {
        let word = &self.words[i];
        let beside = matches!(word.deprel.base, Relation::Conj | Relation::Parataxis);
        word.head.is_none() || beside && self.words[self.head(i)].head.is_none()
    }

    /// "will visit" becomes "to visit", "was shot" "shot", "is leaving" "leaving", "has left" "leaves".
    fn leave_auxiliary(&mut self, verb: usize, headlines: &Headlines<'_>) {
        let found: Vec<usize> =
            self.from.parse.children(verb).filter(|&i| self.words[i].deprel.base == Relation::Aux).collect();
        let [auxiliary] = found[..] else { return };
        let negated = self.from.parse.children(verb).any(|i| self.words[i].feats.get("Polarity") == Some("Neg"));
        if negated || !self.is_leaf(auxiliary) {
            return;
        }
        let style = headlines.style;
        let word = self.words[auxiliary].clone();
        let participle = self.words[verb].feats.get("VerbForm") == Some("Part");
        if word.lemma == style.future.0 {
            let particle = &mut self.words[auxiliary];
            (particle.form, particle.lemma) = (style.future.1.as_str().into(), style.future.1.as_str().into());
            (particle.upos, particle.feats) = (Upos::Part, Feats::default());
            particle.deprel = Deprel { base: Relation::Mark, sub: "".into() };
            self.changed = true;
        } else if word.lemma == style.perfect && word.feats.get("Tense") == Some("Pres") {
            if self.put(verb, &word.feats, headlines) {
                self.leave_out(auxiliary);
            }
        } else if participle {
            self.leave_out(auxiliary);
        }
    }

    /// A finite verb of the past in the present.
    fn present(&mut self, verb: usize, headlines: &Headlines<'_>) {
        let feats = self.words[verb].feats.clone();
        if feats.get("VerbForm") == Some("Fin") && feats.get("Person") == Some("3") {
            self.put(verb, &feats, headlines);
        }
    }

    /// Puts a verb into the present form of the number that `feats`, of a finite form, tell.
    fn put(&mut self, verb: usize, feats: &Feats, headlines: &Headlines<'_>) -> bool {
        let word = &mut self.words[verb];
        let number = feats.get("Number").unwrap_or_default().to_owned();
        let Some(form) = headlines.present.get(&(word.lemma.to_string(), number)) else { return false };
        word.form = form.as_str().into();
        word.feats = Feats(feats.0.replace("Tense=Past", "Tense=Pres").into());
        self.changed = true;
        true
    }

    /// A comma for the conjunction between two nouns.
    fn comma(&mut self, i: usize) {
        let noun = |w: &Word| matches!(w.upos, Upos::Noun | Upos::Propn);
        let second = self.head(i);
        let first = self.head(second);
        let pair =
            self.from.parse.children(first).filter(|&c| self.words[c].deprel.base == Relation::Conj).count() == 1;
        if pair && self.is_leaf(i) && !self.is_named(i) && noun(&self.words[first]) && noun(&self.words[second]) {
            let word = &mut self.words[i];
            (word.form, word.lemma, word.upos) = (",".into(), ",".into(), Upos::Punct);
            word.deprel = Deprel { base: Relation::Punct, sub: "".into() };
            self.changed = true;
        }
    }

    /// No final stop; the first word that is left has a capital.
    fn end(&mut self) {
        let last = self.words.len() - 1;
        if self.words[last].form == "." && self.is_leaf(last) {
            self.gone[last] = true;
        }
        if let Some(first) = (0..self.words.len()).find(|i| !self.gone[*i]) {
            capital(&mut self.words[first]);
        }
    }

    /// Every word of weight with a capital.
    fn capitals(&mut self) {
        for word in &mut self.words {
            if !matches!(word.upos, Upos::Adp | Upos::Det | Upos::Cconj | Upos::Part) {
                capital(word);
            }
        }
    }

    fn finish(self) -> Annotated {
        let mut place = Vec::with_capacity(self.words.len());
        let (mut text, mut words, mut tokens) = (String::new(), Vec::new(), Vec::new());
        for (word, gone) in self.words.into_iter().zip(&self.gone) {
            place.push(words.len() as u32);
            if *gone {
                continue;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            let span = Span::new(text.len(), text.len() + word.form.len());
            text.push_str(&word.form);
            tokens.push(Token { span });
            words.push(Word { token: words.len() as u32, span, ..word });
        }
        for word in &mut words {
            word.head = word.head.map(|h| place[h as usize]);
        }
        let mut entities = self.from.parse.entities.clone();
        for entity in &mut entities {
            (entity.first, entity.last) = (place[entity.first as usize], place[entity.last as usize]);
            entity.span = words[entity.first as usize].span.cover(words[entity.last as usize].span);
        }
        let span = Span::new(0, text.len());
        let sentence = Sentence { span, headline: true, part: 0, tokens };
        Annotated { text, sentence, parse: Parse { words, entities } }
    }
}

fn capital(word: &mut Word) {
    let mut letters = word.form.chars();
    if let Some(first) = letters.next() {
        word.form = first.to_uppercase().chain(letters).collect::<String>().into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpora::listed;
    use vigie_syntax::conllu;

    /// Form, lemma, part of speech, features, head, relation.
    fn sentence(rows: &str) -> Annotated {
        let mut file = String::new();
        for (i, row) in rows.lines().enumerate() {
            let cells: Vec<&str> = row.split_whitespace().collect();
            let [form, lemma, upos, feats, head, relation] = cells[..] else { panic!("{row}") };
            file.push_str(&format!("{}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{head}\t{relation}\t_\t_\n", i + 1));
        }
        file.push('\n');
        conllu::read(&file).unwrap().remove(0)
    }

    /// All headlines that chance makes of a sentence.
    fn headlines(rows: &str) -> Vec<String> {
        let english = Language::from_code("en").unwrap();
        let style = listed("en").unwrap().headline.unwrap();
        let (headlines, from) = (Headlines::new(&style, english), sentence(rows));
        let mut dice = Dice(1);
        let known = vec![true; from.parse.words.len()];
        let mut out: Vec<String> = (0..300)
            .filter_map(|_| headlines.of(&from, &known, &mut dice))
            .map(|(made, known)| {
                assert_eq!(made.parse.words.len(), known.len());
                let roots = made.parse.words.iter().filter(|w| w.head.is_none()).count();
                assert_eq!(roots, 1);
                assert!(made.parse.words.iter().all(|w| w.head.is_none_or(|h| (h as usize) < known.len())));
                made.text
            })
            .collect();
        out.sort();
        out.dedup();
        out
    }

    const FIN: &str = "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin";

    #[test]
    fn articles_go_and_the_past_is_told_in_the_present() {
        let found = headlines(&format!(
            "The the DET PronType=Art 2 det\nrebels rebel NOUN Number=Plur 3 nsubj\nseized seize VERB {FIN} 0 root\n\
             the the DET PronType=Art 5 det\ntown town NOUN Number=Sing 3 obj\n. . PUNCT _ 3 punct"
        ));
        assert!(found.contains(&"Rebels seize town".to_owned()), "{found:?}");
        assert!(found.contains(&"Rebels Seize Town".to_owned()), "{found:?}");
        assert!(!found.iter().any(|text| text.ends_with('.')), "{found:?}");
    }

    #[test]
    fn what_will_be_is_to_be_and_what_was_done_is_done() {
        let found = headlines(
            "The the DET PronType=Art 2 det\nminister minister NOUN Number=Sing 4 nsubj\nwill will AUX VerbForm=Fin 4 aux\n\
             visit visit VERB VerbForm=Inf 0 root\nthe the DET PronType=Art 6 det\ntown town NOUN Number=Sing 4 obj",
        );
        assert!(found.contains(&"Minister to visit town".to_owned()), "{found:?}");
        let found = headlines(
            "Two two NUM _ 2 nummod\nsoldiers soldier NOUN Number=Plur 4 nsubj:pass\nwere be AUX Tense=Past 4 aux:pass\n\
             shot shoot VERB Tense=Past|VerbForm=Part|Voice=Pass 0 root\nin in ADP _ 7 case\nthe the DET PronType=Art 7 det\n\
             street street NOUN Number=Sing 4 obl",
        );
        assert!(found.contains(&"Two soldiers shot in street".to_owned()), "{found:?}");
    }

    #[test]
    fn denials_pronouns_and_quotations_are_left_as_they_stand() {
        let found = headlines(
            "The the DET PronType=Art 2 det\narmy army NOUN Number=Sing 5 nsubj\nhas have AUX Tense=Pres|VerbForm=Fin 5 aux\n\
             not not PART Polarity=Neg 5 advmod\nleft leave VERB Tense=Past|VerbForm=Part 0 root\n\
             the the DET PronType=Art 7 det\ntown town NOUN Number=Sing 5 obj",
        );
        assert!(found.iter().all(|text| text.to_lowercase().contains("has not left")), "{found:?}");
        let found = headlines(&format!(
            "They they PRON _ 2 nsubj\nseized seize VERB {FIN} 0 root\nthe the DET PronType=Art 4 det\n\
             town town NOUN Number=Sing 2 obj\nthere there ADV _ 2 advmod"
        ));
        assert_eq!(found, Vec::<String>::new());
    }
}
