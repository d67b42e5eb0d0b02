//! Places: names of the gazetteer, sides and parts of them, and places without a name inside them.

use crate::claim::{PlaceId, PlaceMention, Precision};
use crate::focus::likelihood;
use crate::mention::{Name, slug};
use crate::phrase::{Extent, phrase_words, subtree};
use crate::reading::WordAt;
use crate::scene::{Scene, Town};
use smol_str::format_smolstr;
use vigie_resources::{Place, PlaceKind, country, place as place_of, places_spelt_like};
use vigie_syntax::{EntityLabel, Relation, Upos};
use vigie_text::Span;

/// A place as far as the text tells it.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) id: PlaceId,
    pub(crate) name: String,
    pub(crate) point: Option<(i32, i32)>,
    pub(crate) precision: Precision,
    pub(crate) country: &'static str,
    pub(crate) kind: Option<PlaceKind>,
}

/// What the noun before a name says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Any,
    Division,
    Settlement,
}

impl Scene<'_> {
    /// The noun phrase headed by this word as a place; `None` where it can be none.
    #[must_use]
    pub fn place(&self, at: WordAt) -> Option<PlaceMention> {
        let (spot, span) = self.spot(at).or_else(|| self.anonymous(at))?;
        Some(PlaceMention {
            span: Some(span),
            place: Some(spot.id),
            name: spot.name,
            point: spot.point,
            precision: spot.precision,
        })
    }

    /// The same for a phrase that only tells where something else happened: beside a place is not in it.
    #[must_use]
    pub fn surroundings(&self, at: WordAt) -> Option<PlaceMention> {
        let mut mention = self.place(at)?;
        let case = self.whole_case(at)?;
        let beside =
            self.words.places.beside.iter().any(|b| *b == case || case.strip_suffix(" de").is_some_and(|c| c == b));
        if beside {
            let first = self.children(at).find(|&c| self.relation(c) == Relation::Case)?;
            let span = mention.span.map_or(self.word(first).span, |s| s.cover(self.word(first).span));
            mention.name = self.reading.slice(span).to_owned();
            mention.span = Some(span);
            mention.place = mention.place.map(|id| format_smolstr!("{id}/near"));
            mention.precision = Precision::Near;
        }
        Some(mention)
    }

    /// Does the word head a phrase of place?
    #[must_use]
    pub fn is_place(&self, at: WordAt) -> bool {
        if let Some(name) = self.name_at(at) {
            if name.person || (!name.actors.is_empty() && name.countries.is_empty()) {
                return !name.places.is_empty() && !name.person && self.case(at).is_some_and(|c| self.is_where(&c));
            }
            if !name.places.is_empty() || !name.countries.is_empty() {
                return !self.case(at).is_some_and(|c| self.words.places.agents.contains(&c));
            }
            let word = at.word as u32;
            let entity = self.parse(at).entities.iter().find(|e| e.first <= word && word <= e.last);
            return match entity.map(|e| e.label) {
                Some(EntityLabel::Location) => true,
                Some(_) => false,
                None => self.case(at).is_some_and(|c| self.is_where(&c)),
            };
        }
        if self.word(at).upos == Upos::Propn {
            return false;
        }
        let lemma = self.lemma(at);
        if self.side_noun(at).is_some() {
            return self.spot(at).is_some();
        }
        self.words.is_place_noun(&lemma)
            && (!self.words.is_kind("weak", &lemma) || self.spot(at).is_some() || self.parent(at).is_some())
            || self.words.places.country.contains(&lemma)
            || self.words.places.capital.contains(&lemma)
            || self.words.places.town.contains(&lemma)
    }

    /// A country or capital that acts: the state is meant.
    pub(crate) fn is_metonym(&self, at: WordAt) -> bool {
        let Some(name) = self.name_at(at) else { return false };
        let state = !name.countries.is_empty() || name.places.first().is_some_and(|p| p.kind == PlaceKind::Capital);
        if !state || name.side.is_some() {
            return false;
        }
        let mut head = WordAt { word: name.head, ..at };
        // Of coordinated names the first shows the function.
        while self.relation(head) == Relation::Conj
            && let Some(up) = self.word(head).head
            && !self.parse(at).children(head.word).any(|c| self.parse(at).words[c].deprel.base == Relation::Case)
        {
            head.word = up as usize;
        }
        let deprel = &self.word(head).deprel;
        match deprel.base {
            Relation::Nsubj => deprel.sub != "pass",
            Relation::Obl | Relation::Nmod => match self.case(head) {
                // "par" is an agent only under a passive; the rest tells where.
                Some(case) => deprel.sub == "agent" || self.words.places.agents.contains(&case),
                None => false,
            },
            Relation::Obj | Relation::Iobj | Relation::Conj | Relation::Root | Relation::Appos => {
                name.places.first().is_some_and(|p| p.kind == PlaceKind::Capital) && deprel.base == Relation::Iobj
            }
            _ => false,
        }
    }

    /// A named or composed place with its span.
    pub(crate) fn spot(&self, at: WordAt) -> Option<(Spot, Span)> {
        if let Some(name) = self.name_at(at) {
            return Some((self.named(name, at.sentence, Wanted::Any)?, name.span));
        }
        if !matches!(self.word(at).upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::X | Upos::Adv) {
            return None;
        }
        let lemma = self.lemma(at);
        let span = self.span_of(at.sentence, &self.phrase(at));
        if let Some(side) = self.side_noun(at) {
            let whole = self.inner(at, Wanted::Any).or_else(|| self.town_before(at));
            return Some((self.side_of(&whole?, &side, at, span), span));
        }
        if self.words.places.country.contains(&lemma) && self.inner(at, Wanted::Any).is_none() && self.is_definite(at) {
            return Some((self.country_spot(self.focus.sentence(at.sentence)?)?, span));
        }
        if self.words.places.capital.contains(&lemma) && self.inner(at, Wanted::Any).is_none() {
            // "l'ancienne capitale", "la capitale économique": another town, as a rule the one spoken of.
            let qualified = self.children(at).any(|c| {
                self.relation(c) == Relation::Amod && self.words.countries_of_adjective(&self.word(c).form).is_empty()
            });
            if qualified {
                return self.is_definite(at).then(|| self.town_before(at))?.map(|spot| (spot, span));
            }
            let adjective =
                self.children(at).find_map(|c| self.words.countries_of_adjective(&self.word(c).form).first());
            let iso = adjective.copied().or_else(|| self.focus.sentence(at.sentence))?;
            let capital = place_of(country(iso)?.capital.as_ref()?)?;
            return self.is_definite(at).then(|| (self.of_gazetteer(&capital, capital.name), span));
        }
        if let Some(border) = self.border(at, &lemma) {
            return Some((border, span));
        }
        if !self.words.is_place_noun(&lemma) {
            return None;
        }
        if let Some((side, holder)) = self.side_beside(at) {
            let near = self.words.places.beside.contains(&lemma);
            let whole =
                self.inner(at, Wanted::Any).or_else(|| self.inner(holder, Wanted::Any)).or_else(|| self.after(holder));
            if let Some(whole) = whole.or_else(|| self.town_before(at)) {
                let side = if near { format!("{side}-edge") } else { side };
                let words = phrase_words(self.parse(at), at.word, Extent::Core);
                return Some((self.side_of(&whole, &side, at, span.cover(self.span_of(at.sentence, &words))), span));
            }
        }
        if self.words.is_kind("part", &lemma)
            && let Some(found) = self.held_part(at)
        {
            return Some(found);
        }
        if self.words.is_kind("apart", &lemma)
            && let Some(site) = self.inner(at, Wanted::Any).filter(|s| s.kind == Some(PlaceKind::Site))
        {
            return Some((site, span));
        }
        let single = !self.is_plural(at) && (self.is_definite(at) || self.determiner(at).is_none());
        let wanted = if self.words.is_kind("division", &lemma) { Wanted::Division } else { Wanted::Settlement };
        if single && (self.words.is_kind("same", &lemma) || wanted == Wanted::Division) {
            if self.quarter_name(at).is_none()
                && let Some(spot) = self.inner(at, wanted)
                && spot.kind != Some(PlaceKind::Country)
            {
                return Some((spot, span));
            }
            if self.words.places.town.contains(&lemma) && self.is_definite(at) {
                return self.described_elsewhere(at).or_else(|| self.town_before(at)).map(|spot| (spot, span));
            }
        }
        None
    }

    /// "la cité antique" in a story that elsewhere speaks of "la cité antique de X": the same words, the same town.
    fn described_elsewhere(&self, at: WordAt) -> Option<Spot> {
        let qualities = |noun: WordAt| -> Vec<String> {
            self.children(noun).filter(|&c| self.relation(c) == Relation::Amod).map(|c| self.lemma(c)).collect()
        };
        let (lemma, wanted) = (self.lemma(at), qualities(at));
        if wanted.is_empty() {
            return None;
        }
        self.all_words()
            .filter(|&other| other != at && self.lemma(other) == lemma && qualities(other) == wanted)
            .find_map(|other| self.inner(other, Wanted::Settlement))
    }

    /// A place without a name of its own, inside the one that its phrase tells or the country in focus.
    fn anonymous(&self, at: WordAt) -> Option<(Spot, Span)> {
        let word = self.word(at);
        if !matches!(word.upos, Upos::Noun | Upos::Propn | Upos::X | Upos::Adj | Upos::Num) {
            return None;
        }
        let parse = self.parse(at);
        let parent = self.parent(at);
        let people = self
            .generic(at)
            .is_some_and(|n| matches!(n.class, "armed" | "civil" | "person" | "people" | "state" | "relational"));
        let site = self.is_site(at);
        if self.name_at(at).is_some() || (!site && (people || parent.is_none())) {
            return None;
        }
        let core = self.place_phrase(at);
        let span = self.span_of(at.sentence, &core);
        let parent = parent.or_else(|| self.beside_clause(at));
        let focus = self.focus.sentence(at.sentence);
        let place = parent.as_ref().map_or_else(|| focus.unwrap_or("").into(), |p| p.id.clone());
        let own: Vec<usize> = core
            .iter()
            .copied()
            .filter(|&w| {
                let word = &parse.words[w];
                let here = WordAt { word: w, ..at };
                let near = word.head == Some(at.word as u32)
                    && (!self.words.is_place_noun(&self.lemma(here)) || self.determiner(here).is_none())
                    && self.side_noun(here).is_none();
                w == at.word
                    || (near
                        && matches!(word.upos, Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num)
                        && (self.quarter_name(at).is_some() || self.names[at.sentence].iter().all(|n| !n.holds(w))))
            })
            .collect();
        let text: Vec<&str> = own.iter().map(|&w| parse.words[w].form.as_str()).collect();
        let id = format_smolstr!("t:{}@{place}", slug(&text.join(" ")));
        let spot = Spot {
            id,
            name: self.bare(self.reading.slice(span)),
            point: parent.as_ref().and_then(|p| p.point),
            precision: parent.as_ref().map_or(Precision::Region, |p| match p.precision {
                Precision::Exact => Precision::Near,
                other => other,
            }),
            country: parent.as_ref().map_or(focus.unwrap_or(""), |p| p.country),
            kind: None,
        };
        Some((spot, span))
    }

    /// A noun of place, or a noun of quantity before one: "une série de bases".
    fn is_site(&self, at: WordAt) -> bool {
        self.words.is_place_noun(&self.lemma(at))
            || self.generic(at).is_none()
                && self.children(at).any(|c| {
                    self.relation(c) == Relation::Nmod
                        && self.is_plural(c)
                        && self.determiner(c).is_none()
                        && self.case(c).is_some_and(|k| self.is_of(&k))
                        && self.words.is_place_noun(&self.lemma(c))
                        && self.name_at(c).is_none()
                })
    }

    /// The words of a place without a name: its core with the places that it lies in.
    fn place_phrase(&self, at: WordAt) -> Vec<usize> {
        let parse = self.parse(at);
        let mut words = phrase_words(parse, at.word, Extent::Core);
        for word in words.clone() {
            let here = WordAt { word, ..at };
            let located = word != at.word
                && parse.words[word].deprel.base == Relation::Nmod
                && self.case(here).is_some_and(|c| self.is_where(&c))
                && !(self.is_place(here) && self.case(here).is_some_and(|c| self.words.places.scene.contains(&c)));
            if located || (word != at.word && self.is_timed(here)) {
                let below = subtree(parse, word, |_| true);
                words.retain(|w| *w == at.word || !below.contains(w));
            }
        }
        while words.len() > 1 && words.last().is_some_and(|&w| matches!(parse.words[w].upos, Upos::Punct | Upos::Adp)) {
            words.pop();
        }
        words
    }

    /// The place told right behind a phrase as a circumstance of its verb: the parser's other choice for "in X".
    fn beside_clause(&self, at: WordAt) -> Option<Spot> {
        let verb = self.word(at).head? as usize;
        let end = *self.place_phrase(at).last()?;
        self.parse(at).children(verb).filter(|&c| c > end && c < end + 8).find_map(|word| {
            let here = WordAt { word, ..at };
            let scene = self.case(here).is_some_and(|c| self.words.places.scene.contains(&c));
            if scene && self.relation(here) == Relation::Obl && self.is_place(here) {
                self.spot(here).map(|(s, _)| s)
            } else {
                None
            }
        })
    }

    /// A quarter's own name: "le quartier X". No gazetteer of towns may answer for it.
    fn quarter_name(&self, at: WordAt) -> Option<&Name> {
        if !self.words.is_kind("quarter", &self.lemma(at)) {
            return None;
        }
        self.children(at).find_map(|c| {
            let name = self.name_at(c).filter(|n| n.head == c.word && n.side.is_none() && n.countries.is_empty())?;
            let town = name.places.iter().any(|p| {
                matches!(p.kind, PlaceKind::Capital)
                    || p.population >= 50_000
                    || p.kind == PlaceKind::Town && self.focus.weight(p.country) > 0
            });
            (!town).then_some(name)
        })
    }

    /// The place that a phrase says it lies in.
    fn parent(&self, at: WordAt) -> Option<Spot> {
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
    fn inner(&self, at: WordAt, wanted: Wanted) -> Option<Spot> {
        for child in self.children(at) {
            let relation = self.relation(child);
            let case = self.case(child);
            let fits = match relation {
                Relation::Nmod | Relation::Obl => case.as_deref().is_none_or(|c| self.is_of(c)),
                Relation::Appos | Relation::Flat => case.is_none() && child.word > at.word,
                _ => false,
            };
            if !fits {
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
    fn after(&self, at: WordAt) -> Option<Spot> {
        let words = &self.parse(at).words;
        let mut next = at.word + 1;
        if !words.get(next).is_some_and(|w| self.is_of(&w.lemma.to_lowercase())) {
            return None;
        }
        next += 1;
        while next < words.len().min(at.word + 6) {
            let here = WordAt { word: next, ..at };
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

    /// A side as a noun: "le nord de X", "l'ouest".
    fn side_noun(&self, at: WordAt) -> Option<String> {
        let word = self.word(at);
        if !matches!(word.upos, Upos::Noun | Upos::Propn | Upos::X) || self.name_at(at).is_some() {
            return None;
        }
        let attribute = self.case(at).is_none() && self.determiner(at).is_none();
        if attribute {
            return None;
        }
        self.words.side(&word.form).map(str::to_owned)
    }

    /// A side said of a noun, and the word that says it: "partie orientale", "quartiers est".
    fn side_beside(&self, at: WordAt) -> Option<(String, WordAt)> {
        let child = self.children(at).find(|&c| {
            c.word > at.word
                && self.case(c).is_none()
                && matches!(
                    self.relation(c),
                    Relation::Amod
                        | Relation::Nmod
                        | Relation::Appos
                        | Relation::Flat
                        | Relation::Compound
                        | Relation::Advmod
                        | Relation::Dep
                )
                && self.words.side(&self.word(c).form).is_some()
        });
        // A parser may take "est" for the verb: the next word decides.
        let next = WordAt { word: at.word + 1, ..at };
        let found = child.or_else(|| {
            (next.word < self.parse(at).words.len()
                && self.words.side(&self.word(next).form).is_some()
                && self.after(next).is_some())
            .then_some(next)
        })?;
        Some((self.words.side(&self.word(found).form)?.to_owned(), found))
    }

    /// The side of a place; the id tells both, the name is the story's usual wording.
    fn side_of(&self, whole: &Spot, side: &str, at: WordAt, span: Span) -> Spot {
        let id = format_smolstr!("{}/{side}", whole.id);
        let precision = match whole.precision {
            Precision::Exact | Precision::Near => Precision::Near,
            _ => Precision::Region,
        };
        let words = phrase_words(self.parse(at), at.word, Extent::Core);
        let text = self.bare(self.reading.slice(span.cover(self.span_of(at.sentence, &words))));
        let told = text.contains(&whole.name);
        let name = self.wordings.get(&id).cloned().or_else(|| (!told).then(|| self.side_name(whole, side)).flatten());
        let name = name.unwrap_or(text);
        Spot { id, name, point: whole.point, precision, country: whole.country, kind: None }
    }

    fn side_name(&self, whole: &Spot, side: &str) -> Option<String> {
        let [consonant, vowel] = self.words.places.side_names.get(side)?;
        let first = whole.name.chars().next()?.to_lowercase().next()?;
        let elides = self.reading.language().writing().elision_before.contains(&first) && first != 'h';
        Some((if elides { vowel } else { consonant }).replace("{place}", &whole.name))
    }

    /// Quarters told by who holds them, or by nothing: the part of the town that the story tells for them.
    fn held_part(&self, at: WordAt) -> Option<(Spot, Span)> {
        let parse = self.parse(at);
        let clause = self
            .children(at)
            .find(|&c| self.relation(c) == Relation::Acl && self.words.places.held.contains(&self.lemma(c)))?;
        let mut words = phrase_words(parse, at.word, Extent::WithClauses);
        if let Some(agent) = self.agent_behind(clause) {
            words.extend(subtree(parse, agent.word, |_| true));
            words.sort_unstable();
            words.dedup();
        }
        let span = self.span_of(at.sentence, &words);
        // A side told inside the phrase.
        let told = words.iter().map(|&word| WordAt { word, ..at }).filter(|w| w.word != at.word).find_map(|w| {
            let side = self.side_noun(w).is_some()
                || (self.words.is_kind("part", &self.lemma(w)) && self.side_beside(w).is_some());
            if side { self.spot(w) } else { None }
        });
        if let Some((spot, _)) = told {
            return Some((spot, span));
        }
        if self.inner(at, Wanted::Any).is_some() {
            return None;
        }
        // The part that the same holder holds elsewhere in the story.
        let holder = self.holder(clause)?;
        let other = self.held.iter().find(|(who, there)| *who == holder && *there != at).map(|(_, there)| *there);
        if let Some((spot, _)) = other.and_then(|there| self.spot(there)) {
            return Some((spot, span));
        }
        let town = self.town_before(at)?;
        let sides = self.sides.get(&town.id)?;
        let mut usual = sides.iter().filter(|s| !s.ends_with("-edge"));
        let (Some(only), None) = (usual.next(), usual.next()) else { return None };
        Some((self.side_of(&town, only, at, span), span))
    }

    /// Who holds, in a participle clause "contrôlés par X".
    fn holder(&self, clause: WordAt) -> Option<crate::claim::ActorId> {
        let agent = self.children(clause).find(|&c| {
            matches!(self.relation(c), Relation::Obl | Relation::Nmod)
                && self.case(c).is_some_and(|case| self.words.places.agents.contains(&case))
        });
        let agent = agent.or_else(|| self.agent_behind(clause))?;
        self.actor(agent).map(|(id, _)| id)
    }

    /// The agent that stands right behind its participle, wherever the parser hung it.
    fn agent_behind(&self, clause: WordAt) -> Option<WordAt> {
        let next = self.parse(clause).words.get(clause.word + 1)?;
        let head = next.head.filter(|_| self.words.places.agents.iter().any(|a| *a == next.lemma))?;
        Some(WordAt { word: head as usize, ..clause }).filter(|agent| agent.word > clause.word)
    }

    /// The town that the text is speaking of at this word: the one told most often and first in the paragraph so far,
    /// else the last one told before; a town told only later serves when none came before.
    pub(crate) fn town_before(&self, at: WordAt) -> Option<Spot> {
        let split = self.towns.partition_point(|t| t.at < at);
        let part = self.reading.sentence(at.sentence).part;
        let here = |t: &&Town| self.reading.sentence(t.at.sentence).part == part && !t.aside;
        let mut votes: Vec<(usize, usize, &Town)> = Vec::new();
        for town in self.towns[..split]
            .iter()
            .rev()
            .take_while(|t| self.reading.sentence(t.at.sentence).part == part)
            .filter(here)
        {
            // The last one told in the sentence before or in this one is the likeliest; the first one is the topic.
            match votes.iter_mut().find(|(_, _, t)| t.spot.id == town.spot.id) {
                Some((count, _, _)) => *count += 2,
                None => votes.push((
                    2 + usize::from(town.at.sentence + 1 >= at.sentence && votes.is_empty()),
                    town.at.word,
                    town,
                )),
            }
        }
        if let Some(last) = votes.len().checked_sub(1) {
            votes[last].0 += 2;
        }
        let best = votes.iter().map(|v| v.0).max();
        let topic = votes.iter().find(|v| Some(v.0) == best).map(|v| v.2);
        let (before, after) = self.towns.split_at(split);
        let last = || before.iter().rev().find(|t| !t.aside).or_else(|| before.last());
        topic.or_else(last).or_else(|| after.iter().find(|t| !t.aside)).map(|t| t.spot.clone())
    }

    /// Learns the towns of the story in order of mention.
    pub(crate) fn collect_towns(&mut self) {
        let mut towns = Vec::new();
        for (sentence, names) in self.names.iter().enumerate() {
            for name in names.iter().filter(|n| !n.person && n.actors.is_empty() && n.countries.is_empty()) {
                let at = WordAt { sentence, word: name.head };
                if self.is_metonym(at) || self.under_division(at) {
                    continue;
                }
                let mut plain = name.clone();
                plain.side = None;
                let Some(spot) = self.named(&plain, sentence, Wanted::Settlement) else { continue };
                if matches!(spot.kind, Some(PlaceKind::Capital | PlaceKind::Town | PlaceKind::Village)) {
                    let listed = self.relation(at) == Relation::Conj
                        || self.children(at).any(|c| self.relation(c) == Relation::Conj);
                    let beside = self
                        .word(at)
                        .head
                        .is_some_and(|h| self.words.side(&self.word(WordAt { word: h as usize, ..at }).form).is_some());
                    let whole = name.side.is_some();
                    let mut spot = spot;
                    if whole {
                        spot.name = spot.name.rsplit_once(['-', ' ']).map_or(spot.name.clone(), |(p, _)| p.to_owned());
                    }
                    towns.push(Town { at, spot, aside: listed || (beside && !whole) });
                }
            }
        }
        towns.sort_by_key(|t| t.at);
        self.towns = towns;
    }

    fn under_division(&self, at: WordAt) -> bool {
        self.relation(at) == Relation::Nmod
            && self.word(at).head.is_some_and(|h| {
                let lemma = self.lemma(WordAt { word: h as usize, ..at });
                self.words.is_kind("division", &lemma)
            })
    }

    pub(crate) fn country_spot(&self, iso: &str) -> Option<Spot> {
        let entry = country(iso)?;
        let found = place_of(&entry.place)?;
        let name = if self.reading.language().code() == "fr" { entry.fr } else { entry.en };
        Some(self.of_gazetteer(&found, name))
    }

    fn of_gazetteer(&self, place: &Place, name: &str) -> Spot {
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
    fn named(&self, name: &Name, sentence: usize, wanted: Wanted) -> Option<Spot> {
        if name.person {
            return None;
        }
        let text = self.reading.slice(name.span);
        let focus = self.focus.told(sentence).or_else(|| self.focus.sentence(sentence));
        if wanted == Wanted::Any || name.places.is_empty() {
            let best = name.countries.iter().max_by_key(|iso| (self.focus.weight(iso), Some(**iso) == focus));
            // Of equals the first is the usual one.
            let best = best
                .map(|b| name.countries.iter().find(|iso| self.focus.weight(iso) == self.focus.weight(b)).unwrap_or(b));
            if let Some(iso) = best {
                let mut spot = self.country_spot(iso)?;
                spot.name = self.bare(text);
                return Some(spot);
            }
        }
        if !name.actors.is_empty() && name.places.is_empty() {
            return None;
        }
        let mut listed = name.places.clone();
        // Villages of the name, all of them in countries that the story does not speak of: another spelling is likelier.
        let far = |p: &Place| p.population < 15_000 && Some(p.country) != focus && self.focus.weight(p.country) <= 4;
        if name.side.is_none()
            && let Some(here) = focus
            && listed.iter().all(far)
        {
            listed.extend(places_spelt_like(text).into_iter().filter(|p| p.country == here));
        }
        let chosen = self.choose(&listed, focus, wanted);
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

    fn choose<'p>(&self, places: &'p [Place], focus: Option<&str>, wanted: Wanted) -> Option<&'p Place> {
        let score = |p: &Place| -> i64 {
            let here = i64::from(focus == Some(p.country)) * 40;
            let story = i64::from(self.focus.weight(p.country).min(10)) * 3;
            let size = 3 * i64::from(likelihood(p));
            let kind = match (p.kind, wanted) {
                (PlaceKind::Division, Wanted::Division) | (PlaceKind::Region, Wanted::Division) => 100,
                (PlaceKind::District, Wanted::Division) => 60,
                (PlaceKind::Town | PlaceKind::Capital | PlaceKind::Village, Wanted::Settlement) => 15,
                (PlaceKind::Country, _) => 100,
                (PlaceKind::Region, _) => 22,
                (PlaceKind::Continent, _) => 30,
                (PlaceKind::District, _) => -25,
                (PlaceKind::Quarter, _) => -6,
                _ => 0,
            };
            here + story + size + kind
        };
        let known = self.focus.story().is_some();
        let fits = |p: &&Place| {
            // One of several namesakes far from everything that the story tells is not meant.
            let far = known && self.focus.weight(p.country) == 0 && !p.country.is_empty();
            !(far
                && p.population < 15_000
                && !matches!(p.kind, PlaceKind::Region | PlaceKind::Continent | PlaceKind::Division)
                && places.len() > 1)
        };
        let mut best: Option<(&Place, i64)> = None;
        for place in places.iter().filter(fits) {
            let value = score(place);
            if best.is_none_or(|(_, b)| value > b) {
                best = Some((place, value));
            }
        }
        best.map(|(p, _)| p)
    }

    /// A border, by its countries; a border without them is the one that the story tells.
    fn border(&self, at: WordAt, lemma: &str) -> Option<Spot> {
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

    /// Learns the sides and borders that the story tells, and how it words them.
    pub(crate) fn collect_places(&mut self) {
        let mut found: Vec<(Spot, bool)> = Vec::new();
        let mut borders = Vec::new();
        for at in self.all_words() {
            if let Some(name) = self.name_at(at) {
                if name.head == at.word && name.side.is_some() {
                    found.extend(self.named(name, at.sentence, Wanted::Any).map(|s| (s, true)));
                }
                continue;
            }
            let lemma = self.lemma(at);
            if self.side_noun(at).is_some() || (self.words.is_place_noun(&lemma) && self.side_beside(at).is_some()) {
                found.extend(self.spot(at).map(|(s, _)| (s, false)));
            }
            if let Some(border) = self.border(at, &lemma).filter(|b| b.id.contains('-')) {
                borders.push(border.id);
            }
        }
        self.borders.extend(borders);
        // A name of its own is the best wording, else the shortest.
        found.sort_by_key(|(spot, named)| (spot.id.clone(), !named, spot.name.len(), spot.name.clone()));
        for (spot, _) in found {
            if let Some((whole, side)) = spot.id.rsplit_once('/') {
                self.sides.entry(whole.into()).or_default().insert(side.to_owned());
                self.wordings.entry(spot.id.clone()).or_insert(spot.name);
            }
        }
    }

    /// Learns who is told to hold which part.
    pub(crate) fn collect_holders(&mut self) {
        let mut held = Vec::new();
        for at in self.all_words() {
            if !self.words.is_kind("part", &self.lemma(at)) || self.name_at(at).is_some() {
                continue;
            }
            let clause = self
                .children(at)
                .find(|&c| self.relation(c) == Relation::Acl && self.words.places.held.contains(&self.lemma(c)));
            let Some(holder) = clause.and_then(|c| self.holder(c)) else { continue };
            if self.spot(at).is_some_and(|(s, _)| s.id.contains('/')) {
                held.push((holder, at));
            }
        }
        self.held = held;
    }
}
