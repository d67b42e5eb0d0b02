//! Where an event was born, as a graph: from each outlet through its story and whoever relayed it to the origins, and which
//! story took its sentences from which. Five papers that print one dispatch are five ways to one origin.

use crate::background::Registries;
use crate::copies::Copies;
use crate::record::{DocumentRecord, StoryRecord, hex};
use std::collections::{BTreeMap, BTreeSet};
use vigie_claims::{Claim, ClaimId, Speaker, SpeakerKind};
use vigie_events::{Event, Origin, OriginKind, Reported, fold_name, origins_of};
use vigie_text::StoryId;

/// The ways on which an event was told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OriginGraph {
    /// Sorted by id.
    pub nodes: Vec<Node>,
    /// Sorted by both ends and kind.
    pub edges: Vec<Edge>,
    /// Voices that can be told apart: named origins of different units, or one where nobody is named.
    pub independent: usize,
}

/// Somebody or something on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Identity: `s:…` a story, `o:…` an origin, `outlet:…` and `source:…` by folded name.
    pub id: String,
    /// What it is.
    pub kind: NodeKind,
    /// A name that a person would write; of a story its headline. `None` where nothing is named.
    pub name: Option<String>,
    /// What sort of origin it is.
    pub sort: Option<OriginKind>,
    /// Origins of one unit are one voice.
    pub unit: Option<String>,
    /// The side it is on, where the registry gives one.
    pub side: Option<String>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// A paper, a station, a page.
    Outlet,
    /// One of its stories.
    Story,
    /// An agency or another outlet that passed it on.
    Relay,
    /// Somebody who says that somebody else said it.
    Source,
    /// Where it was born.
    Origin,
}

/// A step towards the origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Who has it.
    pub from: String,
    /// From whom.
    pub to: String,
    /// In which way.
    pub kind: EdgeKind,
    /// The claims of the event that went this way, sorted.
    pub claims: Vec<ClaimId>,
    /// Sentences that were copied.
    pub sentences: usize,
}

/// How one has it from the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EdgeKind {
    /// The outlet prints the story.
    Prints,
    /// The story holds sentences of an earlier one.
    Copies,
    /// The text names whom it has it from.
    Cites,
}

impl NodeKind {
    /// The word of the wire format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outlet => "outlet",
            Self::Story => "story",
            Self::Relay => "relay",
            Self::Source => "source",
            Self::Origin => "origin",
        }
    }
}

impl EdgeKind {
    /// The word of the wire format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prints => "prints",
            Self::Copies => "copies",
            Self::Cites => "cites",
        }
    }
}

impl OriginGraph {
    /// The node of an id.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.binary_search_by(|node| node.id.as_str().cmp(id)).ok().map(|at| &self.nodes[at])
    }

    /// The edges that leave a node.
    pub fn from<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Edge> {
        self.edges.iter().filter(move |edge| edge.from == id)
    }
}

/// The graph of an event that the claims of these documents tell of.
#[must_use]
pub fn graph(documents: &[DocumentRecord], event: &Event) -> OriginGraph {
    graph_with(documents, &Copies::among(documents), event)
}

/// As [`graph`], where it is known already who copied from whom.
#[must_use]
pub fn graph_with(documents: &[DocumentRecord], copies: &Copies, event: &Event) -> OriginGraph {
    let wanted: BTreeSet<ClaimId> = event.claims.iter().copied().collect();
    let stories = documents.iter().flat_map(|d| d.stories.iter().map(move |s| (s.id, (d, s)))).collect();
    let mut drawing =
        Drawing { stories, copies, nodes: BTreeMap::new(), edges: BTreeMap::new(), units: BTreeSet::new() };
    for document in documents {
        for claim in document.claims.iter().filter(|c| wanted.contains(&c.id)) {
            drawing.claim(document, claim);
        }
    }
    drawing.finish()
}

struct Drawing<'a> {
    stories: BTreeMap<StoryId, (&'a DocumentRecord, &'a StoryRecord)>,
    copies: &'a Copies,
    nodes: BTreeMap<String, Node>,
    edges: BTreeMap<(String, String, EdgeKind), (BTreeSet<ClaimId>, usize)>,
    units: BTreeSet<(bool, String)>,
}

impl Drawing<'_> {
    fn claim(&mut self, document: &DocumentRecord, claim: &Claim) {
        let own = self.story(claim.story);
        let reported = Reported {
            outlet: document.outlet.as_deref(),
            copy_of: self.copies.of_story(claim.story),
            printed: self.copies.first_print(claim),
            ..Reported::new(claim, document.published)
        };
        let origins = origins_of(&reported, &Registries);
        self.units.extend(origins.iter().map(|o| (o.is_named(), o.unit.to_string())));
        let first = reported.printed.story;
        if first != claim.story {
            let lent = self.copies.lenders(claim.story).iter().find(|l| l.story == first).map_or(1, |l| l.sentences);
            let lender = self.story(first);
            self.edge(&own, &lender, EdgeKind::Copies, claim.id, lent.max(1));
            if self.tells(first, claim) {
                // The way from there is drawn for the claim that stands there.
                return;
            }
        }
        let mut at = own;
        for speaker in passed_on(claim) {
            let next = self.speaker(speaker);
            self.edge(&at, &next, EdgeKind::Cites, claim.id, 0);
            at = next;
        }
        for origin in &origins {
            let next = self.origin(origin);
            self.edge(&at, &next, EdgeKind::Cites, claim.id, 0);
        }
    }

    /// Does the first print of a claim's sentence make the same claim?
    fn tells(&self, story: StoryId, claim: &Claim) -> bool {
        let printed = self.copies.first_print(claim);
        self.stories.get(&story).is_some_and(|(document, _)| {
            let there = document.claims.iter().filter(|c| c.story == story && c.sentence == printed.sentence);
            there.into_iter().any(|c| c.predicate == claim.predicate && c.said_by.len() == claim.said_by.len())
        })
    }

    fn story(&mut self, id: StoryId) -> String {
        let name = format!("s:{}", hex(&id.0));
        if self.nodes.contains_key(&name) {
            return name;
        }
        let found = self.stories.get(&id).copied();
        let headline = found.and_then(|(d, s)| {
            let part = s.headline.or_else(|| s.paragraphs.first().copied())?;
            Some(part.of(&d.text).to_owned())
        });
        self.node(&name, NodeKind::Story, headline);
        if let Some(outlet) = found.and_then(|(d, _)| d.outlet.as_deref()) {
            let paper = format!("outlet:{}", fold_name(outlet));
            self.node(&paper, NodeKind::Outlet, Some(outlet.to_owned()));
            self.edges.entry((paper, name.clone(), EdgeKind::Prints)).or_default();
        }
        name
    }

    fn speaker(&mut self, speaker: &Speaker) -> String {
        let known = speaker.actor.as_deref().map(str::to_owned);
        let told = known.or_else(|| speaker.name.as_deref().map(fold_name)).unwrap_or_default();
        let id = format!("source:{told}");
        let kind = if speaker.kind == SpeakerKind::Relay { NodeKind::Relay } else { NodeKind::Source };
        self.node(&id, kind, speaker.name.clone());
        id
    }

    fn origin(&mut self, origin: &Origin) -> String {
        let id = origin.id.to_string();
        self.nodes.entry(id.clone()).or_insert_with(|| Node {
            id: id.clone(),
            kind: NodeKind::Origin,
            name: origin.name.clone(),
            sort: Some(origin.kind),
            unit: Some(origin.unit.to_string()),
            side: origin.side.as_deref().map(str::to_owned),
        });
        id
    }

    fn node(&mut self, id: &str, kind: NodeKind, name: Option<String>) {
        let node = Node { id: id.to_owned(), kind, name, sort: None, unit: None, side: None };
        self.nodes.entry(id.to_owned()).or_insert(node);
    }

    fn edge(&mut self, from: &str, to: &str, kind: EdgeKind, claim: ClaimId, sentences: usize) {
        let (claims, most) = self.edges.entry((from.to_owned(), to.to_owned(), kind)).or_default();
        claims.insert(claim);
        *most = sentences.max(*most);
    }

    fn finish(self) -> OriginGraph {
        let named = self.units.iter().filter(|(named, _)| *named).count();
        let edge =
            |((from, to, kind), (claims, sentences)): ((String, String, EdgeKind), (BTreeSet<ClaimId>, usize))| Edge {
                from,
                to,
                kind,
                claims: claims.into_iter().collect(),
                sentences,
            };
        OriginGraph {
            independent: named.max(usize::from(!self.units.is_empty())),
            nodes: self.nodes.into_values().collect(),
            edges: self.edges.into_iter().map(edge).collect(),
        }
    }
}

/// Those who passed a claim on, outermost first: all but the innermost source and those who say it together with it.
fn passed_on(claim: &Claim) -> &[Speaker] {
    let inner = claim.said_by.iter().rposition(|s| s.kind != SpeakerKind::Relay);
    let Some(inner) = inner else { return &claim.said_by };
    let mut end = inner;
    while claim.said_by[inner].joint && end > 0 && claim.said_by[end - 1].joint {
        end -= 1;
    }
    &claim.said_by[..end]
}
