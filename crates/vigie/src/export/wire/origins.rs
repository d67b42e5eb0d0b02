//! Wire shape of the graph of origins.

use super::claim_id;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Node<'a> {
    id: &'a str,
    kind: &'static str,
    name: Option<&'a str>,
    origin: Option<&'static str>,
    unit: Option<&'a str>,
    side: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Edge<'a> {
    from: &'a str,
    to: &'a str,
    kind: &'static str,
    claims: Vec<String>,
    sentences: usize,
}

impl<'a> Node<'a> {
    pub(super) fn of(node: &'a crate::origins::Node) -> Self {
        Self {
            id: &node.id,
            kind: node.kind.as_str(),
            name: node.name.as_deref(),
            origin: node.sort.map(vigie_events::OriginKind::as_str),
            unit: node.unit.as_deref(),
            side: node.side.as_deref(),
        }
    }
}

impl<'a> Edge<'a> {
    pub(super) fn of(edge: &'a crate::origins::Edge) -> Self {
        Self {
            from: &edge.from,
            to: &edge.to,
            kind: edge.kind.as_str(),
            claims: edge.claims.iter().copied().map(claim_id).collect(),
            sentences: edge.sentences,
        }
    }
}
