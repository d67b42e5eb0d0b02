//! Groups that only the text names: one id a group and theatre.

use crate::claim::ActorId;
use crate::mention::slug;
use crate::reading::WordAt;
use crate::scene::{GroupMention, Scene};
use smol_str::SmolStr;
use vigie_resources::PlaceKind;
use vigie_syntax::Relation;

impl Scene<'_> {
    /// Who backs a group, where its phrase says so: what tells it from its namesakes.
    pub(crate) fn backer(&self, at: WordAt) -> Option<SmolStr> {
        let clause = self.children(at).find(|&c| {
            matches!(self.relation(c), Relation::Acl | Relation::Amod)
                && self.words.places.backed.contains(&self.lemma(c))
        })?;
        self.children(clause).find_map(|c| {
            let name = self.name_at(c)?;
            self.named_actor(name, c).map(|(id, _)| id)
        })
    }

    /// The id of a group that only the text names: what it is called and in which theatre.
    pub(crate) fn local(
        &self,
        group: &str,
        extra: &str,
        at: WordAt,
        definite: bool,
        backer: Option<SmolStr>,
    ) -> ActorId {
        let country = self.focus.sentence(at.sentence).unwrap_or("");
        let mut id = format!("t:{}", slug(group));
        if !extra.is_empty() {
            id.push('-');
            id.push_str(&slug(extra));
        }
        if let Some(backer) = backer {
            id.push('+');
            id.push_str(&backer);
        }
        id.push('@');
        id.push_str(country);
        if extra.is_empty()
            && let Some(own) = self.own_theatre(group, country, at, definite)
        {
            id.push('/');
            id.push_str(&own);
        }
        id.into()
    }

    /// A group told as new in one theatre, while the story knows a group of that name in another.
    pub(crate) fn own_theatre(&self, group: &str, country: &str, at: WordAt, definite: bool) -> Option<SmolStr> {
        let mentions = self.groups.get(&(group.to_owned(), country.to_owned()))?;
        let own = mentions.iter().find(|m| m.at == at)?.theatre.clone()?;
        let introduced = !definite || mentions.iter().any(|m| !m.definite && m.theatre.as_ref() == Some(&own));
        let elsewhere = mentions.iter().any(|m| m.definite && m.theatre.as_ref().is_some_and(|t| *t != own));
        (introduced && elsewhere).then_some(own)
    }

    /// Learns where each unregistered group is told.
    pub(crate) fn collect_groups(&mut self) {
        let mut found: Vec<((String, String), GroupMention)> = Vec::new();
        let theatres: Vec<Option<SmolStr>> = (0..self.names.len()).map(|s| self.theatre(s)).collect();
        for at in self.all_words() {
            let Some(noun) = self.generic(at) else { continue };
            // Those of somebody told before are no group of their own.
            if noun.class != "armed" || !noun.part.is_empty() || self.owners.contains_key(&at) {
                continue;
            }
            let country = self.focus.sentence(at.sentence).unwrap_or("").to_owned();
            let theatre = theatres[at.sentence].clone();
            found
                .push(((noun.group.to_owned(), country), GroupMention { definite: self.is_definite(at), theatre, at }));
        }
        for (key, mention) in found {
            self.groups.entry(key).or_default().push(mention);
        }
    }

    /// The first place of a sentence that is smaller than a country, a region before a town.
    pub(crate) fn theatre(&self, sentence: usize) -> Option<SmolStr> {
        let words = self.reading.parse(sentence).words.len();
        let (mut town, mut region) = (None, None);
        for word in 0..words {
            let at = WordAt { sentence, word };
            if self.name_at(at).is_some_and(|n| n.head != word) || !self.is_place(at) {
                continue;
            }
            let Some((spot, _)) = self.spot(at) else { continue };
            let id = spot.id.clone();
            let whole = id.split_once('/').map_or(id.as_str(), |(w, _)| w);
            match spot.kind {
                Some(PlaceKind::Country | PlaceKind::Continent) => {}
                _ if id.starts_with("t:") => {}
                None if vigie_resources::place(whole).is_some_and(|p| p.kind == PlaceKind::Country) => {
                    region = region.or(Some(id));
                }
                _ => town = town.or_else(|| Some(SmolStr::from(whole))),
            }
        }
        // A town says more than the part of the country around it.
        town.or(region)
    }
}
