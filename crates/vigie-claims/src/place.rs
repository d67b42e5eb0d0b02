//! Places: names of the gazetteer, sides and parts of them, and places without a name inside them.

use crate::claim::{PlaceId, PlaceMention, Precision};
use crate::mention::{has_place_before, slug};
use crate::metonym::is_metonymic;
use crate::phrase::{Extent, phrase_words, subtree};
use crate::reading::WordAt;
use crate::scene::Scene;
use smol_str::format_smolstr;
use vigie_resources::{PlaceKind, country, metonym_words, place as place_of};
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
pub(crate) enum Wanted {
    Any,
    Division,
    Settlement,
}

impl Scene<'_> {
    /// The noun phrase headed by this word as a place; `None` where it can be none.
    #[must_use]
    pub fn place(&self, at: WordAt) -> Option<PlaceMention> {
        if let Some(mention) = self.of_phrase(at) {
            return Some(mention);
        }
        if let Some((spot, span)) = self.spot(at) {
            return Some(self.told(spot, span));
        }
        let (spot, span) = self.anonymous(at)?;
        Some(self.lain(at, self.told(spot, span)))
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

    /// "the U.S.-led coalition": a name that only says who does what a participle before a noun tells.
    pub(crate) fn names_doer(&self, at: WordAt) -> bool {
        let joined = matches!(self.relation(at), Relation::Compound | Relation::Obl | Relation::Nmod | Relation::Nsubj);
        let Some(head) = self.word(at).head.map(|word| WordAt { word: word as usize, ..at }) else { return false };
        joined && head.word > at.word && self.case(at).is_none() && self.relation(head) == Relation::Amod
    }

    /// "Kidal Airport", written as a name: its first word is one, the second tells what lies there.
    fn is_told_by_name(&self, at: WordAt) -> bool {
        has_place_before(self.parse(at), at.word)
            && self.name_at(WordAt { word: at.word - 1, ..at }).is_some_and(|n| !n.places.is_empty())
    }

    /// Does the word head a phrase of place?
    #[must_use]
    pub fn is_place(&self, at: WordAt) -> bool {
        if self.names_doer(at) {
            return false;
        }
        if self.phrase_at(at).is_some() {
            return true;
        }
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
        if self.word(at).upos == Upos::Propn && !self.is_told_by_name(at) {
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
            Relation::Nsubj => {
                let words = metonym_words(self.reading.language());
                deprel.sub != "pass" && is_metonymic(self.parse(head), head.word, words)
            }
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
        // "Kaya, the last town of the province that …": what stands beside a town's name is that town.
        if self.relation(at) == Relation::Appos
            && (self.words.is_kind("same", &lemma)
                || self.words.places.town.contains(&lemma)
                || self.words.places.capital.contains(&lemma))
            && let Some(name) = self.word(at).head.and_then(|head| self.name_at(WordAt { word: head as usize, ..at }))
            && let Some(town) = self.named(name, at.sentence, Wanted::Settlement)
            && town.kind.is_none_or(|kind| matches!(kind, PlaceKind::Capital | PlaceKind::Town | PlaceKind::Village))
        {
            return Some((town, span));
        }
        if let Some(side) = self.side_noun(at) {
            // "the south of the Gaza strip": what it is the south of is told, and is not the town spoken of.
            let of_told = |c: &WordAt| c.word > at.word && self.case(*c).is_some_and(|case| self.is_of(&case));
            let told = self.children(at).find(of_told);
            let whole = self.inner(at, Wanted::Any).or_else(|| match told {
                Some(whole) => self.parent(whole),
                None => self.town_before(at),
            });
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
        let wanted = if self.words.is_kind("adminarea", &lemma) { Wanted::Division } else { Wanted::Settlement };
        if single && (self.words.is_kind("same", &lemma) || wanted == Wanted::Division) {
            if self.quarter_name(at).is_none()
                && let Some(spot) = self.inner(at, wanted).or_else(|| self.after_adjectives(at))
                && spot.kind != Some(PlaceKind::Country)
            {
                return Some((spot, span));
            }
            if self.words.places.town.contains(&lemma)
                && let Some(town) = self.headed_by(at)
            {
                return Some((town, span));
            }
            if self.words.places.town.contains(&lemma) && self.is_definite(at) {
                let titled = self.title(at).and_then(|t| self.titles.get(&t)).filter(|t| **t != at);
                let spot = titled.and_then(|t| self.spot(*t)).map(|(s, _)| s).or_else(|| self.town_before(at));
                return spot.map(|spot| (spot, span));
            }
        }
        None
    }

    /// A place without a name of its own, inside the one that its phrase tells or the country in focus.
    pub(crate) fn anonymous(&self, at: WordAt) -> Option<(Spot, Span)> {
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
        let parent = parent.or_else(|| self.beside_clause(at)).or_else(|| self.headed_by(at));
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

    /// The town that a note is headed by, for what it tells of without an article: "Southern part held by rebels".
    fn headed_by(&self, at: WordAt) -> Option<Spot> {
        let heading = self.topic(at).filter(|heading| heading.sentence < at.sentence)?;
        self.determiner(at).is_none().then(|| self.spot(heading)).flatten().map(|(spot, _)| spot)
    }

    /// A noun of place, or a noun of quantity before one: "une série de bases".
    pub(crate) fn is_site(&self, at: WordAt) -> bool {
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
    pub(crate) fn place_phrase(&self, at: WordAt) -> Vec<usize> {
        let parse = self.parse(at);
        let mut words = phrase_words(parse, at.word, Extent::Core);
        for word in words.clone() {
            let here = WordAt { word, ..at };
            let located = word != at.word
                && parse.words[word].deprel.base == Relation::Nmod
                && self.case(here).is_some_and(|c| self.is_where(&c))
                && !(self.is_place(here) && self.case(here).is_some_and(|c| self.words.places.scene.contains(&c)));
            // "rebel-held villages": who holds them is told of the villages, and names them no more than a clause does.
            let held = word != at.word && word < at.word && self.children(here).any(|c| self.names_doer(c));
            if located || held || (word != at.word && self.is_timed(here)) {
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
}
