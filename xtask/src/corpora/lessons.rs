//! Sentences to learn entities from, and for each word whether its tag is known: not everything that a corpus leaves
//! unmarked is no name.

use super::{Corpus, Format, mentions, trust};
use vigie_resources::Language;
use vigie_syntax::conllu::Annotated;
use vigie_syntax::project;

/// Annotated sentences, and for each of their words whether its entity tag can be trusted.
pub(crate) type Lessons = (Vec<Annotated>, Vec<Vec<bool>>);

impl Corpus {
    /// Its sentences with the entities to learn. A treebank holds some if its entry names `labels`, the kinds of its
    /// mentions; if it says `silver`, it gets those that the lists of names tell without doubt. Stories are mended; other
    /// files are taken as they are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn lessons(&self, language: Language) -> Result<Lessons, String> {
        let mut sentences = self.sentences(language)?;
        let known = match self.format() {
            Format::Conllu if !self.labels.is_empty() => {
                mentions::name(&self.text()?, &mut sentences, &self.labels, language)
                    .map_err(|e| format!("{}: {e}", self.path))?
            }
            Format::Conllu if self.silver => sentences.iter_mut().map(|s| silver(s, language)).collect(),
            Format::Conllu => sentences.iter().map(|s| vec![false; s.parse.words.len()]).collect(),
            Format::Stories => trust::mend(&mut sentences),
            Format::Iob2 => sentences.iter().map(|s| vec![true; s.parse.words.len()]).collect(),
        };
        Ok((sentences, known))
    }
}

/// Labels what the lists of names know; a sentence that has entities already keeps them.
fn silver(sentence: &mut Annotated, language: Language) -> Vec<bool> {
    if !sentence.parse.entities.is_empty() {
        return vec![true; sentence.parse.words.len()];
    }
    let (entities, known) = project(&sentence.parse.words, language);
    sentence.parse.entities = entities;
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpora::mentions;
    use std::collections::BTreeMap;
    use vigie_syntax::conllu;

    const SENTENCE: &str = "\
# text = The president of France met Dr. Anna Weber of Red Cross.
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(1-person-new-cf1-2-sgl
2\tpresident\tpresident\tNOUN\tNN\t_\t5\tnsubj\t_\t_
3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_
4\tFrance\tFrance\tPROPN\tNNP\t_\t2\tnmod\t_\tEntity=(2-place-new-cf2-1-sgl)1)
5\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
6\tDr.\tDr.\tPROPN\tNNP\t_\t5\tobj\t_\tEntity=(3-person-new-cf3-1,2,3-sgl
7\tAnna\tAnna\tPROPN\tNNP\t_\t6\tflat\t_\t_
8\tWeber\tWeber\tPROPN\tNNP\t_\t6\tflat\t_\t_
9\tof\tof\tADP\tIN\t_\t11\tcase\t_\t_
10\tRed\tRed\tPROPN\tNNP\t_\t11\tcompound\t_\tEntity=(4-organization-new-cf4-2-sgl
11\tCross\tCross\tPROPN\tNNP\t_\t6\tnmod\t_\tEntity=4)3)|SpaceAfter=No
12\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

";

    #[test]
    fn names_are_told_from_other_mentions_and_lose_their_titles() {
        let Some(english) = Language::from_code("en") else { return };
        let kinds = [("person", "PER"), ("place", "LOC"), ("organization", "ORG")];
        let labels: BTreeMap<String, String> = kinds.map(|(a, b)| (a.to_owned(), b.to_owned())).into();
        let mut sentences = conllu::read(SENTENCE).unwrap();
        let known = mentions::name(SENTENCE, &mut sentences, &labels, english).unwrap();
        let found: Vec<&str> = sentences[0].parse.entities.iter().map(|e| e.span.of(&sentences[0].text)).collect();
        assert_eq!(found, ["France", "Anna Weber", "Red Cross"]);
        assert!(known[0].iter().all(|k| *k));
    }

    #[test]
    fn a_name_that_is_annotated_elsewhere_is_not_trusted_where_it_stands_bare() {
        let file = "# text = Alep tombe\n1\tAlep\tAlep\tPROPN\t_\t_\t2\tnsubj\t_\tEntity=B-LOC\n2\ttombe\ttomber\tVERB\t_\t_\t0\troot\t_\t_\n\n\
            # text = Alep tombe\n1\tAlep\tAlep\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\ttombe\ttomber\tVERB\t_\t_\t0\troot\t_\t_\n\n";
        let mut sentences = conllu::read(file).unwrap();
        assert_eq!(trust::mend(&mut sentences), [[true, true], [false, true]]);
    }
}
