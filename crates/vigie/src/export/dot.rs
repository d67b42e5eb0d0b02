//! The graph of origins for Graphviz.

use crate::origins::{EdgeKind, NodeKind, OriginGraph};
use std::io::{self, Write};

/// Writes the graph in the DOT language.
///
/// # Errors
/// When it cannot be written.
pub fn print(graph: &OriginGraph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph origins {{\n  rankdir=LR;\n  node [shape=box];")?;
    for node in &graph.nodes {
        let shape = match node.kind {
            NodeKind::Outlet => "plaintext",
            NodeKind::Story => "note",
            NodeKind::Relay | NodeKind::Source => "box",
            NodeKind::Origin => "ellipse",
        };
        let mut label = node.name.clone().unwrap_or_else(|| node.id.clone());
        if let Some(sort) = node.sort {
            label = format!("{label}\n{}", sort.as_str());
        }
        writeln!(out, "  {} [shape={shape}, label={}];", quoted(&node.id), quoted(&label))?;
    }
    for edge in &graph.edges {
        let style = match edge.kind {
            EdgeKind::Prints => "style=dotted",
            EdgeKind::Copies => "style=dashed",
            EdgeKind::Cites => "style=solid",
        };
        writeln!(
            out,
            "  {} -> {} [{style}, label={}];",
            quoted(&edge.from),
            quoted(&edge.to),
            quoted(edge.kind.as_str())
        )?;
    }
    writeln!(out, "}}")
}

/// A string of the DOT language.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn strings_cannot_break_out() {
        assert_eq!(quoted("a \"b\" \\\nc"), "\"a \\\"b\\\" \\\\\\nc\"");
    }
}
