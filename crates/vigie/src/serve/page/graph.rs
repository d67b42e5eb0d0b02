//! Where an event comes from, drawn: outlets, their stories, who passed it on, and the origins, from left to right. The same
//! ways as a list stand below the picture, for whoever does not see it.

use crate::messages::Messages;
use crate::origins::{Edge, EdgeKind, Node, NodeKind, OriginGraph};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Sizes in units of the picture: of a box, the room between two, and letters that a box has room for.
const WIDTH: usize = 190;
const HEIGHT: usize = 34;
const ACROSS: usize = 62;
const DOWN: usize = 12;
const LETTERS: usize = 27;

/// A graph with more boxes than this is only listed.
const MOST: usize = 80;

/// The picture with its list, as HTML.
pub(super) fn html(graph: &OriginGraph, messages: &Messages) -> String {
    let mut out = String::new();
    if graph.nodes.len() <= MOST {
        svg(graph, messages, &mut out);
    }
    // A string takes text without fail.
    let _ = write!(out, "<ul class=\"ways{}\">", if graph.nodes.len() <= MOST { " unseen" } else { "" });
    for edge in &graph.edges {
        let name = |id: &str| graph.node(id).map(|n| label(n, messages)).unwrap_or_default();
        let _ = write!(
            out,
            "<li>{} → {}{}</li>",
            escape(&name(&edge.from)),
            escape(&name(&edge.to)),
            copied(edge, messages)
        );
    }
    out.push_str("</ul>");
    out
}

fn copied(edge: &Edge, messages: &Messages) -> String {
    if edge.kind == EdgeKind::Copies { format!(" ({})", escape(&messages.word("page-copies"))) } else { String::new() }
}

fn svg(graph: &OriginGraph, messages: &Messages, out: &mut String) {
    let mut columns: BTreeMap<NodeKind, Vec<&Node>> = BTreeMap::new();
    for node in &graph.nodes {
        columns.entry(node.kind).or_default().push(node);
    }
    let rows = columns.values().map(Vec::len).max().unwrap_or(0);
    let (width, height) =
        (columns.len() * (WIDTH + ACROSS) - ACROSS.min(columns.len() * ACROSS), rows * (HEIGHT + DOWN) + 26);
    let mut places: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let _ = write!(
        out,
        "<svg class=\"origins\" viewBox=\"0 0 {} {height}\" role=\"img\" aria-label=\"{}\">",
        width.max(WIDTH),
        escape(&messages.word("page-graph"))
    );
    let mut boxes = String::new();
    for (at, (kind, nodes)) in columns.iter().enumerate() {
        let x = at * (WIDTH + ACROSS);
        let head = messages.word(&format!("page-node-{}", kind.as_str()));
        let _ = write!(boxes, "<text class=\"head\" x=\"{x}\" y=\"14\">{}</text>", escape(&head));
        for (row, node) in nodes.iter().enumerate() {
            let y = 24 + row * (HEIGHT + DOWN) + (rows - nodes.len()) * (HEIGHT + DOWN) / 2;
            places.insert(&node.id, (x, y));
            let _ = write!(
                boxes,
                "<g class=\"node n-{}\"><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"4\"/><text x=\"{}\" y=\"{}\">{}</text></g>",
                kind.as_str(),
                escape(&label(node, messages)),
                x + 8,
                y + HEIGHT / 2 + 5,
                escape(&short(&label(node, messages)))
            );
        }
    }
    for edge in &graph.edges {
        let (Some(from), Some(to)) = (places.get(edge.from.as_str()), places.get(edge.to.as_str())) else { continue };
        line(edge.kind, *from, *to, out);
    }
    out.push_str(&boxes);
    out.push_str("</svg>");
}

/// A way from the right side of one box to the left side of another; within a column around its right side.
fn line(kind: EdgeKind, from: (usize, usize), to: (usize, usize), out: &mut String) {
    let (x1, y1) = (from.0 + WIDTH, from.1 + HEIGHT / 2);
    let (same, y2) = (from.0 == to.0, to.1 + HEIGHT / 2);
    let (x2, bend) = if same { (to.0 + WIDTH, x1 + ACROSS / 2) } else { (to.0, x1 + ACROSS / 2) };
    let far = if same { bend } else { x2.saturating_sub(ACROSS / 2) };
    let _ = write!(out, "<path class=\"e-{}\" d=\"M{x1} {y1}C{bend} {y1} {far} {y2} {x2} {y2}\"/>", kind.as_str());
}

fn label(node: &Node, messages: &Messages) -> String {
    node.name.clone().unwrap_or_else(|| messages.word("own-voice"))
}

fn short(text: &str) -> String {
    if text.chars().count() <= LETTERS {
        text.to_owned()
    } else {
        text.chars().take(LETTERS - 1).chain(['…']).collect()
    }
}

fn escape(text: &str) -> String {
    askama::filters::escape(text, askama::filters::Html).map_or_else(|_| String::new(), |safe| safe.to_string())
}
