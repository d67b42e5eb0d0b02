//! The shared pages. Skipped when they are absent.

use std::path::PathBuf;
use vigie_text::{Page, Why, document_id, read_page};

fn page(name: &str) -> Option<Page> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name).join("page.txt");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is absent", path.display());
        return None;
    };
    let page = read_page(document_id(text.as_bytes()), text);
    for leftover in &page.leftovers {
        println!("{name} {:?} {}", leftover.why, leftover.span.of(&page.text));
    }
    Some(page)
}

fn foreign(page: &Page) -> Vec<&str> {
    page.leftovers.iter().filter(|l| l.why == Why::Foreign).map(|l| l.span.of(&page.text)).collect()
}

#[test]
fn seed_has_three_foreign_lines() {
    let Some(page) = page("seed") else { return };
    assert_eq!(page.stories.len(), 1);
    let starts: Vec<String> = foreign(&page).iter().map(|l| l.chars().take(6).collect()).collect();
    assert_eq!(starts, ["\"Tout ", "Cather", "Alonso"]);
}

#[test]
fn single_articles_stay_whole() {
    for name in ["cases/palmyre-2016-12", "cases/alep-evacuation-2016-12"] {
        let Some(page) = page(name) else { return };
        assert_eq!(page.stories.len(), 1, "{name}");
        assert!(foreign(&page).is_empty(), "{name}");
    }
}

#[test]
fn short_items_are_one_story() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/twins.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is absent", path.display());
        return;
    };
    for line in lines.lines() {
        let item: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = item["text"].as_str().expect("a text").to_owned();
        if item["lang"] != "fr" {
            continue;
        }
        let page = read_page(document_id(text.as_bytes()), text);
        assert_eq!(page.stories.len(), 1, "{}", page.text);
        assert!(foreign(&page).is_empty() && page.leftovers.is_empty(), "{} {:?}", page.text, page.leftovers);
    }
}

/// An invented page: scraps of sport and of a cooking page among reports of a siege.
#[test]
fn scraps_leave_the_story() {
    let text = "\
Accueil | Monde | Afrique

Mali : la ville d'Orsk de nouveau assiégée — Mali

L'armée malienne a repris lundi le camp d'Orsk, a annoncé le général Solan à la télévision malienne.

Boxe : Tarvin garde sa ceinture de champion
Dimanche, le boxeur Ilan Tarvin a battu aux points Matek Brod devant neuf mille spectateurs, sa douzième victoire de la saison.

Les rebelles du Front du fleuve ont quitté Orsk dans la nuit, selon des habitants joints par téléphone.

Lire aussi : le calendrier de la saison de boxe

Mali : la ville d'Orsk de nouveau assiégée

Selon le général Solan, douze soldats ont été tués dans l'assaut et quarante rebelles capturés.

« Nous manquons de tout », a déclaré un médecin d'Orsk.
";
    let page = read_page(document_id(text.as_bytes()), text.to_owned());
    assert_eq!(page.stories.len(), 1);
    let why: Vec<Why> = page.leftovers.iter().map(|l| l.why).collect();
    assert_eq!(why, [Why::Menu, Why::PageSuffix, Why::Foreign, Why::Foreign, Why::Advert, Why::DuplicateHeadline]);
    let story = &page.stories[0];
    assert_eq!(story.headline.map(|h| h.of(text)), Some("Mali : la ville d'Orsk de nouveau assiégée"));
    assert_eq!(story.paragraphs.len(), 4);
    assert!(story.sentences[0].headline && !story.sentences[1].headline);
}

/// Releases printed one below the other: wide gaps, each with a headline behind it.
#[test]
fn sections_of_the_layout_are_stories() {
    let first = "Army reaches Orsk\n\nThe army reached Orsk on Monday.\n\nIts spokesman, General Solan, said that ten rebels of the River Front were taken prisoner.";
    let second = "Convoy enters Orsk\n\nA convoy of the Red Crescent entered Orsk after the army had reached the town, General Solan said.";
    for gap in ["\n\n\n", "\n\n* * *\n\n"] {
        let text = format!("{first}{gap}{second}\n");
        let page = read_page(document_id(text.as_bytes()), text);
        let headlines: Vec<_> = page.stories.iter().filter_map(|s| s.headline).map(|h| h.of(&page.text)).collect();
        assert_eq!(headlines, ["Army reaches Orsk", "Convoy enters Orsk"]);
    }
}

/// A wide gap before a paragraph without a headline is no border of stories, and then no gap of that page is.
#[test]
fn gaps_that_part_nothing() {
    let text = "Army reaches Orsk\n\nThe army reached Orsk on Monday, General Solan said.\n\n\nIn Orsk the army of General Solan found the market empty.\n\n\nWho holds Orsk\n\nGeneral Solan said that the army now holds all of Orsk.";
    let page = read_page(document_id(text.as_bytes()), text.to_owned());
    assert_eq!(page.stories.len(), 1);
}
