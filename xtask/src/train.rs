//! `cargo xtask train LANGUAGE`: corpora to `model.bin`. For tuning, `hold-out=development out=FILE passes=6 ...`.

use crate::corpora::{Corpora, listed, workspace};
use crate::evaluate::score;
use std::collections::BTreeMap;
use vigie_resources::Language;
use vigie_syntax::Model;
use vigie_syntax::train::{Example, Settings, train as learn};

/// Reads `key=value` options; they are for experiments, the shipped model is trained without any.
fn settings(options: &[&str]) -> Result<(Settings, BTreeMap<String, String>), String> {
    let mut settings = Settings::default();
    let mut others = BTreeMap::new();
    for option in options {
        let (key, value) = option.split_once('=').ok_or_else(|| format!("{option}: write it as key=value"))?;
        let whole = || value.parse::<u32>().map_err(|e| format!("{option}: {e}"));
        let real = || value.parse::<f32>().map_err(|e| format!("{option}: {e}"));
        match key {
            "seed" => settings.seed = whole()?.into(),
            "passes" => settings.passes = whole()?,
            "batch" => settings.batch = whole()? as usize,
            "rate" => settings.rate = real()?,
            "width" => settings.width = whole()?,
            "convolutions" => settings.convolutions = whole()?,
            "recurrences" => settings.recurrences = whole()?,
            "cells" => settings.cells = whole()?,
            "dropout-embedding" => settings.dropout[0] = real()?,
            "dropout-layer" => settings.dropout[1] = real()?,
            "dropout-head" => settings.dropout[2] = real()?,
            "out" | "every" | "hold-out" => {
                others.insert(key.to_owned(), value.to_owned());
            }
            _ => return Err(format!("{key}: unknown option")),
        }
    }
    Ok((settings, others))
}

/// Everything to learn from; the development corpora too, unless they are held out for tuning.
fn examples(corpora: &Corpora, language: Language, hold_out: bool) -> Result<Vec<Example>, String> {
    let mut out = Vec::new();
    let development = if hold_out { &[][..] } else { &corpora.development };
    let treebanks = corpora.treebank.iter().chain(development).map(|c| (c, true));
    for (corpus, syntax) in treebanks.chain(corpora.news.iter().map(|c| (c, false))) {
        let sentences = corpus.sentences(language)?;
        println!("{}: {} sentences", corpus.name(), sentences.len());
        let short = sentences.iter().filter(|s| s.parse.words.len() <= 150);
        out.extend(short.map(|s| Example::new(s, corpus.style, syntax, !syntax, corpus.share)));
    }
    Ok(out)
}

/// Trains and writes `resources/languages/LANGUAGE/model.bin`, or the file of option `out`.
pub(crate) fn train(code: &str, options: &[&str]) -> Result<(), String> {
    let language = Language::from_code(code).ok_or_else(|| format!("{code}: no such language pack"))?;
    let corpora = listed(code)?;
    let (settings, others) = settings(options)?;
    let examples = examples(&corpora, language, others.contains_key("hold-out"))?;
    let development: Vec<_> =
        corpora.development.iter().map(|c| c.sentences(language).map(|s| (c.name(), s))).collect::<Result<_, _>>()?;
    let every: usize = others.get("every").map_or(Ok(4), |v| v.parse()).map_err(|e| format!("every: {e}"))?;
    let mut pass = 0;
    let bytes = learn(&examples, &settings, &mut |line, file| {
        println!("{line}");
        pass += 1;
        if pass % every == 0
            && let Ok(model) = Model::load(&file())
        {
            for (name, sentences) in &development {
                println!("  {name}: {}", score(&model, sentences).line(true));
            }
        }
    });
    let path = others
        .get("out")
        .map_or_else(|| workspace().join(format!("resources/languages/{code}/model.bin")), std::path::PathBuf::from);
    std::fs::write(&path, &bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("{}: {} bytes", path.display(), bytes.len());
    if others.contains_key("out") { Ok(()) } else { crate::card::write(code) }
}
