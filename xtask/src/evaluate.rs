//! `cargo xtask evaluate syntax LANGUAGE`: scores on the development and test corpora, from gold tokens.

use crate::corpora::listed;
use vigie_resources::Language;
use vigie_syntax::conllu::Annotated;
use vigie_syntax::{Model, Parse};

/// Counts of right answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Score {
    gold: u32,
    system: u32,
    /// Words of tokens that were split as in the treebank.
    words: u32,
    upos: u32,
    feats: u32,
    lemma: u32,
    head: u32,
    /// Head and universal relation.
    labelled: u32,
    /// Head and relation with its subtype.
    exact: u32,
    entities: (u32, u32, u32),
}

/// Parses every sentence from its gold tokens and compares.
pub(crate) fn score(model: &Model, sentences: &[Annotated]) -> Score {
    let mut score = Score::default();
    for gold in sentences {
        score.add(&gold.parse, &model.parse(&gold.text, &gold.sentence));
    }
    score
}

/// For each word: its token and its place inside the token; words of differently split tokens match nothing.
fn keys(parse: &Parse) -> Vec<(u32, usize, usize)> {
    let words = &parse.words;
    let size = |token: u32| words.iter().filter(|w| w.token == token).count();
    let place = |i: usize| words[..i].iter().rev().take_while(|w| w.token == words[i].token).count();
    (0..words.len()).map(|i| (words[i].token, place(i), size(words[i].token))).collect()
}

impl Score {
    fn add(&mut self, gold: &Parse, system: &Parse) {
        let (gold_keys, system_keys) = (keys(gold), keys(system));
        self.gold += gold_keys.len() as u32;
        self.system += system_keys.len() as u32;
        for (i, key) in gold_keys.iter().enumerate() {
            let Ok(j) = system_keys.binary_search(key) else { continue };
            let (g, s) = (&gold.words[i], &system.words[j]);
            self.words += 1;
            self.upos += u32::from(g.upos == s.upos);
            self.feats += u32::from(g.feats == s.feats);
            self.lemma += u32::from(g.lemma == s.lemma);
            let head = g.head.map(|h| gold_keys[h as usize]) == s.head.map(|h| system_keys[h as usize]);
            self.head += u32::from(head);
            self.labelled += u32::from(head && g.deprel.base == s.deprel.base);
            self.exact += u32::from(head && g.deprel == s.deprel);
        }
        let found = |of: &Parse| of.entities.iter().map(|e| (e.span, e.label)).collect::<Vec<_>>();
        let (gold, system) = (found(gold), found(system));
        self.entities.0 += gold.iter().filter(|e| system.contains(e)).count() as u32;
        self.entities.1 += gold.len() as u32;
        self.entities.2 += system.len() as u32;
    }

    /// The scores in one line, for syntax or for entities.
    pub(crate) fn line(&self, syntax: bool) -> String {
        let f1 = |right: u32, gold: u32, system: u32| 200.0 * f64::from(right) / f64::from((gold + system).max(1));
        let f = |right: u32| f1(right, self.gold, self.system);
        if syntax {
            format!(
                "words {:.2}  UPOS {:.2}  UFeats {:.2}  lemma {:.2}  UAS {:.2}  LAS {:.2}  LAS with subtypes {:.2}",
                f(self.words),
                f(self.upos),
                f(self.feats),
                f(self.lemma),
                f(self.head),
                f(self.labelled),
                f(self.exact)
            )
        } else {
            let (right, gold, system) = self.entities;
            let share = |n: u32| 100.0 * f64::from(right) / f64::from(n.max(1));
            format!(
                "entities: precision {:.2}  recall {:.2}  F1 {:.2}",
                share(system),
                share(gold),
                f1(right, gold, system)
            )
        }
    }
}

/// Prints the scores of the shipped model, or of the model file of option `model=PATH`.
pub(crate) fn syntax(code: &str, options: &[&str]) -> Result<(), String> {
    let language = Language::from_code(code).ok_or_else(|| format!("{code}: no such language pack"))?;
    let corpora = listed(code)?;
    let loaded;
    let model = match options.iter().find_map(|o| o.strip_prefix("model=")) {
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|e| format!("{path}: {e}"))?;
            loaded = Model::load(&bytes).map_err(|e| format!("{path}: {e}"))?;
            &loaded
        }
        None => {
            Model::for_language(language).ok_or_else(|| format!("{code}: no model; run `cargo xtask train {code}`"))?
        }
    };
    for corpus in corpora.development.iter().chain(&corpora.test) {
        let score = score(model, &corpus.sentences(language)?);
        println!("{}: {}", corpus.name(), score.line(corpus.is_treebank()));
    }
    Ok(())
}
