//! The examples of the rule file, and hand-made parses.

use super::*;
use crate::reading::WordAt;
use crate::testing::{parse as rows, word};
use jiff::civil::date;
use vigie_resources::{Language, time_file};
use vigie_syntax::{Deprel, Feats, Relation, Word};
use vigie_text::{DocumentId, Story, StoryId, Token, tokenise};

fn french() -> Language {
    Language::from_code("fr").unwrap()
}

fn story(sentences: Vec<Sentence>) -> Story {
    let _ = DocumentId([0; 16]);
    Story { id: StoryId([0; 16]), language: french(), headline: None, paragraphs: Vec::new(), sentences }
}

/// A parse in which every word hangs on one verb of the given tense that stands outside the text's tokens.
fn flat(text: &str, tokens: &[Token], tense: &str) -> Parse {
    let feats = match tense {
        "future" => "Mood=Ind|Tense=Fut|VerbForm=Fin",
        "present" => "Mood=Ind|Tense=Pres|VerbForm=Fin",
        _ => "Mood=Ind|Tense=Past|VerbForm=Fin",
    };
    let root = tokens.len() as u32;
    let mut words: Vec<Word> = (0..tokens.len())
        .map(|i| Word {
            token: i as u32,
            span: tokens[i].span,
            form: tokens[i].span.of(text).into(),
            lemma: tokens[i].span.of(text).to_lowercase().into(),
            upos: if tokens[i].span.of(text).starts_with(|c: char| c.is_alphanumeric()) {
                Upos::X
            } else {
                Upos::Punct
            },
            feats: Feats::default(),
            head: Some(root),
            deprel: Deprel { base: Relation::Dep, sub: "".into() },
        })
        .collect();
    words.push(Word {
        token: root.saturating_sub(1),
        span: tokens.last().map_or(Span::new(0, 0), |t| t.span),
        form: "V".into(),
        lemma: "v".into(),
        upos: Upos::Verb,
        feats: Feats(feats.into()),
        head: None,
        deprel: Deprel { base: Relation::Root, sub: "".into() },
    });
    Parse { words, entities: Vec::new() }
}

fn read(text: &str, tense: &str, published: Option<Date>) -> Vec<Timex> {
    let tokens = tokenise(text, Span::new(0, text.len()), french());
    let parse = flat(text, &tokens, tense);
    let sentence = Sentence { span: Span::new(0, text.len()), headline: false, part: 0, tokens };
    let story = story(vec![sentence]);
    let parses = [parse];
    let reading = Reading { text, story: &story, parses: &parses, published };
    timexes(&reading, 0, &Calendar::of(&reading))
}

fn shown(timex: &Timex) -> String {
    match (timex.first, timex.last) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}..{b}"),
        (None, Some(b)) => format!("..{b}"),
        _ => "?".to_owned(),
    }
}

#[test]
fn the_examples_of_every_rule_hold() {
    let monday = Some(date(2016, 12, 12));
    let mut wrong = Vec::new();
    for rule in &time_file(french()).rule {
        for example in &rule.example {
            let found = read(&example.text, &example.tense, monday);
            let values: Vec<String> = found.iter().map(shown).collect();
            if values.first() != Some(&example.is) {
                wrong.push(format!("{}: {} -> {values:?}, not {}", rule.id, example.text, example.is));
            }
        }
        for text in &rule.negative {
            let id = format!("fr/timex#{}", rule.id);
            if read(text, "past", monday).iter().any(|t| t.rule == id) {
                wrong.push(format!("{}: matches {text}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rule_names_are_unique() {
    let mut ids: Vec<&str> = time_file(french()).rule.iter().map(|r| r.id.as_str()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|w| w[0] != w[1]));
}

#[test]
fn without_a_publication_only_full_dates_resolve() {
    let show = |text| read(text, "past", None).iter().map(shown).collect::<Vec<_>>();
    assert_eq!(show("Ils ont fui lundi."), ["?"]);
    assert_eq!(show("Ils ont fui le 3 mai."), ["?"]);
    assert_eq!(show("Ils ont fui le 3 mai 2015."), ["2015-05-03"]);
    assert_eq!(show("Ils ont fui en 2015."), ["2015-01-01..2015-12-31"]);
}

#[test]
fn odd_input_never_panics() {
    let bits = [
        "le",
        "31",
        "février",
        "9999",
        "la veille",
        "il y a 9999 siècles",
        "mi-",
        "du",
        "au",
        "0",
        "d'ici",
        "—",
        "lundi",
    ];
    for a in bits {
        for b in bits {
            for c in bits {
                for day in [None, Some(Date::MIN), Some(Date::MAX)] {
                    let text = format!("{a} {b} {c}");
                    for timex in read(&text, "future", day) {
                        assert!(timex.first.is_none() || timex.first <= timex.last, "{text}: {timex:?}");
                    }
                }
            }
        }
    }
}

struct Case {
    text: String,
    parses: Vec<Parse>,
    story: Story,
}

/// Sentences from rows of `testing::parse`, one paragraph.
fn case(sentences: &[&str]) -> Case {
    let mut text = String::new();
    let mut parses = Vec::new();
    let mut made = Vec::new();
    for sentence in sentences {
        let mut parse = rows(sentence);
        let shift = text.len();
        for word in &mut parse.words {
            word.span = Span::new(word.span.start() + shift, word.span.end() + shift);
            text.push_str(&word.form);
            text.push(' ');
        }
        let tokens: Vec<Token> = parse.words.iter().map(|w| Token { span: w.span }).collect();
        let span = tokens[0].span.cover(tokens[tokens.len() - 1].span);
        made.push(Sentence { span, headline: false, part: 0, tokens });
        parses.push(parse);
    }
    Case { text, parses, story: story(made) }
}

impl Case {
    fn reading(&self, published: Date) -> Reading<'_> {
        Reading { text: &self.text, story: &self.story, parses: &self.parses, published: Some(published) }
    }

    fn when(&self, sentence: usize, form: &str, published: Date) -> Option<String> {
        let reading = self.reading(published);
        let calendar = Calendar::of(&reading);
        let found = timexes(&reading, sentence, &calendar);
        let at = WordAt { sentence, word: word(&self.parses[sentence], form) };
        period_for(&reading, &found, at, &calendar)
            .map(|(p, _)| p.first.map_or(format!("..{}", p.last), |f| format!("{f}/{}", p.last)))
    }

    fn said(&self, sentence: usize, form: &str, published: Date) -> Option<Date> {
        let reading = self.reading(published);
        let calendar = Calendar::of(&reading);
        let at = WordAt { sentence, word: word(&self.parses[sentence], form) };
        said_on(&reading, &timexes(&reading, sentence, &calendar), at).map(|p| p.last)
    }
}

const FINITE_PRESENT: &str = "Mood=Ind|Tense=Pres|VerbForm=Fin";

#[test]
fn the_day_of_a_saying_is_not_the_day_of_what_is_said() {
    let case = case(&["
        Jeudi jeudi NOUN _ 4 obl:mod
        le le DET _ 3 det
        maire maire NOUN _ 4 nsubj
        avait avoir VERB Mood=Ind|Tense=Imp|VerbForm=Fin 0 root
        dit dire VERB Tense=Past|VerbForm=Part 4 xcomp
        que que SCONJ _ 8 mark
        l' le DET _ 8 det
        armée armée NOUN _ 9 nsubj
        avançait avancer VERB Mood=Ind|Tense=Imp|VerbForm=Fin 4 ccomp"]);
    assert_eq!(case.when(0, "avançait", date(2024, 5, 17)), None);
    assert_eq!(case.said(0, "avait", date(2024, 5, 17)), Some(date(2024, 5, 16)));
}

#[test]
fn verbs_that_depend_on_a_verb_share_its_day() {
    let text = format!(
        "
        Il il PRON _ 3 nsubj
        a avoir AUX {FINITE_PRESENT} 3 aux:tense
        permis permettre VERB Tense=Past|VerbForm=Part 0 root
        mardi mardi NOUN _ 3 obl:mod
        de de ADP _ 6 mark
        reprendre reprendre VERB VerbForm=Inf 3 xcomp
        le le DET _ 8 det
        pont pont NOUN _ 6 obj
        et et CCONJ _ 11 cc
        de de ADP _ 11 mark
        couper couper VERB VerbForm=Inf 6 conj
        la le DET _ 13 det
        route route NOUN _ 11 obj
        , , PUNCT _ 15 punct
        isolant isoler VERB Tense=Pres|VerbForm=Part 3 advcl
        les le DET _ 17 det
        quartiers quartier NOUN _ 15 obj
        tenus tenir VERB Tense=Past|VerbForm=Part 17 acl"
    );
    let case = case(&[&text]);
    let thursday = date(2024, 5, 16);
    for form in ["permis", "reprendre", "couper", "isolant"] {
        assert_eq!(case.when(0, form, thursday).as_deref(), Some("2024-05-14/2024-05-14"), "{form}");
    }
    assert_eq!(case.when(0, "tenus", thursday), None);
}

#[test]
fn a_noun_takes_its_own_time_first_and_the_eve_counts_from_the_day_beside_it() {
    let text = format!(
        "
        Après après ADP _ 3 case
        une un DET _ 3 det
        rencontre rencontre NOUN _ 9 obl:mod
        vaine vain ADJ _ 3 amod
        la le DET _ 6 det
        veille veille NOUN _ 3 nmod
        ils il PRON _ 9 nsubj
        ont avoir AUX {FINITE_PRESENT} 9 aux:tense
        mené mener VERB Tense=Past|VerbForm=Part 0 root
        des un DET _ 11 det
        pourparlers pourparler NOUN _ 9 obj
        mercredi mercredi NOUN _ 9 obl:mod"
    );
    let case = case(&[&text]);
    let thursday = date(2024, 5, 16);
    assert_eq!(case.when(0, "rencontre", thursday).as_deref(), Some("2024-05-14/2024-05-14"));
    assert_eq!(case.when(0, "pourparlers", thursday).as_deref(), Some("2024-05-15/2024-05-15"));
    assert_eq!(case.when(0, "mené", thursday).as_deref(), Some("2024-05-15/2024-05-15"));
}

#[test]
fn the_day_after_counts_from_the_last_day_told() {
    let first = format!(
        "
        Le le DET _ 2 det
        4 4 NUM _ 6 obl:mod
        mars mars NOUN _ 2 nmod
        , , PUNCT _ 2 punct
        ils il PRON _ 6 nsubj
        attaquent attaquer VERB {FINITE_PRESENT} 0 root"
    );
    let second = format!(
        "
        Le le DET _ 2 det
        lendemain lendemain NOUN _ 4 obl:mod
        ils il PRON _ 4 nsubj
        avancent avancer VERB {FINITE_PRESENT} 0 root"
    );
    let case = case(&[&first, &second]);
    assert_eq!(case.when(0, "attaquent", date(2024, 3, 9)).as_deref(), Some("2024-03-04/2024-03-04"));
    assert_eq!(case.when(1, "avancent", date(2024, 3, 9)).as_deref(), Some("2024-03-05/2024-03-05"));
}

#[test]
fn forecasts_look_ahead_and_reported_forecasts_from_the_day_of_the_report() {
    let reported = format!(
        "
        Il il PRON _ 3 nsubj
        a avoir AUX {FINITE_PRESENT} 3 aux:tense
        suggéré suggérer VERB Tense=Past|VerbForm=Part 0 root
        que que SCONJ _ 6 mark
        cela cela PRON _ 6 nsubj
        pourrait pouvoir VERB Mood=Cnd|Tense=Pres|VerbForm=Fin 3 ccomp
        intervenir intervenir VERB VerbForm=Inf 6 xcomp
        dès dès ADP _ 9 case
        samedi samedi NOUN _ 7 obl:mod
        soir soir NOUN _ 9 nmod"
    );
    let case_reported = case(&[&reported]);
    assert_eq!(case_reported.when(0, "intervenir", date(2024, 5, 19)).as_deref(), Some("2024-05-18/2024-05-18"));
    assert_eq!(case_reported.when(0, "intervenir", date(2024, 5, 16)).as_deref(), Some("2024-05-18/2024-05-18"));
    let plain = "
        La le DET _ 2 det
        trêve trêve NOUN _ 3 nsubj
        devrait devoir VERB Mood=Cnd|Tense=Pres|VerbForm=Fin 0 root
        entrer entrer VERB VerbForm=Inf 3 xcomp
        samedi samedi NOUN _ 4 obl:mod";
    let case_plain = case(&[plain]);
    assert_eq!(case_plain.when(0, "entrer", date(2024, 5, 19)).as_deref(), Some("2024-05-25/2024-05-25"));
    assert_eq!(case_plain.when(0, "entrer", date(2024, 5, 18)).as_deref(), Some("2024-05-18/2024-05-18"));
}

#[test]
fn a_participle_keeps_its_own_past() {
    let text = format!(
        "
        Prise prendre VERB Tense=Past|VerbForm=Part 7 advcl
        en en ADP _ 3 case
        mai mai NOUN _ 1 obl:mod
        2013 2013 NUM _ 3 nmod
        la le DET _ 6 det
        ville ville NOUN _ 7 nsubj
        accueille accueillir VERB {FINITE_PRESENT} 0 root
        cette ce DET _ 9 det
        semaine semaine NOUN _ 7 obl:mod
        une un DET _ 11 det
        foire foire NOUN _ 7 obj"
    );
    let case = case(&[&text]);
    assert_eq!(case.when(0, "Prise", date(2024, 5, 16)).as_deref(), Some("2013-05-01/2013-05-31"));
    assert_eq!(case.when(0, "foire", date(2024, 5, 16)).as_deref(), Some("2024-05-13/2024-05-19"));
}
