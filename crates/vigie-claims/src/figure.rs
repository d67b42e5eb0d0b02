//! Numbers of something: value or range, hedge, unit and the noun that is counted.
//!
//! Conventions: "dozens" alone is 20 to 99, and so on by tens; a hedge such as "more than" leaves both bounds at the
//! number and is told by [`Hedge`]; a fraction is cut off below and rounded up above. Dates, years, ages, lengths of
//! time, ordinals, labels ("article 5") and the article "one" are no figures.

use crate::claim::{Figure, Hedge};
use crate::number::{Number, Numbers, Sieve};
use crate::reading::Reading;
use crate::timex::{folded, token_ranges};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use vigie_resources::{Language, NumberFile, PerLanguage, number_file};
use vigie_syntax::{NamedEntity, Parse, Relation, Upos};

/// A figure and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureAt {
    /// Value, unit and hedge.
    pub figure: Figure,
    /// Index of the counted noun, or of the number itself where nothing is named.
    pub head: usize,
    /// Lemma of the counted noun, lower case.
    pub noun: Option<SmolStr>,
    /// First and last word.
    pub words: (usize, usize),
    /// The noun before it that a number without one stands for ("93 drones, 60 of which …").
    pub stands_for: Option<usize>,
}

/// The number words of a language, ready to look up.
struct Words {
    file: &'static NumberFile,
    collective: BTreeMap<&'static str, u64>,
    open: BTreeMap<&'static str, (u64, u64)>,
    hedges: Vec<(Vec<&'static str>, Hedge)>,
    units: BTreeMap<&'static str, &'static str>,
    sieve: Sieve,
    numbers: &'static Numbers,
    /// Nouns by the sort of thing they stand for.
    classes: &'static BTreeMap<String, Vec<String>>,
}

/// The unit of a counted noun that no table lists.
const OTHER: &str = "other";

fn words(language: Language) -> &'static Words {
    static ALL: PerLanguage<Words> = PerLanguage::new();
    let make = |language: Language| {
        let file = number_file(language);
        let by_value = |table: &'static BTreeMap<String, Vec<String>>| {
            table.iter().flat_map(|(value, words)| words.iter().map(move |w| (w.as_str(), value.as_str())))
        };
        let hedges = by_value(&file.hedge).map(|(words, hedge)| {
            let hedge = Hedge::from_word(hedge).unwrap_or_else(|| panic!("numbers.toml: no hedge {hedge}"));
            (words.split_whitespace().collect::<Vec<_>>(), hedge)
        });
        let mut hedges: Vec<_> = hedges.collect();
        hedges.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        let range = |value: &str| {
            let (low, high) = value.split_once('-').expect("an open number is a range");
            let number = |text: &str| text.parse().expect("the ends of a range are numbers");
            (number(low), number(high))
        };
        Words {
            file,
            collective: by_value(&file.collective)
                .map(|(w, v)| (w, v.parse().expect("collectives are keyed by their value")))
                .collect(),
            open: by_value(&file.open).map(|(w, v)| (w, range(v))).collect(),
            hedges,
            units: by_value(&file.unit).collect(),
            sieve: Sieve::new(by_value(&file.open).map(|(w, _)| w).chain(file.article.iter().map(String::as_str))),
            numbers: Numbers::of(language),
            classes: &vigie_resources::frame_words(language).classes,
        }
    };
    ALL.of(language, make)
}

/// A number before its noun is known: tokens `first..end`.
#[derive(Debug, Clone, Copy)]
struct Quantity {
    first: usize,
    end: usize,
    low: u64,
    high: u64,
    hedge: Hedge,
    /// Digits without a hedge, which may be a mere label.
    bare: bool,
    /// What is counted follows behind a preposition.
    of: bool,
}

fn listed(list: &[String], form: &str) -> bool {
    list.iter().any(|w| w == form)
}

/// The figures of one sentence, in text order.
#[must_use]
pub fn figures(reading: &Reading, sentence: usize) -> Vec<FigureAt> {
    let line = reading.sentence(sentence);
    let words = words(reading.language());
    let forms = folded(reading.text, line);
    let Some(parse) = reading.parses.get(sentence) else { return Vec::new() };
    let may_count = |f: &SmolStr| {
        f.starts_with(|c: char| c.is_ascii_digit())
            || words.numbers.begins(f)
            || (words.sieve.passes(f) && (words.open.contains_key(f.as_str()) || listed(&words.file.article, f)))
    };
    if !forms.iter().any(may_count) {
        return Vec::new();
    }
    let times = token_ranges(reading, sentence);
    let mut token_words: Vec<Option<(usize, usize)>> = vec![None; forms.len()];
    for (index, word) in parse.words.iter().enumerate() {
        if let Some(slot) = token_words.get_mut(word.token as usize) {
            *slot = Some(slot.map_or((index, index), |(a, b)| (a.min(index), b.max(index))));
        }
    }
    let line = Line { words, forms: &forms, parse, token_words: &token_words };
    let mut found = Vec::new();
    let mut at = 0;
    while at < forms.len() {
        if let Some((_, end)) = times.iter().find(|(first, end)| (*first..*end).contains(&at)) {
            at = *end;
            continue;
        }
        let Some(quantity) = line.quantity(at).filter(|_| !line.begins_name(at)) else {
            at += 1;
            continue;
        };
        let (end, figure) = line.finish(reading, sentence, quantity);
        found.extend(figure);
        at = end.max(at + 1);
    }
    found
}

struct Line<'a> {
    words: &'static Words,
    forms: &'a [SmolStr],
    parse: &'a Parse,
    token_words: &'a [Option<(usize, usize)>],
}

impl Line<'_> {
    fn form(&self, at: usize) -> &str {
        self.forms.get(at).map_or("", SmolStr::as_str)
    }

    fn upos(&self, at: usize) -> Option<Upos> {
        let (first, _) = self.token_words.get(at).copied().flatten()?;
        Some(self.parse.words[first].upos)
    }

    /// "the Three Brotherhood Alliance": a number that a name of several words begins with or holds counts nothing.
    fn begins_name(&self, at: usize) -> bool {
        let Some((word, _)) = self.token_words.get(at).copied().flatten() else { return false };
        let capital = self.parse.words[word].form.starts_with(char::is_uppercase);
        let inside = |e: &NamedEntity| (e.first as usize..e.last as usize).contains(&word);
        capital && at > 0 && self.parse.entities.iter().any(inside)
    }

    /// A number that begins at a token: plain, collective, open or a range.
    fn quantity(&self, at: usize) -> Option<Quantity> {
        let file = self.words.file;
        if listed(&file.between, self.form(at)) {
            let low = self.words.numbers.read(self.forms, at + 1)?;
            let link = at + 1 + low.len;
            if !listed(&file.between_link, self.form(link)) {
                return None;
            }
            let high = self.words.numbers.read(self.forms, link + 1)?;
            return self.range(at, low, high, link + 1 + high.len);
        }
        // The number inside a hedge ("une centaine") begins at its own word; hedges are looked for to the left.
        let form = self.form(at);
        if let Some(&(low, high)) = self.words.open.get(form) {
            let hedge = match low {
                0..200 => Hedge::Dozens,
                200..2000 => Hedge::Hundreds,
                _ => Hedge::Thousands,
            };
            return Some(self.quantified(at, at + 1, low, high, hedge));
        }
        if listed(&file.article, form)
            || self.words.numbers.begins(form)
            || form.starts_with(|c: char| c.is_ascii_digit())
        {
            let after = if listed(&file.article, form) { at + 1 } else { usize::MAX };
            if let Some(&value) = self.words.collective.get(self.form(after)) {
                let mut quantity = self.quantified(at, after + 1, value, value, Hedge::About);
                let hedge = self.hedge_before(at);
                if let Some((first, hedge)) = hedge {
                    quantity.first = first;
                    quantity.hedge = hedge;
                }
                return Some(quantity);
            }
            let number = self.words.numbers.read(self.forms, at)?;
            let end = at + number.len;
            // "deux dizaines", "trois centaines de milliers": a number of collectives.
            if let Some(&(low, _)) = self.words.open.get(self.form(end)) {
                let unit = if low >= 2000 { 1000 } else { low / 2 };
                let value = number.floor() * unit;
                return Some(self.quantified(at, end + 1, value, value, Hedge::About));
            }
            if number.is_article {
                return None;
            }
            let joined = self.words.numbers.read(self.forms, end + 1).filter(|_| listed(&file.link, self.form(end)));
            if let Some(high) = joined
                && let Some(range) = self.range(at, number, high, end + 1 + high.len)
            {
                return Some(range);
            }
            let mut quantity = Quantity {
                first: at,
                end,
                low: number.floor(),
                high: number.ceiling(),
                hedge: if number.floor() == number.ceiling() { Hedge::Exactly } else { Hedge::About },
                bare: true,
                of: number.ends_in_noun,
            };
            if let Some((first, hedge)) = self.hedge_before(at) {
                quantity.first = first;
                quantity.hedge = hedge;
                quantity.bare = false;
            }
            return Some(quantity);
        }
        None
    }

    /// A quantity that is a noun and needs a preposition before what it counts.
    fn quantified(&self, first: usize, end: usize, low: u64, high: u64, hedge: Hedge) -> Quantity {
        let mut end = end;
        let (mut low, mut high) = (low, high);
        // "des centaines de milliers de": the second word multiplies.
        if listed(&self.words.file.of, self.form(end)) {
            let next = self.form(end + 1);
            if let Some(&(unit, _)) = self.words.open.get(next)
                && unit >= 2000
            {
                (low, high) = (low.saturating_mul(1000), high.saturating_mul(1000));
                end += 2;
            } else if let Some(number) = self.words.numbers.multiplier(next) {
                (low, high) = (low.saturating_mul(number), high.saturating_mul(number));
                end += 2;
            }
        }
        Quantity { first, end, low, high, hedge, bare: false, of: true }
    }

    fn range(&self, first: usize, low: Number, high: Number, end: usize) -> Option<Quantity> {
        let (mut low_value, high_value) = (low.floor(), high.ceiling());
        // "deux ou trois millions": the multiplier holds for both.
        if low_value < high_value && high.ends_in_noun && !low.ends_in_noun && low_value < 1000 {
            let scale = high.scale();
            low_value = low.milli.saturating_mul(scale) / 1000;
        }
        let first = self.hedge_before(first).map_or(first, |(at, _)| at);
        (low_value < high_value).then_some(Quantity {
            first,
            end,
            low: low_value,
            high: high_value,
            hedge: Hedge::Between,
            bare: false,
            of: high.ends_in_noun,
        })
    }

    /// The hedge that ends right before a token: where it begins.
    fn hedge_before(&self, at: usize) -> Option<(usize, Hedge)> {
        let ends = |end: usize| {
            self.words.hedges.iter().find_map(|(words, hedge)| {
                let first = end.checked_sub(words.len())?;
                words.iter().zip(first..).all(|(w, t)| self.forms[t] == *w).then_some((first, *hedge))
            })
        };
        let (mut first, hedge) = ends(at).or_else(|| {
            // "au moins les trois": a determiner may stand between.
            let before = at.checked_sub(1)?;
            listed(&self.words.file.determiners, self.form(before)).then(|| ends(before)).flatten()
        })?;
        // "soit environ", "plus de quelque": the outer hedge wins the span, the stronger one the meaning.
        let mut hedge = hedge;
        if let Some((outer, stronger)) = ends(first) {
            first = outer;
            if hedge == Hedge::About {
                hedge = stronger;
            }
        }
        Some((first, hedge))
    }

    /// Finds what is counted; `None` where the number counts nothing.
    fn finish(&self, reading: &Reading, sentence: usize, quantity: Quantity) -> (usize, Option<FigureAt>) {
        let file = self.words.file;
        let mut end = quantity.end;
        let mut next = end;
        let unit_then = |at: usize| listed(&file.percent, self.form(at)) || listed(&file.money, self.form(at));
        // "two of its soldiers": the noun that a part is taken from is counted.
        let of = listed(&file.of, self.form(next));
        let part = of && listed(&file.determiners, self.form(next + 1)) && self.upos(next + 2) == Some(Upos::Noun);
        if of && (quantity.of || unit_then(next + 1)) {
            next += 1;
        } else if part {
            next += 2;
        }
        // Units of time count no things.
        if listed(&file.never, self.form(next)) {
            return (next + 1, None);
        }
        let mut head = None;
        let mut unit = None;
        if listed(&file.percent, self.form(next))
            || (listed(&file.percent, &format!("{} {}", self.form(next), self.form(next + 1))))
        {
            unit = Some("percent");
            head = Some(next);
        } else if listed(&file.money, self.form(next)) {
            unit = Some("money");
            head = Some(next);
        } else {
            let contracted = quantity.of || part || next == end;
            let mut at = next;
            while contracted && at < next + 4 {
                let form = self.form(at);
                match self.upos(at) {
                    Some(Upos::Noun | Upos::Propn | Upos::Sym) => {
                        head = Some(at);
                        break;
                    }
                    _ if listed(&file.skip, form) => {}
                    // An adjective or participle counts as the noun when no noun follows.
                    Some(Upos::Adj | Upos::Verb | Upos::X | Upos::Num) if self.is_listed_unit(at) => {
                        head = Some(at);
                        break;
                    }
                    Some(Upos::Adj | Upos::Adv) => {}
                    _ => break,
                }
                at += 1;
            }
        }
        // "967 vehicle bombs": what the number itself hangs on is counted, not the first noun behind it.
        if let (Some(first), None) = (head, unit)
            && let Some((_, word)) = self.token_words[quantity.end - 1]
            && self.parse.words[word].deprel.base == Relation::Nummod
            && let Some(counted) = self.parse.words[word].head.map(|h| h as usize)
        {
            let token = self.parse.words[counted].token as usize;
            let inside =
                (first..token).all(|t| !matches!(self.upos(t), Some(Upos::Adp | Upos::Cconj | Upos::Verb) | None));
            let noun = matches!(self.parse.words[counted].upos, Upos::Noun | Upos::Propn);
            if noun && token > first && token <= first + 5 && inside {
                head = Some(token);
            }
        }
        if let Some(head) = head {
            if listed(&file.never, self.form(head)) {
                return (head + 1, None);
            }
            end = head + 1;
        }
        let Some((first_word, number_word)) = self.word_range(quantity) else { return (end, None) };
        if head.is_none() && !self.stands_alone(quantity, number_word) {
            return (end, None);
        }
        let head_word = head.and_then(|h| self.token_words[h]).map_or(number_word, |(first, _)| first);
        let named = head.is_some() && unit.is_none();
        let noun = head.map(|_| SmolStr::new(self.parse.words[head_word].lemma.to_lowercase()));
        let unit = unit
            .or_else(|| named.then(|| self.unit_of(head_word)))
            .or_else(|| head.is_none().then(|| self.unit_behind(end)).flatten());
        let stands_for = (head.is_none() && unit.is_none()).then(|| self.noun_before(first_word)).flatten();
        let unit = unit.or_else(|| stands_for.map(|noun| self.unit_of(noun))).unwrap_or(OTHER);
        let last_word = head_word.max(number_word);
        let tokens = &reading.sentence(sentence).tokens;
        let span = tokens[quantity.first].span.cover(tokens[end - 1].span);
        let figure = Figure { span, low: quantity.low, high: quantity.high, unit: unit.into(), hedge: quantity.hedge };
        (end, Some(FigureAt { figure, head: head_word, noun, words: (first_word, last_word), stands_for }))
    }

    /// First word of the quantity and the word of the number itself.
    fn word_range(&self, quantity: Quantity) -> Option<(usize, usize)> {
        let mut held = (quantity.first..quantity.end).filter_map(|t| self.token_words.get(t).copied().flatten());
        let first = held.next()?;
        let last = held.next_back().unwrap_or(first);
        Some((first.0, last.1))
    }

    fn unit_of(&self, word: usize) -> &'static str {
        let word = &self.parse.words[word];
        let lemma = word.lemma.to_lowercase();
        let form = crate::number::fold(&word.form);
        let found = |key: &str| self.words.units.get(key).copied();
        let listed = found(&lemma).or_else(|| found(&form)).or_else(|| found(form.trim_end_matches(['s', 'x'])));
        let class = |name: &str| self.words.classes.get(name).is_some_and(|list| list.contains(&lemma));
        listed.unwrap_or_else(|| if class("civil") || class("person") { "people" } else { OTHER })
    }

    /// The unit of the noun that a number is a part of ("14 of the 18 drones").
    fn unit_behind(&self, end: usize) -> Option<&'static str> {
        if !listed(&self.words.file.determiners, self.form(end)) {
            return None;
        }
        let found = (end + 1..end + 4).find(|&t| self.upos(t) == Some(Upos::Noun))?;
        let (word, _) = self.token_words[found]?;
        Some(self.unit_of(word))
    }

    /// The nearest plural noun with a unit before a number that names nothing ("… trucks, destroying a hundred").
    fn noun_before(&self, word: usize) -> Option<usize> {
        let plural = |&w: &usize| {
            let word = &self.parse.words[w];
            word.upos == Upos::Noun && word.feats.get("Number") == Some("Plur")
        };
        (0..word).rev().filter(plural).find(|&w| self.unit_of(w) != OTHER)
    }

    /// "put the toll at 50": the number that a total comes to.
    fn is_total(&self, word: usize) -> bool {
        let w = &self.parse.words[word];
        let Some(verb) = w.head.map(|h| h as usize).filter(|_| w.deprel.base == Relation::Obl) else { return false };
        self.parse.children(verb).any(|c| {
            let noun = &self.parse.words[c];
            let argument = matches!(noun.deprel.base, Relation::Nsubj | Relation::Obj);
            argument && listed(&self.words.file.tolls, &noun.lemma)
        })
    }

    fn is_listed_unit(&self, token: usize) -> bool {
        let Some((first, _)) = self.token_words.get(token).copied().flatten() else { return false };
        self.unit_of(first) != OTHER
    }

    /// A number without a noun stands for what it counts only as a noun phrase of its own: hedged, or subject or
    /// object of a clause, and never behind the noun that it labels.
    fn stands_alone(&self, quantity: Quantity, word: usize) -> bool {
        if !quantity.bare {
            return true;
        }
        let w = &self.parse.words[word];
        let behind_noun = quantity.first > 0
            && (matches!(self.upos(quantity.first - 1), Some(Upos::Noun | Upos::Propn | Upos::Sym))
                || listed(&self.words.file.labels, self.form(quantity.first - 1)));
        !behind_noun
            && matches!(w.upos, Upos::Num | Upos::Noun | Upos::Pron)
            && (matches!(w.deprel.base, Relation::Nsubj | Relation::Obj | Relation::Conj) || self.is_total(word))
            && quantity.high > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_syntax::{Deprel, Feats, Word};
    use vigie_text::{Sentence, Span, Story, StoryId, tokenise};

    /// Parts of speech guessed from the number tables: enough to find what is counted.
    fn read(text: &str) -> Vec<String> {
        let language = Language::from_code("fr").unwrap();
        let tokens = tokenise(text, Span::new(0, text.len()), language);
        let file = number_file(language);
        let table = words(language);
        let made = tokens.iter().enumerate().map(|(i, t)| {
            let form = crate::number::fold(t.span.of(text));
            let bare = form.trim_end_matches('s');
            let upos = if table.units.contains_key(bare) || table.units.contains_key(form.as_str()) {
                Upos::Noun
            } else if !form.starts_with(|c: char| c.is_alphanumeric()) {
                Upos::Punct
            } else if listed(&file.never, &form) || listed(&file.money, &form) || form == "dépôts" || form == "sommet"
            {
                Upos::Noun
            } else if form == "anciens" {
                Upos::Adj
            } else {
                Upos::Adp
            };
            Word {
                token: i as u32,
                span: t.span,
                form: t.span.of(text).into(),
                lemma: bare.into(),
                upos,
                feats: Feats::default(),
                head: (i > 0).then_some(0),
                deprel: Deprel { base: Relation::Dep, sub: "".into() },
            }
        });
        let parse = Parse { words: made.collect(), entities: Vec::new() };
        let sentence = Sentence { span: Span::new(0, text.len()), headline: false, part: 0, tokens };
        let story =
            Story { id: StoryId([0; 16]), language, headline: None, paragraphs: Vec::new(), sentences: vec![sentence] };
        let parses = [parse];
        let reading = Reading { text, story: &story, parses: &parses, published: None, inferred: false };
        let show =
            |f: &FigureAt| format!("{}..{} {} {}", f.figure.low, f.figure.high, f.figure.unit, f.figure.hedge.as_str());
        figures(&reading, 0).iter().map(show).collect()
    }

    #[test]
    fn the_examples_hold() {
        let mut wrong = Vec::new();
        for example in &number_file(Language::from_code("fr").unwrap()).example {
            let found = read(&example.text).join("; ");
            if found != example.is {
                wrong.push(format!("{} -> {found}, not {}", example.text, example.is));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn odd_input_never_panics_and_bounds_stand_in_order() {
        let bits = [
            "entre", "et", "9 999", "une", "dizaine", "milliers", "de", "%", "million", "à", "plus de", "0,5", "cent",
            "d'", "euros", "–",
        ];
        for a in bits {
            for b in bits {
                for c in bits {
                    for d in bits {
                        for shown in read(&format!("{a} {b} {c} {d}")) {
                            let (low, rest) = shown.split_once("..").unwrap();
                            let high = rest.split(' ').next().unwrap();
                            assert!(low.parse::<u64>().unwrap() <= high.parse::<u64>().unwrap(), "{shown}");
                        }
                    }
                }
            }
        }
    }
}
