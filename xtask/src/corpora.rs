//! The corpora that `corpora/LANGUAGE.toml` lists, read from the folder of shared data.

pub(crate) mod iob2;
mod lessons;
mod mentions;
mod trust;

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vigie_resources::Language;
use vigie_syntax::conllu::{self, Annotated};
use vigie_syntax::{Deprel, EntityLabel, Feats, NamedEntity, Parse, Relation, Upos, Word};
use vigie_text::{Sentence, Span, split_sentences, tokenise};

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
    /// Its proper nouns that the lists of names know are learnt as entities. For languages whose names hold no common
    /// nouns, as those of the ministries of French do.
    #[serde(default)]
    pub(crate) silver: bool,
}

fn whole() -> f32 {
    1.0
}

/// What a corpus file looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Trees.
    Conllu,
    /// Words with entity tags.
    Iob2,
    /// JSON lines: stories with entities.
    Stories,
}

/// All corpora of a language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Corpora {
    /// See `recipe`.
    #[serde(default)]
    pub(crate) recipe: BTreeMap<String, toml::Value>,
    /// The lexicon of inflected forms, where there is one.
    pub(crate) lexicon: Option<crate::lexicon::Source>,
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
pub(crate) fn unpack(path: &str) -> Result<String, String> {
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

    /// What the file looks like.
    pub(crate) fn format(&self) -> Format {
        if self.path.contains(".conllu") {
            Format::Conllu
        } else if self.path.contains(".iob2") || self.path.contains(".conll.") {
            Format::Iob2
        } else {
            Format::Stories
        }
    }

    /// The file, unpacked.
    pub(crate) fn text(&self) -> Result<String, String> {
        unpack(&self.path)
    }

    /// Its stories, if it is made of stories.
    pub(crate) fn stories(&self) -> Result<Vec<Story>, String> {
        let mut out = Vec::new();
        for line in self.text()?.lines() {
            let story: Story = serde_json::from_str(line).map_err(|e| format!("{}: {e}", self.path))?;
            if self.split.is_none() || self.split == story.split {
                out.push(story);
            }
        }
        Ok(out)
    }

    /// Its sentences.
    pub(crate) fn sentences(&self, language: Language) -> Result<Vec<Annotated>, String> {
        let fault = |e: String| format!("{}: {e}", self.path);
        match self.format() {
            Format::Conllu => conllu::read(&self.text()?).map_err(|e| fault(e.to_string())),
            Format::Iob2 => {
                let sentences = iob2::read(&self.text()?, &self.labels).map_err(fault)?;
                let annotate = |s: iob2::Sentence| {
                    let entities: Vec<_> = s.entities()?.into_iter().map(|(e, l)| (e.start(), e.end(), l)).collect();
                    let span = Span::new(0, s.text.len());
                    let tokens = tokenise(&s.text, span, language);
                    let sentence = Sentence { span, headline: false, part: 0, tokens };
                    Ok(annotated(&s.text, sentence, &entities))
                };
                sentences.into_iter().map(annotate).collect::<Result<_, String>>().map_err(fault)
            }
            Format::Stories => {
                let mut out = Vec::new();
                self.stories()?.iter().for_each(|story| self.story(story, language, &mut out));
                Ok(out)
            }
        }
    }

    fn story(&self, story: &Story, language: Language, out: &mut Vec<Annotated>) {
        let entities = story.labelled(&self.labels);
        let entities: Vec<_> = entities.into_iter().map(|(e, label)| (e.start(), e.end(), label)).collect();
        let mut start = 0;
        for line in story.text.split_inclusive('\n') {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            for sentence in split_sentences(&story.text, span, language, 0) {
                out.push(annotated(&story.text, sentence, &entities));
            }
        }
    }
}

/// A sentence whose words are its tokens and which has no tree, with those of the entities that touch its tokens.
fn annotated(text: &str, sentence: Sentence, entities: &[(usize, usize, EntityLabel)]) -> Annotated {
    let words: Vec<Word> =
        sentence.tokens.iter().enumerate().map(|(i, t)| blank(i as u32, t.span, t.span.of(text))).collect();
    let entities = entities.iter().filter_map(|&(from, to, label)| {
        let inside = |w: &&Word| w.span.start() < to && from < w.span.end();
        let first = words.iter().find(inside)?.token;
        let last = words.iter().rfind(inside)?.token;
        let span = words[first as usize].span.cover(words[last as usize].span);
        Some(NamedEntity { span, first, last, label })
    });
    let mut entities: Vec<NamedEntity> = entities.collect();
    // Of nested names the outer one counts; but the place in the name of a battle is worth more than the battle.
    entities.sort_by_key(|e| (e.label == EntityLabel::Miscellaneous, e.first, std::cmp::Reverse(e.last)));
    let mut kept: Vec<NamedEntity> = Vec::new();
    for entity in entities {
        if kept.iter().all(|other| entity.last < other.first || other.last < entity.first) {
            kept.push(entity);
        }
    }
    kept.sort_by_key(|e| e.first);
    let entities = kept;
    Annotated { text: text.to_owned(), sentence, parse: Parse { words, entities } }
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

/// One story of a file of stories: a JSON object a line.
#[derive(Debug, Deserialize)]
pub(crate) struct Story {
    pub(crate) text: String,
    split: Option<String>,
    /// Kind, first character, character behind the last, words.
    entities: Vec<(String, usize, usize, String)>,
}

impl Story {
    /// Its entities whose kind has one of our labels, in the order of the file.
    pub(crate) fn labelled(&self, labels: &BTreeMap<String, String>) -> Vec<(Span, EntityLabel)> {
        let mut bytes: Vec<usize> = self.text.char_indices().map(|(i, _)| i).collect();
        bytes.push(self.text.len());
        let one = |(kind, from, to, _): &(String, usize, usize, String)| {
            let label = EntityLabel::from_label(labels.get(kind)?)?;
            let (from, to) = (*bytes.get(*from)?, *bytes.get(*to)?);
            (from <= to).then(|| (Span::new(from, to), label))
        };
        self.entities.iter().filter_map(one).collect()
    }
}
