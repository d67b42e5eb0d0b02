//! The corpora that `corpora/LANGUAGE.toml` lists, read from the folder of shared data.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vigie_resources::Language;
use vigie_syntax::conllu::{self, Annotated};
use vigie_syntax::{Deprel, EntityLabel, Feats, NamedEntity, Parse, Relation, Upos, Word};
use vigie_text::{Span, split_sentences};

/// One corpus.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Corpus {
    pub(crate) path: String,
    /// For the model card.
    #[serde(default)]
    pub(crate) licence: String,
    #[serde(default)]
    pub(crate) style: u32,
    #[serde(default = "whole")]
    pub(crate) share: f32,
    /// Only the records of this split.
    pub(crate) split: Option<String>,
    /// Entity names of the corpus to ours; others are left out.
    #[serde(default)]
    pub(crate) labels: BTreeMap<String, String>,
}

fn whole() -> f32 {
    1.0
}

/// All corpora of a language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Corpora {
    #[serde(default)]
    pub(crate) treebank: Vec<Corpus>,
    #[serde(default)]
    pub(crate) news: Vec<Corpus>,
    #[serde(default)]
    pub(crate) development: Vec<Corpus>,
    #[serde(default)]
    pub(crate) test: Vec<Corpus>,
}

/// The folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// The corpora listed for a language.
pub(crate) fn listed(language: &str) -> Result<Corpora, String> {
    let path = workspace().join(format!("xtask/corpora/{language}.toml"));
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
}

/// The text of a corpus file, unpacked.
fn unpack(path: &str) -> Result<String, String> {
    let path = workspace().join("../shared/data").join(path);
    let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut out = Vec::new();
    lzma_rs::xz_decompress(&mut bytes.as_slice(), &mut out).map_err(|e| format!("{}: {e:?}", path.display()))?;
    String::from_utf8(out).map_err(|e| format!("{}: {e}", path.display()))
}

impl Corpus {
    /// File name without folders and packing.
    pub(crate) fn name(&self) -> &str {
        let file = self.path.rsplit('/').next().unwrap_or(&self.path);
        file.split('.').next().unwrap_or(file)
    }

    /// Does it hold trees (and not entities only)?
    pub(crate) fn is_treebank(&self) -> bool {
        self.path.contains(".conllu")
    }

    /// Its sentences.
    pub(crate) fn sentences(&self, language: Language) -> Result<Vec<Annotated>, String> {
        let text = unpack(&self.path)?;
        if self.is_treebank() {
            return conllu::read(&text).map_err(|e| format!("{}: {e}", self.path));
        }
        let mut out = Vec::new();
        for line in text.lines() {
            let story: Story = serde_json::from_str(line).map_err(|e| format!("{}: {e}", self.path))?;
            if self.split.is_none() || self.split == story.split {
                self.story(&story, language, &mut out);
            }
        }
        Ok(out)
    }

    fn story(&self, story: &Story, language: Language, out: &mut Vec<Annotated>) {
        let mut bytes: Vec<usize> = story.text.char_indices().map(|(i, _)| i).collect();
        bytes.push(story.text.len());
        let entities: Vec<(usize, usize, EntityLabel)> = story
            .entities
            .iter()
            .filter_map(|(kind, from, to, _)| {
                let label = EntityLabel::from_label(self.labels.get(kind)?)?;
                Some((*bytes.get(*from)?, *bytes.get(*to)?, label))
            })
            .collect();
        let mut start = 0;
        for line in story.text.split_inclusive('\n') {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            for sentence in split_sentences(&story.text, span, language, 0) {
                let words: Vec<Word> = sentence
                    .tokens
                    .iter()
                    .enumerate()
                    .map(|(i, t)| blank(i as u32, t.span, t.span.of(&story.text)))
                    .collect();
                let entities = entities.iter().filter_map(|&(from, to, label)| {
                    let inside = |w: &&Word| w.span.start() < to && from < w.span.end();
                    let first = words.iter().find(inside)?.token;
                    let last = words.iter().rfind(inside)?.token;
                    let span = words[first as usize].span.cover(words[last as usize].span);
                    Some(NamedEntity { span, first, last, label })
                });
                let mut entities: Vec<NamedEntity> = entities.collect();
                entities.sort_by_key(|e| (e.first, std::cmp::Reverse(e.last)));
                entities.dedup_by(|later, earlier| later.first <= earlier.last);
                out.push(Annotated { text: story.text.clone(), sentence, parse: Parse { words, entities } });
            }
        }
    }
}

fn blank(token: u32, span: Span, form: &str) -> Word {
    Word {
        token,
        span,
        form: form.into(),
        lemma: form.into(),
        upos: Upos::X,
        feats: Feats::default(),
        head: None,
        deprel: Deprel { base: Relation::Dep, sub: "".into() },
    }
}

#[derive(Deserialize)]
struct Story {
    text: String,
    split: Option<String>,
    entities: Vec<(String, usize, usize, String)>,
}
