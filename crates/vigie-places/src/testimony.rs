//! What a document tells of a candidate: the larger places beside it, the other names near it.

use crate::candidates::{Match, candidates};
use crate::extent::{inside, is_point};
use crate::features::Told;
use crate::geo::kilometres;
use crate::name::Name;
use crate::scene::{Scene, Votes};
use std::collections::BTreeMap;
use vigie_resources::{Place, PlaceKind, abbreviated};

/// Kilometres within which mentions side by side speak for each other.
const BESIDE: u32 = 100;
/// Kilometres, and more than as many millionths of a degree, within which a namesake of another name counts; how many of
/// its namesakes are looked at.
const NEAR: u32 = 50;
const NEAR_DEGREES: u32 = 500_000;
const NAMESAKES: usize = 16;

impl Scene<'_> {
    /// Does a larger place hold this one?
    fn holds(&self, holder: usize, place: &Place) -> bool {
        self.names[holder].found.places.iter().any(|(h, _)| inside(place, h))
    }

    /// "California, Nevada and Oregon" tells no town of Nevada: divisions of equal height are a list.
    fn is_list(&self, name: usize, holder: usize) -> bool {
        let divisions = |n: usize| {
            let places = self.names[n].found.places.iter();
            places.filter(|(p, by)| p.kind == PlaceKind::Division && *by == Match::Main).map(|(p, _)| &p.id)
        };
        let own: Vec<_> = divisions(name).collect();
        let state = |n: usize| {
            self.names[n].found.places.iter().any(|(p, by)| p.kind == PlaceKind::Country && *by == Match::Main)
        };
        (!own.is_empty() || state(name)) && !state(holder) && divisions(holder).all(|d| !own.contains(&d))
    }

    /// What all mentions of a name say of its holder: held by, held elsewhere.
    fn held(&self, name: usize, place: &Place) -> (bool, bool) {
        let own = &self.names[name];
        let (mut yes, mut no) = (false, false);
        for beside in &own.besides {
            if let Some(holder) = beside.holder.map(|m| self.of_mention[m]).filter(|h| *h != name) {
                if self.is_list(name, holder) {
                    continue;
                }
                if self.holds(holder, place) { yes = true } else { no = true }
            } else if let Some(division) = beside.tail.as_deref().and_then(abbreviated_tail) {
                if inside(place, division) { yes = true } else { no = true }
            }
        }
        if let Some(holder) = &own.found.holder {
            let holders = candidates(holder, self.words);
            if holders.places.iter().any(|(h, _)| inside(place, h)) { yes = true } else { no = true }
        }
        (yes, no)
    }

    pub(crate) fn told(&self, name: usize, candidate: usize, votes: &Votes) -> Told {
        let place = &self.names[name].found.places[candidate].0;
        let own = &self.names[name];
        let (held, held_elsewhere) = self.held(name, place);
        let asked = own.found.head.or_else(|| own.asked());
        let country = self.background.get(place.country).copied().unwrap_or(0);
        let namesakes_near = own.namesakes_near.get(candidate).copied().unwrap_or(0);
        let mut told = Told { held, held_elsewhere, head: asked, country, namesakes_near, ..Told::default() };
        let own_choice = self.chosen(name);
        // A name does not speak for itself.
        let minus = |table: &BTreeMap<String, u32>, key: &str, own: Option<&str>| {
            table.get(key).copied().unwrap_or(0) - u32::from(own == Some(key) && !key.is_empty())
        };
        let division = place.division.as_deref().unwrap_or("");
        let total = votes.total.saturating_sub(u32::from(own_choice.is_some())).max(1);
        let in_country = minus(&votes.countries, place.country, own_choice.map(|p| p.country));
        told.country_share = 10 * in_country / total;
        told.top_country = in_country > 0 && votes.countries.values().all(|v| *v <= in_country + 1);
        if !division.is_empty() {
            let in_division = minus(&votes.divisions, division, own_choice.and_then(|p| p.division.as_deref()));
            told.division_share = 10 * in_division / total;
            told.top_division = in_division > 0 && votes.divisions.values().all(|v| *v <= in_division + 1);
        }
        (told.sure_country_share, told.sure_division_share) = votes.sure_shares(name, place);
        self.tell_beside(name, place, &mut told);
        for (other, other_name) in self.names.iter().enumerate().filter(|(i, _)| *i != name) {
            let weight = other_name.mentions.len() as u32;
            for (candidate, by) in other_name.found.places.iter().filter(|(_, by)| *by <= Match::People) {
                if candidate.kind == PlaceKind::Country && candidate.country == place.country {
                    told.country += weight;
                } else if *by <= Match::Alias && Some(&candidate.id) == place.division.as_ref() {
                    told.division += weight;
                }
            }
            let Some(chosen) = self.chosen(other).filter(|p| is_point(p) && p.point != (0, 0)) else { continue };
            if chosen.id == place.id {
                continue;
            }
            let apart = kilometres(chosen.point, place.point);
            told.district |= chosen.kind == PlaceKind::District && inside(place, chosen);
            told.near_50 += u32::from(apart < 50);
            told.near_160 += u32::from(apart < 160);
            told.nearest = Some(told.nearest.map_or(apart, |n| n.min(apart)));
        }
        told
    }

    /// Counts for every candidate which of the other names have a namesake near it: a guess at the scene that needs no
    /// choice.
    pub(crate) fn look_around(&mut self) {
        let points = |own: &Name| -> Vec<(i32, i32)> {
            let places = own.found.places.iter().filter(|(_, by)| *by <= Match::Stripped).take(NAMESAKES);
            places.filter(|(p, _)| is_point(p) && p.point != (0, 0)).map(|(p, _)| p.point).collect()
        };
        let all: Vec<Vec<(i32, i32)>> = self.names.iter().map(points).collect();
        let others = (all.len().max(2) - 1) as u32;
        for (name, own) in self.names.iter_mut().enumerate() {
            let around = |(place, _): &(Place, Match)| {
                // The same point is the same place under another name, or the area beside its town.
                let near = |p: &(i32, i32)| {
                    *p != place.point
                        && p.0.abs_diff(place.point.0) < NEAR_DEGREES
                        && kilometres(*p, place.point) < NEAR
                };
                let told = |(n, points): &(usize, &Vec<(i32, i32)>)| *n != name && points.iter().any(near);
                let open = is_point(place) && place.point != (0, 0);
                if open { 10 * all.iter().enumerate().filter(told).count() as u32 / others } else { 0 }
            };
            own.namesakes_near = own.found.places.iter().map(around).collect();
        }
    }

    /// What the mentions right before and behind those of a name say of a place.
    fn tell_beside(&self, name: usize, place: &Place, told: &mut Told) {
        for &mention in &self.names[name].mentions {
            let others = [mention.checked_sub(1), Some(mention + 1)].into_iter().flatten();
            for other in others.filter_map(|m| self.of_mention.get(m)).filter(|o| **o != name) {
                let Some(chosen) = self.chosen(*other).filter(|c| c.id != place.id) else { continue };
                let country = !place.country.is_empty() && chosen.country == place.country;
                told.beside_country |= country;
                told.beside_division |= country
                    && (chosen.division.is_some() && chosen.division == place.division
                        || Some(&chosen.id) == place.division.as_ref());
                told.beside_near |=
                    is_point(chosen) && chosen.point != (0, 0) && kilometres(chosen.point, place.point) < BESIDE;
            }
        }
    }

    /// Is there hardly a doubt what the name means? A larger place is told with it, or nothing else bears it.
    pub(crate) fn is_sure(&self, name: usize, place: &Place) -> bool {
        let wide = matches!(place.kind, PlaceKind::Country | PlaceKind::Division);
        let places = &self.names[name].found.places;
        wide || places.len() == 1 && places[0].1 <= Match::Stripped || self.held(name, place).0
    }
}

/// "Ga., on Monday" begins with "Ga.": the longest abbreviation that the stretch begins with.
fn abbreviated_tail(tail: &str) -> Option<&'static Place> {
    let word = tail.split(' ').next().unwrap_or("");
    abbreviated(tail).or_else(|| abbreviated(word)).or_else(|| abbreviated(word.trim_end_matches(['.', ':'])))
}
