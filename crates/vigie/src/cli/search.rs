//! `vigie search`: stories found by their words, in any inflection.

use super::{Format, From, Output, Status};
use crate::archive::{Archive, Hit};
use crate::export::wire::Lines;
use crate::failure::Failure;
use crate::filter::Filter;
use crate::record::DocumentRecord;
use crate::show;
use crate::terms::Question;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Words that must all stand in a story, in any inflection; "words between quotation marks" stand together
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    #[command(flatten)]
    from: From,
    /// Show so many stories at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let question = Question::new(&asked(&arguments.words));
    if question.is_empty() {
        return Err(Failure::new("there is no word to search for", "give one, for instance: vigie search siege"));
    }
    let archive = Archive::open_existing(&arguments.from.archive)?;
    let found: Vec<Hit> = archive.search(&question)?;
    let mut documents: BTreeMap<_, DocumentRecord> = BTreeMap::new();
    let mut hits = Vec::new();
    let all = found.len();
    for hit in found {
        if hits.len() == arguments.limit && !arguments.filter.is_set() {
            break;
        }
        let document = match documents.entry(hit.document) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(room) => match archive.document(hit.document)? {
                Some(document) => room.insert(document),
                None => continue,
            },
        };
        let mut claims = document.claims.iter().filter(|c| c.story == hit.story);
        if !arguments.filter.is_set() || claims.any(|claim| arguments.filter.passes(claim)) {
            hits.push(hit);
        }
    }
    let total = if arguments.filter.is_set() { hits.len() } else { all };
    hits.truncate(arguments.limit);
    let shown: Vec<(&DocumentRecord, &Hit)> = hits.iter().map(|hit| (&documents[&hit.document], hit)).collect();
    match arguments.output.format {
        Format::Jsonl => {
            let mut lines = Lines::new();
            shown.iter().for_each(|(document, hit)| lines.hit(document, hit));
            lines.print(out)
        }
        Format::Text => show::hits(&shown, total, show::width(), out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    Ok(if shown.is_empty() { Status::Nothing } else { Status::Found })
}

/// The question as one text. What the shell handed over as one argument of several words was a phrase.
fn asked(words: &[String]) -> String {
    let quoted =
        |word: &String| if words.len() > 1 && word.contains(' ') { format!("\"{word}\"") } else { word.clone() };
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}
