//! Second-level divisions with a point: Natural Earth labels, counties of the United States.

use super::sources::{ADMIN2, Raw, Sources, micro};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use vigie_resources::{fold, text};

/// Points (latitude, longitude in millionths of a degree) by country or state and name.
type Points = BTreeMap<(String, String), (i32, i32)>;

/// One line of `admin2Codes.txt`.
struct Listed {
    division: String,
    code: String,
    name: String,
    id: u32,
}

impl Sources {
    /// Adds the divisions of the GeoNames table that another source gives a point for; the others would be names
    /// without a place.
    pub(super) fn read_districts(
        &mut self,
        codes: &Path,
        earth: &Path,
        atlas: &Path,
        index: &BTreeMap<String, u8>,
        divisions: &BTreeMap<String, u16>,
    ) -> Result<(), Box<dyn Error>> {
        let mut listed: Vec<Listed> = std::fs::read_to_string(codes.join("admin2Codes.txt"))?
            .lines()
            .filter_map(|line| {
                let cells: Vec<&str> = line.split('\t').collect();
                let (division, code) = cells.first()?.rsplit_once('.')?;
                Some(Listed {
                    division: division.to_owned(),
                    code: code.to_owned(),
                    name: (*cells.get(1)?).to_owned(),
                    id: cells.get(3)?.parse().ok()?,
                })
            })
            .collect();
        listed.sort_by_key(|l| l.id);
        let known: BTreeSet<u32> = self.places.iter().map(|p| p.id).collect();
        let counties = self.counties(atlas)?;
        let labels = labels(earth)?;
        for entry in listed.iter().filter(|l| !known.contains(&l.id)) {
            let Some(iso) = entry.division.split('.').next() else { continue };
            let Some(&country) = index.get(iso) else { continue };
            let county = counties.get(&(entry.division.clone(), entry.code.clone()));
            let label = || {
                let short = shorter(&entry.name);
                labels.get(&(iso.to_owned(), fold(&entry.name))).or_else(|| labels.get(&(iso.to_owned(), fold(short?))))
            };
            let Some(&(lat, lon)) = county.or_else(label) else { continue };
            self.places.push(Raw {
                id: entry.id,
                lat,
                lon,
                population: 0,
                country,
                kind: ADMIN2 | super::sources::SMALL,
                admin1: divisions.get(&entry.division).copied().unwrap_or(super::sources::NO_ADMIN1),
                name: entry.name.clone(),
                others: shorter(&entry.name).map(str::to_owned).into_iter().collect(),
            });
        }
        Ok(())
    }

    /// Middles of the counties of the United States by division and code. The states of the atlas are numbered; their
    /// names lead to the divisions.
    fn counties(&self, atlas: &Path) -> Result<Points, Box<dyn Error>> {
        let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(atlas.join("counties-10m.json"))?)?;
        let pair = |v: &serde_json::Value| (v[0].as_f64().unwrap_or(0.0), v[1].as_f64().unwrap_or(0.0));
        let (scale, shift) = (pair(&json["transform"]["scale"]), pair(&json["transform"]["translate"]));
        let geometries = |name: &str| json["objects"][name]["geometries"].as_array().cloned().unwrap_or_default();
        let mut states: BTreeMap<String, String> = BTreeMap::new();
        for state in geometries("states") {
            let name = fold(state["properties"]["name"].as_str().unwrap_or(""));
            let mut own = self.division_codes.iter().filter(|(code, _)| code.starts_with("US."));
            if let Some((code, _)) = own.find(|(_, i)| fold(&self.places[**i as usize].name) == name) {
                states.insert(state["id"].as_str().unwrap_or("").to_owned(), code.clone());
            }
        }
        let mut out = BTreeMap::new();
        for county in geometries("counties") {
            let id = county["id"].as_str().unwrap_or("");
            let (Some(state), Some(code)) = (id.get(..2).and_then(|s| states.get(s)), id.get(2..)) else { continue };
            let mut arcs = Vec::new();
            numbers(&county["arcs"], &mut arcs);
            let (mut low, mut high) = ((i64::MAX, i64::MAX), (i64::MIN, i64::MIN));
            for arc in arcs {
                let at = if arc < 0 { !arc } else { arc } as usize;
                let mut point = (0, 0);
                for step in json["arcs"][at].as_array().into_iter().flatten() {
                    point.0 += step[0].as_i64().unwrap_or(0);
                    point.1 += step[1].as_i64().unwrap_or(0);
                    low = (low.0.min(point.0), low.1.min(point.1));
                    high = (high.0.max(point.0), high.1.max(point.1));
                }
            }
            if low.0 <= high.0 {
                let lon = (low.0 + high.0) as f64 / 2.0 * scale.0 + shift.0;
                let lat = (low.1 + high.1) as f64 / 2.0 * scale.1 + shift.1;
                out.insert((state.clone(), code.to_owned()), (micro(lat), micro(lon)));
            }
        }
        Ok(out)
    }
}

fn numbers(value: &serde_json::Value, out: &mut Vec<i64>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| numbers(item, out)),
        other => out.extend(other.as_i64()),
    }
}

/// Label points of Natural Earth by country and folded name: of several the one of the main part.
fn labels(earth: &Path) -> Result<Points, Box<dyn Error>> {
    let json: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(earth.join("ne_10m_admin_1_label_points.json"))?)?;
    let mut out: BTreeMap<(String, String), (i64, (i32, i32))> = BTreeMap::new();
    for feature in json["features"].as_array().into_iter().flatten() {
        let (properties, point) = (&feature["properties"], &feature["geometry"]["coordinates"]);
        let (Some(iso), Some(name), Some(lon), Some(lat)) =
            (properties["iso_a2"].as_str(), properties["name"].as_str(), point[0].as_f64(), point[1].as_f64())
        else {
            continue;
        };
        let rank = properties["adm0_sr"].as_i64().unwrap_or(99);
        let here = (rank, (micro(lat), micro(lon)));
        let old = out.entry((iso.to_owned(), fold(name))).or_insert(here);
        *old = here.min(*old);
    }
    Ok(out.into_iter().map(|(key, (_, point))| (key, point)).collect())
}

/// The name without its generic word: the first or the last one when `gazetteer/generics.txt` lists it.
fn shorter(name: &str) -> Option<&str> {
    let generic = |word: &str| text("gazetteer/generics.txt").unwrap_or("").lines().any(|g| g == fold(word));
    let (first, rest) = name.split_once(' ')?;
    let (start, last) = name.rsplit_once(' ')?;
    if generic(last) {
        Some(start)
    } else if generic(first) {
        let inner = rest.split_once(' ').filter(|(w, _)| generic(w)).map_or(rest, |(_, r)| r);
        Some(inner)
    } else {
        None
    }
}
