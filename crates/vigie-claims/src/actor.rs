//! Actors: names of the registry, parts of states, people behind adjectives, and groups that only the text names.

use crate::claim::{ActorId, Filler};
use crate::mention::{Name, slug};
use crate::reading::WordAt;
use crate::scene::Scene;
use smol_str::format_smolstr;
use vigie_resources::{ActorEntry, GenericName, PlaceKind, country, kind_of, state_of};
use vigie_syntax::{EntityLabel, Relation, Upos};

/// Who somebody is and, where the registry knows better than the text, what to call them.
pub(crate) type Known = (ActorId, Option<String>);

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

    /// The name of a country or of its capital, wherever it stands.
    pub(crate) fn is_state(&self, at: WordAt) -> bool {
        let Some(name) = self.name_at(at).filter(|n| n.side.is_none()) else { return false };
        !name.countries.is_empty() || name.places.first().is_some_and(|p| p.kind == PlaceKind::Capital)
    }

    /// The name of a place that the gazetteer has under this very name.
    pub(crate) fn is_known_place(&self, at: WordAt) -> bool {
        self.name_at(at).is_some_and(|n| !n.places.is_empty() && !n.guessed)
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
    pub(crate) fn is_people_of_country(&self, at: WordAt) -> bool {
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

    pub(crate) fn country_name(&self, iso: &str) -> String {
        country(iso).map_or_else(String::new, |c| c.name(self.reading.language()).to_owned())
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
            // "The Russians" are their side, "two Russians" are two people.
            if self.is_counted_few(at) {
                return None;
            }
            let iso = self.country_of_adjective(at)?;
            return Some((state_of(iso)?.into(), Some(self.country_name(iso))));
        }
        if let Some(members) = self.counted_members(at) {
            // The body may hang on the noun of quantity: "une centaine d'hommes de X".
            let body = self.generic(members).and_then(|noun| self.members_of(at, noun));
            return body.filter(|(id, _)| kind_of(id).is_some()).or_else(|| self.actor(members));
        }
        // "L'Observatoire": the first word of a name told elsewhere, as a noun that no list knows.
        if self.word(at).upos == Upos::Noun && self.is_definite(at) { self.short_form(at) } else { None }
    }

    pub(crate) fn registry_name(&self, entry: &ActorEntry) -> Option<String> {
        entry.names(self.reading.language()).next().map(str::to_owned)
    }

    pub(crate) fn named_actor(&self, name: &Name, at: WordAt) -> Option<Known> {
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
        if let Some(iso) = name.countries.first().filter(|_| name.side.is_none()) {
            return Some((state_of(iso)?.into(), Some(self.bare(text))));
        }
        if let Some(capital) = name.places.first().filter(|p| p.kind == PlaceKind::Capital && name.side.is_none()) {
            return Some((state_of(capital.country)?.into(), Some(text.to_owned())));
        }
        if name.is_unknown()
            && name.first == name.last
            && !name.person
            && let Some(short) = self.short_form(WordAt { word: name.head, ..at })
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

    pub(crate) fn generic_actor(&self, at: WordAt, noun: &'static GenericName) -> Option<Known> {
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
            return self.body_of(at).or_else(|| self.possessed.get(&at).map(|(body, _)| (body.clone(), None)));
        }
        if noun.class == "belonging" {
            return self.owner(at).or_else(|| self.possessed.get(&at).cloned());
        }
        if let Some(owner) = self.possessed.get(&at) {
            return Some(owner.clone());
        }
        if matches!(noun.class, "armed" | "people" | "unit" | "body" | "political" | "media")
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
        if noun.class == "body"
            && let Some(described) = self.described(at, &qualities)
        {
            return Some(described);
        }
        if self.is_definite(at)
            && let Some(short) = self.short_form(at)
        {
            return Some(short);
        }
        if noun.class == "armed"
            && let Some(known) = self.known_by_trait(at, noun)
        {
            return Some(known);
        }
        match noun.class {
            "armed" | "political" | "state" | "unit" | "body" | "media" => {
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
}
