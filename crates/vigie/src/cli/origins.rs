//! `vigie origins`: where an event was born, and on which ways it was told.

use super::{From, Status, explain};
use crate::archive::Archive;
use crate::export::dot;
use crate::export::wire::Lines;
use crate::failure::Failure;
use crate::{origins, show};
use clap::ValueEnum;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The id of an event (e:…); a beginning that is unique is enough
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    from: From,
    /// How to print
    #[arg(long, value_enum, default_value_t = Shape::Text, value_name = "FORMAT")]
    format: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// For a person
    Text,
    /// One JSON record a line: nodes, then edges
    Jsonl,
    /// For Graphviz: `… | dot -Tsvg`
    Dot,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let reviewed = Archive::open_existing(&arguments.from.archive)?.reviewed()?;
    let events = reviewed.events();
    let event = explain::event(&arguments.id, &events)?;
    let graph = origins::graph(&reviewed.documents, event);
    match arguments.format {
        Shape::Text => show::origins(&graph, out),
        Shape::Jsonl => {
            let mut lines = Lines::new();
            lines.origins(&graph);
            lines.print(out)
        }
        Shape::Dot => dot::print(&graph, out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    Ok(Status::Found)
}
