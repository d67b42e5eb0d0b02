//! The graph of origins: many papers, one dispatch.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use vigie::origins::{EdgeKind, NodeKind, OriginGraph, graph};
use vigie::pipeline::{self, Source};
use vigie::record::DocumentRecord;
use vigie_ingest::Raw;

const DISPATCH: &str = "Les soldats ont repris dimanche la ville de Bosso, a déclaré à l'AFP le ministère de la Défense. \
                        Les insurgés ont fui vers le lac pendant la nuit, laissant derrière eux des véhicules.";

fn read(outlet: &str, day: &str, text: &str) -> DocumentRecord {
    let raw = Raw::plain("page.txt", text.as_bytes().to_vec());
    let source = Source { published: day.parse().ok(), outlet: Some(outlet), ..Source::default() };
    pipeline::read(&raw, &source).unwrap().record
}

/// The graph of the event in which the town is taken.
fn drawn(documents: &[DocumentRecord]) -> OriginGraph {
    let events = pipeline::events(documents);
    let event = events.iter().filter(|e| e.predicate.id() == "capture").max_by_key(|e| e.claims.len()).unwrap();
    let graph = graph(documents, event);
    assert!(graph.nodes.windows(2).all(|pair| pair[0].id < pair[1].id));
    for edge in &graph.edges {
        assert!(graph.node(&edge.from).is_some() && graph.node(&edge.to).is_some(), "{edge:?}");
    }
    graph
}

fn count(graph: &OriginGraph, kind: NodeKind) -> usize {
    graph.nodes.iter().filter(|n| n.kind == kind).count()
}

#[test]
fn five_papers_with_one_dispatch_are_one_origin() {
    let papers = ["Le Journal", "La Gazette", "L'Écho", "Le Matin", "Le Soir"];
    let documents: Vec<DocumentRecord> = papers
        .iter()
        .enumerate()
        .map(|(n, paper)| read(paper, &format!("2025-03-1{n}"), &format!("Édition du {paper}, page {n}\n\n{DISPATCH}")))
        .collect();
    let graph = drawn(&documents);
    assert_eq!((count(&graph, NodeKind::Outlet), count(&graph, NodeKind::Story)), (5, 5));
    assert_eq!(graph.independent, 1);
    let copies: Vec<_> = graph.edges.iter().filter(|e| e.kind == EdgeKind::Copies).collect();
    assert_eq!(copies.len(), 4);
    let first = graph.node(&copies[0].to).unwrap();
    assert!(copies.iter().all(|e| e.to == first.id && e.sentences >= 2));
    // From the first print the way leads through the agency to the ministry, and only from there.
    let relay = graph.from(&first.id).find(|e| e.kind == EdgeKind::Cites).unwrap();
    assert_eq!(graph.node(&relay.to).unwrap().kind, NodeKind::Relay);
    let origin = graph.from(&relay.to).next().unwrap();
    assert_eq!(graph.node(&origin.to).unwrap().kind, NodeKind::Origin);
    assert_eq!(graph.edges.iter().filter(|e| e.kind == EdgeKind::Cites).count(), 2);
}

#[test]
fn two_who_say_it_each_for_himself_are_two() {
    let documents = [
        read(
            "Le Journal",
            "2025-03-10",
            "L'armée nigérienne a repris dimanche la ville de Bosso, a déclaré à l'AFP le ministère de la Défense.",
        ),
        read(
            "The Courier",
            "2025-03-10",
            "The Nigerien army recaptured the town of Bosso on Sunday, the United Nations said.",
        ),
    ];
    let graph = drawn(&documents);
    assert_eq!(graph.independent, 2);
    assert!(graph.edges.iter().all(|e| e.kind != EdgeKind::Copies));
}

#[test]
fn where_nobody_is_named_the_outlet_speaks_for_itself() {
    let graph = drawn(&[read("Le Journal", "2025-03-10", "Les soldats ont repris dimanche la ville de Bosso.")]);
    assert_eq!(graph.independent, 1);
    let origin = graph.nodes.iter().find(|n| n.kind == NodeKind::Origin).unwrap();
    assert_eq!(origin.sort.map(|s| s.as_str()), Some("unattributed"));
}
