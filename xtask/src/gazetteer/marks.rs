//! `xtask gazetteer marks`: `marks.bin`, the class of every place name by the hash of the name.

use super::sources;
use fst::Streamer;
use std::path::Path;
use vigie_resources::{NameHash, PlaceClass, PlaceMarks, bytes, name_hash, text};

/// Bytes of a record of `places.bin`, where its population begins, where its kind stands.
const RECORD: usize = 20;
const POPULATION: usize = 12;
const KIND: usize = 17;

/// People from which a town counts as well known.
const MANY: u32 = 100_000;

/// Writes the table from the shipped names, places and overlay.
pub(super) fn write() -> Result<(), Box<dyn std::error::Error>> {
    let part = |name: &str| bytes(&format!("gazetteer/{name}")).ok_or(format!("{name} is missing"));
    let (places, postings) = (part("places.bin")?, part("postings.bin")?);
    let index = fst::Map::new(part("names.fst")?)?;
    let mut names: Vec<(u64, PlaceClass)> = Vec::new();
    let mut stream = index.stream();
    while let Some((key, value)) = stream.next() {
        // A key is the skeleton of the name, a zero, the name.
        let name = key.iter().position(|b| *b == 0).map_or(key, |at| &key[at + 1..]);
        let class = listed(value, postings).into_iter().filter_map(|at| class(places, at)).min();
        if let (Some(class), Ok(name)) = (class, std::str::from_utf8(name)) {
            names.push((NameHash::of(name), class));
        }
    }
    for line in text("gazetteer/overlay.tsv").unwrap_or("").lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        for name in cells.iter().skip(5).take(2).flat_map(|c| c.split('|')).filter(|n| !n.is_empty()) {
            names.push((name_hash(name), PlaceClass::Country));
        }
    }
    names.sort_unstable();
    let table = PlaceMarks::table(&names);
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../resources/gazetteer/marks.bin");
    std::fs::write(target, &table)?;
    println!("{} names, {} KiB", names.len(), table.len() / 1024);
    Ok(())
}

/// The places that a value of the index stands for: one, or a list of the postings.
fn listed(value: u64, postings: &[u8]) -> Vec<usize> {
    if value >> 32 == 0 {
        return vec![value as usize];
    }
    let at = (value & 0xffff_ffff) as usize;
    let many = postings.get(at).copied().map_or(0, usize::from);
    let entries = postings.get(at + 1..at + 1 + 3 * many).unwrap_or(&[]);
    entries.chunks_exact(3).map(|b| u32::from_le_bytes([b[0], b[1], b[2], 0]) as usize).collect()
}

fn class(places: &[u8], index: usize) -> Option<PlaceClass> {
    let record = places.get(index * RECORD..(index + 1) * RECORD)?;
    let people = u32::from_le_bytes(record[POPULATION..POPULATION + 4].try_into().ok()?);
    Some(match record[KIND] & sources::KIND {
        sources::COUNTRY => PlaceClass::Country,
        sources::VILLAGE | sources::QUARTER => PlaceClass::Small,
        // A division, a capital; a town only when many people live there.
        sources::ADMIN1 | sources::CAPITAL => PlaceClass::Large,
        sources::TOWN if people >= MANY => PlaceClass::Large,
        _ => PlaceClass::Town,
    })
}
