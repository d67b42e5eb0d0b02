//! Phrases around names: every sentence of `cases/` with the kind and the anchors that it must give.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use vigie_places::{Precision, RelativeKind, locate, mentions, relatives};
use vigie_resources::{Language, locate_words};

/// Least share of right sentences, in percent.
const FLOOR: usize = 85;

/// Is the sentence read as the case says? Says what was read instead.
fn check(language: Language, sentence: &str, kind: &str, anchors: &str) -> Result<(), String> {
    let words = locate_words(language);
    let spans = mentions(sentence, &[], &[], words);
    let located = locate(sentence, &spans, language, &[]);
    let found = relatives(sentence, &located, language);
    let Some(wanted) = RelativeKind::from_name(kind) else {
        return if found.is_empty() { Ok(()) } else { Err(format!("{sentence}: {}", found[0].kind.name())) };
    };
    let Some(first) = found.first() else { return Err(format!("{sentence}: nothing among {}", spans.len())) };
    let read: Vec<&str> = first.anchors.iter().map(|&a| located[a].span.of(sentence)).collect();
    let fits = first.kind == wanted && read.join("|") == anchors && first.precision != Precision::Exact;
    let sized = first.radius_km > 0 && first.line.is_some() == (wanted == RelativeKind::Route);
    if fits && sized { Ok(()) } else { Err(format!("{sentence}: {} of {read:?}", first.kind.name())) }
}

fn run(code: &str, table: &str) {
    let language = Language::from_code(code).unwrap();
    let (mut all, mut faults) = (0, Vec::new());
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        all += 1;
        faults.extend(check(language, cells[0], cells[1], cells[2]).err());
    }
    println!("{code}: {} of {all} right\n{}", all - faults.len(), faults.join("\n"));
    assert!(all >= 60 && (all - faults.len()) * 100 >= all * FLOOR, "{code}: {}", faults.join("\n"));
}

#[test]
fn french_phrases() {
    run("fr", include_str!("cases/fr.tsv"));
    run("fr", include_str!("cases/fr.own.tsv"));
}

#[test]
fn english_phrases() {
    run("en", include_str!("cases/en.tsv"));
    run("en", include_str!("cases/en.own.tsv"));
}

#[test]
fn a_wrong_expectation_is_a_fault() {
    let french = Language::from_code("fr").unwrap();
    assert!(check(french, "Un camp a été ouvert près de Damas.", "beside", "Damas").is_ok());
    assert!(check(french, "Un camp a été ouvert près de Damas.", "route", "Damas").is_err());
    assert!(check(french, "Un camp a été ouvert près de Damas.", "none", "Damas").is_err());
}
