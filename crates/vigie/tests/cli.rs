//! The program as its user meets it: arguments, messages, exit status.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

const PAGE: &str = "Les soldats ont repris dimanche la ville de Tamsa, a annoncé le ministère de la Défense.\n\
                    Les rebelles ont coupé la route de Koulé.\n";

/// A folder of its own for each test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("vigie-test-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        fs::write(self.0.join(name), bytes).unwrap();
        self.path(name)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn vigie(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vigie")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// Runs and checks the status, and that the message holds these words; never a panic.
fn check(arguments: &[&str], status: i32, words: &[&str]) -> String {
    let output = vigie(arguments);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!err.contains("panicked"), "{arguments:?}: {err}");
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {out}{err}");
    for word in words {
        assert!(out.contains(word) || err.contains(word), "{arguments:?} does not say {word:?}: {out}{err}");
    }
    out.into_owned()
}

#[test]
fn inputs_that_cannot_be_used_are_told_with_a_remedy() {
    let folder = Folder::new();
    check(&["read", &folder.path("none.txt")], 2, &["there is no file", "help:"]);
    check(&["read", &folder.path("")], 2, &["holds no file that can be read", "help:"]);
    let binary = folder.file("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    check(&["read", &binary], 2, &["is no text", "help:"]);
    let nul = folder.file("nul.bin", [0u8, 1, 2, 3, 0, 255]);
    check(&["read", &nul], 2, &["is no text"]);
    let page = folder.file("page.txt", PAGE);
    check(&["read", &page, "--published", "2025-13-01"], 2, &["YYYY-MM-DD"]);
    check(&["read", &page, "--published", "yesterday"], 2, &["YYYY-MM-DD"]);
    check(&["read", &page, "--format", "xml"], 2, &["jsonl"]);
    check(&["parse", "--lang", "xx"], 2, &["not shipped"]);
    check(&["read"], 2, &["PATH"]);
}

#[test]
fn an_empty_or_foreign_page_has_no_claims() {
    let folder = Folder::new();
    check(&["read", &folder.file("empty.txt", "")], 1, &["no text"]);
    check(&["read", &folder.file("white.txt", " \n\n\t\n")], 1, &[]);
    check(&["read", &folder.file("greek.txt", "Η Αθήνα είναι μεγάλη πόλη.\n")], 1, &["language"]);
}

#[test]
fn bad_bytes_in_a_page_are_a_note_not_an_error() {
    let folder = Folder::new();
    let mut bytes = PAGE.as_bytes().to_vec();
    bytes.insert(20, 0xff);
    let page = folder.file("bad.txt", bytes);
    let output = vigie(&["read", &page, "--format", "jsonl"]);
    assert!(matches!(output.status.code(), Some(0 | 1)));
    assert!(String::from_utf8(output.stdout).unwrap().contains("\"record\":\"note\""));
}

#[test]
fn a_file_larger_than_any_page_is_refused() {
    let folder = Folder::new();
    let large = folder.file("large.txt", vec![b'a'; 50 << 20]);
    check(&["read", &large], 2, &["larger than", "split it"]);
}

#[test]
fn with_several_inputs_the_others_are_still_read() {
    let folder = Folder::new();
    let page = folder.file("page.txt", PAGE);
    let copy = folder.file("copy.txt", PAGE);
    let out = check(&["read", &page, "nowhere.txt", &copy, "--format", "jsonl"], 2, &["there is no file nowhere.txt"]);
    assert_eq!(out.matches("\"record\":\"document\"").count(), 1, "the same bytes are one document");
    assert!(out.contains("same-bytes") && out.contains("unusable-input"));
}

#[test]
fn a_page_without_a_date_says_so() {
    let folder = Folder::new();
    let page = folder.file("page.txt", PAGE);
    let out = check(&["read", &page, "--format", "jsonl"], 0, &["--published"]);
    assert!(out.contains("\"published\":null") && out.contains("\"published_basis\":\"unknown\""));
}

#[test]
fn standard_input_and_directories_are_read() {
    let folder = Folder::new();
    folder.file("b.txt", PAGE);
    folder.file("a.txt", "Les rebelles ont attaqué un convoi.\n");
    folder.file("notes.md", "no page");
    let out = check(&["read", &folder.path(""), "--format", "jsonl"], 0, &[]);
    assert_eq!(out.matches("\"record\":\"document\"").count(), 2);
    let mut child = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .args(["read", "-", "--published", "2025-03-10", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(PAGE.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().contains("\"path\":\"-\""));
}

#[test]
fn reading_twice_adds_nothing_and_prints_the_same() {
    let folder = Folder::new();
    let (page, archive) = (folder.file("page.txt", PAGE), folder.path("a.vigie"));
    let read = ["read", &page, "--published", "2025-03-10", "--archive", &archive, "--format", "jsonl"];
    let first = check(&read, 0, &[]);
    let bytes = fs::read(&archive).unwrap();
    let second = check(&read, 0, &["nothing was added"]);
    assert_eq!(first, second);
    assert!(bytes == fs::read(&archive).unwrap(), "the archive is untouched");
    let other = ["read", &page, "--published", "2025-04-01", "--archive", &archive];
    check(&other, 0, &["published on 2025-03-10", "another archive"]);
    let claims = check(&["claims", "--archive", &archive, "--format", "jsonl"], 0, &[]);
    let of_read: Vec<&str> = first.lines().filter(|l| l.contains("\"record\":\"claim\"")).collect();
    assert_eq!(claims.lines().collect::<Vec<_>>(), of_read, "claims come out of the archive as they went in");
    let events = check(&["events", "--archive", &archive, "--format", "jsonl"], 0, &[]);
    let of_read: Vec<&str> = first.lines().filter(|l| l.contains("\"record\":\"event\"")).collect();
    assert_eq!(events.lines().collect::<Vec<_>>(), of_read);
}

#[test]
fn what_is_no_archive_is_left_alone() {
    let folder = Folder::new();
    let page = folder.file("page.txt", PAGE);
    let text = folder.file("notes.vigie", "these are notes, long enough to be no database header at all ".repeat(20));
    check(&["read", &page, "--archive", &text], 2, &["is not an archive", "help:"]);
    check(&["claims", "--archive", &text], 2, &["is not an archive"]);
    assert!(fs::read_to_string(&text).unwrap().starts_with("these are notes"));
    check(&["claims", "--archive", &folder.path("none.vigie")], 2, &["there is no archive", "vigie read"]);
    check(&["claims", "--archive", &folder.file("empty.vigie", "")], 2, &["empty"]);
    check(&["claims", "--archive", &folder.path("")], 2, &["directory"]);
    check(&["read", &page, "--archive", &folder.path("no/such/folder.vigie")], 2, &["cannot be opened"]);

    let other = folder.path("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    check(&["read", &page, "--archive", &other], 2, &["is not an archive"]);

    let newer = folder.path("newer.vigie");
    check(&["read", &page, "--archive", &newer], 0, &[]);
    rusqlite::Connection::open(&newer).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    check(&["claims", "--archive", &newer], 2, &["newer version", "update this program"]);
    check(&["read", &page, "--archive", &newer], 2, &["newer version"]);
}

#[test]
fn an_archive_in_use_is_told_so() {
    let folder = Folder::new();
    let (page, archive) = (folder.file("page.txt", PAGE), folder.path("a.vigie"));
    check(&["read", &folder.file("b.txt", "Les rebelles ont attaqué un convoi.\n"), "--archive", &archive], 0, &[]);
    let other = rusqlite::Connection::open(&archive).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    check(&["read", &page, "--archive", &archive], 2, &["in use by another program"]);
}

#[test]
fn archived_claims_can_be_neither_changed_nor_deleted() {
    let folder = Folder::new();
    let (page, archive) = (folder.file("page.txt", PAGE), folder.path("a.vigie"));
    check(&["read", &page, "--archive", &archive], 0, &[]);
    let connection = rusqlite::Connection::open(&archive).unwrap();
    assert!(connection.execute("DELETE FROM claims", []).is_err());
    assert!(connection.execute("UPDATE claims SET predicate = 'besiege'", []).is_err());
}

#[test]
fn questions_about_an_archive() {
    let folder = Folder::new();
    let (page, archive) = (folder.file("page.txt", PAGE), folder.path("a.vigie"));
    check(&["read", &page, "--published", "2025-03-10", "--archive", &archive], 0, &["page.txt"]);
    let claims = check(&["claims", "--archive", &archive, "--predicate", "capture", "--format", "jsonl"], 0, &[]);
    assert_eq!(claims.lines().count(), 1);
    check(&["claims", "--archive", &archive, "--predicate", "no-such-predicate"], 2, &["no predicate"]);
    check(&["claims", "--archive", &archive, "--actor", "nobody"], 1, &[]);
    let id = claims.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap();
    check(&["explain", &id[..12], "--archive", &archive], 0, &[id, "said by", "rule"]);
    check(&["explain", "c:", "--archive", &archive], 2, &["write more of the id"]);
    check(&["explain", "c:zz", "--archive", &archive], 2, &["nothing in the archive"]);
    check(&["events", "--archive", &archive], 0, &["capture"]);
    check(&["digest", "--archive", &archive], 0, &["2025", "Capture"]);
    let asked = ["situation", "--archive", &archive, "--valid", "2025-03-10", "--known", "2025-03-10"];
    check(&[&asked[..], &["--place", "Nulle Part"]].concat(), 1, &["unknown", "Nothing in the archive"]);
    check(&["situation", "--archive", &archive, "--valid", "2025-03-10"], 2, &["--known"]);
    let before = ["situation", "--archive", &archive, "--valid", "2025-03-10", "--known", "2025-03-01"];
    check(&before, 1, &["Nothing is known"]);
}

#[test]
fn a_reader_that_hangs_up_is_no_error() {
    let folder = Folder::new();
    let page = folder.file("page.txt", PAGE.repeat(300));
    let mut child = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .args(["read", &page, "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn languages_and_help() {
    check(&["languages"], 0, &["fr"]);
    let help = check(&["--help"], 0, &["Exit status"]);
    for command in ["read", "situation", "events", "claims", "digest", "explain", "parse", "languages"] {
        assert!(help.contains(command), "{command} is not in the help");
    }
    assert!(Path::new(env!("CARGO_BIN_EXE_vigie")).exists());
}

/// `vigie dates` with this text on standard input.
fn dates(text: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .arg("dates")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Arguments that cannot be used end the program before it reads.
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn dates_of_both_languages_stand_one_on_a_line() {
    let (status, out, _) = dates(PAGE, &["--published", "2025-03-10"]);
    assert_eq!((status, out.as_str()), (Some(0), "23..31\tDATE\t2025-03-09\t-\tdocument\tdimanche\n"));
    let english = "The siege of the town began on July 1, 2014 and it has lasted for more than two years, they said.\n";
    let (status, out, _) = dates(english, &["--lang", "en", "--format", "jsonl"]);
    assert_eq!(status, Some(0));
    let records: Vec<serde_json::Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(records[0]["value"], "2014-07-01");
    assert_eq!((&records[0]["span"][0], &records[0]["basis"]), (&31.into(), &"absolute".into()));
    assert_eq!((&records[1]["value"], &records[1]["mod"]), (&"P2Y".into(), &"MORE_THAN".into()));
}

#[test]
fn dates_says_when_there_is_nothing_and_what_is_wrong() {
    assert_eq!(dates("Rien du tout ici, rien de rien.\n", &["--lang", "fr"]).0, Some(1));
    let (status, _, err) = dates("??\n", &[]);
    assert_eq!(status, Some(2));
    assert!(err.contains("--lang") && err.contains("help:"), "{err}");
    let (status, _, err) = dates("x", &["--lang", "xx"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("not shipped"), "{err}");
    assert!(dates("x", &["--lang", "fr", "--published", "hier"]).2.contains("YYYY-MM-DD"));
}

/// Runs `vigie places` over a text.
fn places(text: &str, arguments: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .arg("places")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn places_of_a_text_with_points_and_reasons() {
    let text = "Un camp a été ouvert près de Damas, en Syrie.\n";
    let output = places(text, &["--lang", "fr", "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(0));
    let out = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<serde_json::Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 2, "{out}");
    assert_eq!((&lines[0]["text"], &lines[0]["place"]["country"]), (&"Damas".into(), &"SY".into()));
    assert_eq!(lines[0]["phrase"]["kind"], "beside");
    assert!(lines[0]["candidates"][0]["reasons"].as_array().is_some_and(|r| !r.is_empty()));
    assert_eq!(places("Rien ici.\n", &["--lang", "fr"]).status.code(), Some(1));
    let shown = String::from_utf8(places(text, &["--lang", "fr"]).stdout).unwrap();
    assert!(shown.lines().count() == 2 && shown.contains("Damas") && shown.contains("km"), "{shown}");
}

#[test]
fn a_page_without_a_date_is_dated_by_its_own_words_and_says_so() {
    let folder = Folder::new();
    let told = "L'armée a repris la ville de Tamsa dimanche 4 septembre 2016. Les rebelles ont coupé lundi la route.\n";
    let page = folder.file("undated.txt", told);
    let out = check(&["read", &page, "--format", "jsonl"], 0, &["dated-by-text"]);
    assert!(out.contains("\"published\":\"2016-09-05\",\"published_basis\":\"inferred\""), "{out}");
    let basis = |day: &str, basis: &str| {
        format!("\"first\":\"{day}\",\"last\":\"{day}\",\"grain\":\"day\",\"basis\":\"{basis}\"")
    };
    assert!(out.contains(&basis("2016-09-04", "stated")), "what the page says in full is stated: {out}");
    assert!(out.contains(&basis("2016-09-05", "inferred")), "what counts from the inferred day is inferred: {out}");
    check(&["read", &page], 0, &["published 5 Sep 2016 (inferred)"]);
    let given = check(&["read", &page, "--published", "2016-09-06", "--format", "jsonl"], 0, &[]);
    assert!(given.contains("\"published_basis\":\"given\"") && !given.contains("dated-by-text"));
    check(&["read", &folder.file("page.txt", PAGE), "--format", "jsonl"], 0, &["\"undated\"", "\"published\":null"]);
}

#[test]
fn a_weekday_that_may_lie_on_both_sides_has_an_alternative() {
    let folder = Folder::new();
    let page = folder.file("page.txt", "Les rebelles rencontrent vendredi le gouvernement à Genève.\n");
    let archive = folder.path("a.sqlite");
    let arguments = ["read", &page, "--published", "2016-12-12", "--archive", &archive, "--format", "jsonl"];
    let out = check(&arguments, 0, &[]);
    let line = out.lines().find(|l| l.contains("\"record\":\"claim\"")).unwrap();
    assert!(
        line.contains("\"alternatives\":[{\"first\":\"2016-12-16\",\"last\":\"2016-12-16\",\"percent\":25}]"),
        "{line}"
    );
    let claim: serde_json::Value = serde_json::from_str(line).unwrap();
    check(
        &["explain", claim["id"].as_str().unwrap(), "--archive", &archive],
        0,
        &["or: 16 Dec 2016 (25 % against 75 %)"],
    );
}

const FRONT: &str = "Les soldats ont repris dimanche la ville de Palmyre aux rebelles, a annoncé le ministère de la Défense.\n\
                     Les rebelles ont tué 12 civils samedi à Alep, selon l'Observatoire.\n\
                     Les rebelles ont rejeté la proposition du gouvernement.\n\
                     Les rebelles n'ont pas pris Idleb.\n";

#[test]
fn events_in_the_shape_of_acled() {
    let folder = Folder::new();
    let page = folder.file("front.txt", FRONT);
    let out = check(
        &["export", "--format", "acled", "--published", "2016-03-28", "--outlet", "Le Jour", &page],
        0,
        &["events have no code in this format and were left out"],
    );
    let lines: Vec<&str> = out.lines().collect();
    let columns: Vec<&str> = lines[0].split(',').collect();
    assert_eq!((columns.len(), columns[0], columns[30]), (31, "event_id_cnty", "timestamp"));
    assert_eq!(lines.len(), 3, "one row an event that ACLED counts and that happened: {out}");
    let row = |words: &str| *lines.iter().find(|l| l.contains(words)).unwrap_or_else(|| panic!("{words}: {out}"));
    let taken = row("Government regains territory");
    assert!(taken.starts_with("SYR") && taken.contains(",2016-03-27,2016,1,Political violence,Battles,"), "{taken}");
    assert!(taken.contains(",760,Middle East,Syria,"), "{taken}");
    let killed = row("Violence against civilians,Attack");
    assert!(killed.contains("fatalities=12") && killed.contains("Civilian targeting"), "{killed}");
    assert!(killed.contains(",27,Civilian targeting,"), "a rebel group against civilians: {killed}");
    let words = check(&["export", "--format", "acled", "--inter", "label", &page], 0, &["Rebel group-Civilians"]);
    assert_eq!(words.lines().count(), 3);
}

#[test]
fn events_in_the_shape_of_plover_and_cameo_from_an_archive() {
    let folder = Folder::new();
    let (page, archive) = (folder.file("front.txt", FRONT), folder.path("front.db"));
    check(&["read", "--published", "2016-03-28", "--archive", &archive, &page], 0, &[]);
    let plover = check(&["export", "--format", "plover", "--archive", &archive], 0, &["\"mode\":\"seize-territory\""]);
    assert!(plover.lines().all(|line| line.starts_with("{\"id\":\"e:") && line.ends_with('}')), "{plover}");
    let cameo = check(&["export", "--format", "cameo", "--archive", &archive], 0, &["SYRMIL\tSYRREB\t192"]);
    assert!(cameo.lines().all(|line| line.split('\t').count() == 7), "{cameo}");
    let only = check(&["export", "--format", "cameo", "--archive", &archive, "--predicate", "kill"], 0, &[]);
    assert_eq!(only.lines().count(), 2, "{only}");
}

#[test]
fn an_export_needs_pages_or_an_archive() {
    let folder = Folder::new();
    check(&["export", "--format", "acled"], 2, &["--archive"]);
    check(
        &["export", "--format", "acled", "--archive", &folder.path("none.db"), "page.txt"],
        2,
        &["cannot be used with"],
    );
    check(&["export", "--format", "acled", &folder.path("none.txt")], 2, &["there is no file", "help:"]);
    check(&["export", "--format", "excel", "page.txt"], 2, &["acled", "plover", "cameo"]);
    let quiet = folder.file("quiet.txt", "Il fait beau à Alep.\n");
    check(&["export", "--format", "cameo", &quiet], 1, &["date\tsource"]);
}
