//! Hand-made parses: which verb or noun takes which time.

mod days;

use super::*;
use crate::reading::WordAt;
use crate::testing::{parse as rows, word};
use jiff::civil::date;
use vigie_resources::Language;
use vigie_syntax::Parse;
use vigie_text::{Sentence, Span, Story, StoryId, Token};

fn french() -> Language {
    Language::from_code("fr").unwrap()
}

fn story(sentences: Vec<Sentence>) -> Story {
    Story { id: StoryId([0; 16]), language: french(), headline: None, paragraphs: Vec::new(), sentences }
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
        let (text, story, parses) = (&self.text, &self.story, &self.parses);
        Reading { text, story, parses, published: Some(published), inferred: false }
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

#[test]
fn a_day_behind_a_comma_at_the_end_dates_the_whole_sentence() {
    let told = case(&["Elle elle PRON _ 2 nsubj
        annonce annoncer VERB Mood=Ind|Tense=Pres|VerbForm=Fin 0 root
        vouloir vouloir VERB VerbForm=Inf 2 xcomp
        isoler isoler VERB VerbForm=Inf 3 xcomp
        Tamsa Tamsa PROPN _ 4 obj
        , , PUNCT _ 8 punct
        le le DET _ 8 det
        10 10 NUM _ 5 appos
        décembre décembre NOUN _ 8 nmod
        . . PUNCT _ 2 punct"]);
    let day = Some("2016-12-10/2016-12-10".to_owned());
    assert_eq!(told.when(0, "annonce", date(2016, 12, 13)), day);
}

#[test]
fn a_day_on_a_present_participle_dates_the_verb_that_it_goes_with() {
    let rows = |form: &str| {
        format!(
            "Elle elle PRON _ 2 nsubj
            prit prendre VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
            trois trois NUM _ 4 nummod
            collines colline NOUN Number=Plur 2 obj
            dominant dominer VERB {form} 2 advcl
            Tamsa Tamsa PROPN _ 5 obj
            dimanche dimanche NOUN _ 5 obl
            . . PUNCT _ 2 punct"
        )
    };
    let of = |form: &str| case(&[&rows(form)]).when(0, "prit", date(2016, 12, 13));
    assert_eq!(of("Tense=Pres|VerbForm=Part"), Some("2016-12-11/2016-12-11".to_owned()));
    assert_eq!(of("Tense=Past|VerbForm=Part"), None);
}
