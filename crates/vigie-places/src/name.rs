//! One name of a document with all its mentions.

use crate::candidates::{Found, Match};
use crate::context::Beside;
use crate::extent::SEAT;
use crate::features::{Told, answers};
use vigie_resources::{HeadKind, Place, all_places_of};

/// All mentions of one name.
pub(crate) struct Name {
    pub(crate) mentions: Vec<usize>,
    pub(crate) found: Found,
    pub(crate) besides: Vec<Beside>,
    /// For every candidate what the document tells of it whatever is chosen.
    pub(crate) standing: Vec<Told>,
    pub(crate) choice: Option<usize>,
}

impl Name {
    /// The kind that all mentions ask for: "the province of X" beside a bare "X" leaves both open. An article tells of
    /// the bare mentions too, unless one of them stands as only a town does.
    pub(crate) fn asked(&self) -> Option<HeadKind> {
        let first = self.besides.iter().find_map(|b| b.head)?;
        let area = first == HeadKind::Area && self.besides.iter().all(|b| !b.at);
        let agrees = |b: &Beside| b.head.map_or(area, |head| head == first);
        self.besides.iter().all(agrees).then_some(first)
    }

    /// Notes which mentions stand behind a word that stands before areas only, where the name is that of one.
    pub(crate) fn read_articles(&mut self, key: &str) {
        let area = self.found.places.iter().any(|(p, by)| *by <= Match::Alias && answers(p.kind, HeadKind::Area));
        if !area {
            return;
        }
        for beside in self.besides.iter_mut().filter(|b| b.head.is_none()) {
            let Some(article) = beside.article else { continue };
            let town = |p: &Place| p.population >= SEAT && answers(p.kind, HeadKind::Settlement);
            if article.is_empty() || !all_places_of(&format!("{article} {key}")).iter().any(town) {
                beside.head = Some(HeadKind::Area);
            }
        }
    }

    /// The noun that one mention stands beside.
    pub(crate) fn head_at(&self, mention: usize) -> Option<HeadKind> {
        let at = self.mentions.iter().position(|m| *m == mention)?;
        self.besides[at].head
    }
}
