//! `cargo xtask train LANGUAGE`: corpora to `model.bin`. For tuning, `hold-out=development out=FILE passes=6 ...`.

use crate::corpora::{Corpora, listed, workspace};
use crate::recipe;
use vigie_resources::Language;
use vigie_syntax::conllu::Annotated;
use vigie_syntax::train::{ANY_STYLE, Example, train as learn};
use vigie_syntax::{Parse, Word};

/// Sentences that are learnt from, and those that are kept to be scored, by corpus.
type Parted = (Vec<Example>, Vec<(String, Vec<Annotated>)>);

/// Styles that development scores are shown for: the first two corpora's, and none told.
const STYLES: [u32; 3] = [0, 1, ANY_STYLE];

/// Everything to learn from; the development corpora too, unless they are held out for tuning, and with them every
/// fifth sentence of the corpus that the option `hold-out` names.
fn examples(corpora: &Corpora, language: Language, hold_out: Option<&str>) -> Result<Parted, String> {
    let mut out = Vec::new();
    let mut kept = Vec::new();
    let treebanks = corpora.treebank.iter().chain(&corpora.development).map(|c| (c, true));
    for (k, (corpus, syntax)) in treebanks.chain(corpora.news.iter().map(|c| (c, false))).enumerate() {
        let (sentences, known) = corpus.lessons(language)?;
        let mut sentences: Vec<(Annotated, Vec<bool>)> = sentences.into_iter().zip(known).collect();
        println!("{}: {} sentences", corpus.name(), sentences.len());
        let development = syntax && k >= corpora.treebank.len();
        if development && hold_out.is_some() {
            kept.push((corpus.name().to_owned(), sentences.into_iter().map(|s| s.0).collect()));
            continue;
        }
        if development {
            kept.push((corpus.name().to_owned(), sentences.iter().map(|s| s.0.clone()).collect()));
        } else if hold_out == Some(corpus.name()) {
            let (mut own, mut others) = (Vec::new(), Vec::new());
            for (i, sentence) in sentences.into_iter().enumerate() {
                if i % 5 == 4 { own.push(sentence.0) } else { others.push(sentence) }
            }
            kept.push((corpus.name().to_owned(), own));
            sentences = others;
        }
        let short = sentences.into_iter().filter(|s| s.0.parse.words.len() <= 150);
        out.extend(short.map(|(s, known)| Example::new(&s, corpus.style, syntax, known, corpus.share)));
    }
    Ok((out, kept))
}

/// Trains and writes `resources/languages/LANGUAGE/model.bin`, or the file of option `out`.
#[allow(clippy::disallowed_methods, reason = "progress is shown in seconds; nothing that is written depends on it")]
pub(crate) fn train(code: &str, options: &[&str]) -> Result<(), String> {
    let language = Language::from_code(code).ok_or_else(|| format!("{code}: no such language pack"))?;
    let corpora = listed(code)?;
    let (recipe, others) = recipe::read(&corpora, options)?;
    let (examples, kept) = examples(&corpora, language, others.get("hold-out").map(String::as_str))?;
    let begun = std::time::Instant::now();
    let bytes = learn(&examples, language, &recipe, &|line, teachers| {
        println!("{:5.0} s  {line}", begun.elapsed().as_secs_f32());
        let Some(teachers) = teachers else { return };
        for (name, sentences) in &kept {
            for style in STYLES {
                let teachers = teachers.with_style(style);
                let scores = Score::of(&|words| teachers.parse_words(words), sentences);
                println!("  {name}, style {style}: {}", scores.line());
            }
        }
    });
    println!("{:5.0} s  done", begun.elapsed().as_secs_f32());
    let path = others
        .get("out")
        .map_or_else(|| workspace().join(format!("resources/languages/{code}/model.bin")), std::path::PathBuf::from);
    std::fs::write(&path, &bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("{}: {} bytes", path.display(), bytes.len());
    if others.contains_key("out") { Ok(()) } else { crate::card::write(code) }
}

/// A quick count while training: parts of speech, heads, heads with their universal relation; words aligned by place
/// in sentences whose tokens were split as in the corpus. The figures of record are those of `evaluate`.
#[derive(Default)]
struct Score {
    gold: u32,
    upos: u32,
    lemma: u32,
    feats: u32,
    head: u32,
    labelled: u32,
}

impl Score {
    fn of(parse: &dyn Fn(&[Word]) -> Parse, sentences: &[Annotated]) -> Self {
        let mut out = Self::default();
        for gold in sentences {
            let found = parse(&gold.parse.words).words;
            let words = &gold.parse.words;
            out.gold += words.len() as u32;
            if found.len() != words.len() {
                continue;
            }
            for (g, s) in words.iter().zip(&found) {
                out.upos += u32::from(g.upos == s.upos);
                out.lemma += u32::from(g.lemma == s.lemma);
                out.feats += u32::from(g.feats == s.feats);
                out.head += u32::from(g.head == s.head);
                out.labelled += u32::from(g.head == s.head && g.deprel.base == s.deprel.base);
            }
        }
        out
    }

    fn line(&self) -> String {
        let share = |n: u32| 100.0 * f64::from(n) / f64::from(self.gold.max(1));
        format!(
            "UPOS {:.2}  UFeats {:.2}  lemma {:.2}  UAS {:.2}  LAS {:.2}",
            share(self.upos),
            share(self.feats),
            share(self.lemma),
            share(self.head),
            share(self.labelled)
        )
    }
}
