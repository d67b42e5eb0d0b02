//! `cargo xtask lexicon LANGUAGE FILE...`: a lexicon of inflected forms to `resources/languages/LANGUAGE/lexicon.bin`,
//! whose format is that of `vigie_resources::Lexicon`. The table `lexicon` of `corpora/LANGUAGE.toml` says where the
//! files come from, how they are written and what their categories mean. The same input gives the same bytes.

use crate::corpora::{listed, workspace};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use vigie_syntax::normal_form;

/// A lemma that has more letters than this beyond its form's spells an abbreviation out, which our corpora do not.
const LONGER: usize = 3;

/// How a lexicon is to be read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    /// For the model card.
    pub(crate) name: String,
    /// For the model card.
    pub(crate) licence: String,
    layout: Layout,
    /// Categories of the source that are taken, to universal parts of speech; to nothing where there is no single one.
    categories: BTreeMap<String, String>,
    /// Categories with the beginning of a tag (`adj K`) whose lemmas are not those of our corpora.
    #[serde(default)]
    no_lemma: BTreeSet<String>,
}

/// How the lines of the source are made.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Layout {
    /// Form, category, lemma, tag; separated by tabs.
    Forms,
    /// Lemma, category, then the inflected forms, each column one inflection; separated by commas, equals by slashes.
    Paradigms,
}

/// Tag, part of speech, and the lemma as characters off and on.
type Reading = (String, String, Option<(usize, String)>);

impl Source {
    fn reading(&self, form: &str, category: &str, lemma: &str, tag: &str) -> Option<(String, Reading)> {
        let upos = self.categories.get(category)?;
        let (form, lemma) = (normal_form(form), normal_form(lemma));
        let plain = |word: &str| !word.is_empty() && !word.contains([' ', '_', '\t', '?']);
        let told = !self.no_lemma.iter().any(|rule| format!("{category} {tag}").starts_with(rule.as_str()));
        let (letters, wanted) = (form.chars().count(), lemma.chars().count());
        let script = (told && plain(&lemma) && !upos.is_empty() && wanted <= letters + LONGER).then(|| {
            let shared = form.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
            (letters - shared, lemma.chars().skip(shared).collect())
        });
        plain(&form).then(|| (form.to_string(), (format!("{category}:{tag}"), upos.clone(), script)))
    }

    fn readings(&self, line: &str) -> Vec<(String, Reading)> {
        match self.layout {
            Layout::Forms => {
                let mut columns = line.split('\t');
                let mut next = || columns.next().unwrap_or_default();
                let (form, category, lemma, tag) = (next(), next(), next(), next());
                self.reading(form, category, lemma, tag).into_iter().collect()
            }
            Layout::Paradigms => {
                let mut columns = line.split(',');
                let (lemma, category) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
                let inflected =
                    columns.enumerate().flat_map(|(i, forms)| forms.split('/').map(move |form| (i + 1, form)));
                std::iter::once((0, lemma))
                    .chain(inflected)
                    .filter_map(|(i, form)| self.reading(form, category, lemma, &i.to_string()))
                    .collect()
            }
        }
    }
}

/// Builds the file of a language and prints its size.
///
/// # Errors
/// When an input cannot be read or the output cannot be written.
pub(crate) fn write(code: &str, files: &[&str]) -> Result<(), String> {
    let source = listed(code)?.lexicon.ok_or_else(|| format!("corpora/{code}.toml names no lexicon"))?;
    let mut forms: BTreeMap<String, BTreeSet<Reading>> = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
        for (form, reading) in text.lines().flat_map(|line| source.readings(line)) {
            forms.entry(form).or_default().insert(reading);
        }
    }
    let entry = |(tag, upos, script): &Reading| match script {
        Some((off, on)) => format!("{tag} {upos} {off} {on}"),
        None => format!("{tag} {upos} - "),
    };
    let class = |readings: &BTreeSet<Reading>| readings.iter().map(entry).collect::<Vec<_>>().join("\t");
    let classes: BTreeSet<String> = forms.values().map(class).collect();
    let number: BTreeMap<&String, u64> = classes.iter().zip(0..).collect();
    let mut map = fst::MapBuilder::memory();
    for (form, readings) in &forms {
        map.insert(form, number[&class(readings)]).map_err(|e| format!("{form}: {e}"))?;
    }
    let map = map.into_inner().map_err(|e| e.to_string())?;
    let mut ends = Vec::new();
    let mut end = 0u32;
    for class in &classes {
        end += class.len() as u32;
        ends.extend(end.to_le_bytes());
    }
    let mut out = Vec::new();
    out.extend((classes.len() as u32).to_le_bytes());
    out.extend(end.to_le_bytes());
    out.extend(ends);
    classes.iter().for_each(|class| out.extend(class.as_bytes()));
    out.extend(&map);
    let path = workspace().join(format!("resources/languages/{code}/lexicon.bin"));
    std::fs::write(&path, &out).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("{}: {} forms, {} classes, {} bytes", path.display(), forms.len(), classes.len(), out.len());
    Ok(())
}
