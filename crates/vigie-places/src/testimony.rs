//! What a document tells of a candidate: the larger places beside it, the other names near it.

use crate::candidates::{Match, candidates};
use crate::extent::{inside, is_area, is_point};
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
        let own = &self.names[name];
        let place = &own.found.places[candidate].0;
        let mut told = own.standing[candidate];
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
        for &other in votes.points.iter().filter(|n| **n != name) {
            let Some(chosen) = self.chosen(other).filter(|c| c.id != place.id) else { continue };
            let apart = kilometres(chosen.point, place.point);
            told.district |= chosen.kind == PlaceKind::District && inside(place, chosen);
            told.near_50 += u32::from(apart < 50);
            told.near_160 += u32::from(apart < 160);
            told.nearest = Some(told.nearest.map_or(apart, |n| n.min(apart)));
        }
        told
    }

    /// Reads for every candidate what the document tells of it whatever is chosen.
    pub(crate) fn look_around(&mut self) {
        let view = View::of(&self.names);
        let all: Vec<Vec<Told>> = (0..self.names.len()).map(|name| self.standing(name, &view)).collect();
        for (name, standing) in self.names.iter_mut().zip(all) {
            name.standing = standing;
        }
    }

    fn standing(&self, name: usize, view: &View) -> Vec<Told> {
        let own = &self.names[name];
        let head = own.found.head.or_else(|| own.asked());
        let told = |(place, _): &(Place, Match)| {
            let (held, held_elsewhere) = self.held(name, place);
            let background = self.background.get(place.country).copied().unwrap_or(0);
            let country = background + View::weight(&view.countries, name, |c| c == place.country);
            let division = View::weight(&view.divisions, name, |d| place.division.as_deref() == Some(d));
            let namesakes_near = view.near(name, place);
            let holds = is_area(place) && self.held_by(name).any(|held| self.inside_any(held, place));
            Told { held, held_elsewhere, holds, head, country, division, namesakes_near, ..Told::default() }
        };
        own.found.places.iter().map(told).collect()
    }

    /// The names that this one is told behind as what holds them: "Tamsa, Ouba" of the second.
    fn held_by(&self, name: usize) -> impl Iterator<Item = usize> {
        let holder = move |n: &usize| {
            let besides = self.names[*n].besides.iter();
            besides.filter_map(|b| b.holder).any(|m| self.of_mention[m] == name) && !self.is_list(*n, name)
        };
        (0..self.names.len()).filter(move |n| *n != name).filter(holder)
    }

    /// Does any place of the name lie in it?
    fn inside_any(&self, name: usize, holder: &Place) -> bool {
        self.names[name].found.places.iter().any(|(p, _)| inside(p, holder))
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
        let own = &self.names[name];
        let alone = own.found.places.len() == 1 && own.found.places[0].1 <= Match::Stripped;
        wide || alone || own.choice.is_some_and(|c| own.standing[c].held)
    }
}

/// All that the names of a document may mean, before anything is chosen.
struct View<'s> {
    /// Points of namesakes, by name.
    points: Vec<Vec<(i32, i32)>>,
    /// Countries and divisions that a name may mean, with the name and how often it is told.
    countries: Vec<(usize, &'s str, u32)>,
    divisions: Vec<(usize, &'s str, u32)>,
}

impl<'s> View<'s> {
    fn of(names: &'s [Name]) -> Self {
        let mut view = Self { points: Vec::new(), countries: Vec::new(), divisions: Vec::new() };
        for (name, own) in names.iter().enumerate() {
            let weight = own.mentions.len() as u32;
            for (place, by) in own.found.places.iter().filter(|(_, by)| *by <= Match::People) {
                if place.kind == PlaceKind::Country {
                    view.countries.push((name, place.country, weight));
                }
                if place.kind == PlaceKind::Division && *by <= Match::Alias {
                    view.divisions.push((name, &place.id, weight));
                }
            }
            let places = own.found.places.iter().filter(|(_, by)| *by <= Match::Stripped).take(NAMESAKES);
            let points = places.filter(|(p, _)| is_point(p) && p.point != (0, 0)).map(|(p, _)| p.point);
            view.points.push(points.collect());
        }
        view
    }

    /// How often the areas that fit are told by other names.
    fn weight(told: &[(usize, &str, u32)], name: usize, fits: impl Fn(&str) -> bool) -> u32 {
        told.iter().filter(|(n, area, _)| *n != name && fits(area)).map(|(.., weight)| weight).sum()
    }

    /// Tenths of the other names with a namesake near a place: a guess at the scene that needs no choice.
    fn near(&self, name: usize, place: &Place) -> u32 {
        if !is_point(place) || place.point == (0, 0) {
            return 0;
        }
        // The same point is the same place under another name, or the area beside its town.
        let near = |p: &(i32, i32)| {
            *p != place.point && p.0.abs_diff(place.point.0) < NEAR_DEGREES && kilometres(*p, place.point) < NEAR
        };
        let others = (self.points.len().max(2) - 1) as u32;
        let told = self.points.iter().enumerate().filter(|(n, points)| *n != name && points.iter().any(near));
        10 * told.count() as u32 / others
    }
}

/// "Ga., on Monday" begins with "Ga.": the longest abbreviation that the stretch begins with.
fn abbreviated_tail(tail: &str) -> Option<&'static Place> {
    let word = tail.split(' ').next().unwrap_or("");
    abbreviated(tail).or_else(|| abbreviated(word)).or_else(|| abbreviated(word.trim_end_matches(['.', ':'])))
}
