//! The scene of one story: everybody and every place in it, built once and asked by the other rooms.

use crate::actor::Known;
use crate::claim::{ActorId, Filler, PlaceId};
use crate::focus::Focus;
use crate::meaning::Places;
use crate::mention::{Name, names, slug};
use crate::phrase::{Extent, case_of, phrase_words, subtree};
use crate::place::Spot;
use crate::reading::{Reading, WordAt};
use crate::timex::{Calendar, timexes};
use std::collections::{BTreeMap, BTreeSet};
use vigie_resources::{NameWords, name_words};
use vigie_syntax::{Parse, Relation, Upos, Word};
use vigie_text::Span;

/// One mention of a group that the registry does not know.
#[derive(Debug, Clone)]
pub(crate) struct GroupMention {
    /// Told as known ("the rebels").
    pub(crate) definite: bool,
    /// The place in its sentence that is smaller than a country.
    pub(crate) theatre: Option<PlaceId>,
    /// Where it stands.
    pub(crate) at: WordAt,
}

/// One mention of a town as the scene of something.
#[derive(Debug, Clone)]
pub(crate) struct Town {
    pub(crate) at: WordAt,
    pub(crate) spot: Spot,
    /// One of several in a list, or only what something lies beside: no pronoun or "the town" means it.
    pub(crate) aside: bool,
}

/// All place and actor mentions of one story.
#[derive(Debug)]
pub struct Scene<'a> {
    pub(crate) reading: &'a Reading<'a>,
    pub(crate) words: &'static NameWords,
    pub(crate) names: Vec<Vec<Name>>,
    pub(crate) focus: Focus,
    /// What the names mean, and the phrases around them.
    pub(crate) places: Places,
    /// Sides of places told in the story, by the place they are part of.
    pub(crate) sides: BTreeMap<PlaceId, BTreeSet<String>>,
    /// The shortest wording of each side.
    pub(crate) wordings: BTreeMap<PlaceId, String>,
    /// Parts of places and who is told to hold them.
    pub(crate) held: Vec<(ActorId, WordAt)>,
    /// Borders told with both their countries.
    pub(crate) borders: BTreeSet<PlaceId>,
    /// Words of time, `first..=last` by sentence: no part of a name.
    pub(crate) timed: Vec<Vec<(usize, usize)>>,
    /// Towns in order of mention.
    pub(crate) towns: Vec<Town>,
    /// National nouns told with their country ("l'armée malienne"): where, and which country.
    pub(crate) national: BTreeMap<String, Vec<(usize, &'static str)>>,
    /// Sides that the story tells of quarters, by the town: what "the quarters" means.
    pub(crate) quarters: BTreeMap<PlaceId, BTreeSet<String>>,
    /// Places told with a noun and an adjective ("la cité antique de X"), by both.
    pub(crate) titles: BTreeMap<(String, String), WordAt>,
    /// Names by the first word of anything they are called.
    pub(crate) first_words: BTreeMap<String, Vec<WordAt>>,
    /// Mentions of unregistered groups, by group and country.
    pub(crate) groups: BTreeMap<(String, String), Vec<GroupMention>>,
    /// What a possessive before a noun stands for, by the noun.
    pub(crate) owners: BTreeMap<WordAt, WordAt>,
    /// Who those are by their owner, by the noun.
    pub(crate) possessed: BTreeMap<WordAt, Known>,
}

/// A single word that begins a body's name told elsewhere in the story is short for it, whatever else is called so.
fn mask_short_names(reading: &Reading, names: &mut [Vec<Name>]) {
    let mut firsts: BTreeSet<String> = BTreeSet::new();
    for name in names.iter().flatten().filter(|n| n.places.is_empty() && !n.person) {
        for entry in name.actors.iter().filter(|a| a.kind != "person") {
            firsts.extend(entry.names(reading.language()).filter_map(first_of_several));
        }
        if name.last > name.first {
            firsts.extend(first_of_several(reading.slice(name.span)));
        }
    }
    for name in names.iter_mut().flatten() {
        let single = name.first == name.last && name.actors.is_empty() && name.countries.is_empty();
        if single && firsts.contains(&slug(reading.slice(name.span))) {
            name.places.clear();
            name.person = false;
        }
    }
}

fn first_of_several(name: &str) -> Option<String> {
    slug(name).split_once('-').map(|(first, _)| first.to_owned())
}

impl<'a> Scene<'a> {
    /// Reads the names of a story, which country each sentence is about, its groups and the parts of its places.
    #[must_use]
    pub fn of(reading: &'a Reading<'a>) -> Self {
        let words = name_words(reading.language());
        let mut names: Vec<Vec<Name>> = (0..reading.parses.len()).map(|s| names(reading, s, words)).collect();
        mask_short_names(reading, &mut names);
        let calendar = Calendar::of(reading);
        let timed: Vec<Vec<(usize, usize)>> = (0..reading.parses.len())
            .map(|s| timexes(reading, s, &calendar).into_iter().map(|t| t.words).collect())
            .collect();
        // "25 June": what tells a time is no town, whatever is called so somewhere.
        for (names, times) in names.iter_mut().zip(&timed) {
            let inside = |n: &Name| times.iter().any(|(first, last)| *first <= n.first && n.last <= *last);
            names.iter_mut().filter(|n| inside(n)).for_each(|n| n.places.clear());
        }
        let places = Places::of(reading, &mut names, words);
        let focus = Focus::of(reading, &names, words);
        let mut scene = Self {
            reading,
            words,
            names,
            focus,
            places,
            sides: BTreeMap::new(),
            wordings: BTreeMap::new(),
            held: Vec::new(),
            borders: BTreeSet::new(),
            timed,
            towns: Vec::new(),
            national: BTreeMap::new(),
            quarters: BTreeMap::new(),
            titles: BTreeMap::new(),
            first_words: BTreeMap::new(),
            groups: BTreeMap::new(),
            owners: BTreeMap::new(),
            possessed: BTreeMap::new(),
        };
        scene.collect_towns();
        scene.collect_names();
        scene.collect_owners();
        scene.collect_places();
        scene.collect_groups();
        scene.collect_possessed();
        scene.collect_holders();
        scene
    }

    pub(crate) fn parse(&self, at: WordAt) -> &'a Parse {
        self.reading.parse(at.sentence)
    }

    pub(crate) fn word(&self, at: WordAt) -> &'a Word {
        self.reading.word(at)
    }

    pub(crate) fn lemma(&self, at: WordAt) -> String {
        self.word(at).lemma.to_lowercase()
    }

    /// The name that the word stands in.
    pub(crate) fn name_at(&self, at: WordAt) -> Option<&Name> {
        self.names.get(at.sentence)?.iter().find(|n| n.holds(at.word))
    }

    /// Every word of the story.
    pub(crate) fn all_words(&self) -> impl Iterator<Item = WordAt> + use<'a> {
        let parses = self.reading.parses;
        (0..parses.len())
            .flat_map(move |sentence| (0..parses[sentence].words.len()).map(move |word| WordAt { sentence, word }))
    }

    pub(crate) fn children(&self, at: WordAt) -> impl Iterator<Item = WordAt> + '_ {
        self.parse(at).children(at.word).map(move |word| WordAt { sentence: at.sentence, word })
    }

    pub(crate) fn relation(&self, at: WordAt) -> Relation {
        self.word(at).deprel.base
    }

    pub(crate) fn case(&self, at: WordAt) -> Option<String> {
        case_of(self.parse(at), at.word).map(str::to_lowercase)
    }

    /// The preposition of a phrase with everything fixed to it ("à proximité de").
    pub(crate) fn whole_case(&self, at: WordAt) -> Option<String> {
        let cases: Vec<usize> = self
            .parse(at)
            .children(at.word)
            .filter(|&c| self.parse(at).words[c].deprel.base == Relation::Case && c < at.word)
            .collect();
        let first = *cases.first()?;
        let mut all: Vec<usize> = cases.clone();
        for case in cases {
            all.extend(self.parse(at).children(case).filter(|&c| c < at.word));
        }
        all.sort_unstable();
        all.retain(|&w| w >= first);
        let lemmas: Vec<String> = all.iter().map(|&w| self.parse(at).words[w].lemma.to_lowercase()).collect();
        Some(lemmas.join(" "))
    }

    pub(crate) fn is_of(&self, case: &str) -> bool {
        self.words.places.of.iter().any(|o| o == case)
    }

    pub(crate) fn is_where(&self, case: &str) -> bool {
        self.words.places.where_.iter().any(|w| w == case)
    }

    /// The determiner of a noun, lower case.
    pub(crate) fn determiner(&self, at: WordAt) -> Option<String> {
        let found = self.children(at).find(|&c| self.relation(c) == Relation::Det)?;
        Some(self.word(found).form.to_lowercase())
    }

    /// Told as known: a definite article, a demonstrative, or (contracted) "du", "au".
    pub(crate) fn is_definite(&self, at: WordAt) -> bool {
        self.determiner(at).is_some_and(|d| self.words.places.definite.contains(&d))
            && !self.children(at).any(|c| self.relation(c) == Relation::Nummod)
    }

    pub(crate) fn is_plural(&self, at: WordAt) -> bool {
        self.word(at).feats.get("Number") == Some("Plur")
    }

    /// Words of the phrase: its core without what tells where or when it is.
    pub(crate) fn phrase(&self, at: WordAt) -> Vec<usize> {
        let parse = self.parse(at);
        let name = self.name_at(at);
        let mut words = phrase_words(parse, at.word, Extent::Core);
        let drop_branch = |words: &mut Vec<usize>, branch: usize| {
            let below = subtree(parse, branch, |_| true);
            words.retain(|w| *w == at.word || !below.contains(w) || name.is_some_and(|n| n.holds(*w)));
        };
        for word in words.clone() {
            let (relation, head) = (parse.words[word].deprel.base, parse.words[word].head.map(|h| h as usize));
            let here = WordAt { word, ..at };
            if word == at.word || name.is_some_and(|n| n.holds(word)) {
                continue;
            }
            let direct = head == Some(at.word);
            let case = case_of(parse, word);
            // Where somebody comes from tells who he is.
            let origin = case.is_some_and(|c| self.words.places.origin.iter().any(|o| o == c))
                && self.generic(at).is_some_and(|n| n.class != "belonging" && n.class != "event");
            let located = direct && relation == Relation::Nmod && !origin && case.is_some_and(|c| self.is_where(c));
            // Behind a name only its adjectives belong to it.
            let beyond_name =
                direct && name.is_some_and(|n| word > n.last) && !matches!(relation, Relation::Amod | Relation::Punct);
            // "the minister X and his colleague Y": the parser hangs Y on X.
            let joined = matches!(relation, Relation::Conj | Relation::Cc)
                && head.is_some_and(|h| h != at.word && self.is_apposed(WordAt { word: h, ..at }, at));
            if located || beyond_name || joined || self.is_timed(here) {
                drop_branch(&mut words, word);
            }
        }
        while words.len() > 1 && words.last().is_some_and(|&w| matches!(parse.words[w].upos, Upos::Punct | Upos::Adp)) {
            words.pop();
        }
        words
    }

    /// A word of time.
    pub(crate) fn is_timed(&self, at: WordAt) -> bool {
        self.timed.get(at.sentence).is_some_and(|t| t.iter().any(|(a, b)| *a <= at.word && at.word <= *b))
    }

    /// Does the word hang on the noun without a preposition, as a name behind a title does?
    fn is_apposed(&self, at: WordAt, noun: WordAt) -> bool {
        self.word(at).head == Some(noun.word as u32)
            && matches!(self.relation(at), Relation::Appos | Relation::Nmod | Relation::Flat)
            && self.case(at).is_none()
    }

    /// Other heads of the phrase that a parser hangs on its apposition: Y in "the minister X and his colleague Y".
    #[must_use]
    pub fn joined(&self, at: WordAt) -> Vec<WordAt> {
        self.children(at)
            .filter(|&c| self.is_apposed(c, at))
            .flat_map(|c| self.children(c).filter(|&g| self.relation(g) == Relation::Conj).collect::<Vec<_>>())
            .collect()
    }

    pub(crate) fn span_of(&self, sentence: usize, words: &[usize]) -> Span {
        let parse = self.reading.parse(sentence);
        let mut span = parse.words[words[0]].span;
        for &w in words {
            span = span.cover(parse.words[w].span);
        }
        span
    }

    /// A text without leading articles and outer quotation marks.
    pub(crate) fn bare(&self, text: &str) -> String {
        let mut rest = text.trim();
        loop {
            let before = rest;
            for (open, close) in &self.reading.language().writing().quotes {
                rest = rest.strip_prefix(*open).unwrap_or(rest).trim_start();
                rest = rest.strip_suffix(*close).unwrap_or(rest).trim_end();
            }
            for article in &self.words.places.articles {
                let Some(head) = rest.get(..article.len()) else { continue };
                let after = &rest[article.len()..];
                let joined = article.ends_with(['\'', '’']);
                // "at least 34 soldiers" where "at" is written with an article: part of how the number is told.
                let degree =
                    after.split_whitespace().next().is_some_and(|w| self.words.places.degrees.iter().any(|d| d == w));
                if degree {
                    continue;
                }
                if head.to_lowercase() == *article
                    && !after.trim_start().is_empty()
                    && (joined || after.starts_with(char::is_whitespace))
                {
                    rest = after.trim_start();
                    break;
                }
            }
            if rest == before {
                return rest.split_whitespace().collect::<Vec<_>>().join(" ");
            }
        }
    }

    /// The noun phrase headed by this word: its span, who it is, a name for it.
    #[must_use]
    pub fn filler(&self, at: WordAt) -> Filler {
        let word = self.word(at);
        if self.is_possessive(word)
            && let Some(owner) = self.antecedent(at)
        {
            return Filler { span: word.span, head: word.span, ..self.filler(owner) };
        }
        if matches!(word.upos, Upos::Pron | Upos::Det) {
            return Filler { span: word.span, head: word.span, actor: None, name: word.form.to_string() };
        }
        let words = self.phrase(at);
        let mut span = self.span_of(at.sentence, &words);
        if let Some(name) = self.name_at(at).filter(|n| n.head == at.word) {
            span = span.cover(name.span);
        }
        let text = self.reading.slice(span);
        let known = self.actor(at);
        let name = known.as_ref().and_then(|(_, n)| n.clone()).unwrap_or_else(|| self.bare(text));
        Filler { span, head: word.span, actor: known.map(|(id, _)| id), name }
    }

    /// Do two fillers name one actor for certain?
    #[must_use]
    pub fn same_actor(a: &Filler, b: &Filler) -> bool {
        a.actor.is_some() && a.actor == b.actor
    }
}
