//! The gazetteer: names to places of the world. Read-only, looked up where it lies; nothing is loaded at the start.

use crate::fold::{distance, fold, skeleton, sound};
use crate::{Language, pack};
use fst::{IntoStreamer, Streamer};
use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What sort of place an entry is; the order is that of preference between namesakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A country.
    Country,
    /// A region, water or route of the overlay.
    Region,
    /// A capital city.
    Capital,
    /// A town of some size.
    Town,
    /// A first-level division.
    Division,
    /// A base, camp, bridge or other site with a name of its own.
    Site,
    /// A second-level division.
    District,
    /// A village.
    Village,
    /// A quarter of a town.
    Quarter,
    /// A continent or other part of the world.
    Continent,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// `gn:<GeoNames id>`, `wof:<Who's On First id>` or `ov:<slug>`.
    pub id: SmolStr,
    /// Main name; empty for villages, which show the name they are mentioned by.
    pub name: &'static str,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166 alpha-2 of its country; empty when it has none or several.
    pub country: &'static str,
    /// Id of its first-level division, when known.
    pub division: Option<SmolStr>,
    /// Latitude and longitude in millionths of a degree.
    pub point: (i32, i32),
    /// People; 0 when unknown.
    pub population: u32,
    /// A small town, a county or a landmark: found only among all places, not among those that a bare name is likely to mean.
    pub small: bool,
}

/// One country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166 alpha-2.
    pub iso2: &'static str,
    /// ISO 3166 alpha-3 in lower case: the id of the state in the registry of actors.
    pub iso3: &'static str,
    /// Id of its place.
    pub place: SmolStr,
    /// Id of its capital, when known.
    pub capital: Option<SmolStr>,
    /// Neighbouring countries (alpha-2).
    pub neighbours: Vec<&'static str>,
    /// Names with the codes of their languages.
    names: Vec<(&'static str, &'static str)>,
}

impl Country {
    /// Its name in a language; in another one when it has none there.
    #[must_use]
    pub fn name(&self, language: Language) -> &'static str {
        let own = self.names.iter().find(|(code, _)| *code == language.code());
        own.or(self.names.first()).map_or("", |(_, name)| name)
    }

    /// Its names in all languages.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.names.iter().map(|(_, name)| *name)
    }
}

const RECORD: usize = 20;
const FOREIGN_ID: u8 = 0x80;
const SMALL: u8 = 0x40;
const KIND: u8 = 0x3f;

struct Tables {
    names: fst::Map<&'static [u8]>,
    postings: &'static [u8],
    records: &'static [u8],
    main: Vec<&'static str>,
    overlay: Vec<Place>,
    overlay_names: FxHashMap<String, Vec<usize>>,
    middles: BTreeMap<u32, (i32, i32)>,
    /// Further names of divisions, folded, with their records.
    division_names: FxHashMap<String, Vec<usize>>,
}

fn map(path: &str) -> fst::Map<&'static [u8]> {
    // An unreadable table acts like an empty one; a test refuses such a build.
    fst::Map::new(pack::bytes(path).unwrap_or(&[])).unwrap_or_else(|_| {
        static EMPTY: OnceLock<Vec<u8>> = OnceLock::new();
        let bytes = EMPTY.get_or_init(|| fst::MapBuilder::memory().into_inner().unwrap_or_default());
        fst::Map::new(bytes.as_slice()).expect("an empty table is well formed")
    })
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let records = pack::bytes("gazetteer/places.bin").unwrap_or(&[]);
        let mut overlay = Vec::new();
        let mut overlay_names: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let listed = |path, small| rows(path).filter(|c| c.len() >= 7).map(move |cells| (cells, small));
        let both = listed("gazetteer/overlay.tsv", false).chain(listed("gazetteer/landmarks.tsv", true));
        for (cells, small) in both {
            for name in cells[5].split('|').chain(cells[6].split('|')) {
                let listed = overlay_names.entry(fold(name)).or_default();
                if listed.last() != Some(&overlay.len()) {
                    listed.push(overlay.len());
                }
            }
            let micro = |text: &str| millionths(text).unwrap_or(0);
            overlay.push(Place {
                id: cells[0].into(),
                name: cells[6].split('|').next().unwrap_or(""),
                kind: match cells[1] {
                    "continent" => PlaceKind::Continent,
                    "site" => PlaceKind::Site,
                    _ => PlaceKind::Region,
                },
                country: cells[2],
                division: None,
                point: (micro(cells[3]), micro(cells[4])),
                population: 0,
                small,
            });
        }
        Tables {
            names: map("gazetteer/names.fst"),
            postings: pack::bytes("gazetteer/postings.bin").unwrap_or(&[]),
            records,
            main: pack::text("gazetteer/names.txt").unwrap_or("").split('\n').collect(),
            overlay,
            overlay_names,
            middles: middles(),
            division_names: division_names(records),
        }
    })
}

/// `divisions.tsv`: most tables know a division by one name only.
fn division_names(records: &[u8]) -> FxHashMap<String, Vec<usize>> {
    let areas = records.chunks_exact(RECORD).take_while(|r| r[17] <= 1).enumerate();
    let by_id: BTreeMap<u32, usize> = areas.map(|(i, r)| (number(r, 0), i)).collect();
    let mut out: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for cells in rows("gazetteer/divisions.tsv") {
        let Some(index) = cells[0].parse().ok().and_then(|id: u32| by_id.get(&id)) else { continue };
        for name in cells[1..].iter().flat_map(|c| c.split('|')).filter(|n| !n.is_empty()) {
            let listed = out.entry(fold(name)).or_default();
            if !listed.contains(index) {
                listed.push(*index);
            }
        }
    }
    out
}

/// `points.tsv`: the middle of Russia is not the mean of its many western provinces.
fn middles() -> BTreeMap<u32, (i32, i32)> {
    rows("gazetteer/points.tsv")
        .filter_map(|c| Some((c.first()?.parse().ok()?, (millionths(c.get(1)?)?, millionths(c.get(2)?)?))))
        .collect()
}

fn rows(path: &str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = pack::text(path).unwrap_or("").lines();
    lines.filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

/// "36.2" as 36,200,000: decimal degrees without floating point.
fn millionths(text: &str) -> Option<i32> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut micro: i32 = whole.parse::<i32>().ok()?.checked_mul(1_000_000)?;
    for (i, digit) in part.chars().take(6).enumerate() {
        micro += digit.to_digit(10)? as i32 * 10_i32.pow(5 - i as u32);
    }
    Some(sign * micro)
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

impl Tables {
    /// The record of a country or first-level division with this id: they stand before all others.
    fn area(&self, id: u32) -> Option<usize> {
        let areas = self.records.chunks_exact(RECORD).take_while(|r| r[17] <= 1);
        areas.enumerate().find(|(_, r)| number(r, 0) == id).map(|(i, _)| i)
    }

    /// The usual middle of a country or first-level division.
    fn middle(&self, id: u32, kind: u8) -> Option<(i32, i32)> {
        if kind <= 1 { self.middles.get(&id).copied() } else { None }
    }

    fn place(&self, index: usize) -> Option<Place> {
        let at = index * RECORD;
        let record = self.records.get(at..at + RECORD)?;
        let division = usize::from(u16::from_le_bytes([record[18], record[19]]));
        let foreign = record[17] & FOREIGN_ID != 0;
        let id = number(record, 0);
        Some(Place {
            id: if foreign { format_smolstr!("wof:{id}") } else { format_smolstr!("gn:{id}") },
            name: self.main.get(index).copied().unwrap_or(""),
            kind: match record[17] & KIND {
                0 => PlaceKind::Country,
                1 => PlaceKind::Division,
                2 => PlaceKind::District,
                3 => PlaceKind::Capital,
                4 => PlaceKind::Town,
                5 => PlaceKind::Village,
                _ => PlaceKind::Quarter,
            },
            country: countries().get(usize::from(record[16])).map_or("", |c| c.iso2),
            division: (division != usize::from(u16::MAX) && division != index)
                .then(|| format_smolstr!("gn:{}", number(self.records, division * RECORD))),
            point: self.middle(id, record[17]).unwrap_or((number(record, 4) as i32, number(record, 8) as i32)),
            population: if record[17] == 0 { 0 } else { number(record, 12) },
            small: record[17] & SMALL != 0,
        })
    }

    fn listed(&self, value: u64) -> Vec<Place> {
        if value >> 32 == 0 {
            return self.place(value as usize).into_iter().collect();
        }
        let at = (value & 0xffff_ffff) as usize;
        let many = self.postings.get(at).copied().map_or(0, usize::from);
        (0..many)
            .filter_map(|i| {
                let b = self.postings.get(at + 1 + 3 * i..at + 4 + 3 * i)?;
                self.place(u32::from_le_bytes([b[0], b[1], b[2], 0]) as usize)
            })
            .collect()
    }
}

/// Every country, in order of alpha-2.
#[must_use]
pub fn countries() -> &'static [Country] {
    static COUNTRIES: OnceLock<Vec<Country>> = OnceLock::new();
    COUNTRIES.get_or_init(|| {
        let languages = pack::languages_of("gazetteer/countries.tsv", 6);
        rows("gazetteer/countries.tsv")
            .filter(|c| c.len() >= 8)
            .map(|c| Country {
                iso2: c[0],
                iso3: c[1],
                place: format_smolstr!("gn:{}", c[2]),
                capital: (c[3] != "0").then(|| format_smolstr!("gn:{}", c[3])),
                neighbours: c[5].split(',').filter(|n| !n.is_empty()).collect(),
                names: languages.iter().copied().zip(c[6..].iter().copied()).collect(),
            })
            .collect()
    })
}

/// The country with this alpha-2 code.
#[must_use]
pub fn country(iso2: &str) -> Option<&'static Country> {
    countries().binary_search_by_key(&iso2, |c| c.iso2).ok().map(|i| &countries()[i])
}

/// The number of a country (ISO 3166) and the region of the world that ACLED counts it to.
#[must_use]
pub fn region(iso2: &str) -> Option<(u16, &'static str)> {
    static REGIONS: OnceLock<BTreeMap<&'static str, (u16, &'static str)>> = OnceLock::new();
    let regions = REGIONS.get_or_init(|| {
        let row = |c: Vec<&'static str>| Some((*c.first()?, (c.get(1)?.parse().ok()?, *c.get(2)?)));
        rows("gazetteer/regions.tsv").filter_map(row).collect()
    });
    regions.get(iso2).copied()
}

/// How much of the news of war comes from a country, 0 to 4.
#[must_use]
pub fn conflict_weight(iso2: &str) -> u32 {
    static WEIGHTS: OnceLock<BTreeMap<&'static str, u32>> = OnceLock::new();
    let weights = WEIGHTS.get_or_init(|| {
        rows("gazetteer/conflicts.tsv").filter_map(|c| Some((*c.first()?, c.get(1)?.parse().ok()?))).collect()
    });
    weights.get(iso2).copied().unwrap_or(0)
}

/// Places that bear this very name (accents, case and hyphens apart), best known first. Countries are found by their
/// English name here; their names in a language are that language's data.
///
/// Small towns and counties are left out: among the capitalised words of a page most that one of them bears mean
/// something else. [`all_places_named`] has them too.
#[must_use]
pub fn places_named(name: &str) -> Vec<Place> {
    let mut found = all_places_named(name);
    found.retain(|p| !p.small);
    found
}

/// The same among all places, for a name that is known to be one of a place.
#[must_use]
pub fn all_places_named(name: &str) -> Vec<Place> {
    all_places_of(&fold(name))
}

/// The same for a name that is folded already.
#[must_use]
pub fn all_places_of(folded: &str) -> Vec<Place> {
    let tables = tables();
    let mut key = skeleton(folded);
    key.push('\0');
    key.push_str(folded);
    let mut found: Vec<Place> = tables.names.get(key).map(|v| tables.listed(v)).unwrap_or_default();
    found.extend(tables.overlay_names.get(folded).into_iter().flatten().map(|&i| tables.overlay[i].clone()));
    for place in tables.division_names.get(folded).into_iter().flatten().filter_map(|&i| tables.place(i)) {
        if found.iter().all(|p| p.id != place.id) {
            found.push(place);
        }
    }
    found.sort_by(|a, b| {
        (a.kind, std::cmp::Reverse(a.population), &a.id).cmp(&(b.kind, std::cmp::Reverse(b.population), &b.id))
    });
    found
}

/// Places whose name is another spelling of this one: same consonants, vowels that sound alike but for a letter or two;
/// nearest first. A name of fewer than three consonants is never guessed at.
#[must_use]
pub fn places_spelt_like(name: &str) -> Vec<Place> {
    let tables = tables();
    let key = fold(name);
    let bones = skeleton(&key);
    if bones.chars().count() < 3 {
        return Vec::new();
    }
    let heard = sound(&key);
    let allowed = if heard.chars().count() < 7 { 1 } else { 2 };
    let (from, to) = (format!("{bones}\0"), format!("{bones}\u{1}"));
    let mut stream = tables.names.range().ge(from).lt(to).into_stream();
    let mut found: Vec<(usize, Place)> = Vec::new();
    while let Some((bytes, value)) = stream.next() {
        let Some(other) = bytes.iter().position(|b| *b == 0).and_then(|at| std::str::from_utf8(&bytes[at + 1..]).ok())
        else {
            continue;
        };
        let apart = distance(&heard, &sound(other));
        if apart > allowed {
            continue;
        }
        for place in tables.listed(value).into_iter().filter(|p| !p.small) {
            match found.iter_mut().find(|(_, p)| p.id == place.id) {
                Some((old, _)) => *old = apart.min(*old),
                None => found.push((apart, place)),
            }
        }
    }
    found.sort_by(|(a, p), (b, q)| {
        (a, p.kind, std::cmp::Reverse(p.population), &p.id).cmp(&(b, q.kind, std::cmp::Reverse(q.population), &q.id))
    });
    found.into_iter().map(|(_, place)| place).collect()
}

/// The place with this id.
#[must_use]
pub fn place(id: &str) -> Option<Place> {
    let tables = tables();
    let (source, rest) = id.split_once(':')?;
    if source == "ov" {
        return tables.overlay.iter().find(|p| p.id == id).cloned();
    }
    let foreign = source == "wof";
    if !foreign && source != "gn" {
        return None;
    }
    let number: u32 = rest.parse().ok()?;
    if !foreign && let Some(index) = tables.area(number) {
        return tables.place(index);
    }
    let by_id = by_id();
    let at = by_id.partition_point(|&(id, f, _)| (id, f) < (number, foreign));
    let &(id, f, index) = by_id.get(at)?;
    if (id, f) == (number, foreign) { tables.place(index as usize) } else { None }
}

/// Records in order of their ids. Made only when an id is asked for that is no country's and no first-level
/// division's: sorting them takes longer than everything else together.
fn by_id() -> &'static [(u32, bool, u32)] {
    static BY_ID: OnceLock<Vec<(u32, bool, u32)>> = OnceLock::new();
    BY_ID.get_or_init(|| {
        let records = tables().records;
        let mut by_id: Vec<(u32, bool, u32)> = (0..records.len() / RECORD)
            .map(|i| (number(records, i * RECORD), records[i * RECORD + 17] & FOREIGN_ID != 0, i as u32))
            .collect();
        by_id.sort_unstable();
        by_id
    })
}

/// How far two names are spelt apart, in letters, after folding.
#[must_use]
pub fn spelling_distance(a: &str, b: &str) -> usize {
    distance(&fold(a), &fold(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_names_are_found() {
        let aleppo = places_named("Alep");
        assert_eq!(aleppo[0].id, "gn:170063");
        assert_eq!(aleppo[0].country, "SY");
        assert_eq!(aleppo[0].point, (36_201_240, 37_161_170));
        assert_eq!(places_named("Moscou")[0].kind, PlaceKind::Capital);
        assert_eq!(places_named("Goma")[0].country, "CD");
        assert!(places_named("Donbass").iter().any(|p| p.id == "ov:donbas"));
    }

    #[test]
    fn a_province_bears_the_other_names_of_its_town() {
        assert!(places_named("Alep").iter().any(|p| p.kind == PlaceKind::Division && p.country == "SY"));
    }

    #[test]
    fn divisions_have_names_in_the_languages_of_the_texts() {
        for (name, country) in [("Bretagne", "FR"), ("Californie", "US"), ("Basse-Saxe", "DE"), ("Ninive", "IQ")] {
            let found = places_named(name);
            assert!(found.iter().any(|p| p.kind == PlaceKind::Division && p.country == country), "{name}: {found:?}");
        }
        assert!(tables().division_names.values().flatten().count() > 150);
        for cells in rows("gazetteer/divisions.tsv") {
            assert!(tables().area(cells[0].parse().unwrap()).is_some(), "no division {}", cells[0]);
        }
    }

    #[test]
    fn no_landmark_stands_beside_a_division_of_the_same_name() {
        for region in
            tables().overlay.iter().filter(|p| p.kind == PlaceKind::Region && p.small && !p.country.is_empty())
        {
            let twin = all_places_named(region.name)
                .into_iter()
                .find(|p| p.kind == PlaceKind::Division && p.country == region.country);
            assert!(twin.is_none(), "{}: {twin:?}", region.id);
        }
    }

    #[test]
    fn other_spellings_are_found() {
        let found = |name: &str, country: &str| {
            places_named(name).iter().chain(&places_spelt_like(name)).any(|p| p.country == country)
        };
        for (name, country) in [
            ("Jarablos", "SY"),
            ("Khan Cheikhoun", "SY"),
            ("Hodeïda", "YE"),
            ("Aïn Issa", "SY"),
            ("Tal Rifaat", "SY"),
            ("Deir Ezzor", "SY"),
        ] {
            assert!(found(name, country), "{name}");
        }
    }

    #[test]
    fn ids_lead_back() {
        for name in ["Alep", "Bamako", "Donbass"] {
            let place_found = &places_named(name)[0];
            assert_eq!(place(&place_found.id).as_ref(), Some(place_found));
        }
        assert_eq!(place("gn:0"), None);
        assert_eq!(place("nonsense"), None);
    }

    #[test]
    fn every_country_is_complete() {
        assert!(countries().len() > 240);
        for c in countries() {
            assert!(place(&c.place).is_some(), "{}", c.iso2);
        }
        assert_eq!(country("SY").map(|c| c.iso3), Some("syr"));
    }

    #[test]
    fn degrees_without_floats() {
        assert_eq!(millionths("36.2"), Some(36_200_000));
        assert_eq!(millionths("-0.000001"), Some(-1));
        assert_eq!(millionths("x"), None);
    }
}
