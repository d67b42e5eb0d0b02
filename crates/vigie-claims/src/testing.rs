//! Hand-made parses for tests: one word a line, `form lemma UPOS feats head deprel`, heads counted from 1.

use vigie_syntax::{Deprel, Feats, Parse, Relation, Upos, Word};
use vigie_text::Span;

/// A parse from rows; spans point into the forms joined by single spaces.
pub(crate) fn parse(rows: &str) -> Parse {
    let mut words = Vec::new();
    let mut at = 0;
    for (index, row) in rows.lines().map(str::trim).filter(|r| !r.is_empty()).enumerate() {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let [form, lemma, upos, feats, head, deprel] = cells[..] else { panic!("six cells a row: {row}") };
        let span = Span::new(at, at + form.len());
        at += form.len() + 1;
        let (base, sub) = deprel.split_once(':').unwrap_or((deprel, ""));
        words.push(Word {
            token: index as u32,
            span,
            form: form.into(),
            lemma: lemma.into(),
            upos: Upos::from_label(upos).unwrap_or_else(|| panic!("part of speech in {row}")),
            feats: Feats(if feats == "_" { "".into() } else { feats.into() }),
            head: head.parse::<u32>().expect("a head number").checked_sub(1),
            deprel: Deprel {
                base: Relation::from_label(base).unwrap_or_else(|| panic!("relation in {row}")),
                sub: sub.into(),
            },
        });
    }
    Parse { words, entities: Vec::new() }
}

/// Index of the word with this form.
pub(crate) fn word(parse: &Parse, form: &str) -> usize {
    parse.words.iter().position(|w| w.form == form).unwrap_or_else(|| panic!("no word {form}"))
}

/// The forms of some words, joined.
pub(crate) fn forms(parse: &Parse, words: &[usize]) -> String {
    words.iter().map(|&w| parse.words[w].form.as_str()).collect::<Vec<_>>().join(" ")
}

/// Words as the tables of a language hold them.
pub(crate) fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

/// The word with this form hangs on that one (`-` for the root) by this relation.
pub(crate) fn hangs(parse: &Parse, form: &str, relation: &str, head: &str) {
    let w = &parse.words[word(parse, form)];
    let over = w.head.map_or("-", |h| parse.words[h as usize].form.as_str());
    assert_eq!((w.deprel.base.as_str(), over), (relation, head), "{form}");
}
