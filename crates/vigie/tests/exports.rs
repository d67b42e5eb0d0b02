//! Exports, read again by readers that are not ours: crates that must always do, and Python's where it is (CI=true: always).
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const BASSIN: &str = include_str!("../../../examples/bassin.txt");

/// What the Python readers are.
const READERS: [&str; 3] = ["pyarrow==21.0.0", "pandas==2.3.2", "geojson==3.2.0"];

struct Folder(PathBuf);

impl Folder {
    /// A folder with an archive of the example and of more pages.
    fn with(name: &str, more: &[(&str, &str)]) -> Self {
        let folder = Self(std::env::temp_dir().join(format!("vigie-exports-{}-{name}", std::process::id())));
        let _ = fs::remove_dir_all(&folder.0);
        fs::create_dir_all(&folder.0).unwrap();
        for (at, (text, day)) in [(BASSIN, "2025-03-10")].iter().chain(more).enumerate() {
            let page = folder.0.join(format!("{at}.txt"));
            fs::write(&page, text).unwrap();
            let read = ["read", "--published", day, "--outlet", "La Vigie", "--archive"];
            let output = vigie().args(read).arg(folder.archive()).arg(page).output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        }
        folder
    }

    fn archive(&self) -> PathBuf {
        self.0.join("a.vigie")
    }

    fn export(&self, arguments: &[&str]) -> Output {
        vigie().args(["export", "--archive"]).arg(self.archive()).args(arguments).output().unwrap()
    }

    fn text(&self, arguments: &[&str]) -> String {
        let output = self.export(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn vigie() -> Command {
    Command::new(env!("CARGO_BIN_EXE_vigie"))
}

#[test]
fn geojson_has_points_of_events_and_what_held_with_their_days() {
    let folder = Folder::with("geojson", &[]);
    let text = folder.text(&["--format", "geojson", "--valid", "2025-03-09"]);
    let geojson::GeoJson::FeatureCollection(all) = text.parse().unwrap() else { panic!("{text}") };
    let property = |f: &geojson::Feature, name: &str| f.property(name).cloned().unwrap_or_default();
    let lifted = all.features.iter().find(|f| property(f, "predicate") == "lift-siege").unwrap();
    assert_eq!(
        (property(lifted, "valid_from"), property(lifted, "valid_to")),
        ("2025-03-09".into(), "2025-03-09".into())
    );
    let Some(geojson::Value::Point(at)) = lifted.geometry.as_ref().map(|g| &g.value) else { panic!("{lifted:?}") };
    // Longitude comes first. Bosso lies in the south-east of Niger.
    assert!((12.0..14.0).contains(&at[0]) && (13.0..15.0).contains(&at[1]), "{at:?}");
    assert!(all.features.iter().any(|f| property(f, "fluent") == "siege"));
    let without = folder.text(&["--format", "geojson"]);
    assert!(!without.contains("\"fluent\""));
}

#[test]
fn kml_is_xml_with_a_time_for_each_placemark() {
    let folder = Folder::with("kml", &[]);
    let text = folder.text(&["--format", "kml"]);
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut open, mut placemarks, mut spans) = (Vec::new(), 0, 0);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) => {
                let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                placemarks += usize::from(name == "Placemark");
                spans += usize::from(name == "TimeSpan" && open.last().is_some_and(|n| n == "Placemark"));
                open.push(name);
            }
            quick_xml::events::Event::End(_) => drop(open.pop()),
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty() && placemarks > 2 && spans > 0, "{placemarks} placemarks, {spans} spans");
}

#[test]
fn tables_hold_every_claim_and_lead_from_events_to_claims() {
    let folder = Folder::with("parquet", &[]);
    let to = folder.0.join("tables");
    folder.text(&["--format", "parquet", "--valid", "2025-03-09", "--to", to.to_str().unwrap()]);
    let rows = |name: &str| {
        let reader = SerializedFileReader::new(fs::File::open(to.join(format!("{name}.parquet"))).unwrap()).unwrap();
        let told = reader.metadata().file_metadata().key_value_metadata().cloned().unwrap_or_default();
        assert!(told.iter().any(|kv| kv.key == "vigie.schema"), "{name}: {told:?}");
        let cell = |(name, field): (&String, &Field)| match field {
            Field::Str(text) => (name.clone(), text.clone()),
            other => (name.clone(), other.to_string()),
        };
        let row = |row: parquet::record::Row| row.get_column_iter().map(cell).collect::<BTreeMap<_, _>>();
        reader.get_row_iter(None).unwrap().map(|r| row(r.unwrap())).collect::<Vec<_>>()
    };
    let lines = vigie().args(["claims", "--format", "jsonl", "--archive"]).arg(folder.archive()).output().unwrap();
    let claims = rows("claims");
    assert_eq!(claims.len(), String::from_utf8(lines.stdout).unwrap().lines().count());
    let ids = |rows: &[BTreeMap<String, String>], field: &str| -> BTreeSet<String> {
        rows.iter().map(|r| r[field].clone()).collect()
    };
    let links = rows("event_claim");
    assert_eq!(ids(&links, "claim"), ids(&claims, "claim"));
    assert_eq!(ids(&links, "event"), ids(&rows("events"), "event"));
    assert!(!rows("holdings").is_empty() && !rows("spans").is_empty() && rows("documents").len() == 1);
    let one = folder.export(&["--format", "parquet", "--table", "claims"]);
    assert!(one.stdout == fs::read(to.join("claims.parquet")).unwrap(), "a table on standard output is the same bytes");
    assert_eq!(folder.export(&["--format", "parquet"]).status.code(), Some(2));
}

#[test]
fn the_row_of_tags_stands_below_the_head_where_it_is_wanted() {
    let folder = Folder::with("hxl", &[]);
    let table = |arguments: &[&str]| {
        let text = folder.text(arguments);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap()).collect::<Vec<_>>()
    };
    let (plain, tagged) = (table(&["--format", "acled"]), table(&["--format", "acled", "--hxl"]));
    assert_eq!(tagged.len(), plain.len() + 1);
    assert_eq!((tagged[0].clone(), tagged[2].clone()), (plain[0].clone(), plain[1].clone()));
    let column = plain[0].iter().position(|name| name == "event_date").unwrap();
    assert_eq!(tagged[1].get(column), Some("#date+start"));
    assert!(tagged.iter().all(|row| row.len() == 31));
    assert_eq!(folder.export(&["--format", "kml", "--hxl"]).status.code(), Some(2));
}

#[test]
fn annotations_find_their_sentences_by_words_and_by_place() {
    let folder = Folder::with("annotations", &[]);
    let all: serde_json::Value = serde_json::from_str(&folder.text(&["--format", "annotations"])).unwrap();
    let items = all["first"]["items"].as_array().unwrap();
    assert!(items.len() > 8);
    let letters: Vec<char> = BASSIN.chars().collect();
    for item in items {
        let selectors = item["target"]["selector"].as_array().unwrap();
        let of = |kind: &str| selectors.iter().find(|s| s["type"] == kind).unwrap();
        let (quote, place) = (of("TextQuoteSelector"), of("TextPositionSelector"));
        let (start, end) = (place["start"].as_u64().unwrap() as usize, place["end"].as_u64().unwrap() as usize);
        let word = |range: std::ops::Range<usize>| letters[range].iter().collect::<String>();
        assert_eq!(quote["exact"], word(start..end));
        assert_eq!(quote["prefix"], word(start.saturating_sub(32)..start));
        assert_eq!(quote["suffix"], word(end..(end + 32).min(letters.len())));
    }
}

#[test]
fn routes_of_besieged_places_are_held_back_and_nothing_else() {
    let folder = Folder::with("routes", &[]);
    let open = folder.text(&["--format", "plover", "--as-of", "2025-03-10T12:00"]);
    let output = folder.export(&["--format", "plover", "--redact-routes", "--as-of", "2025-03-10T12:00"]);
    let held = String::from_utf8(output.stdout).unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("held back"));
    assert!(open.contains("Diffa et Bosso") && !held.contains("Diffa et Bosso"), "{held}");
    assert!(open.contains("Toumour") && held.contains("Toumour"));
    // Before anybody told of a siege there was none to protect.
    let early = folder.export(&["--format", "plover", "--redact-routes", "--as-of", "2025-01-01T00:00"]);
    assert_eq!(String::from_utf8(early.stdout).unwrap(), open);
}

#[test]
fn fresh_events_are_held_back_until_their_time() {
    let later = "Les soldats ont repris la ville de Gaya le 11 mars, a annoncé mercredi le ministère de la Défense.\n";
    let folder = Folder::with("delay", &[(later, "2025-03-12")]);
    let at = |moment: &str| folder.text(&["--format", "plover", "--delay", "48", "--as-of", moment]);
    // A day of publication ends at midnight, and then the hours begin.
    assert!(!at("2025-03-14T23:59").contains("Gaya") && at("2025-03-14T23:59").contains("Toumour"));
    assert!(at("2025-03-15T00:00").contains("Gaya"));
}

#[test]
fn python_reads_them_too() {
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readers");
    let python = tools.join("bin/python");
    let ready = || {
        Command::new(&python).args(["-c", "import pyarrow, pandas, geojson"]).output().is_ok_and(|o| o.status.success())
    };
    if !ready() {
        let _ = Command::new("python3").args(["-m", "venv"]).arg(&tools).output();
        let _ = Command::new(tools.join("bin/pip")).args(["install", "--quiet"]).args(READERS).output();
    }
    if !ready() {
        assert!(std::env::var_os("CI").is_none(), "{READERS:?} could not be installed");
        eprintln!("skipped: {READERS:?} need python3 with venv, and the network once");
        return;
    }
    let folder = Folder::with("python", &[]);
    let to = folder.0.join("tables");
    folder.text(&["--format", "parquet", "--valid", "2025-03-09", "--to", to.to_str().unwrap()]);
    fs::write(folder.0.join("events.geojson"), folder.text(&["--format", "geojson", "--valid", "2025-03-09"])).unwrap();
    fs::write(folder.0.join("acled.csv"), folder.text(&["--format", "acled"])).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/readers.py");
    let run = Command::new(&python).arg(script).arg(&folder.0).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}
