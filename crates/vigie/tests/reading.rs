//! Properties of reading: spans are slices of the file, runs are repeatable, the order of the inputs does not matter.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::Path;
use vigie::book::Book;
use vigie::export::wire::Lines;
use vigie::pipeline::{self, Source, read};
use vigie::record::DocumentRecord;
use vigie_ingest::Raw;

fn example() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/bassin.txt");
    std::fs::read_to_string(path).unwrap()
}

/// Numbers that look random and are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// The page with lines dropped, doubled, swapped, cut, and odd characters strewn in.
fn mutated(page: &str, dice: &mut Dice) -> Vec<u8> {
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    for _ in 0..dice.roll(12) + 1 {
        let (one, two) = (dice.roll(lines.len()), dice.roll(lines.len()));
        match dice.roll(6) {
            0 => drop(lines.remove(one)),
            1 => lines.insert(two, lines[one].clone()),
            2 => lines.swap(one, two),
            3 => {
                let cut = lines[one].char_indices().nth(dice.roll(60)).map_or(0, |(at, _)| at);
                lines[one].truncate(cut);
            }
            4 => {
                let odd =
                    ["\u{feff}", "\u{200b}", "«", "»", "\"", "\u{a0}", "—", "(", "[1]", "…", "\t", "\r", "😀", "0"];
                let at = lines[one].char_indices().nth(dice.roll(60)).map_or(0, |(at, _)| at);
                lines[one].insert_str(at, odd[dice.roll(odd.len())]);
            }
            _ => lines[one] = lines[one].to_uppercase(),
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
    }
    let mut bytes = lines.join("\n").into_bytes();
    if dice.roll(4) == 0 && !bytes.is_empty() {
        let at = dice.roll(bytes.len());
        bytes[at] = dice.roll(256).max(1) as u8;
    }
    if dice.roll(6) == 0 {
        bytes.splice(0..0, "\u{feff}".bytes());
    }
    bytes
}

fn document(bytes: &[u8]) -> Option<DocumentRecord> {
    let published = Some(jiff::civil::date(2025, 3, 10));
    read(&Raw::plain("p.txt", bytes.to_vec()), &Source { published, ..Source::default() }).ok().map(|read| read.record)
}

fn lines(documents: &[DocumentRecord]) -> String {
    let mut lines = Lines::new();
    documents.iter().for_each(|d| lines.document(d));
    let book = Book::of(documents);
    pipeline::events(documents).iter().for_each(|e| lines.event(e, &book));
    let day = jiff::civil::date(2025, 3, 10);
    let situation = pipeline::situation(documents, &pipeline::events(documents), day, day);
    lines.situation(&situation, &situation.holdings.iter().collect::<Vec<_>>(), &book);
    let mut out = Vec::new();
    lines.print(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Every object with `start`, `end` and `text` is a slice of the file.
fn spans(value: &serde_json::Value, bytes: &[u8], found: &mut usize) {
    match value {
        serde_json::Value::Object(object) => {
            if let (Some(start), Some(end), Some(text)) = (object.get("start"), object.get("end"), object.get("text")) {
                let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
                assert_eq!(std::str::from_utf8(&bytes[start..end]).ok(), text.as_str());
                *found += 1;
            }
            object.values().for_each(|v| spans(v, bytes, found));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|v| spans(v, bytes, found)),
        _ => {}
    }
}

#[test]
fn every_span_is_a_slice_of_the_file_whatever_the_page() {
    let page = example();
    let mut dice = Dice(0x5eed);
    let mut found = 0;
    for _ in 0..150 {
        let bytes = mutated(&page, &mut dice);
        let Some(document) = document(&bytes) else { continue };
        for claim in &document.claims {
            assert!(claim.sentence.contains(claim.trigger));
        }
        // Text that was repaired or recoded has no slices of the file to show.
        if std::str::from_utf8(&bytes).is_ok() {
            for line in lines(&[document]).lines() {
                spans(&serde_json::from_str(line).unwrap(), &bytes, &mut found);
            }
        }
    }
    assert!(found > 1000, "only {found} spans were looked at");
}

#[test]
fn any_bytes_are_read_without_a_panic() {
    let mut dice = Dice(77);
    for length in 0..200 {
        let bytes: Vec<u8> = (0..length).map(|_| dice.roll(256) as u8).collect();
        let _ = document(&bytes).map(|d| lines(&[d]));
    }
}

#[test]
fn two_runs_print_the_same_bytes() {
    let page = example();
    let run = || lines(&[document(page.as_bytes()).unwrap()]);
    let first = run();
    assert!(first.lines().count() > 20);
    assert_eq!(first, run());
}

#[test]
fn the_order_of_the_inputs_does_not_matter() {
    let page = example();
    let mut dice = Dice(4);
    let mut documents: Vec<DocumentRecord> = (0..6).filter_map(|_| document(&mutated(&page, &mut dice))).collect();
    documents.dedup_by_key(|d| d.id);
    let first = lines(&documents);
    documents.reverse();
    assert_eq!(first, lines(&documents));
    documents.rotate_left(2);
    assert_eq!(first, lines(&documents));
}

#[test]
fn an_undated_copy_of_a_dated_story_was_reported_when_that_was() {
    let page = example();
    let copy = format!("{page}\n\n");
    let dated = document(page.as_bytes()).unwrap();
    let undated = read(&Raw::plain("q.txt", copy.into_bytes()), &Source::default()).unwrap().record;
    assert!(undated.published.is_none() && !undated.claims.is_empty());
    let days =
        |documents: &[DocumentRecord]| -> Vec<_> { pipeline::reports(documents).iter().map(|r| r.reported).collect() };
    assert!(days(std::slice::from_ref(&undated)).iter().all(Option::is_none));
    assert!(days(&[dated, undated]).iter().all(|day| *day == Some(jiff::civil::date(2025, 3, 10))));
}

/// The paragraphs of a page of seven articles, and where the articles begin in it.
fn told_page(language: &str) -> (Vec<String>, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../evaluation/told-pages").join(language);
    let page = std::fs::read_to_string(folder.join("page.txt")).unwrap();
    let gold = std::fs::read_to_string(folder.join("gold.jsonl")).unwrap();
    let rows = gold.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let headlines = rows.filter_map(|row| Some(row["headline"]["text"].as_str()?.to_owned())).collect();
    (page.split("\n\n").map(|p| p.trim().to_owned()).collect(), headlines)
}

fn headlines(page: &str) -> Vec<String> {
    let source = Source::default();
    let read = read(&Raw::plain("page.txt", page.as_bytes().to_vec()), &source).unwrap();
    let text = read.record.text.clone();
    read.record.stories.iter().filter_map(|s| Some(s.headline?.of(&text).to_owned())).collect()
}

#[test]
fn articles_one_after_another_stay_apart() {
    let (paragraphs, wanted) = told_page("en");
    assert_eq!(headlines(&paragraphs.join("\n\n")), wanted);
    // In another order nothing says which headline a paragraph stands under.
    let mut mixed = paragraphs;
    mixed.sort();
    assert_ne!(headlines(&mixed.join("\n\n")).len(), wanted.len());
}
