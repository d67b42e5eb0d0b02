//! Which place a name means: the document decides.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use vigie_places::{Precision, locate, mentions};
use vigie_resources::{Language, PlaceKind, locate_words};

/// Country and kind of the mention of these words.
fn check(code: &str, text: &str, name: &str, country: &str, kind: PlaceKind) {
    let language = Language::from_code(code).unwrap();
    let spans = mentions(text, &[], &[], locate_words(language));
    let located = locate(text, &spans, language, &[]);
    let own = located.iter().find(|l| l.span.of(text) == name).unwrap_or_else(|| panic!("{name} is not found"));
    let place = own.place.as_ref().unwrap();
    assert_eq!((place.country, place.kind), (country, kind), "{text}: {name} is {place:?}");
    assert!(own.confidence < 50 || own.candidates[0].place == *place);
}

#[test]
fn the_larger_place_behind_the_comma_decides() {
    check("en", "A fire broke out in Paris, Texas, on Monday.", "Paris", "US", PlaceKind::Town);
    check("en", "A fire broke out in Paris on Monday.", "Paris", "FR", PlaceKind::Capital);
    check("en", "A judge in Athens, Ga., ruled on Monday.", "Athens", "US", PlaceKind::Town);
}

#[test]
fn countries_and_parts_of_the_world_come_before_towns_of_their_name() {
    check("en", "Aid for Africa is late.", "Africa", "", PlaceKind::Continent);
    check("en", "Turkey closed its border with Syria.", "Turkey", "TR", PlaceKind::Country);
    check("fr", "La Chine a protesté.", "Chine", "CN", PlaceKind::Country);
    check("fr", "Les combats ont repris à Gao, dans le nord du Mali.", "Gao", "ML", PlaceKind::Town);
}

#[test]
fn peoples_mean_their_country() {
    check("en", "Syrian troops left the town.", "Syrian", "SY", PlaceKind::Country);
    check("en", "Welsh farmers protested.", "Welsh", "GB", PlaceKind::Division);
}

#[test]
fn what_nobody_knows_lies_near_what_the_text_speaks_of_and_says_so() {
    let english = Language::from_code("en").unwrap();
    let text = "In Aleppo shells hit the Qwertzhofen.";
    let at = |name: &str| {
        let start = text.find(name).unwrap();
        vigie_text::Span::new(start, start + name.len())
    };
    let spans = [at("Aleppo"), at("Qwertzhofen")];
    let located = locate(text, &spans, english, &[]);
    assert_eq!(located[1].place.as_ref().map(|p| p.country), Some("SY"));
    assert!(located[1].precision == Precision::Near && located[1].confidence <= 40);
    assert!(located[0].precision == Precision::Exact && located[0].confidence > located[1].confidence);
}

#[test]
fn the_same_text_gives_the_same_answer() {
    let english = Language::from_code("en").unwrap();
    let text = "From Springfield, Ill., to Springfield and Columbus, Ohio.";
    let once = |_| {
        let spans = mentions(text, &[], &[], locate_words(english));
        format!("{:?}", locate(text, &spans, english, &[]))
    };
    assert_eq!(once(0), once(1));
}

#[test]
fn articles_tell_a_region_from_the_town_of_its_name() {
    check("fr", "Un incendie a ravagé des forêts en Oregon.", "Oregon", "US", PlaceKind::Division);
    check("fr", "Les partis d'opposition au Québec ont protesté.", "Québec", "CA", PlaceKind::Division);
    check("fr", "La Vendée et la Vienne ont tremblé, puis Poitiers.", "Vienne", "FR", PlaceKind::District);
    check("fr", "Des forêts brûlent dans le Cantal.", "Cantal", "FR", PlaceKind::District);
    // Towns stand without an article, or bear it.
    check("fr", "Les ministres se sont réunis à Vienne, en Autriche.", "Vienne", "AT", PlaceKind::Capital);
    check("fr", "Le maire de Québec a protesté.", "Québec", "CA", PlaceKind::Town);
    check("fr", "Une bombe a explosé au Caire, en Égypte.", "Caire", "EG", PlaceKind::Capital);
    // Beside a mention that only a town can have, the article speaks for itself alone.
    check("fr", "Le premier ministre est à Québec. Des partis du Québec protestent.", "Québec", "CA", PlaceKind::Town);
}

#[test]
fn divisions_and_countries_are_known_by_their_french_names() {
    check("fr", "Des pluies ont noyé la Bretagne.", "Bretagne", "FR", PlaceKind::Division);
    check("fr", "Un avion s'est écrasé au Kirghizistan.", "Kirghizistan", "KG", PlaceKind::Country);
    check("fr", "Le Bélarus et la Moldova ont signé.", "Bélarus", "BY", PlaceKind::Country);
    check("fr", "Le gouverneur de Californie a parlé.", "Californie", "US", PlaceKind::Division);
}

#[test]
fn names_that_have_namesakes_near_each_other_are_meant_together() {
    // Each of these has larger namesakes elsewhere; only in one corner of Ohio do all of them lie side by side.
    let text = "Trains stop at Dover, Wooster and Orrville again.";
    check("en", text, "Wooster", "US", PlaceKind::Town);
    check("en", text, "Dover", "US", PlaceKind::Town);
    // Alone the largest is meant.
    check("en", "Ferries stop at Dover again.", "Dover", "GB", PlaceKind::Town);
}
