//! `cargo xtask evaluate places`: points of mentions, given and from plain text; `cargo xtask train places`: weights
//! for study. The shipped weights are set by hand, as the licences of these texts forbid to ship learnt ones.

mod cause;
pub(super) mod corpus;
mod french;
mod given;
mod learn;
mod raw;
mod report;

use crate::corpora::workspace;
use corpus::{Article, CORPORA};
use raw::Reach;
use report::Row;
use std::path::Path;
use vigie_places::{FEATURES, Ranker, mentions};
use vigie_resources::{Language, locate_words};
use vigie_syntax::{EntityLabel, Model};
use vigie_text::{Span, split_sentences};

type Corpora = Vec<(&'static str, Vec<Article>)>;

fn english() -> Result<Language, String> {
    Language::from_code("en").ok_or_else(|| "the corpora are in a language that is not shipped".to_owned())
}

fn corpora() -> Result<Corpora, String> {
    let folder = workspace().join("../shared/data/geo/eupeg");
    CORPORA.iter().map(|(articles, gold, name)| Ok((*name, corpus::read(&folder, articles, gold)?))).collect()
}

/// Scores and writes `evaluation/reports/places.{txt,csv}`.
///
/// # Errors
/// When a corpus cannot be read or a report cannot be written.
pub(crate) fn places() -> Result<(), String> {
    let language = english()?;
    let corpora = corpora()?;
    let rankers = given::folds(&corpora, language);
    let model = Model::for_language(language).ok_or("no model is shipped")?;
    let mut rows = Vec::new();
    for (name, articles) in &corpora {
        let all: Vec<&Article> = articles.iter().collect();
        let shipped = given::score(&all, language, Ranker::shipped());
        let learnt = given::score_folds(articles, language, &rankers);
        let find = |text: &str| found(model, text, language);
        let mut reached = Reach::default();
        for (fold, ranker) in rankers.iter().enumerate() {
            let own: Vec<&Article> =
                articles.iter().enumerate().filter(|(i, _)| i % given::FOLDS == fold).map(|(_, a)| a).collect();
            reached.add(&raw::reach(&own, language, ranker, &find));
        }
        let raw = Some((raw::reach(&all, language, Ranker::shipped(), &find), reached));
        rows.push(Row { corpus: name, documents: articles.len(), shipped, learnt, raw });
    }
    let french = french::score(Language::from_code("fr").ok_or("French is not shipped")?)?;
    let page = report::page(&rows, "names found by the recogniser and the lists") + &french.page();
    print!("{page}");
    for fault in &french.faults {
        println!("  {fault}");
    }
    let folder = workspace().join("evaluation/reports");
    write(&folder.join("places.txt"), &page)?;
    write(&folder.join("places.csv"), &(report::table(&rows) + &french.table()))
}

/// Learns weights from all corpora and prints them. They are for study: nothing is written.
///
/// # Errors
/// When a corpus cannot be read.
pub(crate) fn train() -> Result<(), String> {
    let language = english()?;
    let corpora = corpora()?;
    let lessons: Vec<_> = corpora.iter().flat_map(|(_, a)| a).flat_map(|a| given::lessons(a, language)).collect();
    let learnt = learn::learn(&lessons.iter().collect::<Vec<_>>(), Ranker::shipped());
    println!("# For study only: learnt from texts whose licences forbid to ship what is learnt from them.\n[weights]");
    for (feature, weight) in FEATURES.iter().zip(&learnt.weights) {
        println!("{feature} = {weight}");
    }
    Ok(())
}

/// Mentions by the recogniser of names and the lists.
fn found(model: &Model, text: &str, language: Language) -> Vec<Span> {
    let mut start = 0;
    let mut sentences = Vec::new();
    for line in text.split_inclusive('\n') {
        sentences.extend(split_sentences(text, Span::new(start, start + line.len()), language, 0));
        start += line.len();
    }
    let (mut places, mut others) = (Vec::new(), Vec::new());
    for entity in model.parse_all(text, &sentences).iter().flat_map(|p| &p.entities) {
        if entity.label == EntityLabel::Location { places.push(entity.span) } else { others.push(entity.span) }
    }
    mentions(text, &places, &others, locate_words(language))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}
