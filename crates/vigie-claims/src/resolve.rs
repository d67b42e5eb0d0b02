//! Which place a name means here, what stands inside a phrase of place, and borders.

use crate::claim::{PlaceId, Precision};
use crate::mention::{Name, slug};
use crate::phrase::subtree;
use crate::place::{Spot, Wanted};
use crate::reading::WordAt;
use crate::scene::Scene;
use smol_str::format_smolstr;
use vigie_resources::{Place, PlaceKind, country, place as place_of};
use vigie_syntax::{Relation, Upos};

impl Scene<'_> {
    /// The place that a phrase says it lies in.
    pub(crate) fn parent(&self, at: WordAt) -> Option<Spot> {
        if self.quarter_name(at).is_some() {
            let inside =
                self.children(at).filter(|&c| self.case(c).is_some_and(|k| self.words.places.scene.contains(&k)));
            return inside.filter_map(|c| self.spot(c)).map(|(s, _)| s).next().or_else(|| self.town_before(at));
        }
        if let Some(spot) = self.inner(at, Wanted::Any) {
            return Some(spot);
        }
        let parse = self.parse(at);
        let below = subtree(parse, at.word, |c| {
            !matches!(parse.words[c].deprel.base, Relation::Acl | Relation::Advcl | Relation::Conj | Relation::Appos)
        });
        below.into_iter().filter(|&w| w != at.word).find_map(|word| {
            let inner = WordAt { word, ..at };
            let told = self.name_at(inner).is_some_and(|n| n.head == word)
                || self.side_noun(inner).is_some()
                || self.words.is_place_noun(&self.lemma(inner));
            if told { self.spot(inner).map(|(s, _)| s) } else { None }
        })
    }

    /// The place told inside the phrase as its whole or its name: "la ville de X", "le nord de X", "le quartier X".
    pub(crate) fn inner(&self, at: WordAt, wanted: Wanted) -> Option<Spot> {
        for child in self.children(at) {
            let relation = self.relation(child);
            let case = self.case(child);
            let fits = match relation {
                Relation::Nmod | Relation::Obl => case.as_deref().is_none_or(|c| self.is_of(c)),
                Relation::Appos | Relation::Flat => case.is_none() && child.word > at.word,
                _ => false,
            };
            if !fits || self.is_timed(child) {
                continue;
            }
            if let Some(name) = self.name_at(child) {
                if let Some(spot) = self.named(name, at.sentence, wanted) {
                    return Some(spot);
                }
            } else if relation != Relation::Appos
                && child.word > at.word
                && let Some((spot, _)) = self.spot(child)
            {
                return Some(spot);
            }
        }
        None
    }

    /// The name right behind a word and a preposition, however the parser hangs it: "est d'Alep".
    pub(crate) fn after(&self, at: WordAt) -> Option<Spot> {
        let words = &self.parse(at).words;
        let mut next = at.word + 1;
        if !words.get(next).is_some_and(|w| self.is_of(&w.lemma.to_lowercase())) {
            return None;
        }
        next += 1;
        while next < words.len().min(at.word + 6) {
            let here = WordAt { word: next, ..at };
            if self.is_timed(here) {
                return None;
            }
            if let Some(name) = self.name_at(here) {
                return self.named(name, at.sentence, Wanted::Any);
            }
            let skip = words[next].upos == Upos::Det
                || self.is_of(&words[next].lemma)
                || self.words.is_kind("same", &self.lemma(here));
            if !skip {
                return None;
            }
            next += 1;
        }
        None
    }

    /// The same where participles and adjectives stand between: "la ville assiégée de X".
    pub(crate) fn after_adjectives(&self, at: WordAt) -> Option<Spot> {
        let words = &self.parse(at).words;
        let mut last = at.word;
        while words
            .get(last + 1)
            .is_some_and(|w| w.upos == Upos::Adj || (w.upos == Upos::Verb && w.feats.get("VerbForm") == Some("Part")))
        {
            last += 1;
        }
        self.after(WordAt { word: last, ..at })
    }

    pub(crate) fn country_spot(&self, iso: &str) -> Option<Spot> {
        let entry = country(iso)?;
        let found = place_of(&entry.place)?;
        let name = entry.name(self.reading.language());
        Some(self.of_gazetteer(&found, name))
    }

    pub(crate) fn of_gazetteer(&self, place: &Place, name: &str) -> Spot {
        Spot {
            id: place.id.clone(),
            name: name.to_owned(),
            point: (place.point != (0, 0)).then_some(place.point),
            precision: match place.kind {
                PlaceKind::Country => Precision::Country,
                PlaceKind::Region | PlaceKind::Continent | PlaceKind::Division | PlaceKind::District => {
                    Precision::Region
                }
                _ => Precision::Exact,
            },
            country: place.country,
            kind: Some(place.kind),
        }
    }

    /// Which of its namesakes a name means here.
    pub(crate) fn named(&self, name: &Name, sentence: usize, wanted: Wanted) -> Option<Spot> {
        if name.person {
            return None;
        }
        let text = self.reading.slice(name.span);
        let focus = self.focus.told(sentence).or_else(|| self.focus.sentence(sentence));
        let country = name.countries.first().filter(|_| wanted == Wanted::Any || name.places.is_empty());
        if let Some(iso) = country {
            let mut spot = self.country_spot(iso)?;
            spot.name = self.bare(text);
            return Some(spot);
        }
        if !name.actors.is_empty() && name.places.is_empty() {
            return None;
        }
        let chosen = asked(name, wanted).filter(|_| !name.doubtful);
        let base = match chosen {
            Some(place) => self.of_gazetteer(place, text),
            None => Spot {
                id: format_smolstr!("t:{}@{}", slug(text), focus.unwrap_or("")),
                name: text.to_owned(),
                point: None,
                precision: Precision::Exact,
                country: focus.unwrap_or(""),
                kind: None,
            },
        };
        let Some(side) = &name.side else { return Some(base) };
        chosen?;
        let id = format_smolstr!("{}/{side}", base.id);
        let name = self.wordings.get(&id).cloned().unwrap_or_else(|| text.to_owned());
        Some(Spot { id, name, precision: Precision::Near, kind: None, ..base })
    }

    /// A border, by its countries; a border without them is the one that the story tells.
    pub(crate) fn border(&self, at: WordAt, lemma: &str) -> Option<Spot> {
        let borders = &self.words.places.borders;
        let adjective = |c: WordAt| {
            let l = self.lemma(c);
            borders.adjectives.iter().any(|a| l == *a || l.starts_with(a.trim_end_matches("er")))
        };
        let is_border = borders.nouns.iter().any(|n| n == lemma)
            || (self.words.is_kind("border", lemma) && self.children(at).any(adjective));
        if !is_border {
            return None;
        }
        let mut pair: Vec<&'static str> = Vec::new();
        for child in self.children(at) {
            if let Some((a, b)) = self.words.paired_adjective(&self.word(child).form) {
                pair.extend([a, b]);
            } else if self.relation(child) == Relation::Amod {
                pair.extend(self.words.countries_of_adjective(&self.word(child).form).first());
            } else if let Some(name) = self.name_at(child) {
                pair.extend(name.countries.first());
                for conj in self.children(child).filter(|&c| self.relation(c) == Relation::Conj) {
                    pair.extend(self.name_at(conj).and_then(|n| n.countries.first()));
                }
            }
        }
        if pair.len() == 1 {
            pair.extend(self.focus.sentence(at.sentence).filter(|f| *f != pair[0]));
        }
        pair.sort_unstable();
        pair.dedup();
        let id: PlaceId = if pair.len() >= 2 {
            format_smolstr!("t:{}@{}-{}", slug(borders.nouns.first()?), pair[0], pair[1])
        } else if let (1, Some(only)) = (self.borders.len(), self.borders.first()) {
            only.clone()
        } else {
            format_smolstr!(
                "t:{}@{}",
                slug(lemma),
                pair.first().copied().or(self.focus.sentence(at.sentence)).unwrap_or("")
            )
        };
        let words = self.phrase(at);
        let name = self.bare(self.reading.slice(self.span_of(at.sentence, &words)));
        let iso = self.focus.sentence(at.sentence).unwrap_or("");
        Some(Spot { id, name, point: None, precision: Precision::Region, country: iso, kind: None })
    }
}

/// Of what bears a name the kind that a noun before it asks for, in the country that the document speaks of.
fn asked(name: &Name, wanted: Wanted) -> Option<&Place> {
    let first = name.places.first()?;
    let land = name.countries.first().copied().unwrap_or(first.country);
    let of = |kinds: &[PlaceKind]| name.places.iter().find(|p| p.country == land && kinds.contains(&p.kind));
    let found = match wanted {
        Wanted::Any => None,
        Wanted::Division => of(&[PlaceKind::Division, PlaceKind::Region]).or_else(|| of(&[PlaceKind::District])),
        Wanted::Settlement => of(&[PlaceKind::Town, PlaceKind::Capital, PlaceKind::Village]),
    };
    found.or(Some(first))
}
