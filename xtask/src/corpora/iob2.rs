//! Files with one word a line and its entity tag: number, word, tag. `# text = ` gives the sentence as written. Or word and
//! tag only; then blanks stand between all words.

use std::collections::BTreeMap;
use vigie_syntax::EntityLabel;
use vigie_text::Span;

/// One sentence.
#[derive(Debug, Default)]
pub(crate) struct Sentence {
    /// As written.
    pub(crate) text: String,
    /// Each word, and whether it begins or continues an entity of which label.
    words: Vec<(String, Option<(bool, EntityLabel)>)>,
}

impl Sentence {
    /// The entities, by place in the text, in order.
    ///
    /// # Errors
    /// If the words do not spell the text.
    pub(crate) fn entities(&self) -> Result<Vec<(Span, EntityLabel)>, String> {
        let mut out: Vec<(Span, EntityLabel)> = Vec::new();
        let mut at = 0;
        let mut open = None;
        for (word, tag) in &self.words {
            let rest = &self.text[at..];
            let start = at + rest.len() - rest.trim_start().len();
            if !self.text[start..].starts_with(word.as_str()) {
                return Err(format!("the word {word:?} is not where the text {:?} has it", self.text));
            }
            at = start + word.len();
            if let &Some((begins, label)) = tag {
                let span = Span::new(start, at);
                match out.last_mut() {
                    Some((whole, _)) if !begins && open == Some(label) => *whole = whole.cover(span),
                    _ => out.push((span, label)),
                }
                open = Some(label);
            } else {
                open = None;
            }
        }
        Ok(out)
    }
}

/// Reads a file. Labels are told by `labels`, or are ours already; words with others are outside of all entities.
///
/// # Errors
/// Says in which line something is missing.
pub(crate) fn read(file: &str, labels: &BTreeMap<String, String>) -> Result<Vec<Sentence>, String> {
    let mut out = Vec::new();
    let mut pending = Sentence::default();
    for (number, line) in file.lines().chain([""]).enumerate() {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            if !pending.words.is_empty() {
                out.push(std::mem::take(&mut pending));
            }
        } else if let Some(comment) = line.strip_prefix("# ") {
            if let Some(text) = comment.strip_prefix("text = ") {
                text.clone_into(&mut pending.text);
            }
        } else {
            let columns: Vec<&str> = line.split('\t').collect();
            let (word, tag) = match columns[..] {
                [word, tag] => {
                    pending.text += if pending.text.is_empty() { "" } else { " " };
                    pending.text += word;
                    (word, tag)
                }
                [_, word, tag, ..] => (word, tag),
                _ => return Err(format!("line {}: a word needs a form and a tag", number + 1)),
            };
            let tag = tag.split_once('-').and_then(|(begin, label)| {
                let label = EntityLabel::from_label(labels.get(label).map_or(label, String::as_str))?;
                Some((begin == "B", label))
            });
            pending.words.push((word.to_owned(), tag));
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::read;
    use std::collections::BTreeMap;

    const FILE: &str = "# text = Anna's in San Marino, Zed says.\n1\tAnna\tB-PER\t-\n2\t's\tO\t-\n3\tin\tO\t-\n\
                        4\tSan\tB-LOC\t-\n5\tMarino\tI-LOC\t-\n6\t,\tO\t-\n7\tZed\tB-OTH\t-\n8\tsays\tO\t-\n9\t.\tO\t-\n";

    #[test]
    fn entities_have_their_place_in_the_text() {
        let sentence = &read(FILE, &BTreeMap::new()).unwrap()[0];
        let found = sentence.entities().unwrap();
        let words: Vec<&str> = found.iter().map(|(span, _)| span.of(&sentence.text)).collect();
        assert_eq!(words, ["Anna", "San Marino"]);
    }

    #[test]
    fn labels_of_a_corpus_are_translated_and_other_texts_refused() {
        let labels = BTreeMap::from([("OTH".to_owned(), "MISC".to_owned())]);
        assert_eq!(read(FILE, &labels).unwrap()[0].entities().unwrap().len(), 3);
        let other = FILE.replace("4\tSan", "4\tSanta");
        assert!(read(&other, &labels).unwrap()[0].entities().is_err());
        assert!(read("Anna\n", &labels).is_err());
    }

    #[test]
    fn words_and_tags_alone_make_a_sentence() {
        let sentence = &read("San\tB-LOC\nMarino\tI-LOC\nwins\tO\n\t\n", &BTreeMap::new()).unwrap()[0];
        assert_eq!(sentence.text, "San Marino wins");
        assert_eq!(sentence.entities().unwrap()[0].0.of(&sentence.text), "San Marino");
    }
}
