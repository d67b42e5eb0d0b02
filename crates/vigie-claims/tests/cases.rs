//! The cases of attribution and factuality of every language, read with the shipped models.
//!
//! A case may fail where the parser errs; the share that must hold is stated and only ever rises.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use vigie_claims::{Reading, Scene, Voices, WordAt, factuality, mended};
use vigie_resources::Language;
use vigie_syntax::{Model, Parse};
use vigie_text::{Span, Story, StoryId, split_sentences};

#[derive(Deserialize)]
struct Cases<T> {
    case: Vec<T>,
}

trait Case {
    fn text(&self) -> &str;
    fn word(&self) -> &str;
    fn published(&self) -> Option<&str>;
    fn wanted(&self) -> String;
    fn fits(&self, found: &str) -> bool;
    fn found(&self, reading: &Reading, voices: &Voices, at: WordAt) -> String;
}

/// Reads a text and asks it about its word; one paragraph a line.
fn told<C: Case>(case: &C, language: Language, model: &Model) -> Option<String> {
    let text = case.text();
    let mut sentences = Vec::new();
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let span = Span::new(start, start + line.len());
        sentences.extend(split_sentences(text, span, language, paragraphs.len() as u32));
        paragraphs.push(span);
        start += line.len() + 1;
    }
    let parses: Vec<Parse> = sentences.iter().map(|s| mended(&model.parse(text, s), language)).collect();
    let story = Story { id: StoryId([0; 16]), language, headline: None, paragraphs, sentences };
    let published = case.published().map(|d| d.parse().expect("an ISO date"));
    let reading = Reading { text, story: &story, parses: &parses, published, inferred: false };
    let scene = Scene::of(&reading);
    let voices = Voices::of(&reading, &|at| scene.filler(at));
    let (form, nth) = case.word().split_once('@').unwrap_or((case.word(), "1"));
    let nth: usize = nth.parse().expect("a number after @");
    let words = parses.iter().enumerate().flat_map(|(sentence, parse)| {
        parse.words.iter().enumerate().map(move |(word, w)| (WordAt { sentence, word }, w))
    });
    let (at, _) = words.filter(|(_, w)| w.form == form).nth(nth - 1)?;
    Some(case.found(&reading, &voices, at))
}

/// Every language's cases in `file`; at least `share` of a hundred must hold.
fn hold<C: Case + DeserializeOwned>(file: &str, share: usize) {
    for language in Language::all() {
        let cases = language.file(file);
        let Some(model) = Model::for_language(language).filter(|_| !cases.is_empty()) else {
            println!("{}: no cases or no model, skipped", language.code());
            continue;
        };
        let cases: Cases<C> = toml::from_str(cases).expect("the cases are TOML");
        let mut held = 0;
        for case in &cases.case {
            let found = told(case, language, model).unwrap_or_else(|| "no such word".to_owned());
            if case.fits(&found) {
                held += 1;
            } else {
                println!("{} | {}: wanted {}, found {found}", case.text(), case.word(), case.wanted());
            }
        }
        println!("{}: {held} of {}", language.code(), cases.case.len());
        assert!(held * 100 >= share * cases.case.len(), "{held} of {}", cases.case.len());
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    text: String,
    word: String,
    is: String,
    published: Option<String>,
}

impl Case for Fact {
    fn text(&self) -> &str {
        &self.text
    }
    fn word(&self) -> &str {
        &self.word
    }
    fn published(&self) -> Option<&str> {
        self.published.as_deref()
    }
    fn wanted(&self) -> String {
        self.is.clone()
    }
    fn fits(&self, found: &str) -> bool {
        let (wanted, found): (Vec<&str>, Vec<&str>) = (self.is.split(' ').collect(), found.split(' ').collect());
        wanted.len() == found.len() && wanted.iter().zip(&found).all(|(w, f)| w.split('|').any(|option| option == *f))
    }
    fn found(&self, reading: &Reading, voices: &Voices, at: WordAt) -> String {
        let (f, _) = factuality(reading, at, voices);
        format!("{} {} {}", f.polarity.as_str(), f.certainty.as_str(), f.realis.as_str())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    text: String,
    word: String,
    by: Vec<String>,
}

impl Case for Said {
    fn text(&self) -> &str {
        &self.text
    }
    fn word(&self) -> &str {
        &self.word
    }
    fn published(&self) -> Option<&str> {
        None
    }
    fn wanted(&self) -> String {
        self.by.join(" > ")
    }
    /// "kind name": the name as in the text, with or without its article; "-" for none.
    fn fits(&self, found: &str) -> bool {
        let found: Vec<&str> = found.split(" > ").filter(|f| !f.is_empty()).collect();
        found.len() == self.by.len()
            && self.by.iter().zip(&found).all(|(wanted, found)| {
                let Some((kind, name)) = wanted.split_once(' ') else { return false };
                let mut parts = found.split('|');
                parts.next() == Some(kind) && parts.any(|p| p.eq_ignore_ascii_case(name))
            })
    }
    fn found(&self, reading: &Reading, voices: &Voices, at: WordAt) -> String {
        let (speakers, _) = voices.of_trigger(at);
        let told: Vec<String> = speakers
            .iter()
            .map(|s| {
                let name = s.name.as_deref().unwrap_or("-");
                format!("{}|{name}|{}", s.kind.as_str(), s.span.map_or("-", |span| reading.slice(span)))
            })
            .collect();
        told.join(" > ")
    }
}

#[test]
fn factuality_holds() {
    hold::<Fact>("cases/factuality.toml", 95);
}

#[test]
fn attribution_holds() {
    hold::<Said>("cases/attribution.toml", 95);
}

/// Odd input never stops the reading, and every span lies in the text: the cases cut, doubled and with marks moved.
#[test]
fn odd_texts_are_read() {
    for language in Language::all() {
        let cases = language.file("cases/attribution.toml");
        let Some(model) = Model::for_language(language).filter(|_| !cases.is_empty()) else { continue };
        let cases: Cases<Said> = toml::from_str(cases).expect("the cases are TOML");
        for (i, case) in cases.case.iter().enumerate() {
            let text = &case.text;
            let middle = text.char_indices().nth(text.chars().count() * (i % 7 + 1) / 9).map_or(0, |(at, _)| at);
            let (first, last) = text.split_at(middle);
            for odd in [first.to_owned(), last.to_owned(), format!("{last}{first}"), format!("« {first} \" {last}: «")]
            {
                check_spans(&odd, language, model);
            }
        }
    }
}

fn check_spans(text: &str, language: Language, model: &Model) {
    let all = Span::new(0, text.len());
    let sentences = split_sentences(text, all, language, 0);
    let parses: Vec<Parse> = sentences.iter().map(|s| mended(&model.parse(text, s), language)).collect();
    let story = Story { id: StoryId([0; 16]), language, headline: None, paragraphs: vec![all], sentences };
    let reading = Reading { text, story: &story, parses: &parses, published: None, inferred: false };
    let scene = Scene::of(&reading);
    let voices = Voices::of(&reading, &|at| scene.filler(at));
    for attribution in voices.attributions() {
        let spans = attribution.content.iter().chain(attribution.speakers.iter().filter_map(|s| s.span.as_ref()));
        for span in spans {
            assert!(text.get(span.start()..span.end()).is_some(), "{span:?} in {text}");
        }
        let apart = attribution.content.windows(2).all(|w| w[0].end() <= w[1].start());
        assert!(apart, "content in order and disjoint: {:?} in {text}", attribution.content);
    }
    for (sentence, parse) in parses.iter().enumerate() {
        for word in 0..parse.words.len() {
            let at = WordAt { sentence, word };
            let _ = (factuality(&reading, at, &voices), voices.of_trigger(at));
        }
    }
}
