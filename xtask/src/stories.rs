//! `cargo xtask train common LANGUAGE`, `train senses LANGUAGE` and `train stories`: the tables by which pages are taken apart into stories.

use crate::corpora::{Corpora, Format, listed, workspace};
use sha2::{Digest, Sha256};
use vigie_resources::Language;
use vigie_text::{Told, learn_common, learn_grouping, learn_senses};

/// Languages that stories are learnt from. What is learnt counts terms and asks for none of them, so it serves all.
const TOLD_IN: [&str; 1] = ["fr"];
/// Shorter lines are datelines and captions.
const SHORTEST: usize = 25;

/// The paragraphs of a text of one paragraph a line.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let long = text.lines().map(str::trim).filter(|line| line.len() > SHORTEST);
    // "10 janvier 2016 . –" is a dateline by itself.
    long.filter(|line| !line.ends_with(". –")).map(str::to_owned).collect()
}

/// The documents of a treebank, each its paragraphs: the sentences between two marks of a new one.
fn of_treebank(text: &str) -> Vec<Vec<String>> {
    let mut stories = vec![vec![String::new()]];
    for line in text.lines() {
        if line.starts_with("# newdoc") {
            stories.push(vec![String::new()]);
        } else if line.starts_with("# newpar")
            && let Some(story) = stories.last_mut()
        {
            story.push(String::new());
        }
        if let (Some(sentence), Some(last)) =
            (line.strip_prefix("# text = "), stories.last_mut().and_then(|story| story.last_mut()))
        {
            last.push_str(sentence);
            last.push(' ');
        }
    }
    stories
}

/// News where there is any, else the treebanks.
fn known(corpora: &Corpora) -> Result<(Vec<Vec<String>>, Vec<&str>), String> {
    let mut out = Vec::new();
    let mut names = Vec::new();
    let news: Vec<_> = corpora.news.iter().filter(|c| c.format() == Format::Stories).collect();
    for corpus in &news {
        names.push(corpus.name());
        out.extend(corpus.stories()?.iter().map(|story| paragraphs(&story.text)));
    }
    for corpus in corpora.treebank.iter().filter(|c| news.is_empty() && c.format() == Format::Conllu) {
        names.push(corpus.name());
        out.extend(of_treebank(&corpus.text()?));
    }
    Ok((out, names))
}

/// Writes `common.tsv` of a language.
pub(crate) fn common(code: &str) -> Result<(), String> {
    let language = Language::from_code(code).ok_or_else(|| format!("{code}: no such language pack"))?;
    let corpora = listed(code)?;
    let (stories, names) = known(&corpora)?;
    let path = workspace().join(format!("resources/languages/{code}/common.tsv"));
    let head = format!(
        "# In how many of 10,000 paragraphs a term stands: =country, ^name, &two_names, #number, or the first six letters \
         of a word.\n# Counted over the training parts of {} (see ATTRIBUTION.md) by `cargo xtask train common {code}`.\n",
        names.join(", ")
    );
    let rows = learn_common(language, &stories);
    println!("{}: {} stories, {} terms", path.display(), stories.len(), rows.lines().count());
    std::fs::write(&path, head + &rows).map_err(|e| format!("{}: {e}", path.display()))
}

/// Writes `senses.bin` of a language.
pub(crate) fn senses(code: &str) -> Result<(), String> {
    let language = Language::from_code(code).ok_or_else(|| format!("{code}: no such language pack"))?;
    let corpora = listed(code)?;
    let (stories, names) = known(&corpora)?;
    let bytes = learn_senses(language, &stories);
    let path = workspace().join(format!("resources/languages/{code}/senses.bin"));
    println!("{} documents of {}", stories.len(), names.join(", "));
    put(&path, &bytes)
}

fn put(path: &std::path::Path, bytes: &[u8]) -> Result<(), String> {
    let sum = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect::<String>();
    println!("{}: {} bytes, sha256 {sum}", path.display(), bytes.len());
    std::fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))
}

/// Writes `stories/grouping.bin`, or the file named.
pub(crate) fn train(out: Option<&str>) -> Result<(), String> {
    let mut told = Vec::new();
    for code in TOLD_IN {
        let language = Language::from_code(code).ok_or_else(|| format!("{code}: no such language pack"))?;
        for corpus in listed(code)?.news.iter().filter(|c| c.format() == Format::Stories) {
            let stories = corpus.stories()?.into_iter().map(|story| paragraphs(&story.text)).filter(|p| p.len() > 1);
            told.extend(stories.map(|paragraphs| Told { language, paragraphs }));
        }
    }
    let bytes = learn_grouping(&told);
    let path = out.map_or_else(|| workspace().join("resources/stories/grouping.bin"), std::path::PathBuf::from);
    println!("{} stories", told.len());
    put(&path, &bytes)
}
