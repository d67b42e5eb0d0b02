//! How far the entities of a corpus of stories can be trusted: a name that is annotated somewhere and stands bare
//! elsewhere is rather forgotten there than meant to be no name.

use std::collections::{BTreeMap, BTreeSet};
use vigie_syntax::conllu::Annotated;
use vigie_syntax::{EntityLabel, NamedEntity};

/// Words of the longest name that is looked for.
const LONGEST: usize = 6;

/// How many times as often a name must bear its usual label before another one counts as a slip.
const USUAL: usize = 3;

fn form(sentence: &Annotated, first: usize, last: usize) -> String {
    let words: Vec<&str> = sentence.parse.words[first..=last].iter().map(|w| w.form.as_str()).collect();
    words.join(" ")
}

/// How often each name bears each label.
fn labels(sentences: &[Annotated]) -> BTreeMap<String, BTreeMap<EntityLabel, usize>> {
    let mut out: BTreeMap<String, BTreeMap<EntityLabel, usize>> = BTreeMap::new();
    for sentence in sentences {
        for e in &sentence.parse.entities {
            let name = form(sentence, e.first as usize, e.last as usize);
            *out.entry(name).or_default().entry(e.label).or_default() += 1;
        }
    }
    out
}

/// Mends labels that are slips, and tells for each word of each sentence whether its tag can be trusted. For sentences
/// that are learnt from, never for those that are scored.
pub(crate) fn mend(sentences: &mut [Annotated]) -> Vec<Vec<bool>> {
    let labels = labels(sentences);
    let usual = |name: &str, own: EntityLabel| {
        let counts = labels.get(name)?;
        let (label, many) = counts.iter().max_by_key(|(label, many)| (**many, std::cmp::Reverse(**label)))?;
        (*many >= USUAL * counts.get(&own).copied().unwrap_or(0)).then_some(*label)
    };
    let names: BTreeSet<&str> =
        labels.keys().map(String::as_str).filter(|n| n.len() > 2 && n.starts_with(char::is_uppercase)).collect();
    let mut known = Vec::new();
    for sentence in sentences {
        let renamed: Vec<NamedEntity> = (sentence.parse.entities.iter())
            .map(|e| {
                let label = usual(&form(sentence, e.first as usize, e.last as usize), e.label).unwrap_or(e.label);
                NamedEntity { label, ..e.clone() }
            })
            .collect();
        sentence.parse.entities = renamed;
        known.push(trusted(sentence, &names));
    }
    known
}

fn trusted(sentence: &Annotated, names: &BTreeSet<&str>) -> Vec<bool> {
    let n = sentence.parse.words.len();
    let mut known = vec![true; n];
    let mut bare = vec![true; n];
    for e in &sentence.parse.entities {
        bare[e.first as usize..=e.last as usize].fill(false);
    }
    let mut i = 0;
    while i < n {
        let longest = (i..n.min(i + LONGEST)).rev();
        let forgotten = longest
            .filter(|&j| bare[i..=j].iter().all(|b| *b))
            .find(|&j| names.contains(form(sentence, i, j).as_str()));
        match forgotten {
            Some(j) => {
                known[i..=j].fill(false);
                i = j + 1;
            }
            None => i += 1,
        }
    }
    known
}
