//! Every kind of input with real files (`files/make.py` made them), and what is broken in each of them.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::civil::date;
use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use vigie_ingest::{Basis, Document, Fault, Found, Mode, TextFrom, open};

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name)).unwrap()
}

/// What an input holds: documents that could be read, and what was wrong.
fn read(input: &mut dyn BufRead, name: &str) -> (Vec<Document>, Vec<Fault>) {
    let (mut documents, mut faults) = (Vec::new(), Vec::new());
    let _ = open(input, name, &mut |found| {
        match found {
            Found::Document(raw) => documents.push(raw.read(Mode::Thorough).unwrap()),
            Found::Fault(fault) => faults.push(fault),
        }
        ControlFlow::Continue(())
    });
    (documents, faults)
}

fn read_bytes(bytes: &[u8], name: &str) -> (Vec<Document>, Vec<Fault>) {
    read(&mut Cursor::new(bytes), name)
}

/// The documents of a file of the folder, which must be without fault.
fn whole(name: &str) -> Vec<Document> {
    let (documents, faults) = read_bytes(&bytes(name), name);
    assert!(faults.iter().all(|f| f.harmless), "{name}: {faults:?}");
    documents
}

fn published(document: &Document) -> Option<(jiff::civil::Date, Basis)> {
    document.card.published.map(|d| (d.date, d.basis))
}

const TAMSA: &str = "Les soldats ont repris dimanche la ville de Tamsa";

/// The page of the folder, however it came.
fn is_the_page(document: &Document) {
    assert_eq!(document.from, TextFrom::Html);
    let lines: Vec<&str> = document.text.split("\n\n").collect();
    assert_eq!(lines[0], "L'armée reprend Tamsa");
    assert!(lines[1].starts_with(TAMSA), "{}", document.text);
    assert_eq!(lines.len(), 5, "{}", document.text);
    assert_eq!(published(document), Some((date(2025, 3, 10), Basis::Page)));
    assert_eq!(document.card.outlet.as_deref(), Some("Le Courrier du Bassin"));
    assert_eq!(document.card.author.as_deref(), Some("Nour Hadadi"));
    assert_eq!(document.card.url.as_deref(), Some("https://courrier.example/monde/tamsa"));
}

#[test]
fn a_page_and_the_same_page_packed_are_one_document() {
    let (page, packed) = (whole("page.html"), whole("page.html.gz"));
    is_the_page(&page[0]);
    is_the_page(&packed[0]);
    assert_eq!(page[0].id, packed[0].id);
    assert_eq!(packed[0].path, "page.html.gz");
}

#[test]
fn the_fast_way_finds_the_same_article() {
    let page = bytes("page.html");
    let _ = open(&mut Cursor::new(page), "page.html", &mut |found| {
        let Found::Document(raw) = found else { panic!("no document") };
        is_the_page(&raw.read(Mode::Fast).unwrap());
        ControlFlow::Continue(())
    });
}

#[test]
fn a_legacy_page_is_read_in_the_encoding_that_it_declares() {
    let page = &whole("latin.html")[0];
    is_the_page(page);
    assert_eq!(page.encoding, "windows-1252");
    assert!(page.notes.iter().any(|n| n.code == "encoding-declared"));
}

#[test]
fn misread_letters_are_mended_and_told() {
    let text = &whole("mojibake.txt")[0];
    assert!(
        text.text.contains("a annoncé le ministère de la Défense") && text.text.contains("l’ouverture"),
        "{}",
        text.text
    );
    assert_eq!(text.from, TextFrom::Decoded);
    assert!(text.notes.iter().any(|n| n.code == "mojibake-mended"));
}

#[test]
fn a_page_without_an_article_keeps_its_words_and_says_so() {
    let menu = &whole("menu.html")[0];
    assert!(menu.text.starts_with("Plan du site") && !menu.text.contains(TAMSA), "{menu:?}");
    let (found, _) =
        read_bytes(b"<html><body><nav></nav><form><select><option>Tamsa</select></form></body></html>", "x.html");
    assert!(found[0].notes.iter().any(|n| n.code == "no-article"), "{:?}", found[0]);
}

#[test]
fn a_web_archive_gives_its_pages() {
    let (found, faults) = read_bytes(&bytes("crawl.warc.gz"), "crawl.warc.gz");
    assert_eq!(found.len(), 3, "{faults:?}");
    is_the_page(&found[0]);
    assert!(found[1].text.contains("Koulé"));
    // The day of the crawl is no day of publication.
    assert_eq!((found[2].from, published(&found[2])), (TextFrom::File, None));
    assert_eq!(found[2].card.outlet.as_deref(), Some("courrier.example"));
    assert_eq!(faults.len(), 1);
    assert!(faults[0].harmless && faults[0].what.contains("1 records without a page"), "{faults:?}");
    assert_eq!(found[0].path, "crawl.warc.gz#3");
}

#[test]
fn feeds_give_their_items() {
    for (name, whole_text) in [("rss.xml", true), ("atom.xml", true), ("feed.json", true)] {
        let items = whole(name);
        assert_eq!(items.len(), 2, "{name}");
        // The writer's clock says the 10th; in Greenwich it was still the 9th.
        assert_eq!(published(&items[0]), Some((date(2025, 3, 10), Basis::Feed)), "{name}");
        assert_eq!(published(&items[1]), None, "{name}: no day is better than that of a change");
        assert!(
            items[0].text.starts_with("L'armée reprend Tamsa\n\nLes soldats") == whole_text,
            "{name}: {}",
            items[0].text
        );
        assert_eq!(items[0].card.url.as_deref(), Some("https://courrier.example/monde/tamsa"), "{name}");
        assert_eq!(items[0].card.outlet.as_deref(), Some("Le Courrier du Bassin"), "{name}");
        assert!(items[1].text.contains("Les rebelles ont coupé la route"), "{name}");
        assert_ne!(items[0].id, items[1].id);
    }
    assert!(whole("rss.xml")[1].notes.iter().any(|n| n.code == "teaser"));
}

#[test]
fn a_feed_without_items_is_told_and_a_broken_one_is_a_fault() {
    let (found, faults) = read_bytes(&bytes("empty.xml"), "empty.xml");
    assert!(found.is_empty() && faults[0].harmless && faults[0].what.contains("without items"));
    let (found, faults) = read_bytes(b"<rss version='2.0'><channel><title>x</tit", "x.xml");
    assert!(found.is_empty() && faults.len() == 1, "{faults:?}");
}

#[test]
fn lines_tables_and_their_packings_give_the_same_texts() {
    for name in ["news.jsonl", "news.jsonl.zst", "news.parquet", "zstd.parquet"] {
        let found = whole(name);
        assert_eq!(found.len(), 2, "{name}");
        assert!(found[0].text.starts_with("L'armée reprend Tamsa\n\nLes soldats"), "{name}");
        assert_eq!(published(&found[0]), Some((date(2025, 3, 10), Basis::Feed)), "{name}");
        assert_eq!(published(&found[1]), Some((date(2025, 3, 11), Basis::Feed)), "{name}");
        assert_eq!(found[0].card.outlet.as_deref(), Some("Le Courrier du Bassin"), "{name}");
        assert_eq!(found[1].card.outlet.as_deref(), Some("courrier.example"), "{name}");
        assert_eq!(found[0].path, format!("{name}:1"));
    }
}

#[test]
fn bad_lines_are_named_and_the_others_read() {
    let (found, faults) = read_bytes(&bytes("bad.jsonl"), "bad.jsonl");
    assert_eq!(found.len(), 2);
    let named: Vec<&str> = faults.iter().map(|f| f.what.split(": ").next().unwrap()).collect();
    assert_eq!(named, ["bad.jsonl:2", "bad.jsonl:3", "bad.jsonl:4"]);
    let many = "x\n".repeat(1000);
    let (_, faults) = read_bytes(many.as_bytes(), "many.jsonl");
    assert_eq!(faults.len(), 21);
    assert!(faults[20].what.contains("980 more"));
    let (found, _) = read_bytes(b"{\"text\":\"a\",\"published\":\"le 3\"}", "x");
    assert!(found[0].notes.iter().any(|n| n.code == "bad-date") && published(&found[0]).is_none());
}

#[test]
fn a_table_that_is_none_is_a_fault() {
    let (found, faults) = read_bytes(&bytes("wordless.parquet"), "wordless.parquet");
    assert!(found.is_empty() && faults[0].what.contains("no column \"text\""));
    let table = bytes("news.parquet");
    for cut in (4..table.len()).step_by(97) {
        let (_, faults) = read_bytes(&table[..cut], "cut.parquet");
        assert!(!faults.is_empty(), "{cut}");
    }
    for at in (4..table.len()).step_by(61) {
        let mut bent = table.clone();
        bent[at] ^= 0x55;
        read_bytes(&bent, "bent.parquet");
    }
}

#[test]
fn mails_give_their_words() {
    let mail = &whole("letter.eml")[0];
    assert_eq!(mail.card.title.as_deref(), Some("L'armée reprend Tamsa"));
    assert_eq!(mail.card.outlet.as_deref(), Some("Le Courrier du Bassin"));
    assert_eq!(published(mail), Some((date(2025, 3, 10), Basis::Feed)));
    assert_eq!(mail.text.matches(TAMSA).count(), 1);
    let html = &whole("html.eml")[0];
    assert!(html.text.contains("a annoncé le ministère") && !html.text.contains('<'), "{}", html.text);
    assert_eq!(html.card.outlet.as_deref(), Some("courrier.example"));
}

#[test]
fn an_archive_gives_what_lies_in_it() {
    let (found, faults) = read_bytes(&bytes("pack.zip"), "pack.zip");
    let paths: Vec<&str> = found.iter().map(|d| d.path.as_str()).collect();
    assert_eq!(
        paths,
        ["pack.zip/articles/page.html", "pack.zip/news.jsonl.gz:1", "pack.zip/news.jsonl.gz:2", "pack.zip/note.txt"]
    );
    is_the_page(&found[0]);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].harmless && faults[0].what.contains("photo.png"));
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

#[test]
fn what_was_whole_before_a_break_is_read() {
    let archive = bytes("crawl.warc.gz");
    let mut most = 0;
    for cut in (20..archive.len()).step_by(131) {
        let (found, faults) = read_bytes(&archive[..cut], "cut.warc.gz");
        assert!(faults.iter().any(|f| !f.harmless) || found.len() == most, "{cut}: a cut must be told");
        assert!(found.len() >= most, "{cut}: what stood before the cut is kept");
        most = found.len();
    }
    assert!(most >= 2);
    let page = bytes("page.html.gz");
    let (found, faults) = read_bytes(&page[..page.len() - 200], "cut.html.gz");
    assert!(found[0].text.contains(TAMSA) && faults[0].what.contains("too early"), "{faults:?}");
    let (found, faults) = read_bytes(b"\x1f\x8b\x08\0not really packed", "bad.gz");
    assert!(found.is_empty() && faults.len() == 1 && faults[0].remedy.contains("fetch it again"), "{faults:?}");
    let (found, faults) = read_bytes(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "bad.warc");
    assert!(found.is_empty() && faults[0].what.contains("length"), "{faults:?}");
    let (_, faults) =
        read_bytes(b"WARC/1.0\r\nContent-Length: 99999999999999\r\nWARC-Type: response\r\n\r\nx", "bad.warc");
    assert!(faults.iter().any(|f| f.what.contains("too early")), "{faults:?}");
    let (found, faults) = read_bytes(b"PK\x03\x04 no archive", "bad.zip");
    assert!(found.is_empty() && faults.len() == 1);
}

#[test]
fn bombs_are_stopped() {
    let mut zeros = BufReader::new(std::io::repeat(b' ').take(100 << 20));
    let mut all = Vec::new();
    zeros.read_to_end(&mut all).unwrap();
    let (found, faults) = read_bytes(&packed(&all), "bomb.jsonl.gz");
    assert!(found.is_empty() && faults.iter().any(|f| f.what.contains("unpacks to more than")), "{faults:?}");
    let (found, faults) = read_bytes(&zstd::encode_all(&all[..], 1).unwrap(), "bomb.jsonl.zst");
    assert!(found.is_empty() && !faults.is_empty(), "{faults:?}");
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["bomb.jsonl", "note.txt"] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(if name == "note.txt" { b"Le pont est coupe." } else { &all }).unwrap();
    }
    let (found, faults) = read_bytes(&archive.finish().unwrap().into_inner(), "bomb.zip");
    assert_eq!((found.len(), found[0].path.as_str()), (1, "bomb.zip/note.txt"));
    assert!(faults.iter().any(|f| f.what.contains("bomb.jsonl") && f.what.contains("unpacks to more")), "{faults:?}");
    // Packed in itself, as a doll in a doll.
    let mut doll = b"Le pont est coupe.".to_vec();
    for _ in 0..8 {
        doll = packed(&doll);
    }
    let (found, faults) = read_bytes(&doll, "doll.gz");
    assert!(found.is_empty() && faults[0].what.contains("archives deep"), "{faults:?}");
}

#[test]
fn broken_bytes_of_every_kind_end_without_a_panic() {
    let mut dice = 0x5eed_u64;
    let mut roll = |below: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % below as u64) as usize
    };
    for name in [
        "page.html",
        "crawl.warc.gz",
        "rss.xml",
        "atom.xml",
        "feed.json",
        "bad.jsonl",
        "letter.eml",
        "pack.zip",
        "news.jsonl.zst",
    ] {
        let whole = bytes(name);
        for _ in 0..40 {
            let mut bent = whole.clone();
            for _ in 0..=roll(4) {
                let at = roll(bent.len());
                bent[at] = roll(256) as u8;
            }
            bent.truncate(roll(bent.len()) + 1);
            let _ = open(&mut Cursor::new(bent), name, &mut |found| {
                if let Found::Document(raw) = found {
                    let _ = raw.read(Mode::Fast);
                }
                ControlFlow::Continue(())
            });
        }
    }
}

#[test]
fn the_caller_can_stop() {
    let mut count = 0;
    let _ = open(&mut Cursor::new(bytes("pack.zip")), "pack.zip", &mut |_| {
        count += 1;
        ControlFlow::Break(())
    });
    assert_eq!(count, 1);
}
