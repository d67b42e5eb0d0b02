//! Places of claims: the document chooses among namesakes, and phrases around names become points and lines.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use vigie::pipeline::{Source, read};
use vigie_claims::{Claim, PlaceMention, Precision};
use vigie_ingest::Raw;
use vigie_places::kilometres;

fn claims(text: &str) -> Vec<Claim> {
    let published = Some("2016-09-05".parse().unwrap());
    read(&Raw::plain("page.txt", text.as_bytes().to_vec()), &Source { published, ..Source::default() })
        .unwrap()
        .record
        .claims
}

fn places(text: &str) -> Vec<PlaceMention> {
    claims(text).into_iter().filter_map(|c| c.place).collect()
}

/// The first place whose gazetteer entry has this country, with what it was chosen from.
fn country_of(text: &str, name: &str) -> String {
    let places = places(text);
    let own = places.iter().find(|p| p.name.contains(name)).unwrap_or_else(|| panic!("{name} in {places:?}"));
    own.namesakes.first().unwrap_or_else(|| panic!("{own:?}")).country.to_string()
}

#[test]
fn the_document_chooses_among_namesakes_and_says_why() {
    let lebanon = "Au Liban, l'armée libanaise a bombardé la ville de Tripoli. Beyrouth se tait.";
    let libya = "En Libye, l'armée libyenne a bombardé la ville de Tripoli. Benghazi se tait.";
    assert_eq!(country_of(lebanon, "Tripoli"), "LB");
    assert_eq!(country_of(libya, "Tripoli"), "LY");
    let place = &places(lebanon)[0];
    assert!(place.namesakes.iter().any(|n| n.country == "LY") && !place.namesakes[0].reasons.is_empty(), "{place:?}");
}

#[test]
fn a_distance_and_a_side_make_a_point() {
    let text = "En Syrie, les rebelles ont bombardé un dépôt à 10 km au nord de Raqqa.";
    let with: Vec<PlaceMention> = places(text).into_iter().filter(|p| p.phrase.is_some()).collect();
    let place = with.first().unwrap_or_else(|| panic!("{:?}", places(text)));
    let phrase = place.phrase.as_ref().unwrap();
    assert_eq!((phrase.kind.as_str(), phrase.side.as_deref(), phrase.metres), ("offset", Some("north"), Some(10_000)));
    assert_eq!(place.precision, Precision::Near);
    let raqqa = (35_952_830, 39_007_880);
    assert!((8..13).contains(&kilometres(place.point.unwrap(), raqqa)), "{place:?}");
    assert!(place.radius_km.is_some_and(|km| km > 1), "{place:?}");
}

#[test]
fn a_line_has_two_ends_and_a_stated_length_checks_them() {
    let told = |km: u32| {
        let text =
            format!("En Syrie, l'armée turque a pris la bande qui va de Azaz jusqu'à Jarablos, longue de {km} km.");
        let place = places(&text).into_iter().find_map(|p| p.phrase);
        place.unwrap_or_else(|| panic!("{:?}", places(&text)))
    };
    let phrase = told(91);
    assert!(phrase.kind == "route" && phrase.line.is_some() && phrase.anchors.len() == 2, "{phrase:?}");
    assert_eq!(phrase.length, Some((91_000, true)));
    assert_eq!(told(600).length, Some((600_000, false)));
}

#[test]
fn a_likeness_without_a_reason_is_no_place_of_the_gazetteer() {
    let place = |text: &str, name: &str| {
        let all = places(text);
        all.iter().find(|p| p.name.contains(name)).unwrap_or_else(|| panic!("{name} in {all:?}")).clone()
    };
    let near_diffa = "Au Niger, l'armée nigérienne a repris Toumour lundi. Diffa et Bosso restent calmes.";
    let found = place(near_diffa, "Toumour");
    assert!(found.point.is_none() && found.place.as_ref().is_some_and(|id| id.starts_with("t:")), "{found:?}");
    assert!(place("L'armée a repris Toumour lundi.", "Toumour").point.is_none());
    // Where the story speaks of its country, the likeness stands.
    let jarablos = place("En Syrie, l'armée turque a repris Djerabulos lundi. Alep reste calme.", "Djerabulos");
    assert!(jarablos.point.is_some(), "{jarablos:?}");
}

#[test]
fn who_strikes_and_what_is_counted_are_no_places_of_the_deed() {
    let of = |text: &str, predicate: &str| -> Vec<Claim> {
        claims(text).into_iter().filter(|c| c.predicate.id() == predicate).collect()
    };
    let strikes = "Les rebelles ont avancé malgré les attaques aériennes massives de la Russie.";
    let struck = of(strikes, "airstrike");
    assert!(!struck.is_empty() && struck.iter().all(|c| c.place.is_none()), "{struck:?}");
    // The same words tell the place where they do not tell who acts.
    let syria = of("L'aviation russe a mené des frappes aériennes massives en Syrie.", "airstrike");
    assert!(syria.iter().any(|c| c.place.as_ref().is_some_and(|p| p.name.contains("Syrie"))), "{syria:?}");
    let tunnels = of("The army destroyed 111 tunnels on Sunday.", "destroy");
    assert!(!tunnels.is_empty() && tunnels.iter().all(|c| c.place.is_none()), "{tunnels:?}");
    let bridge = of("The army destroyed the bridge of Aleppo on Sunday.", "destroy");
    assert!(bridge.iter().any(|c| c.place.is_some()), "{bridge:?}");
}
