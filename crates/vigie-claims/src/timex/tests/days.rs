//! Sentences whose words all hang on one verb: days, prepositions, ranges.

use super::{french, story};
use crate::reading::Reading;
use crate::timex::{Calendar, Timex, timexes};
use jiff::civil::{Date, date};
use vigie_syntax::{Deprel, Feats, Parse, Relation, Upos, Word};
use vigie_text::{Sentence, Span, Token, tokenise};

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
    let reading = Reading { text, story: &story, parses: &parses, published, inferred: false };
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

/// Sentences, the days of their first expression, and the tense of their verb; read on Monday 2016-12-12.
const DAYS: &[(&str, &str, &str)] = &[
    ("Le 8 décembre, la ville tombe.", "2016-12-08", "past"),
    ("Il est arrivé le vendredi 3 avril 2015.", "2015-04-03", "past"),
    ("Ils ont signé le 1er mai.", "2016-05-01", "past"),
    ("La reddition date du 20 décembre.", "2015-12-20", "past"),
    ("Le scrutin se tiendra le 20 janvier.", "2017-01-20", "future"),
    ("Il a quitté la base le 28 octobre 98.", "1998-10-28", "past"),
    ("Ils rouvrent lundi 5 décembre.", "2016-12-05", "future"),
    ("Depuis le 4 novembre, plus rien ne passe.", "2016-11-04..2016-12-12", "past"),
    ("La trêve tient jusqu'au 15 mars 2014.", "..2014-03-15", "past"),
    ("Le rapport du 11/12/2016 le dit.", "2016-12-11", "past"),
    ("Publié le 2015-03-04 à Paris.", "2015-03-04", "past"),
    ("Du 3 au 5 mai 2015, la route était coupée.", "2015-05-03..2015-05-05", "past"),
    ("Entre le 28 octobre et le 2 novembre, ils ont avancé.", "2016-10-28..2016-11-02", "past"),
    ("Les 8 et 9 décembre ont été calmes.", "2016-12-08..2016-12-09", "past"),
    ("Du 28 décembre 2014 au 3 janvier 2015, rien.", "2014-12-28..2015-01-03", "past"),
    ("En mars 2014, la ville a changé de mains.", "2014-03-01..2014-03-31", "past"),
    ("La garnison est partie fin août 2015.", "2015-08-21..2015-08-31", "past"),
    ("Ils se sont retirés en avril.", "2016-04-01..2016-04-30", "past"),
    ("Ils se retireront en avril.", "2017-04-01..2017-04-30", "future"),
    ("Depuis juillet, la route est fermée.", "2016-07-01..2016-12-12", "past"),
    ("La ville est tombée fin août.", "2016-08-21..2016-08-31", "past"),
    ("Le siège commence mi-novembre.", "2016-11-11..2016-11-20", "past"),
    ("À la mi-mai 2015, ils ont cédé.", "2015-05-11..2015-05-20", "past"),
    ("Il a été élu en septembre dernier.", "2016-09-01..2016-09-30", "past"),
    ("Ils reviennent en juin prochain.", "2017-06-01..2017-06-30", "past"),
    ("Elle a fui le 26 septembre dernier.", "2016-09-26", "past"),
    ("De mars à juin 2015, ils ont tenu.", "2015-03-01..2015-06-30", "past"),
    ("Entre novembre 2014 et février 2015, le froid a tué.", "2014-11-01..2015-02-28", "past"),
    ("Ils ont pris la ville en 2012.", "2012-01-01..2012-12-31", "past"),
    ("Depuis 2013, ils se battent.", "2013-01-01..2016-12-12", "past"),
    ("Affaibli début 2015, il recule.", "2015-01-01..2015-03-31", "past"),
    ("L'année 2014 a été terrible.", "2014-01-01..2014-12-31", "past"),
    ("Assiégée de 1992 à 1996, elle a survécu.", "1992-01-01..1996-12-31", "past"),
    ("La guerre de 1939-1945 a tout changé.", "1939-01-01..1945-12-31", "past"),
    ("Le parti est né dans les années 1980.", "1980-01-01..1989-12-31", "past"),
    ("Dans les années 90, la région était calme.", "1990-01-01..1999-12-31", "past"),
    ("Au printemps 2015, ils ont avancé.", "2015-03-01..2015-05-31", "past"),
    ("Ils ont perdu l'été dernier.", "2016-06-01..2016-08-31", "past"),
    ("Ils ont attaqué à Noël 2014.", "2014-12-25", "past"),
    ("Au deuxième trimestre 2015, rien n'a changé.", "2015-04-01..2015-06-30", "past"),
    ("Ils ont fui la première semaine de mai 2015.", "2015-05-01..2015-05-31", "past"),
    ("La semaine du 5 octobre 2015 a été sanglante.", "2015-10-05..2015-10-11", "past"),
    ("L'armée a repris dimanche le pont.", "2016-12-11", "past"),
    ("Ils se sont rencontrés lundi.", "2016-12-12", "past"),
    ("Ils se rencontreront samedi.", "2016-12-17", "future"),
    ("Les combats ont repris dimanche soir.", "2016-12-11", "past"),
    ("Ils discutent mardi.", "2016-12-13", "present"),
    ("Les pourparlers de jeudi ont échoué.", "2016-12-08", "past"),
    ("Le pont a sauté lundi dernier.", "2016-12-05", "past"),
    ("Le vote a lieu mardi prochain.", "2016-12-13", "past"),
    ("Le siège a été levé vendredi 9.", "2016-12-09", "past"),
    ("Dans la nuit de samedi à dimanche, des tirs ont retenti.", "2016-12-10..2016-12-11", "past"),
    ("Il a neigé de mercredi à vendredi.", "2016-12-07..2016-12-09", "past"),
    ("Le marché ouvrait le mardi.", "?", "past"),
    ("Le conseil vote aujourd'hui.", "2016-12-12", "past"),
    ("Ils ont tiré hier soir.", "2016-12-11", "past"),
    ("Il est parti avant-hier.", "2016-12-10", "past"),
    ("Ils partent demain matin.", "2016-12-13", "present"),
    ("Ils partent après-demain.", "2016-12-14", "present"),
    ("Des obus sont tombés ce matin.", "2016-12-12", "past"),
    ("La nuit dernière, la ville a été frappée.", "2016-12-11..2016-12-12", "past"),
    ("Il y a trois semaines, le village a brûlé.", "2016-11-21..2016-11-27", "past"),
    ("Elle a fui il y a deux jours.", "2016-12-10", "past"),
    ("Il y a près de deux ans, le siège commençait.", "2014-01-01..2014-12-31", "past"),
    ("Le vote aura lieu dans dix jours.", "2016-12-22", "future"),
    ("Ces trois derniers jours, ils ont avancé.", "2016-12-09..2016-12-12", "past"),
    ("Au cours des dernières 48 heures, dix raids ont eu lieu.", "2016-12-10..2016-12-12", "past"),
    ("Ils arriveront dans les deux prochaines semaines.", "2016-12-13..2016-12-26", "future"),
    ("Ils devront partir dans les 48 heures.", "2016-12-12..2016-12-14", "future"),
    ("La foire se tient cette semaine.", "2016-12-12..2016-12-18", "past"),
    ("Ils ont avancé ce mois-ci.", "2016-12-01..2016-12-31", "past"),
    ("L'offensive débutera la semaine prochaine.", "2016-12-19..2016-12-25", "future"),
    ("Ils ont fui le mois dernier.", "2016-11-01..2016-11-30", "past"),
    ("Le siège a commencé à la fin de l'année dernière.", "2015-10-01..2015-12-31", "past"),
    ("Ils partiront à la fin du mois.", "2016-12-21..2016-12-31", "future"),
    ("Ils sont partis au début de l'année.", "2016-01-01..2016-03-31", "past"),
    ("Les combats ont repris ce week-end.", "2016-12-10..2016-12-11", "past"),
    ("Ils se verront le week-end prochain.", "2016-12-17..2016-12-18", "future"),
    ("Le 8 décembre, ils ont attaqué un camp repéré la veille.", "2016-12-08", "past"),
    ("Repéré la veille, le camp a été attaqué dimanche.", "2016-12-10", "past"),
    ("Au lendemain de l'attaque, la ville est vide.", "", "past"),
    ("Le lendemain, le 8 décembre, ils ont fui.", "2016-12-09", "past"),
    ("Arrivé ce jour-là, il est reparti dimanche.", "2016-12-11", "past"),
    ("Il est mort en 2012 et son fils l'année suivante.", "2012-01-01..2012-12-31", "past"),
    ("Parti le 2 décembre, il est revenu trois jours plus tard.", "2016-12-02", "past"),
    ("Ils ont tenu pendant trois mois.", "?", "past"),
    ("Depuis trois jours, la ville brûle.", "2016-12-09..2016-12-12", "past"),
    ("Ils ont pris la colline en deux à trois semaines.", "?", "past"),
    ("Ils attendent depuis plusieurs mois.", "?", "past"),
    ("Des convois passent chaque semaine.", "?", "past"),
    ("Il partira dans les prochains jours.", "?", "future"),
    ("Elle a fui il y a quelques jours.", "?", "past"),
    ("Ils reviendront avant la saison des pluies.", "", "future"),
    ("Le tir a eu lieu à 18 h 30.", "?", "past"),
    ("Ils ont tiré en fin d'après-midi.", "?", "past"),
    ("Elle est arrivée le 9.", "2016-12-09", "past"),
];

#[test]
fn sentences_give_these_days() {
    let mut wrong = Vec::new();
    for (text, days, tense) in DAYS {
        let found = read(text, tense, Some(date(2016, 12, 12)));
        let values: Vec<String> = found.iter().map(shown).collect();
        if values.first().map_or("", String::as_str) != *days {
            wrong.push(format!("{text} -> {values:?}, not {days}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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

#[test]
fn a_weekday_keeps_its_second_reading_only_where_no_tense_tells() {
    let other = |tense: &str| {
        let found = read("Ils rencontrent le maire vendredi.", tense, Some(date(2016, 12, 12)));
        (shown(&found[0]), found[0].otherwise.map(|o| (o.first, o.percent)))
    };
    assert_eq!(other("past"), ("2016-12-09".to_owned(), None));
    assert_eq!(other("future"), ("2016-12-16".to_owned(), None));
    assert_eq!(other("present"), ("2016-12-09".to_owned(), Some((date(2016, 12, 16), 25))));
}
