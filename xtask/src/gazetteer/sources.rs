//! The open sources of the gazetteer, read into one list of places.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Read as _;
use std::path::Path;
use vigie_resources::fold;

/// Kind of a record: a country.
pub const COUNTRY: u8 = 0;
/// A first-level division.
pub const ADMIN1: u8 = 1;
/// A second-level division.
pub const ADMIN2: u8 = 2;
/// A capital city.
pub const CAPITAL: u8 = 3;
/// A town of some size.
pub const TOWN: u8 = 4;
/// A village or hamlet.
pub const VILLAGE: u8 = 5;
/// A quarter of a town.
pub const QUARTER: u8 = 6;
/// Added to the kind when the id is one of Who's On First.
pub const FOREIGN_ID: u8 = 0x80;
/// Added to the kind of a place that only a search among all places finds.
pub const SMALL: u8 = 0x40;
/// The bits of the kind itself.
pub const KIND: u8 = 0x3f;
/// No first-level division known.
pub const NO_ADMIN1: u16 = u16::MAX;

/// Countries whose villages are all taken in; of the other crisis countries only those with a French name, an entry
/// in Wikidata or a population.
const ALL_VILLAGES: [&str; 12] = ["SY", "IQ", "LY", "PS", "LB", "ML", "BF", "CF", "CD", "SD", "SS", "SO"];

/// Outside Africa, the countries whose towns count from 5,000 inhabitants; elsewhere from 15,000.
const SMALL_TOWNS: [&str; 27] = [
    "AF", "AM", "AZ", "BD", "BY", "CO", "GE", "HT", "IL", "IQ", "IR", "JO", "KG", "LB", "LK", "MM", "MX", "NP", "PK",
    "PS", "SY", "TJ", "TR", "UA", "VE", "XK", "YE",
];
const SMALLEST_TOWN: u32 = 15_000;
const SMALLEST_WATCHED: u32 = 5_000;
/// Below this a small town is known by its main name only.
const FEW_NAMES: u32 = 5_000;

/// A row of `cities500.json`.
#[derive(serde::Deserialize)]
struct Town {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
    admin1code: String,
    alternatenames: Vec<String>,
}

/// One country.
#[derive(Debug, Default)]
pub struct Country {
    /// ISO 3166 alpha-2.
    pub iso2: String,
    /// ISO 3166 alpha-3.
    pub iso3: String,
    /// GeoNames id.
    pub id: u32,
    /// GeoNames id of the capital; 0 when unknown.
    pub capital: u32,
    /// Continent code.
    pub continent: String,
    /// Neighbouring countries, alpha-2, comma-separated.
    pub neighbours: String,
    /// English name.
    pub en: String,
    /// French name (CLDR).
    pub fr: String,
}

/// One place.
#[derive(Debug)]
pub struct Raw {
    /// GeoNames id, or Who's On First id when the kind says so.
    pub id: u32,
    /// Millionths of a degree.
    pub lat: i32,
    /// Millionths of a degree.
    pub lon: i32,
    /// People; 0 when unknown.
    pub population: u32,
    /// Index of the country.
    pub country: u8,
    /// One of the constants above.
    pub kind: u8,
    /// Index of the record of the first-level division.
    pub admin1: u16,
    /// Main name.
    pub name: String,
    /// Other names in Latin letters.
    pub others: Vec<String>,
}

/// Everything read.
#[derive(Debug, Default)]
pub struct Sources {
    /// In order of alpha-2.
    pub countries: Vec<Country>,
    /// Countries first (same order), then first-level divisions, then the others.
    pub places: Vec<Raw>,
    /// Names of continents and territories that are no countries.
    pub other_territories: Vec<String>,
    /// Records of first-level divisions by their code ("US.OH").
    pub division_codes: BTreeMap<String, u16>,
}

pub(super) fn micro(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

fn is_latin(name: &str) -> bool {
    let key = fold(name);
    key.chars().count() >= 3
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ')
        && name.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic())
        && !(name.len() <= 4 && name.chars().all(|c| c.is_ascii_uppercase()))
        && key.chars().any(|c| c.is_ascii_alphabetic())
}

impl Sources {
    /// Reads all six folders.
    pub fn read([cities, cldr, codes, wof, earth, atlas]: [&Path; 6]) -> Result<Self, Box<dyn Error>> {
        let mut all = Self::default();
        all.read_countries(cldr, codes)?;
        let index: BTreeMap<String, u8> =
            all.countries.iter().enumerate().map(|(i, c)| (c.iso2.clone(), i as u8)).collect();
        let divisions = all.read_divisions(codes, &index)?;
        all.division_codes.clone_from(&divisions);
        let towns = all.read_cities(cities, &index, &divisions)?;
        all.read_wof(wof, &index, &towns)?;
        all.locate_divisions(earth)?;
        all.read_districts(codes, earth, atlas, &index, &divisions)?;
        Ok(all)
    }

    fn read_countries(&mut self, cldr: &Path, codes: &Path) -> Result<(), Box<dyn Error>> {
        let names = |lang: &str| -> Result<BTreeMap<String, String>, Box<dyn Error>> {
            let text = std::fs::read_to_string(cldr.join(format!("main/{lang}/territories.json")))?;
            let json: serde_json::Value = serde_json::from_str(&text)?;
            let table = &json["main"][lang]["localeDisplayNames"]["territories"];
            Ok(serde_json::from_value(table.clone())?)
        };
        let (en, fr) = (names("en")?, names("fr")?);
        let text = std::fs::read_to_string(codes.join("countryInfo.txt"))?;
        let mut listed = BTreeSet::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() < 18 || cells[16].is_empty() {
                continue;
            }
            let Ok(id) = cells[16].parse::<u32>() else { continue };
            listed.insert(cells[0].to_owned());
            self.countries.push(Country {
                iso2: cells[0].to_owned(),
                iso3: cells[1].to_owned(),
                id,
                capital: 0,
                continent: cells[8].to_owned(),
                neighbours: cells[17].to_owned(),
                en: en.get(cells[0]).map_or(cells[4], |s| s).to_owned(),
                fr: fr.get(cells[0]).map_or(cells[4], |s| s).to_owned(),
            });
            // The capital's id is known only once the towns are read; its name waits here.
            if let Some(country) = self.countries.last_mut() {
                country.continent = format!("{}\u{1}{}", cells[8], cells[5].trim());
            }
        }
        self.countries.sort_by(|a, b| a.iso2.cmp(&b.iso2));
        for (code, name) in en.iter().chain(&fr) {
            if !listed.contains(code.as_str()) && !code.contains("alt") {
                self.other_territories.push(name.clone());
            }
        }
        for (i, c) in self.countries.iter().enumerate() {
            self.places.push(Raw {
                id: c.id,
                lat: 0,
                lon: 0,
                population: u32::MAX,
                country: i as u8,
                kind: COUNTRY,
                admin1: NO_ADMIN1,
                name: c.en.clone(),
                others: vec![c.fr.clone()],
            });
        }
        Ok(())
    }

    fn read_divisions(
        &mut self,
        codes: &Path,
        index: &BTreeMap<String, u8>,
    ) -> Result<BTreeMap<String, u16>, Box<dyn Error>> {
        let mut divisions = BTreeMap::new();
        let mut lines: Vec<String> =
            std::fs::read_to_string(codes.join("admin1CodesASCII.txt"))?.lines().map(str::to_owned).collect();
        lines.sort();
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            let Some((code, Some(&country))) = cells[0].split_once('.').map(|(c, _)| (cells[0], index.get(c))) else {
                continue;
            };
            divisions.insert(code.to_owned(), self.places.len() as u16);
            self.places.push(Raw {
                id: cells[3].parse()?,
                lat: 0,
                lon: 0,
                population: 0,
                country,
                kind: ADMIN1,
                admin1: self.places.len() as u16,
                name: cells[1].to_owned(),
                others: vec![cells[2].to_owned()],
            });
        }
        Ok(divisions)
    }

    /// Towns from 500 inhabitants; those that are no more than a name among many to most readers are marked as small.
    fn read_cities(
        &mut self,
        folder: &Path,
        index: &BTreeMap<String, u8>,
        divisions: &BTreeMap<String, u16>,
    ) -> Result<BTreeMap<u32, usize>, Box<dyn Error>> {
        let text = std::fs::read_to_string(folder.join("cities500.json"))?;
        let json: BTreeMap<String, Town> = serde_json::from_str(&text)?;
        let mut rows: Vec<Town> = json.into_values().collect();
        rows.sort_by_key(|row| row.geonameid);
        let mut towns = BTreeMap::new();
        let mut seats: BTreeMap<u8, usize> = BTreeMap::new();
        for row in rows {
            let Some(&country) = index.get(&row.countrycode) else { continue };
            let holder = &self.countries[country as usize];
            let watched = holder.continent.starts_with("AF") || SMALL_TOWNS.contains(&row.countrycode.as_str());
            let small = row.population < if watched { SMALLEST_WATCHED } else { SMALLEST_TOWN };
            let mut others: Vec<String> = row.alternatenames;
            let mut seen: BTreeSet<String> = BTreeSet::from([fold(&row.name)]);
            others.retain(|n| is_latin(n) && seen.insert(fold(n)));
            if small {
                // The other names of a small town are mostly machine transliterations.
                others.retain(|n| row.population >= FEW_NAMES && n.chars().next().is_some_and(char::is_uppercase));
            }
            if holder.continent.split_once('\u{1}').is_some_and(|(_, seat)| fold(seat) == fold(&row.name)) {
                let old = seats.get(&country).map_or(0, |&i| self.places[i].population);
                if old <= row.population {
                    seats.insert(country, self.places.len());
                }
            }
            towns.insert(row.geonameid, self.places.len());
            self.places.push(Raw {
                id: row.geonameid,
                lat: micro(row.latitude),
                lon: micro(row.longitude),
                population: row.population,
                country,
                kind: if small { TOWN | SMALL } else { TOWN },
                admin1: divisions.get(&format!("{}.{}", row.countrycode, row.admin1code)).copied().unwrap_or(NO_ADMIN1),
                name: row.name,
                others,
            });
        }
        for (country, seat) in seats {
            self.places[seat].kind = CAPITAL;
            self.countries[country as usize].capital = self.places[seat].id;
        }
        for country in &mut self.countries {
            if let Some((continent, _)) = country.continent.clone().split_once('\u{1}') {
                country.continent = continent.to_owned();
            }
        }
        Ok(towns)
    }

    fn read_wof(
        &mut self,
        folder: &Path,
        index: &BTreeMap<String, u8>,
        towns: &BTreeMap<u32, usize>,
    ) -> Result<(), Box<dyn Error>> {
        let mut paths: Vec<_> = std::fs::read_dir(folder)?.flatten().map(|e| e.path()).collect();
        paths.retain(|p| p.extension().is_some_and(|e| e == "gz"));
        paths.sort();
        for path in paths {
            let stem = path.file_name().and_then(|n| n.to_str()).unwrap_or("").split('.').next().unwrap_or("");
            let Some(&country) = index.get(&stem.to_uppercase()) else { continue };
            let mut text = String::new();
            flate2::read::GzDecoder::new(std::fs::File::open(&path)?).read_to_string(&mut text)?;
            self.read_wof_country(&text, country, ALL_VILLAGES.contains(&stem.to_uppercase().as_str()), towns);
        }
        Ok(())
    }

    fn read_wof_country(&mut self, text: &str, country: u8, whole: bool, towns: &BTreeMap<u32, usize>) {
        let own: Vec<usize> = (0..self.places.len()).filter(|&i| self.places[i].country == country).collect();
        let mut rows: Vec<Vec<&str>> = text.lines().map(|l| l.split('\t').collect()).collect();
        rows.retain(|r: &Vec<&str>| r.len() >= 16);
        rows.sort_by_key(|r| r[0].parse::<u64>().unwrap_or(0));
        let mut regions: BTreeMap<&str, u16> = BTreeMap::new();
        for row in rows.iter().filter(|r| r[3] == "region" || r[3] == "country") {
            let names = wof_names(row);
            let keys: BTreeSet<String> = names.iter().map(|n| fold(n)).collect();
            let wanted = if row[3] == "country" { COUNTRY } else { ADMIN1 };
            let fits = |i: usize| {
                let place = &self.places[i];
                place.kind == wanted && (wanted == COUNTRY || keys.contains(&fold(&place.name)))
            };
            let Some(found) = own.iter().copied().find(|&i| fits(i)) else { continue };
            let place = &mut self.places[found];
            (place.lat, place.lon) = (micro(row[6].parse().unwrap_or(0.0)), micro(row[7].parse().unwrap_or(0.0)));
            if wanted == ADMIN1 {
                place.others.extend(names);
                regions.insert(row[0], found as u16);
            }
        }
        let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for &i in &own {
            known.entry(fold(&self.places[i].name)).or_default().push(i);
        }
        for row in &rows {
            let kind = match row[3] {
                "county" => ADMIN2,
                "locality" | "localadmin" => VILLAGE,
                "neighbourhood" | "campus" => QUARTER,
                _ => continue,
            };
            let names = wof_names(row);
            if let Some(&town) = row[1].parse::<u32>().ok().and_then(|id| towns.get(&id)) {
                self.places[town].others.extend(names);
                if self.places[town].kind == TOWN | SMALL {
                    self.places[town].kind = VILLAGE;
                }
                continue;
            }
            let told = row[15].contains("fra/") || !row[2].is_empty() || row[9].parse::<u32>().is_ok_and(|p| p > 0);
            if names.is_empty() || !(told || (whole && kind == VILLAGE)) {
                continue;
            }
            let (lat, lon) = (micro(row[6].parse().unwrap_or(0.0)), micro(row[7].parse().unwrap_or(0.0)));
            let near = |i: &usize| {
                let p = &self.places[*i];
                (p.kind == kind || kind == VILLAGE && p.kind & !SMALL == TOWN)
                    && p.lat.abs_diff(lat) < 100_000
                    && p.lon.abs_diff(lon) < 100_000
            };
            if let Some(&twin) = known.get(&fold(&names[0])).and_then(|l| l.iter().find(|i| near(i))) {
                self.places[twin].others.extend(names);
                if self.places[twin].kind == TOWN | SMALL {
                    self.places[twin].kind = VILLAGE;
                }
                continue;
            }
            let (id, mark) = match row[1].parse::<u32>() {
                Ok(id) => (id, 0),
                Err(_) => (row[0].parse().unwrap_or(0), FOREIGN_ID),
            };
            known.entry(fold(&names[0])).or_default().push(self.places.len());
            self.places.push(Raw {
                id,
                lat,
                lon,
                population: row[9].parse().unwrap_or(0),
                country,
                kind: kind | mark,
                admin1: regions.get(row[11]).copied().unwrap_or(NO_ADMIN1),
                name: names[0].clone(),
                others: names[1..].to_vec(),
            });
        }
    }

    /// Provinces take the place of their town of the same name, else Natural Earth's label, else their largest town;
    /// they also take that namesake's other names ("province d'Alep" is named after Alep). Countries without a point
    /// take the middle of their provinces' labels.
    fn locate_divisions(&mut self, earth: &Path) -> Result<(), Box<dyn Error>> {
        let text = std::fs::read_to_string(earth.join("ne_10m_admin_1_label_points.json"))?;
        let json: serde_json::Value = serde_json::from_str(&text)?;
        let mut labels: BTreeMap<(String, String), (i32, i32)> = BTreeMap::new();
        let mut sums: BTreeMap<String, (i64, i64, i64)> = BTreeMap::new();
        for feature in json["features"].as_array().into_iter().flatten() {
            let properties = &feature["properties"];
            let point = &feature["geometry"]["coordinates"];
            let (Some(iso), Some(name), Some(lon), Some(lat)) =
                (properties["iso_a2"].as_str(), properties["name"].as_str(), point[0].as_f64(), point[1].as_f64())
            else {
                continue;
            };
            labels.insert((iso.to_owned(), fold(name)), (micro(lat), micro(lon)));
            let sum = sums.entry(iso.to_owned()).or_default();
            *sum = (sum.0 + i64::from(micro(lat)), sum.1 + i64::from(micro(lon)), sum.2 + 1);
        }
        let mut largest: BTreeMap<u16, usize> = BTreeMap::new();
        let mut namesake: BTreeMap<u16, usize> = BTreeMap::new();
        for i in 0..self.places.len() {
            let place = &self.places[i];
            if place.admin1 == NO_ADMIN1 || !matches!(place.kind & !SMALL, CAPITAL | TOWN) {
                continue;
            }
            let better = |old: &usize| self.places[*old].population < place.population;
            if largest.get(&place.admin1).is_none_or(better) {
                largest.insert(place.admin1, i);
            }
            let division = &self.places[place.admin1 as usize];
            let same = std::iter::once(&division.name).chain(&division.others).any(|n| fold(n) == fold(&place.name));
            if same && namesake.get(&place.admin1).is_none_or(better) {
                namesake.insert(place.admin1, i);
            }
        }
        for i in 0..self.places.len() {
            let place = &self.places[i];
            let iso = self.countries[place.country as usize].iso2.clone();
            if place.kind == ADMIN1 {
                let same = namesake.get(&(i as u16)).map(|&t| self.places[t].others.clone());
                let label = labels.get(&(iso, fold(&place.name))).copied();
                let town = largest.get(&(i as u16)).map(|&t| (self.places[t].lat, self.places[t].lon));
                let place = &mut self.places[i];
                if (place.lat, place.lon) == (0, 0) {
                    (place.lat, place.lon) = label.or(town).unwrap_or((0, 0));
                }
                place.others.extend(same.into_iter().flatten());
            } else if place.kind == COUNTRY && (place.lat, place.lon) == (0, 0) {
                let (lat, lon, n) = sums.get(&iso).copied().unwrap_or((0, 0, 0));
                let capital = self.countries[place.country as usize].capital;
                let seat = self.places.iter().find(|p| p.kind == CAPITAL && p.id == capital).map(|p| (p.lat, p.lon));
                let middle = (n > 0).then(|| ((lat / n) as i32, (lon / n) as i32));
                let place = &mut self.places[i];
                (place.lat, place.lon) = middle.or(seat).unwrap_or((0, 0));
            }
        }
        Ok(())
    }
}

/// The French, English and main names of one row, French first.
fn wof_names(row: &[&str]) -> Vec<String> {
    let mut names = Vec::new();
    for lang in ["fra/", "eng/"] {
        for name in row[15].split('|').filter_map(|n| n.strip_prefix(lang)) {
            names.push(name.split_once('/').map_or(name, |(_, n)| n).to_owned());
        }
    }
    names.push(row[5].to_owned());
    let mut seen = BTreeSet::new();
    names.retain(|n| {
        fold(n).chars().all(|c| c.is_ascii_alphanumeric() || c == ' ') && n.len() >= 2 && seen.insert(fold(n))
    });
    names
}
