//! The ways on which an event was told, for a person: each story with those it has it from.

use super::style::{FAINT, FIRM, SOURCE, STRONG, paint};
use super::words::plural;
use crate::origins::{Edge, EdgeKind, Node, NodeKind, OriginGraph};
use std::io::{self, Write};

/// Shows the graph, story by story.
pub fn origins(graph: &OriginGraph, out: &mut dyn Write) -> io::Result<()> {
    let count = |kind: NodeKind| graph.nodes.iter().filter(|n| n.kind == kind).count();
    let (stories, outlets) = (count(NodeKind::Story), count(NodeKind::Outlet));
    let voices = plural(graph.independent, "independent origin");
    writeln!(out, "{}  {} of {}", paint(FIRM, voices), plural(stories, "story"), plural(outlets, "outlet"))?;
    for story in graph.nodes.iter().filter(|n| n.kind == NodeKind::Story) {
        let outlet = graph.edges.iter().find(|e| e.kind == EdgeKind::Prints && e.to == story.id);
        let outlet = outlet.and_then(|e| graph.node(&e.from)).map_or("unknown outlet", name);
        writeln!(out, "\n{}  {}  {}", paint(STRONG, outlet), name(story), paint(FAINT, &story.id))?;
        for edge in graph.from(&story.id) {
            way(graph, edge, 1, out)?;
        }
    }
    Ok(())
}

/// One step and those behind it. Copies are shown where they stand themselves.
fn way(graph: &OriginGraph, edge: &Edge, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(node) = graph.node(&edge.to) else { return Ok(()) };
    let indent = "  ".repeat(depth);
    if edge.kind == EdgeKind::Copies {
        let sentences = plural(edge.sentences, "sentence");
        return writeln!(
            out,
            "{indent}{} {}  {}",
            paint(FAINT, format!("copies {sentences} of")),
            name(node),
            paint(FAINT, &node.id)
        );
    }
    let sort = node.sort.map_or(node.kind.as_str(), |sort| sort.as_str());
    let side = node.side.as_deref().map(|side| format!(", {side}")).unwrap_or_default();
    let detail = paint(FAINT, format!("({sort}{side}; {})", plural(edge.claims.len(), "claim")));
    writeln!(out, "{indent}→ {} {detail}", paint(SOURCE, name(node)))?;
    // A chain of sources is as long as a sentence can nest it; a ring would be a fault, and must not run for ever.
    for next in graph.from(&node.id).filter(|_| depth < 8) {
        way(graph, next, depth + 1, out)?;
    }
    Ok(())
}

fn name(node: &Node) -> &str {
    node.name.as_deref().unwrap_or("not named")
}
