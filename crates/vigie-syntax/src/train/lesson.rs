//! An example made ready: its words as features and its answers as classes.

use super::Example;
use super::augment;
use super::labels::Labels;
use super::pass::Batch;
use super::random::Random;
use super::targets::{Targets, Wanted};
use crate::features::{ANY_STYLE, FAMILIES, READINGS, normal_form, places, word_features};
use crate::gazetteer::marks;
use crate::lemma::Script;
use crate::parse::{Upos, Word};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use vigie_resources::{Language, lexicon};

/// Share of the lessons whose style is not told, so that a parse need not follow one.
const STYLE_HIDDEN: f32 = 0.3;

/// Share of the words whose readings in the lexicon are not told, so that the form is learnt too.
const READINGS_HIDDEN: f32 = 0.1;

/// Classes of the labels, to look up.
pub(crate) struct Classes {
    feats: BTreeMap<SmolStr, u32>,
    scripts: BTreeMap<Script, u32>,
    rows: [u32; FAMILIES],
    language: Language,
}

impl Classes {
    pub(crate) fn new(labels: &Labels, rows: [u32; FAMILIES], language: Language) -> Self {
        Self {
            feats: labels.feats.iter().cloned().zip(0..).collect(),
            scripts: labels.scripts.iter().cloned().zip(0..).collect(),
            rows,
            language,
        }
    }
}

/// What the lists of names say of the words.
pub(crate) fn known(forms: &[SmolStr], language: Language) -> Vec<u16> {
    let mut out = Vec::with_capacity(forms.len());
    marks(forms, language, &mut out);
    out
}

/// The syntax of a word as classes; `None` where the label is too rare to be one.
struct Syntax {
    upos: Option<u32>,
    feats: Option<u32>,
    lemma: SmolStr,
    head: u32,
    relation: Option<u32>,
}

/// A sentence to learn from.
pub(crate) struct Lesson {
    pub(crate) forms: Vec<SmolStr>,
    /// Chance of each word to be hidden, so that the letters must tell what it is.
    hidden: Vec<f32>,
    pub(crate) style: u32,
    pub(crate) share: f32,
    /// The last word is punctuation that nothing depends on.
    can_drop_last: bool,
    syntax: Option<Vec<Syntax>>,
    /// Entity tag of each word, where the corpus tells.
    tags: Vec<Option<u32>>,
    /// What the teachers say.
    pub(crate) taught: Option<Targets>,
}

impl Lesson {
    pub(crate) fn new(example: &Example, labels: &Labels, classes: &Classes) -> Self {
        let n = example.words.len();
        let last = example.words.last();
        let leaf = !example.words.iter().any(|w| w.head == Some(n as u32 - 1));
        let stop = last.is_some_and(|w| w.upos == Upos::Punct && w.head.is_some());
        let hidden = |word: &Word| {
            let seen = labels.counts.get(&normal_form(&word.form)).copied().unwrap_or(0) as f32;
            0.05 + 0.3 / (0.3 + seen)
        };
        let syntax = |word: &Word| Syntax {
            upos: Upos::ALL.iter().position(|u| *u == word.upos).map(|i| i as u32),
            feats: classes.feats.get(&word.feats.0).copied(),
            lemma: word.lemma.clone(),
            head: word.head.map_or(0, |h| h + 1),
            relation: labels.relation(&word.deprel),
        };
        Self {
            forms: example.words.iter().map(|w| w.form.clone()).collect(),
            hidden: example.words.iter().map(hidden).collect(),
            style: example.style,
            share: example.share,
            can_drop_last: example.has_syntax && leaf && stop,
            syntax: example.has_syntax.then(|| example.words.iter().map(syntax).collect()),
            tags: crate::entities::tags(&example.entities, n)
                .into_iter()
                .zip(&example.known)
                .map(|(tag, known)| known.then_some(u32::from(tag)))
                .collect(),
            taught: None,
        }
    }

    /// Puts the words and answers into a batch, rewritten by chance. `distil` is the share of the teachers' answers
    /// where the gold is known too.
    pub(crate) fn put(
        &self,
        classes: &Classes,
        distil: f32,
        random: &mut Random,
        batch: &mut Batch,
        targets: &mut Targets,
    ) {
        let forms = augment::rewrite(self.forms.clone(), self.can_drop_last, random);
        let marks = known(&forms, classes.language);
        let lexicon = lexicon(classes.language);
        let style = if random.chance(STYLE_HIDDEN) { ANY_STYLE } else { self.style };
        for (i, form) in forms.iter().enumerate() {
            let mut features = word_features(form, classes.rows, lexicon);
            if random.chance(self.hidden[i]) {
                features.ids[0].clear();
            }
            if random.chance(0.1) {
                features.ids[2].clear();
            }
            if random.chance(READINGS_HIDDEN) {
                features.ids[READINGS].clear();
            }
            batch.words.push(features);
            batch.places.push(places(style, i == 0, marks[i]).collect());
            let gold = self.syntax.as_ref().map(|s| &s[i]);
            let taught = self.taught.as_ref();
            let same = *form == self.forms[i];
            let script = gold.and_then(|g| classes.scripts.get(&Script::between(form, &g.lemma)).copied());
            let gold_classes = [gold.and_then(|g| g.upos), gold.and_then(|g| g.feats), script, self.tags[i]];
            for (h, gold) in gold_classes.into_iter().enumerate() {
                let taught = taught.map(|t| &t.classes[h]).filter(|_| h != 2 || same);
                blend(&mut targets.classes[h], gold, taught, i, distil, u32::MAX);
            }
            let limit = forms.len() as u32;
            blend(&mut targets.heads, gold.map(|g| g.head), taught.map(|t| &t.heads), i, distil, limit);
            let relation = gold.and_then(|g| g.relation);
            blend(&mut targets.relations, relation, taught.map(|t| &t.relations), i, distil, u32::MAX);
        }
        batch.starts.push(batch.words.len());
    }
}

/// Adds the answer of one word: the gold, the teachers', or a blend; classes above `limit` are left out.
fn blend(out: &mut Wanted, gold: Option<u32>, taught: Option<&Wanted>, i: usize, distil: f32, limit: u32) {
    let Some(taught) = taught.map(|t| t.of(i)).filter(|shares| !shares.is_empty()) else {
        out.push(gold);
        return;
    };
    let weight = if gold.is_some() { distil } else { 1.0 };
    let own = gold.map(|class| (class, 1.0 - weight));
    let shares = taught.iter().filter(|(class, _)| *class <= limit).map(|&(class, share)| (class, share * weight));
    out.push_shares(own.into_iter().chain(shares));
}
