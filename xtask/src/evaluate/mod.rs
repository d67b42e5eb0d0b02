//! `cargo xtask evaluate attribution`, `copies`, `dates`, `events`, `pages`, `replay`, `stories`, `threads`, `timelines`: see [`attribution`], [`copies`], [`dates`], [`events`], [`pages`], [`replay`], [`stories`], [`threads`], [`timelines`].
//! `cargo xtask evaluate syntax LANGUAGE`: scores on the development and test corpora, reports with the peers beside.
//!
//! Options: `corpus=NAME` for one test alone, `model=FILE` for another model, `style=NUMBER` for another annotation style, `system=FOLDER` for the outputs of another
//! program (`NAME.gold.conllu`, `NAME.raw.conllu`), which are told as lines for `evaluation/peers/syntax.csv` and begin
//! with `who=NAME,VERSION` and end with `how=...`; `write=FOLDER` keeps our own outputs under such names. Reports are
//! written only for the shipped model and all tests.

mod align;
mod attribution;
mod breakdown;
mod copies;
mod dates;
mod dice;
mod document;
mod entities;
mod events;
mod gold;
pub(crate) mod metonymy;
mod outcome;
mod pages;
mod peers;
pub(crate) mod places;
mod replay;
mod report;
mod score;
mod specs;
mod stories;
#[cfg(test)]
mod tests;
mod threads;
mod timelines;
mod undated;

use crate::corpora::{listed, workspace};
pub(crate) use attribution::attribution;
pub(crate) use copies::copies_report as copies;
pub(crate) use dates::dates;
pub(crate) use events::events;
use gold::Gold;
use outcome::{From, Outcome, Tested};
pub(crate) use pages::pages;
pub(crate) use replay::replay_report as replay;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
pub(crate) use stories::stories_report as stories;
pub(crate) use threads::threads_report as threads;
pub(crate) use timelines::timelines_report as timelines;
use vigie_resources::Language;
use vigie_syntax::conllu::{self, Annotated};
use vigie_syntax::{Model, Parse};
use vigie_text::{Sentence, Span, split_sentences};

/// One line a test corpus and way of reading: the scores of a model.
///
/// # Errors
/// When a corpus cannot be read.
pub(crate) fn lines(model: Model, language: Language) -> Result<Vec<String>, String> {
    let tests = run(&System::Model(Box::new(model)), language, None, None)?;
    let told = tests.iter().filter(|test| !test.development);
    let line =
        |test: &Tested, outcome: &Outcome| format!("{}, {}: {}", test.name, outcome.from.name(), report::line(outcome));
    Ok(told.flat_map(|test| test.outcomes.iter().map(move |outcome| line(test, outcome))).collect())
}

/// What is put to the test.
enum System {
    Model(Box<Model>),
    /// Outputs of another program.
    Folder(PathBuf),
}

impl System {
    /// Its output for one test; none if it has none.
    fn output(&self, gold: &Gold, from: From, language: Language) -> Result<Option<String>, String> {
        match (self, from) {
            (Self::Folder(folder), _) => {
                let path = folder.join(file_name(gold, from));
                if !path.exists() {
                    return Ok(None);
                }
                std::fs::read_to_string(&path).map(Some).map_err(|e| format!("{}: {e}", path.display()))
            }
            (Self::Model(_), From::Gold) if gold.sentences.is_empty() => Ok(None),
            (Self::Model(model), From::Gold) => Ok(Some(from_tokens(model, &gold.sentences))),
            (Self::Model(model), From::Raw) => Ok(Some(from_text(model, &gold.text, language))),
        }
    }
}

fn file_name(gold: &Gold, from: From) -> String {
    format!("{}.{}.conllu", gold.name, from.name())
}

fn from_tokens(model: &Model, sentences: &[Annotated]) -> String {
    let one = |s: &Annotated| conllu::write(&s.text, &[(&s.sentence, &model.parse(&s.text, &s.sentence))]);
    sentences.iter().map(one).collect()
}

/// As `vigie parse` does it: every line is a block of running text.
fn from_text(model: &Model, text: &str, language: Language) -> String {
    let mut start = 0;
    let mut sentences = Vec::new();
    for line in text.split_inclusive('\n') {
        sentences.extend(split_sentences(text, Span::new(start, start + line.len()), language, 0));
        start += line.len();
    }
    let parses: Vec<Parse> = model.parse_all(text, &sentences);
    let pairs: Vec<(&Sentence, &Parse)> = sentences.iter().zip(&parses).collect();
    conllu::write(text, &pairs)
}

/// Runs the tests of a language.
pub(crate) fn syntax(code: &str, options: &[&str]) -> Result<(), String> {
    const KEYS: [&str; 7] = ["corpus", "model", "style", "system", "who", "how", "write"];
    if let Some(other) = options.iter().find(|o| !KEYS.contains(&o.split('=').next().unwrap_or_default())) {
        return Err(format!("{other}: unknown option; there are {}", KEYS.map(|key| format!("{key}=...")).join(", ")));
    }
    let option = |key: &str| options.iter().find_map(|o| o.split_once('=').filter(|(k, _)| *k == key).map(|(_, v)| v));
    let language = Language::from_code(code).ok_or_else(|| format!("{code}: no such language pack"))?;
    let shipped = workspace().join(format!("resources/languages/{code}/model.bin"));
    let path = option("model").map_or(shipped, PathBuf::from);
    let mut model = String::new();
    let system = match option("system") {
        Some(folder) => System::Folder(folder.into()),
        None => {
            let bytes = std::fs::read(&path)
                .map_err(|e| format!("{}: {e}; train a model with `cargo xtask train {code}`", path.display()))?;
            let sum: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
            model = format!("{} bytes, sha256 {sum}", bytes.len());
            let loaded = Model::load(&bytes, Some(language)).map_err(|e| format!("{}: {e}", path.display()))?;
            let style = option("style").map(str::parse).transpose().map_err(|e| format!("style: {e}"))?;
            let followed = style.unwrap_or(loaded.style());
            System::Model(Box::new(loaded.with_style(followed)))
        }
    };
    let tests = run(&system, language, option("corpus"), option("write").map(Path::new))?;
    if let System::Folder(_) = system {
        let (who, how) = (option("who").unwrap_or("name,version"), option("how").unwrap_or_default());
        print!("{}\n{}", peers::HEAD, report::figures(who, code, &tests, how));
        return Ok(());
    }
    for test in &tests {
        for outcome in &test.outcomes {
            println!("{}, {}: {}", test.name, outcome.from.name(), report::line(outcome));
        }
    }
    if ["model", "corpus", "style"].iter().all(|key| option(key).is_none()) {
        let peers = peers::read(&workspace().join("evaluation/peers/syntax.csv"), code)?;
        let folder = workspace().join(format!("evaluation/reports/{code}"));
        write(&folder.join("syntax.txt"), &report::page(code, &model, &tests, &peers))?;
        write(&folder.join("syntax.csv"), &report::table(code, &tests, &peers))?;
    }
    Ok(())
}

fn run(system: &System, language: Language, only: Option<&str>, keep: Option<&Path>) -> Result<Vec<Tested>, String> {
    let corpora = listed(language.code())?;
    let mut tests = Vec::new();
    let listed = corpora.development.iter().map(|c| (c, true)).chain(corpora.test.iter().map(|c| (c, false)));
    for (corpus, development) in listed {
        let gold = Gold::of(corpus, language)?;
        if only.is_some_and(|name| name != gold.name) {
            continue;
        }
        let mut outcomes = Vec::new();
        for from in From::BOTH {
            if let Some(output) = system.output(&gold, from, language)? {
                if let Some(folder) = keep {
                    write(&folder.join(file_name(&gold, from)), &output)?;
                }
                outcomes.push(Outcome::of(&gold, from, &output)?);
            }
        }
        tests.push(Tested { name: gold.name, development, outcomes });
    }
    Ok(tests)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|e| format!("{}: {e}", path.display()))
}
