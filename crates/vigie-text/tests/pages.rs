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
