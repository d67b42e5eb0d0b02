//! Names that nothing bears: they lie, as a rule, where the document plays.

use crate::candidates::Match;
use crate::extent::is_point;
use crate::features::answers;
use crate::scene::Scene;
use std::collections::BTreeMap;
use vigie_resources::{HeadKind, Place};

/// How many of the nearest mentions are weighed as the place of a name that nothing bears.
const NEAREST: usize = 4;

impl Scene<'_> {
    /// Names that nothing bears, and those that only a part or a likeness leads to, may mean what stands around them.
    pub(crate) fn surround(&mut self) {
        let points: Vec<Option<Place>> =
            self.of_mention.iter().map(|&n| self.borne(n).filter(|p| is_point(p)).cloned()).collect();
        let most = self.most_told(&|_| true);
        let town = self.most_told(&|p| answers(p.kind, HeadKind::Settlement));
        for name in 0..self.names.len() {
            let own = &self.names[name].found.places;
            if self.names[name].found.told || own.iter().any(|(_, by)| *by <= Match::People) {
                continue;
            }
            let first = self.names[name].mentions[0];
            let mut order: Vec<usize> = (0..points.len()).filter(|&m| points[m].is_some()).collect();
            order.sort_by_key(|&m| (m.abs_diff(first), m));
            let nearest = order.into_iter().filter_map(|m| points[m].clone()).take(NEAREST);
            for place in nearest.chain(most.clone()).chain(town.clone()) {
                if self.names[name].found.places.iter().all(|(p, _)| p.id != place.id) {
                    self.names[name].found.places.push((place, Match::Around));
                }
            }
        }
        self.look_around();
    }

    /// What a name means that places bear as it stands: no likeness, no part.
    fn borne(&self, name: usize) -> Option<&Place> {
        let sure = self.names[name].found.places.iter().any(|(_, by)| *by <= Match::Stripped);
        self.chosen(name).filter(|_| sure)
    }

    /// The place that the document speaks of most: a town before a country.
    fn most_told(&self, fits: &dyn Fn(&Place) -> bool) -> Option<Place> {
        let mut counts: BTreeMap<&str, (u32, &Place)> = BTreeMap::new();
        for (name, own) in self.names.iter().enumerate() {
            if let Some(place) = self.borne(name).filter(|p| fits(p)) {
                let entry = counts.entry(place.id.as_str()).or_insert((0, place));
                entry.0 += own.mentions.len() as u32;
            }
        }
        let best = counts.into_iter().max_by_key(|(id, (n, p))| (is_point(p), *n, std::cmp::Reverse(*id)));
        best.map(|(_, (_, place))| place.clone())
    }
}
