//! No word of a human language in code: words to match are data under `resources/`.

use super::source::{Source, strings};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Words that are names in this program, in a standard or in the format of the lists, besides being words of a language.
const NAMES: &[&str] = &[
    // Kinds of complements in the lists of cues.
    "inf",
    "de-inf",
    "that",
    "whether",
    "noun",
    "other",
    "finite",
    "condition",
    "vague",
    // The wire format.
    "institution",
    "certain",
    "probable",
    "possible",
    "expert",
    "document",
    "menu",
    "minute",
    "last",
    "site",
    "about",
    "percent",
    "published",
    // Relations of Universal Dependencies, and a polarity.
    "root",
    "outer",
    "positive",
    // Names of the interface over HTTP, of JSON Schema and of the Model Context Protocol.
    "places",
    "point",
    "version",
    "message",
    "minimum",
    "maximum",
    // Steps of the rules for times.
    "next",
    "following",
    "preceding",
    "ago",
    "later",
    "here",
    "clock",
    "century",
    "decade",
    // Kinds of actors and places in the registers.
    "organisation",
    "coalition",
    "division",
    "police",
    "media",
    // Kinds of places and sides, names of rules and classes.
    "border",
    "capital",
    "coast",
    "district",
    "east",
    "near",
    "north",
    "south",
    "state",
    "town",
    "village",
    "west",
    // Universal Dependencies, features of crates.
    "aux",
    "train",
    // Names of relations, values and columns that the English lists of time and number hold as words.
    "cut",
    "ended",
    "told",
    "official",
    "from",
    "when",
    "body",
    "victim",
    "dozens",
    "hundreds",
    "thousands",
    "days",
    "years",
    "deadline",
    "set",
    "since",
    "until",
    "before",
    // Kinds of places, names of topics and classes, the relation of passives.
    "continent",
    "conflict",
    "talks",
    "pact",
    "measure",
    // How many there are of what a list shows a part of.
    "total",
    "pass",
    // Which of a pair of quotation marks.
    "close",
    // Relations of Universal Dependencies and the slots of triggers.
    "case",
    "compound",
    "mark",
    "orphan",
    "list",
    "where",
    "head",
    "governor",
    "name",
    "name-before",
    "target",
    // Kinds and parts of actors, names of rules, of features and of kinds of phrases.
    "army",
    "militia",
    "party",
    "event",
    "bound",
    "anonymous",
    "nothing",
    "denial",
    "question",
    "own",
    "within",
    "only",
    "home",
    "held",
    "millions",
    "side",
    "beside",
    // Elements of HTML, endings of files.
    "base",
    "option",
    "parquet",
    "rss",
];

/// The language that this program's own names and messages are written in. Where nothing is read, its words are no
/// words to match.
const OWN: &str = "en/";
/// The floors that read text.
const READING: [&str; 4] =
    ["crates/vigie-text/", "crates/vigie-syntax/", "crates/vigie-claims/", "crates/vigie-places/"];

pub(super) fn faults(root: &Path, sources: &[Source]) -> Vec<String> {
    let words = words(root);
    let mut faults = Vec::new();
    for file in sources.iter().filter(|f| !f.path.starts_with("xtask/") && !f.is_test()) {
        for (line, text) in strings(file.own_part()) {
            let foreign = text.chars().find(|c| c.is_alphabetic() && !c.is_ascii());
            if let Some(letter) = foreign {
                faults.push(format!("{}:{line}: {text:?} holds the letter {letter}: move it to resources/", file.path));
            } else if let Some(list) = words.get(text.as_str()).filter(|_| !NAMES.contains(&text.as_str()))
                && (!list.starts_with(OWN) || READING.iter().any(|floor| file.path.starts_with(floor)))
            {
                faults.push(format!("{}:{line}: {text:?} is a word of {list}: read it from there", file.path));
            }
        }
    }
    faults
}

/// Words of the lists of the languages, in lower case letters only, with the file that they stand in.
fn words(root: &Path) -> BTreeMap<String, String> {
    let names = names(root);
    let mut words = BTreeMap::new();
    let Ok(languages) = fs::read_dir(root.join("resources/languages")) else { return words };
    for folder in languages.flatten() {
        for file in fs::read_dir(folder.path()).into_iter().flatten().flatten() {
            let path = file.path();
            if path.extension().is_none_or(|e| e != "toml") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            let Ok(table) = text.parse::<toml::Table>() else { continue };
            let list = format!("{}/{}", folder.file_name().to_string_lossy(), file.file_name().to_string_lossy());
            let mut found = Vec::new();
            lists(&toml::Value::Table(table), &mut found);
            for word in found {
                if word.chars().count() >= 3 && !names.contains(word.as_str()) {
                    let known = words.entry(word).or_insert_with(|| list.clone());
                    if known.starts_with(OWN) {
                        known.clone_from(&list);
                    }
                }
            }
        }
    }
    words
}

/// The strings that stand in arrays: lists of words rather than settings.
fn lists(value: &toml::Value, into: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => table.values().for_each(|v| lists(v, into)),
        toml::Value::Array(items) => {
            into.extend(items.iter().filter_map(toml::Value::as_str).map(str::to_owned));
            items.iter().for_each(|v| lists(v, into));
        }
        _ => {}
    }
}

/// The keys of all tables.
fn keys(value: &toml::Value, into: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                into.insert(key.clone());
                keys(value, into);
            }
        }
        toml::Value::Array(items) => items.iter().for_each(|v| keys(v, into)),
        _ => {}
    }
}

/// Ids that may look like words: predicates, and the vocabulary of the wire format.
fn names(root: &Path) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = fs::read_dir(root.join("resources/ontology"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    // The keys of the lists are names that this program gave: `morning = ["matin", "aube"]`.
    for language in fs::read_dir(root.join("resources/languages")).into_iter().flatten().flatten() {
        for name in ["timex.toml", "numbers.toml"] {
            let text = fs::read_to_string(language.path().join(name)).unwrap_or_default();
            if let Ok(table) = text.parse::<toml::Table>() {
                keys(&toml::Value::Table(table), &mut names);
            }
        }
    }
    let wire = "actor recipient associate object instrument topic place route agent cause source relay direct force \
                 civil armed person people unit date hour day week month season year figure region country note page edge";
    names.extend(wire.split_whitespace().map(str::to_owned));
    names
}
