//! Actors: names of the registry, parts of states, people behind adjectives, and groups that only the text names.

use crate::claim::{ActorId, Filler};
use crate::mention::{Name, slug};
use crate::reading::WordAt;
use crate::scene::{GroupMention, Scene};
use smol_str::{SmolStr, format_smolstr};
use std::collections::BTreeMap;
use vigie_resources::{ActorEntry, GenericName, PlaceKind, country, kind_of, state_of};
use vigie_syntax::{EntityLabel, Relation, Upos};

/// Who somebody is and, where the registry knows better than the text, what to call them.
type Known = (ActorId, Option<String>);

impl Scene<'_> {
    /// Does the word head a phrase of somebody who acts?
    #[must_use]
    pub fn is_actor(&self, at: WordAt) -> bool {
        if let Some(name) = self.name_at(at) {
            if name.person || !name.actors.is_empty() {
                return true;
            }
            if !name.countries.is_empty() || name.places.first().is_some_and(|p| p.kind == PlaceKind::Capital) {
                return self.is_metonym(at) || !self.case(at).is_some_and(|c| self.is_where(&c));
            }
            if !name.places.is_empty() {
                return false;
            }
            let word = at.word as u32;
            return self
                .parse(at)
                .entities
                .iter()
                .find(|e| e.first <= word && word <= e.last)
                .map_or(!self.case(at).is_some_and(|c| self.is_where(&c)), |e| e.label != EntityLabel::Location);
        }
        if let Some(noun) = self.generic(at) {
            return match noun.class {
                "event" => false,
                "belonging" => self.owner(at).is_some(),
                _ => true,
            };
        }
        self.is_people_of_country(at) || self.counted_members(at).is_some()
    }

    /// A single person: by name or by role.
    #[must_use]
    pub fn is_person(&self, at: WordAt) -> bool {
        self.name_at(at).is_some_and(|n| n.person) || self.generic(at).is_some_and(|n| n.class == "person")
    }

    /// The actor behind an adjective: "frappes russes", "positions rebelles".
    #[must_use]
    pub fn actor_of_adjective(&self, at: WordAt) -> Option<Filler> {
        let word = self.word(at);
        let filler = |id: ActorId, name: String| Filler { span: word.span, head: word.span, actor: Some(id), name };
        if let Some(iso) = self.country_of_adjective(at) {
            return Some(filler(state_of(iso)?.into(), self.country_name(iso)));
        }
        let quality = self.words.quality(&word.lemma).or_else(|| self.words.quality(&word.form))?;
        if !quality.part.is_empty() {
            let iso = self.focus.sentence(at.sentence)?;
            return Some(filler(format_smolstr!("{}.{}", state_of(iso)?, quality.part), word.form.to_string()));
        }
        if quality.group.is_empty() {
            return None;
        }
        Some(filler(self.local(quality.group, "", at, true, None), quality.group.to_owned()))
    }

    /// The generic noun at this word: a common noun, or a capitalised one that is part of no name.
    pub(crate) fn generic(&self, at: WordAt) -> Option<&'static GenericName> {
        let word = self.word(at);
        if !matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::X) || self.name_at(at).is_some() {
            return None;
        }
        if word.upos == Upos::Adj && self.relation(at) == Relation::Amod {
            return None;
        }
        self.words.noun(&word.lemma).or_else(|| self.words.noun(&word.form))
    }

    /// "les Russes": an adjective of a country used as a noun.
    fn is_people_of_country(&self, at: WordAt) -> bool {
        let word = self.word(at);
        matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Adj)
            && self.relation(at) != Relation::Amod
            && self.name_at(at).is_none()
            && self.country_of_adjective(at).is_some()
    }

    /// The country of an adjective; of several that share it the one in focus, else the first.
    pub(crate) fn country_of_adjective(&self, at: WordAt) -> Option<&'static str> {
        let word = self.word(at);
        let mut isos = self.words.countries_of_adjective(&word.form);
        if isos.is_empty() {
            isos = self.words.countries_of_adjective(&word.lemma);
        }
        let first = isos.first()?;
        let most = isos.iter().map(|i| self.focus.weight(i)).max()?;
        Some(isos.iter().find(|i| self.focus.weight(i) == most).unwrap_or(first))
    }

    fn country_name(&self, iso: &str) -> String {
        country(iso)
            .map_or_else(String::new, |c| if self.reading.language().code() == "fr" { c.fr } else { c.en }.to_owned())
    }

    /// Who the noun phrase headed by this word is.
    pub(crate) fn actor(&self, at: WordAt) -> Option<Known> {
        if let Some(name) = self.name_at(at) {
            return self.named_actor(name, at);
        }
        if let Some(noun) = self.generic(at) {
            return self.generic_actor(at, noun);
        }
        if self.is_people_of_country(at) {
            let iso = self.country_of_adjective(at)?;
            return Some((state_of(iso)?.into(), Some(self.country_name(iso))));
        }
        if let Some(members) = self.counted_members(at) {
            return self.actor(members);
        }
        // "L'Observatoire": the first word of a name told elsewhere, as a noun that no list knows.
        if self.word(at).upos == Upos::Noun && self.is_definite(at) { self.short_form(at) } else { None }
    }

    /// "a great number of fighters": the noun behind a word of quantity.
    fn counted_members(&self, at: WordAt) -> Option<WordAt> {
        if self.word(at).upos != Upos::Noun || self.name_at(at).is_some() || self.words.is_place_noun(&self.lemma(at)) {
            return None;
        }
        self.children(at).find(|&c| {
            self.relation(c) == Relation::Nmod
                && self.case(c).is_some_and(|k| self.is_of(&k))
                && self.is_plural(c)
                && self.determiner(c).is_none()
                && self.generic(c).is_some_and(|n| matches!(n.class, "armed" | "people" | "unit"))
        })
    }

    /// Whose thing it is: "positions rebelles", "raids russes", "un convoi de l'armée".
    fn owner(&self, at: WordAt) -> Option<Known> {
        for child in self.children(at).filter(|&c| c.word > at.word) {
            if self.relation(child) == Relation::Amod {
                if let Some(filler) = self.actor_of_adjective(child) {
                    return filler.actor.map(|id| (id, Some(filler.name)));
                }
            } else if self.relation(child) == Relation::Nmod && self.case(child).is_some_and(|c| self.is_of(&c)) {
                let named = self.name_at(child).is_some_and(|n| !n.actors.is_empty() && !n.person);
                let armed = self.generic(child).is_some_and(|n| matches!(n.class, "armed" | "state"));
                if named || armed {
                    return self.actor(child);
                }
            }
        }
        None
    }

    fn registry_name(&self, entry: &ActorEntry) -> Option<String> {
        entry.names(self.reading.language()).next().map(str::to_owned)
    }

    fn named_actor(&self, name: &Name, at: WordAt) -> Option<Known> {
        let text = self.reading.slice(name.span);
        let focus = self.focus.sentence(at.sentence);
        if !name.actors.is_empty() && (name.countries.is_empty() || name.person) {
            let entry = name.actors.iter().rev().max_by_key(|a| {
                let here = a.countries.iter().any(|c| Some(*c) == focus);
                let weight = a.countries.iter().map(|c| self.focus.weight(c)).max().unwrap_or(0);
                (here, weight)
            })?;
            // Parts of a state are called alike in every country.
            let part = entry.id.split_once('.').filter(|(state, _)| entry.part_of == Some(*state));
            let usual = part
                .filter(|(_, part)| self.words.places.state_names.contains_key(*part))
                .zip(entry.countries.first())
                .and_then(|((_, part), iso)| self.state_part(iso, part))
                .and_then(|(_, name)| name);
            return Some((entry.id.into(), usual.or_else(|| self.registry_name(entry))));
        }
        if !name.countries.is_empty() && name.side.is_none() {
            let most = name.countries.iter().map(|c| self.focus.weight(c)).max()?;
            let iso = name.countries.iter().find(|c| self.focus.weight(c) == most)?;
            return Some((state_of(iso)?.into(), Some(self.bare(text))));
        }
        if let Some(capital) = name.places.first().filter(|p| p.kind == PlaceKind::Capital && name.side.is_none()) {
            return Some((state_of(capital.country)?.into(), Some(text.to_owned())));
        }
        if name.is_unknown()
            && name.first == name.last
            && !name.person
            && let Some(short) = self.short_form(at)
        {
            return Some(short);
        }
        if name.person || name.places.is_empty() {
            // The whole name of somebody who is then called by the last part of it.
            let full = self.full_name(text);
            let theatre = if name.person || full.is_some() { "" } else { focus.unwrap_or("") };
            let called = full.unwrap_or_else(|| text.to_owned());
            let id = if theatre.is_empty() {
                format_smolstr!("t:{}", slug(&called))
            } else {
                format_smolstr!("t:{}@{theatre}", slug(&called))
            };
            return Some((id, Some(called)));
        }
        None
    }

    /// The longer name in the story that ends with this one.
    fn full_name(&self, short: &str) -> Option<String> {
        let wanted = slug(short);
        let all = self.names.iter().flatten().filter(|n| n.person && n.actors.is_empty());
        let mut longer: Vec<&str> = all
            .map(|n| self.reading.slice(n.span))
            .filter(|t| slug(t).strip_suffix(wanted.as_str()).is_some_and(|rest| rest.ends_with('-')))
            .collect();
        longer.sort_unstable();
        longer.dedup_by_key(|t| slug(t));
        if let [only] = longer[..] { Some(only.to_owned()) } else { None }
    }

    /// Countries told with a noun: adjectives, "de la Syrie", the country of a body inside the phrase.
    fn countries_beside(&self, at: WordAt) -> Vec<&'static str> {
        let mut found = Vec::new();
        for child in self.children(at) {
            match self.relation(child) {
                Relation::Amod | Relation::Nmod | Relation::Appos | Relation::Flat | Relation::Compound => {}
                _ => continue,
            }
            if self.name_at(child).is_none()
                && let Some(iso) = self.country_of_adjective(child)
            {
                found.push(iso);
                found.extend(
                    self.children(child)
                        .filter(|&c| self.relation(c) == Relation::Conj)
                        .filter_map(|c| self.country_of_adjective(c)),
                );
            } else if self.case(child).is_some_and(|c| self.is_of(&c))
                && let Some(name) = self.name_at(child)
                && name.side.is_none()
            {
                found.extend(name.countries.iter().copied().max_by_key(|c| self.focus.weight(c)));
                if name.countries.is_empty() && name.actors.iter().all(|a| a.kind == "person") {
                    let person = name.actors.first().and_then(|a| a.countries.first());
                    let capital = name.places.first().filter(|p| p.kind == PlaceKind::Capital).map(|p| p.country);
                    found.extend(person.copied().or(capital));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn generic_actor(&self, at: WordAt, noun: &'static GenericName) -> Option<Known> {
        // A name told as an apposition: "le mouvement islamiste Hamas", "le ministre Jean Dupont".
        let apposed = self.children(at).find(|&c| {
            c.word > at.word
                && matches!(
                    self.relation(c),
                    Relation::Appos | Relation::Flat | Relation::Nmod | Relation::Compound | Relation::Amod
                )
                && self.case(c).is_none()
                && self.name_at(c).is_some_and(|n| {
                    n.person || !n.actors.is_empty() || (n.is_unknown() && self.relation(c) != Relation::Appos)
                })
        });
        if let Some(child) = apposed {
            let named = self.name_at(child).and_then(|n| self.named_actor(n, child));
            let person_noun = noun.class == "person";
            let is_person = self.name_at(child).is_some_and(|n| n.person);
            if named.is_some() && (person_noun == is_person || person_noun) {
                return named;
            }
        }
        if noun.class == "person" {
            return self.body_of(at);
        }
        if noun.class == "belonging" {
            return self.owner(at);
        }
        if matches!(noun.class, "armed" | "people" | "unit" | "organisation" | "political" | "media")
            && let Some(body) = self.members_of(at, noun)
        {
            return Some(body);
        }
        let qualities: Vec<&GenericName> = self
            .children(at)
            .filter(|&c| {
                matches!(self.relation(c), Relation::Amod | Relation::Nmod | Relation::Appos)
                    && self.name_at(c).is_none()
            })
            .filter(|&c| self.case(c).is_none())
            .filter_map(|c| self.words.quality(&self.word(c).lemma).or_else(|| self.words.quality(&self.word(c).form)))
            .collect();
        let countries = self.countries_beside(at);
        let group = qualities.iter().find(|q| !q.group.is_empty() && q.part.is_empty()).map(|q| q.group);
        let part = qualities
            .iter()
            .find(|q| !q.part.is_empty())
            .map(|q| q.part)
            .or_else(|| (!noun.part.is_empty() && group.is_none()).then_some(noun.part));
        if let Some(part) = part {
            if let [iso] = countries[..] {
                return self.state_part(iso, part);
            }
            if countries.is_empty() {
                if let Some(known) = self.same_noun_with_country(at, part) {
                    return Some(known);
                }
                let stands_for_state = self.words.places.actors.state_nouns.contains(&self.lemma(at))
                    || part == "army" && noun.part.is_empty();
                if stands_for_state
                    && self.is_definite(at)
                    && let Some(iso) = self.focus.sentence(at.sentence)
                {
                    return self.state_part(iso, part);
                }
            }
        }
        if noun.class == "organisation"
            && let Some(described) = self.described(at, &qualities)
        {
            return Some(described);
        }
        if self.is_definite(at)
            && let Some(short) = self.short_form(at)
        {
            return Some(short);
        }
        match noun.class {
            "armed" | "political" | "state" | "unit" | "organisation" | "media" => {
                let base = if noun.group.is_empty() { self.lemma(at) } else { noun.group.to_owned() };
                let (base, extra) = match group {
                    Some(g)
                        if g != base
                            && !noun.group.is_empty()
                            && !self.words.places.actors.plain_groups.iter().any(|plain| plain == noun.group) =>
                    {
                        (base, g.to_owned())
                    }
                    Some(g) => (g.to_owned(), String::new()),
                    None => (base, String::new()),
                };
                let foreign: Vec<&str> =
                    countries.iter().copied().filter(|c| Some(*c) != self.focus.sentence(at.sentence)).collect();
                let mut extras: Vec<String> = foreign.iter().map(|c| c.to_lowercase()).collect();
                if !extra.is_empty() {
                    extras.push(extra);
                }
                Some((self.local(&base, &extras.join("-"), at, self.is_definite(at), self.backer(at)), None))
            }
            _ => None,
        }
    }

    pub(crate) fn state_part(&self, iso: &str, part: &str) -> Option<Known> {
        let id = format_smolstr!("{}.{part}", state_of(iso)?);
        let template = self.words.places.state_names.get(part);
        let name = template
            .zip(self.words.adjective_of(iso))
            .map(|(t, [m, f, mp, fp])| t.replace("{mp}", mp).replace("{fp}", fp).replace("{m}", m).replace("{f}", f));
        let listed = vigie_resources::actor(&id).and_then(|entry| self.registry_name(entry));
        Some((id, name.or(listed)))
    }

    /// "le porte-parole de l'armée": an unnamed person speaks and acts for a body.
    fn body_of(&self, at: WordAt) -> Option<Known> {
        for child in self.children(at) {
            let relation = self.relation(child);
            let of = self.case(child).is_some_and(|c| self.is_of(&c));
            if relation == Relation::Nmod && of {
                let body = self.actor(child);
                if let Some((id, _)) = body
                    && kind_of(&id).is_some_and(|k| k != "person")
                {
                    return Some((id, None));
                }
            }
        }
        // "le président russe": the adjective names the state.
        let countries = self.countries_beside(at);
        if let [iso] = countries[..] {
            return Some((state_of(iso)?.into(), None));
        }
        None
    }

    /// "les jihadistes du groupe X", "les forces du régime": members stand for their body.
    fn members_of(&self, at: WordAt, noun: &GenericName) -> Option<Known> {
        for child in self.children(at) {
            if self.relation(child) != Relation::Nmod || !self.case(child).is_some_and(|c| self.is_of(&c)) {
                continue;
            }
            if let Some(name) = self.name_at(child) {
                if name.actors.iter().any(|a| {
                    matches!(a.kind, "armed-group" | "militia" | "army" | "coalition" | "igo" | "un" | "party")
                }) {
                    return self.named_actor(name, child);
                }
            } else if let Some(inner) = self.generic(child) {
                if inner.part == "gov" && noun.class == "armed" {
                    let (id, _) = self.actor(child)?;
                    let state = id.split_once('.')?.0;
                    let iso = vigie_resources::country_of(state)?;
                    return self.state_part(iso, "army");
                }
                if matches!(inner.class, "armed" | "organisation" | "people" | "unit") {
                    let known = self.actor(child)?;
                    if kind_of(&known.0).is_some() || noun.class == "unit" {
                        return Some(known);
                    }
                }
            }
        }
        None
    }

    /// The state whose part the same noun names elsewhere in the story: "l'armée" after "l'armée syrienne".
    fn same_noun_with_country(&self, at: WordAt, part: &str) -> Option<Known> {
        if !self.is_definite(at) {
            return None;
        }
        let found = self.national.get(&self.lemma(at))?;
        let here = self.focus.sentence(at.sentence);
        // In the theatre of the sentence first; another country's army only when the sentence tells no theatre.
        let nearest = |own: bool| {
            found
                .iter()
                .filter(|(_, iso)| !own || Some(*iso) == here)
                .min_by_key(|(s, iso)| (s.abs_diff(at.sentence), *s, *iso))
        };
        let (_, iso) = match nearest(true) {
            Some(found) => found,
            None if self.focus.told(at.sentence).is_some() => return None,
            None => nearest(false)?,
        };
        self.state_part(iso, part)
    }

    /// Learns which national nouns the story tells with their country, and what its names begin with.
    pub(crate) fn collect_names(&mut self) {
        let mut national: std::collections::BTreeMap<String, Vec<(usize, &'static str)>> =
            std::collections::BTreeMap::new();
        for at in self.all_words() {
            if self.generic(at).is_some_and(|n| !n.part.is_empty())
                && let [iso] = self.countries_beside(at)[..]
            {
                national.entry(self.lemma(at)).or_default().push((at.sentence, iso));
            }
        }
        let mut first_words: BTreeMap<String, Vec<WordAt>> = BTreeMap::new();
        let reading = self.reading;
        for (sentence, names) in self.names.iter().enumerate() {
            // A name of one word is short for others, and no other name is short for it.
            let long = |n: &&Name| !n.person && n.places.is_empty() && (n.last > n.first || !n.actors.is_empty());
            for name in names.iter().filter(long) {
                let first = |text: &str| slug(text).split_once('-').map(|(first, _)| first.to_owned());
                let mut firsts: Vec<String> = first(reading.slice(name.span)).into_iter().collect();
                for entry in &name.actors {
                    firsts.extend(entry.names(reading.language()).filter_map(first));
                }
                firsts.sort_unstable();
                firsts.dedup();
                for first in firsts {
                    first_words.entry(first).or_default().push(WordAt { sentence, word: name.head });
                }
            }
        }
        self.national = national;
        self.first_words = first_words;
    }

    /// "l'organisation ultraradicale sunnite": a registry actor of the story that has all the traits told.
    fn described(&self, at: WordAt, qualities: &[&GenericName]) -> Option<Known> {
        if !self.is_definite(at) {
            return None;
        }
        let traits: Vec<&str> = qualities.iter().map(|q| q.kind_trait).filter(|t| !t.is_empty()).collect();
        if traits.is_empty() {
            return None;
        }
        let mut best: Option<(usize, WordAt, &Name)> = None;
        for (sentence, names) in self.names.iter().enumerate() {
            for name in names {
                let fits =
                    name.actors.iter().any(|a| a.kind != "person" && traits.iter().all(|t| a.traits.contains(t)));
                let place = WordAt { sentence, word: name.head };
                let away = sentence.abs_diff(at.sentence) * 2 + usize::from(place > at);
                if fits && best.is_none_or(|(b, _, _)| away < b) {
                    best = Some((away, place, name));
                }
            }
        }
        best.and_then(|(_, place, name)| self.named_actor(name, place))
    }

    /// "l'Observatoire": a name of the story that begins with this noun, told in full or as initials elsewhere.
    fn short_form(&self, at: WordAt) -> Option<Known> {
        let form = slug(&self.word(at).form);
        let found = self.first_words.get(&form)?;
        let nearest = found.iter().filter(|w| **w != at).min_by_key(|w| (w.sentence.abs_diff(at.sentence), **w))?;
        self.name_at(*nearest).and_then(|name| self.named_actor(name, *nearest))
    }

    /// Who backs a group, where its phrase says so: what tells it from its namesakes.
    fn backer(&self, at: WordAt) -> Option<SmolStr> {
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
    fn local(&self, group: &str, extra: &str, at: WordAt, definite: bool, backer: Option<SmolStr>) -> ActorId {
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
    fn own_theatre(&self, group: &str, country: &str, at: WordAt, definite: bool) -> Option<SmolStr> {
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
            if noun.class != "armed" || !noun.part.is_empty() {
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
    fn theatre(&self, sentence: usize) -> Option<SmolStr> {
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
