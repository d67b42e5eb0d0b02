//! `cargo xtask card LANGUAGE`: writes `model.md`, the card of a shipped model, from the model and its corpora.

use crate::corpora::{Corpora, listed, workspace};
use crate::evaluate::lines;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use vigie_resources::Language;
use vigie_syntax::Model;

fn corpora_table(corpora: &Corpora, language: Language, out: &mut String) -> Result<(), String> {
    out.push_str("| corpus | licence | sentences | used in | style |\n|---|---|--:|--:|--:|\n");
    for corpus in corpora.treebank.iter().chain(&corpora.development).chain(&corpora.news) {
        let size = corpus.sentences(language)?.len();
        let (name, share) = (corpus.name(), corpus.share * 100.0);
        let _ = writeln!(out, "| {name} | {} | {size} | {share:.0} % of passes | {} |", corpus.licence, corpus.style);
    }
    if let Some(lexicon) = &corpora.lexicon {
        let _ = writeln!(out, "| {} (forms) | {} | | `lexicon.bin` | |", lexicon.name, lexicon.licence);
    }
    Ok(())
}

/// Writes `resources/languages/LANGUAGE/model.md`.
pub(crate) fn write(code: &str) -> Result<(), String> {
    let language = Language::from_code(code).ok_or_else(|| format!("{code}: no such language pack"))?;
    let corpora = listed(code)?;
    let folder = workspace().join(format!("resources/languages/{code}"));
    let path = folder.join("model.bin");
    let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let model = Model::load(&bytes, Some(language)).map_err(|e| format!("{}: {e}", path.display()))?;
    let sum: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    let recipe = crate::recipe::read(&corpora, &[])?.0;
    let (s, teacher) = (&recipe.student, &recipe.teacher);
    let mut out = format!("# Syntax model `{code}`\n\n");
    out.push_str(
        "Splits contractions, tags (UPOS, features), lemmatises, parses (Universal Dependencies 2 with the subtypes of \
         the treebanks) and marks named entities (PER, LOC, ORG, MISC).\n\n## Learnt from\n\n",
    );
    corpora_table(&corpora, language, &mut out)?;
    let _ = writeln!(
        out,
        "\nNews corpora teach entities, and syntax as the teachers read them. Annotation styles differ between treebanks; \
         the style is an input, which is left out of some lessons, and parses follow style {}.\n\n## Recipe\n\n\
         `cargo xtask train {code}` (the table `recipe` of `xtask/corpora/{code}.toml`). Network: hashed embeddings of \
         words, affixes, letter groups, shapes and readings in the lexicon (rows {:?}, columns {:?}), marks of the lists of names, {} residual \
         convolution and {} layers of simple recurrent units over states of width {}, one linear layer a task, arcs \
         scored by a matrix between two views of {} numbers and by distance, relations by views of {}, the best tree by \
         maximum spanning arborescence. Adam with largest rate {}, steps of {} words, dropout {:?}, seed {}; the average \
         of the weights is kept, as bytes with one scale a row. A share of the sentences is rewritten (capitals, \
         accents, quotes, final stop) in each pass. {} teachers (width {}, arcs {}, {} passes, rate {}, dropout {:?}, \
         seeds from {}) read every sentence; the student learns {} passes, half from the gold and half from their \
         average, or from them alone where there is no gold. No vectors or models of others.",
        model.style(),
        s.rows,
        s.cols,
        s.convolutions,
        s.recurrences,
        s.width,
        s.arc,
        s.relation,
        s.rate,
        s.batch,
        s.dropout,
        s.seed,
        recipe.teachers,
        teacher.width,
        teacher.arc,
        teacher.passes,
        teacher.rate,
        teacher.dropout,
        teacher.seed + 100,
        s.passes
    );
    out.push_str(
        "\n## Scores\n\nF1 in percent by the definitions of the CoNLL 2018 shared task; gold: sentences and tokens were given, \
         raw: the bare text. Test corpora were never trained on. Peers and errors: \
         `evaluation/reports/",
    );
    let _ = writeln!(out, "{code}/syntax.txt`.\n");
    for line in lines(model, language)? {
        let _ = writeln!(out, "- {line}");
    }
    let _ = writeln!(out, "\n## File\n\n`model.bin`: {} bytes, sha256 `{sum}`", bytes.len());
    let card = folder.join("model.md");
    std::fs::write(&card, out).map_err(|e| format!("{}: {e}", card.display()))
}
