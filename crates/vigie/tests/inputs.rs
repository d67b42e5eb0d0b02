//! `vigie read` over every kind of input: what is printed, what is kept, which exit status.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn file(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../vigie-ingest/tests/files").join(name).display().to_string()
}

/// Status, records of standard output, standard error.
fn read(arguments: &[&str]) -> (i32, Vec<Value>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    let output = command.arg("read").args(arguments).args(["--format", "jsonl"]).stdin(Stdio::null()).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!err.contains("panicked"), "{err}");
    let records = String::from_utf8_lossy(&output.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    (output.status.code().unwrap(), records, err)
}

fn of<'a>(records: &'a [Value], kind: &str) -> Vec<&'a Value> {
    records.iter().filter(|r| r["record"] == kind).collect()
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("vigie-inputs-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_spans_of_a_page_point_into_its_text() {
    let folder = Folder::new("page");
    let archive = folder.0.join("a.vigie").display().to_string();
    let (status, records, _) = read(&[&file("page.html"), "--archive", &archive]);
    assert_eq!(status, 0);
    let document = of(&records, "document")[0];
    assert_eq!((&document["text_from"], &document["published_basis"]), (&"html".into(), &"page".into()));
    assert_eq!((&document["published"], &document["author"]), (&"2025-03-10".into(), &"Nour Hadadi".into()));
    let claim = of(&records, "claim").into_iter().find(|c| c["predicate"] == "capture").unwrap();
    assert!(claim["sentence"]["text"].as_str().unwrap().starts_with("Les soldats ont repris dimanche"));
    assert_eq!(claim["period"]["first"], "2025-03-09");
    let id = claim["id"].as_str().unwrap();
    let explained =
        Command::new(env!("CARGO_BIN_EXE_vigie")).args(["explain", id, "--archive", &archive]).output().unwrap();
    let shown = String::from_utf8(explained.stdout).unwrap();
    assert!(shown.contains("Les soldats ont repris dimanche la ville de Tamsa") && !shown.contains("<p>"), "{shown}");
}

#[test]
fn parts_that_are_broken_are_told_and_the_rest_is_read() {
    let (status, records, err) = read(&[&file("bad.jsonl")]);
    assert_eq!((status, of(&records, "document").len()), (2, 2));
    assert!(err.contains("bad.jsonl:2") && err.contains("help:"), "{err}");
    let told: Vec<&Value> = of(&records, "note").into_iter().filter(|n| n["code"] == "unusable-input").collect();
    assert_eq!(told.len(), 3);
    let (status, records, err) = read(&[&file("empty.xml")]);
    assert_eq!((status, records.len()), (1, 1));
    assert!(err.contains("without items"), "{err}");
    assert_eq!(read(&[&file("menu.html")]).0, 1);
}

#[test]
fn the_day_of_an_item_stands_against_the_day_of_the_caller() {
    let (_, records, _) = read(&[&file("rss.xml"), "--published", "2024-01-01", "--outlet", "X"]);
    let days: Vec<(&Value, &Value)> =
        of(&records, "document").into_iter().map(|d| (&d["published"], &d["published_basis"])).collect();
    assert!(days.contains(&(&"2025-03-10".into(), &"feed".into())), "{days:?}");
    assert!(days.contains(&(&"2024-01-01".into(), &"given".into())), "{days:?}");
}

#[test]
fn a_directory_is_walked_in_order_and_a_second_reading_adds_nothing() {
    let folder = Folder::new("walk");
    fs::create_dir_all(folder.0.join("in/b")).unwrap();
    for (from, to) in [("crawl.warc.gz", "in/b/crawl.warc.gz"), ("news.jsonl", "in/a.jsonl"), ("make.py", "in/make.py")]
    {
        fs::copy(file(from), folder.0.join(to)).unwrap();
    }
    let (folder_in, archive) =
        (folder.0.join("in").display().to_string(), folder.0.join("a.vigie").display().to_string());
    let (status, first, err) = read(&[&folder_in, "--archive", &archive]);
    assert_eq!((status, of(&first, "document").len()), (0, 5));
    assert!(err.contains("make.py passed over"), "{err}");
    let bytes = fs::read(&archive).unwrap();
    let (_, second, err) = read(&[&folder_in, "--archive", &archive]);
    assert_eq!(first, second);
    assert!(err.contains("5 documents that are in the archive already"), "{err}");
    assert_eq!(bytes, fs::read(&archive).unwrap());
}

#[test]
fn a_reading_that_was_cut_short_goes_on_where_it_stood() {
    let folder = Folder::new("resume");
    let lines = fs::read_to_string(file("news.jsonl")).unwrap();
    let path = folder.0.join("news.jsonl").display().to_string();
    let archive = |name: &str| folder.0.join(name).display().to_string();
    fs::write(&path, lines.lines().next().unwrap()).unwrap();
    read(&[&path, "--archive", &archive("cut")]);
    fs::write(&path, &lines).unwrap();
    let resumed = read(&[&path, "--archive", &archive("cut")]);
    let whole = read(&[&path, "--archive", &archive("whole")]);
    assert_eq!(resumed.1, whole.1);
}
