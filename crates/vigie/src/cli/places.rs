//! `vigie places`: text on standard input, one line a mention of a place with its point.

use super::parse::sentences;
use super::standard_input::StandardInput;
use super::{Format, Output, Status};
use crate::export::wire::place_line;
use crate::failure::Failure;
use std::io::Write;
use vigie_places::{Located, locate, mentions, relatives};
use vigie_resources::{Language, locate_words};
use vigie_syntax::{EntityLabel, Model};
use vigie_text::Span;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: StandardInput,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let (text, language) = arguments.input.read()?;
    let words = locate_words(language);
    let (places, others) = entities(&text, language);
    let spans = mentions(&text, &places, &others, words);
    let located = locate(&text, &spans, language, &[]);
    let relative = relatives(&text, &located, language);
    for (at, mention) in located.iter().enumerate() {
        let around = relative.iter().find(|r| r.anchors.contains(&at));
        let line = match arguments.output.format {
            Format::Jsonl => place_line(&text, mention, around),
            Format::Text => plain(&text, mention),
        };
        writeln!(out, "{line}").map_err(|e| Failure::of_output(&e))?;
    }
    Ok(if located.is_empty() { Status::Nothing } else { Status::Found })
}

/// What the recogniser of names holds for places, and what it holds for something else; nothing where no model is
/// shipped: then the lists alone find the mentions.
fn entities(text: &str, language: Language) -> (Vec<Span>, Vec<Span>) {
    let (mut places, mut others) = (Vec::new(), Vec::new());
    let Some(model) = Model::for_language(language) else { return (places, others) };
    for entity in model.parse_all(text, &sentences(text, language)).iter().flat_map(|p| &p.entities) {
        if entity.label == EntityLabel::Location { places.push(entity.span) } else { others.push(entity.span) }
    }
    (places, others)
}

/// Span, words, point, radius, id, name, kind, confidence, parted by tabs.
fn plain(text: &str, mention: &Located) -> String {
    let span = mention.span;
    let words = span.of(text).replace(['\t', '\n', '\r'], " ");
    let Some(place) = &mention.place else { return format!("{}..{}\t{words}\t-", span.start(), span.end()) };
    let degrees = |micro: i32| f64::from(micro) / 1e6;
    let name = if place.name.is_empty() { words.as_str() } else { place.name };
    format!(
        "{}..{}\t{words}\t{:.4} {:.4}\t{} km\t{}\t{name}\t{:?}\t{}\t{} %",
        span.start(),
        span.end(),
        degrees(place.point.0),
        degrees(place.point.1),
        mention.radius_km,
        place.id,
        place.kind,
        if place.country.is_empty() { "-" } else { place.country },
        mention.confidence
    )
}
