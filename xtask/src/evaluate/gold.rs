//! A test corpus as the evaluation needs it: the annotated file, and the bare text that it was made from.

use super::document::{Document, Entity, Place, letters};
use crate::corpora::{Corpus, Format, iob2};
use vigie_resources::Language;
use vigie_syntax::conllu::Annotated;

/// One test.
pub(super) struct Gold {
    pub(super) name: String,
    /// What is right.
    pub(super) document: Document,
    /// Sentences cut as in the corpus, for systems that are given them; none where the corpus has no sentences.
    pub(super) sentences: Vec<Annotated>,
    /// The text alone.
    pub(super) text: String,
    /// Does it hold trees?
    pub(super) syntax: bool,
}

impl Gold {
    pub(super) fn of(corpus: &Corpus, language: Language) -> Result<Self, String> {
        let format = corpus.format();
        let fault = |e: String| format!("{}: {e}", corpus.path);
        let (document, text) = match format {
            Format::Conllu => {
                let file = corpus.text()?;
                (Document::read(&file).map_err(fault)?, raw_text(&file))
            }
            Format::Iob2 => {
                let file = corpus.text()?;
                let document = tagged(&iob2::read(&file, &corpus.labels).map_err(fault)?);
                (document.map_err(fault)?, raw_text(&file))
            }
            Format::Stories => stories(corpus)?,
        };
        let sentences = if format == Format::Stories { Vec::new() } else { corpus.sentences(language)? };
        let split = corpus.split.as_deref().map_or(String::new(), |split| format!("-{split}"));
        let kind = if format == Format::Iob2 { "-entities" } else { "" };
        let name = format!("{}{split}{kind}", corpus.name());
        Ok(Self { name, document, sentences, text, syntax: format == Format::Conllu })
    }
}

/// The text of a file with `# text` lines: a space between two sentences, an empty line between paragraphs.
pub(super) fn raw_text(file: &str) -> String {
    let mut out = String::new();
    let mut between = "";
    for line in file.lines() {
        let Some(comment) = line.strip_prefix('#').map(str::trim_start) else { continue };
        if comment.starts_with("newpar") || comment.starts_with("newdoc") {
            between = "\n\n";
        } else if let Some(text) = comment.strip_prefix("text = ") {
            if !out.is_empty() {
                out.push_str(between);
            }
            out.push_str(text);
            between = " ";
        }
    }
    out.push('\n');
    out
}

/// Sentences and entities of an IOB2 file. Its words are no tokens of the text ("it's" is two), so none are told.
fn tagged(sentences: &[iob2::Sentence]) -> Result<Document, String> {
    let mut document = Document::default();
    for sentence in sentences {
        let start = document.text.len();
        document.text.extend(letters(&sentence.text));
        document.sentences.push(Place { start, end: document.text.len() });
        for (span, label) in sentence.entities()? {
            let first = start + letters(&sentence.text[..span.start()]).count();
            let end = first + letters(span.of(&sentence.text)).count();
            document.entities.push(Entity { place: Place { start: first, end }, label });
        }
    }
    Ok(document)
}

/// Stories one after another. An entity inside another one is left out: the answer has one layer only.
fn stories(corpus: &Corpus) -> Result<(Document, String), String> {
    let (mut document, mut out) = (Document::default(), String::new());
    for story in corpus.stories()? {
        let begin = document.text.len();
        document.text.extend(letters(&story.text));
        let mut entities: Vec<Entity> = Vec::new();
        for (span, label) in story.labelled(&corpus.labels) {
            let start = begin + letters(&story.text[..span.start()]).count();
            let end = start + letters(span.of(&story.text)).count();
            entities.push(Entity { place: Place { start, end }, label });
        }
        entities.retain(|e| e.place.start < e.place.end);
        entities.sort_by_key(|e| (e.place.start, std::cmp::Reverse(e.place.end)));
        entities.dedup_by(|later, earlier| later.place.start < earlier.place.end);
        document.entities.extend(entities);
        out.push_str(&story.text);
        out.push_str("\n\n");
    }
    Ok((document, out))
}
