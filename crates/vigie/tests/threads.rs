//! Threads over read stories: what joins, what does not, and that the past stays as it was.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use vigie::pipeline::{self, Source};
use vigie::record::DocumentRecord;
use vigie::threads::threads;
use vigie_ingest::Raw;
use vigie_text::StoryId;

/// Stories with outlet and day; those of one letter tell of one matter.
const STORIES: [(&str, &str, &str, &str); 11] = [
    (
        "a",
        "Le Journal",
        "2025-03-10",
        "Le siège de Bosso a été levé dimanche, a annoncé le ministère nigérien de la Défense. Les insurgés se sont retirés de la ville.",
    ),
    (
        "b",
        "Le Journal",
        "2025-03-10",
        "Les rebelles assiègent la ville de Gao depuis vendredi, selon l'armée malienne. La route entre Gao et Ansongo est coupée.",
    ),
    (
        "a",
        "The Courier",
        "2025-03-11",
        "The siege of Bosso was lifted on Sunday, the Nigerien defence ministry said. Insurgents withdrew from the town.",
    ),
    (
        "c",
        "L'Écho",
        "2025-03-11",
        "Israël et le Hamas ont conclu mardi un accord de cessez-le-feu à Gaza, a annoncé le Qatar.",
    ),
    // Another paper prints the first story again, shortened and under another headline.
    (
        "a",
        "La Gazette",
        "2025-03-12",
        "Niger : du nouveau\n\nLe siège de Bosso a été levé dimanche, a annoncé le ministère nigérien de la Défense. Les insurgés se sont retirés.",
    ),
    ("b", "The Courier", "2025-03-12", "Rebels have besieged the city of Gao since Friday, the Malian army said."),
    ("d", "The Courier", "2025-03-12", "Rebels captured the village of Menaka on Tuesday, residents said."),
    ("c", "The Courier", "2025-03-12", "Israel and Hamas agreed on a ceasefire in Gaza on Tuesday, Qatar said."),
    // The same place a month later is another matter.
    (
        "e",
        "Le Journal",
        "2025-04-14",
        "Le siège de Bosso, au Niger, a été levé dimanche, a annoncé un porte-parole. La garnison a reçu des vivres.",
    ),
    (
        "f",
        "The Courier",
        "2025-04-15",
        "The court in Lagos sentenced two officers on Monday for corruption, a lawyer said.",
    ),
    (
        "e",
        "The Courier",
        "2025-04-15",
        "The siege of Bosso was lifted on Sunday, the Nigerien defence ministry said. Insurgents fled.",
    ),
];

fn read(number: usize, arrival: usize) -> DocumentRecord {
    let (_, outlet, day, text) = STORIES[number];
    let raw = Raw::plain(&format!("{number}.txt"), text.as_bytes().to_vec());
    let source = Source { published: day.parse().ok(), outlet: Some(outlet), ..Source::default() };
    let mut record = pipeline::read(&raw, &source).unwrap().record;
    assert_eq!(record.stories.len(), 1, "{text}");
    record.arrival = arrival as u64 + 1;
    record
}

/// The stories of an order of arrival.
fn arrived(order: &[usize]) -> Vec<DocumentRecord> {
    order.iter().enumerate().map(|(arrival, number)| read(*number, arrival)).collect()
}

/// The thread of each story.
fn assigned(documents: &[DocumentRecord]) -> BTreeMap<StoryId, StoryId> {
    threads(documents).iter().flat_map(|t| t.of.stories.iter().map(|s| (*s, t.of.id))).collect()
}

fn letters(documents: &[DocumentRecord], order: &[usize]) -> Vec<String> {
    let by_story: BTreeMap<StoryId, &str> =
        documents.iter().zip(order).map(|(d, n)| (d.stories[0].id, STORIES[*n].0)).collect();
    threads(documents).iter().map(|t| t.of.stories.iter().map(|s| by_story[s]).collect()).collect()
}

#[test]
fn one_matter_is_one_thread_across_outlets_and_languages() {
    let order: Vec<usize> = (0..STORIES.len()).collect();
    let documents = arrived(&order);
    assert_eq!(letters(&documents, &order), ["aaa", "bb", "cc", "d", "ee", "f"]);
    let first = &threads(&documents)[0];
    assert_eq!(first.outlets(), ["La Gazette", "Le Journal", "The Courier"]);
    assert_eq!(first.languages(), ["en", "fr"]);
    assert_eq!(first.of.id, documents[0].stories[0].id);
    assert_eq!(first.of.days.map(|(a, b)| (a.day(), b.day())), Some((10, 12)));
    assert_eq!(first.named_origins(), 1, "three papers and one ministry");
}

#[test]
fn what_comes_later_never_moves_what_was_there() {
    let mut seed = 7_u64;
    for _ in 0..12 {
        let mut order: Vec<usize> = (0..STORIES.len()).collect();
        for i in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, ((seed >> 33) % (i as u64 + 1)) as usize);
        }
        let documents = arrived(&order);
        let whole = assigned(&documents);
        assert_eq!(whole.len(), STORIES.len(), "every story is in one thread");
        for end in 0..documents.len() {
            let part = assigned(&documents[..end]);
            assert!(part.iter().all(|(story, thread)| whole[story] == *thread), "{order:?} up to {end}");
        }
        // The order of the slice does not count, that of the arrivals does.
        let mut turned = documents.clone();
        turned.reverse();
        assert_eq!(assigned(&turned), whole);
    }
}

#[test]
fn a_story_without_a_day_joins_only_what_it_copies() {
    let mut documents = arrived(&[0, 4, 2]);
    for document in &mut documents[1..] {
        document.published = None;
    }
    assert_eq!(letters(&documents, &[0, 4, 2]), ["aa", "a"]);
}
