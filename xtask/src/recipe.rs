//! How a model is trained: the table `recipe` of `corpora/LANGUAGE.toml`, and options that change it for a trial.

use crate::corpora::Corpora;
use std::collections::BTreeMap;
use vigie_syntax::train::{ANY_STYLE, Recipe};

/// Options that are no part of a recipe.
pub(crate) type Others = BTreeMap<String, String>;

/// The recipe of a language, changed by `key=value` options; the shipped model is trained without any. A key that begins
/// with `teacher-` sets the teachers' size, any other the student's.
///
/// # Errors
/// When a key or value is unknown.
pub(crate) fn read(corpora: &Corpora, options: &[&str]) -> Result<(Recipe, Others), String> {
    let mut recipe = Recipe::default();
    let mut others = Others::new();
    for (key, value) in &corpora.recipe {
        set(&mut recipe, &mut others, key, &value.to_string())?;
    }
    for option in options {
        let (key, value) = option.split_once('=').ok_or_else(|| format!("{option}: write it as key=value"))?;
        set(&mut recipe, &mut others, key, value)?;
    }
    Ok((recipe, others))
}

fn set(recipe: &mut Recipe, others: &mut Others, key: &str, value: &str) -> Result<(), String> {
    let whole = || value.parse::<u32>().map_err(|e| format!("{key}={value}: {e}"));
    let real = || value.parse::<f32>().map_err(|e| format!("{key}={value}: {e}"));
    let (settings, name) = match key.strip_prefix("teacher-") {
        Some(name) => (&mut recipe.teacher, name),
        None => (&mut recipe.student, key),
    };
    match name {
        "seed" => settings.seed = whole()?.into(),
        "passes" => settings.passes = whole()?,
        "batch" => settings.batch = whole()? as usize,
        "rate" => settings.rate = real()?,
        "width" => settings.width = whole()?,
        "convolutions" => settings.convolutions = whole()?,
        "recurrences" => settings.recurrences = whole()?,
        "arc" => settings.arc = whole()?,
        "relation" => settings.relation = whole()?,
        "dropout-embedding" => settings.dropout[0] = real()?,
        "dropout-layer" => settings.dropout[1] = real()?,
        "dropout-head" => settings.dropout[2] = real()?,
        "teachers" => recipe.teachers = whole()?,
        "distil" => recipe.distil = real()?,
        "style" if value == "any" || value == "\"any\"" => recipe.style = ANY_STYLE,
        "style" => recipe.style = whole()?,
        "out" | "hold-out" => {
            others.insert(key.to_owned(), value.to_owned());
        }
        _ => return Err(format!("{key}: unknown option")),
    }
    Ok(())
}
