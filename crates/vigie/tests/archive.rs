//! The archive under strain: interrupted, looked at while it is written, in folders and on disks that refuse, of older
//! versions. What was taken in is never lost and never half there.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

const TOWNS: [&str; 8] = ["Bosso", "Diffa", "Tamsa", "Koulé", "Gaya", "Zinder", "Agadez", "Tillabéri"];

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("vigie-archive-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    /// A file of as many documents, one a line.
    fn documents(&self, count: usize) -> String {
        let line = |n: usize| {
            let (town, day) = (TOWNS[n % TOWNS.len()], 1 + n % 28);
            let text = format!(
                "Les soldats ont repris dimanche la ville de {town}, a annoncé le ministère de la Défense. \
                 {n} civils ont été tués lundi dans un bombardement, selon des habitants.\\n\\n\
                 Les rebelles ont coupé la route de {}, ont déclaré des témoins.",
                TOWNS[(n + 3) % TOWNS.len()]
            );
            format!(r#"{{"id":"{n}","published":"2025-03-{day:02}","outlet":"La Vigie","text":"{text}"}}"#)
        };
        let lines: Vec<String> = (0..count).map(line).collect();
        fs::write(self.0.join("news.jsonl"), lines.join("\n")).unwrap();
        self.path("news.jsonl")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::set_permissions(&self.0, fs::Permissions::from_mode(0o755));
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn vigie(arguments: &[&str]) -> Output {
    let output = command(arguments).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(!err.contains("panicked"), "{arguments:?}: {err}");
    output
}

/// Standard output of a command that must succeed.
fn told(arguments: &[&str]) -> String {
    let output = vigie(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn start(arguments: &[&str]) -> Child {
    command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Everything that an archive says.
fn everything(archive: &str) -> String {
    let lists = ["claims", "events"].map(|list| told(&[list, "--archive", archive, "--format", "jsonl"]));
    let situation = ["--valid", "2025-03-28", "--known", "2025-03-28", "--format", "jsonl"];
    lists.join("") + &told(&[&["situation", "--archive", archive], &situation[..]].concat())
}

#[test]
fn killed_at_any_moment_it_is_whole_and_goes_on_to_the_same_end() {
    let folder = Folder::new("killed");
    let news = folder.documents(120);
    let whole = folder.path("whole.vigie");
    told(&["read", &news, "--archive", &whole]);
    let wanted = everything(&whole);
    for round in 0..20 {
        let archive = folder.path(&format!("{round}.vigie"));
        let mut reading = start(&["read", &news, "--archive", &archive]);
        // Uneven steps, so that every part of the work is hit in some round.
        std::thread::sleep(Duration::from_millis(15 + (round * 67) % 400));
        let _ = reading.kill();
        let _ = reading.wait();
        if Path::new(&archive).exists() {
            // Before its tables are there, it holds nothing that could be broken.
            let doctor = vigie(&["doctor", "--archive", &archive]);
            let err = String::from_utf8_lossy(&doctor.stderr);
            assert!(doctor.status.success() || err.contains("is an empty file"), "round {round}: {err}");
        }
        told(&["read", &news, "--archive", &archive]);
        assert_eq!(everything(&archive), wanted, "round {round}");
        told(&["doctor", "--archive", &archive]);
        fs::remove_file(&archive).unwrap();
    }
}

/// A program that dies while it makes the tables leaves a journal beside them, which a reader must have rolled back.
#[test]
fn what_was_cut_off_before_the_log_is_taken_back() {
    let folder = Folder::new("journal");
    let archive = folder.path("a.vigie");
    told(&["read", &folder.documents(3), "--archive", &archive]);
    let wanted = everything(&archive);
    let connection = rusqlite::Connection::open(&archive).unwrap();
    // With a cache of a few pages, what is not yet committed stands in the file already.
    connection
        .execute_batch(
            "PRAGMA cache_size = 2; BEGIN; CREATE TABLE half (x); INSERT INTO half VALUES (zeroblob(90000));",
        )
        .unwrap();
    for ending in ["", "-journal"] {
        fs::copy(format!("{archive}{ending}"), format!("{}{ending}", folder.path("cut.vigie"))).unwrap();
    }
    drop(connection);
    let cut = folder.path("cut.vigie");
    assert_ne!(fs::read(&archive).unwrap(), fs::read(&cut).unwrap());
    assert!(told(&["doctor", "--archive", &cut]).contains("whole"));
    assert_eq!(everything(&cut), wanted);
}

#[test]
fn one_thread_and_many_give_the_same_bytes() {
    let folder = Folder::new("threads");
    let news = folder.documents(60);
    let read = |threads: &str| {
        let archive = folder.path(&format!("{threads}.vigie"));
        let printed = told(&["read", &news, "--threads", threads, "--archive", &archive, "--format", "jsonl"]);
        (printed, everything(&archive))
    };
    let one = read("1");
    assert!(one == read("2") && one == read("7"));
}

#[test]
fn who_reads_while_it_is_written_sees_whole_documents() {
    let folder = Folder::new("reader");
    let news = folder.documents(200);
    let archive = folder.path("a.vigie");
    let first = folder.0.join("first.jsonl");
    fs::write(&first, fs::read_to_string(&news).unwrap().lines().next().unwrap()).unwrap();
    told(&["read", &first.display().to_string(), "--archive", &archive]);
    let mut writing = start(&["read", &news, "--archive", &archive]);
    let mut seen = 0;
    while writing.try_wait().unwrap().is_none() {
        told(&["verify", "--archive", &archive]);
        let claims = told(&["claims", "--archive", &archive, "--format", "jsonl"]).lines().count();
        // Every document has three claims or more; a torn one would have fewer.
        assert!(claims >= seen, "{claims} after {seen}");
        seen = claims;
    }
    assert!(writing.wait().unwrap().success());
    told(&["doctor", "--archive", &archive]);
}

#[test]
fn two_writers_lose_nothing() {
    let folder = Folder::new("writers");
    let news = folder.documents(80);
    let archive = folder.path("a.vigie");
    let mut writers = [start(&["read", &news, "--archive", &archive]), start(&["read", &news, "--archive", &archive])];
    let ends: Vec<Option<i32>> = writers.iter_mut().map(|w| w.wait().unwrap().code()).collect();
    // One may have been told that the other holds the archive; then it is to be started again.
    assert!(ends.contains(&Some(0)), "{ends:?}");
    told(&["read", &news, "--archive", &archive]);
    told(&["doctor", "--archive", &archive]);
    let alone = folder.path("alone.vigie");
    told(&["read", &news, "--archive", &alone]);
    let sorted = |archive: &str| told(&["claims", "--archive", archive, "--format", "jsonl"]);
    assert_eq!(sorted(&archive), sorted(&alone));
}

#[test]
fn a_folder_that_may_not_be_written_is_told_and_may_be_read() {
    let folder = Folder::new("closed");
    let news = folder.documents(2);
    let archive = folder.path("a.vigie");
    told(&["read", &news, "--archive", &archive]);
    let wanted = everything(&archive);
    fs::set_permissions(&archive, fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.0.join("probe"), "").is_ok() {
        eprintln!("skipped: whoever runs this test may write everywhere");
        return;
    }
    assert_eq!(everything(&archive), wanted);
    for archive in [archive.as_str(), &folder.path("new.vigie")] {
        let output = vigie(&["read", &news, "--archive", archive]);
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        // Reading again what is kept adds nothing, so only the new archive has to fail.
        assert!(output.status.code() == Some(2) && err.contains("help:"), "{archive}: {err}");
    }
}

#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let folder = Folder::new("full");
    let news = folder.documents(300);
    let archive = folder.path("a.vigie");
    // A file that may not grow any more is a disk that is full.
    let limited = format!("ulimit -f 300; trap '' XFSZ; exec \"$0\" read {news} --archive {archive} --format text");
    let output =
        Command::new("bash").args(["-c", &limited, env!("CARGO_BIN_EXE_vigie")]).stdin(Stdio::null()).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("help:") && !err.contains("panicked"), "{err}");
    told(&["doctor", "--archive", &archive]);
    told(&["read", &news, "--archive", &archive]);
    let whole = folder.path("whole.vigie");
    told(&["read", &news, "--archive", &whole]);
    assert_eq!(everything(&archive), everything(&whole));
}

#[test]
fn archives_of_every_released_version_are_read_and_brought_up_to_date() {
    for version in ["v1", "v2", "v3"] {
        let folder = Folder::new(version);
        let archive = folder.path("a.vigie");
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/archives/{version}.vigie")), &archive)
            .unwrap();
        let claims = told(&["claims", "--archive", &archive]);
        assert!(claims.contains("ministère de la Défense"), "{claims}");
        // The first two had no index of words.
        if version < "v3" {
            let doctor = told(&["doctor", "--archive", &archive]);
            assert!(doctor.contains("vigie doctor --repair"), "{doctor}");
            assert_eq!(vigie(&["search", "soldat", "--archive", &archive]).status.code(), Some(1));
            told(&["doctor", "--repair", "--archive", &archive]);
        }
        assert!(told(&["search", "soldat", "--archive", &archive]).contains("Les soldats ont repris"));
        // What no older version knew: decisions.
        let first = told(&["claims", "--archive", &archive, "--format", "jsonl"]);
        let first: serde_json::Value = serde_json::from_str(first.lines().next().unwrap()).unwrap();
        told(&["review", "reject", first["id"].as_str().unwrap(), "--archive", &archive, "--by", "A", "--why", "b"]);
        assert!(told(&["doctor", "--archive", &archive]).contains("1 decision"));
        assert!(told(&["doctor", "--archive", &archive]).contains("whole"));
    }
}

#[test]
fn damage_is_found() {
    let folder = Folder::new("damage");
    let archive = folder.path("a.vigie");
    told(&["read", &folder.documents(40), "--archive", &archive]);
    let mut bytes = fs::read(&archive).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 6000].fill(0x5a);
    fs::write(&archive, bytes).unwrap();
    let output = vigie(&["doctor", "--archive", &archive]);
    let shown = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(2), "{shown}");
    assert!(shown.contains("damage") && shown.contains("help:"), "{shown}");
}

#[test]
fn a_copy_is_whole_and_never_overwrites() {
    let folder = Folder::new("copy");
    let (archive, copy) = (folder.path("a.vigie"), folder.path("b.vigie"));
    told(&["read", &folder.documents(30), "--archive", &archive]);
    told(&["backup", "--archive", &archive, &copy]);
    assert_eq!(everything(&copy), everything(&archive));
    let before = fs::read(&copy).unwrap();
    let output = vigie(&["backup", "--archive", &archive, &copy]);
    assert!(output.status.code() == Some(2) && fs::read(&copy).unwrap() == before);
    assert!(!Path::new(&format!("{copy}.part")).exists());
}

#[test]
fn words_are_found_in_any_inflection_case_and_accent() {
    let folder = Folder::new("search");
    let archive = folder.path("a.vigie");
    let page = folder.path("page.txt");
    fs::write(
        &page,
        "Les rebelles ont assiégé la ville de Bosso.\n\nLes réfugiés fuient vers Diffa, a dit un médecin.\n",
    )
    .unwrap();
    let english = folder.path("en.txt");
    fs::write(&english, "The rebels besieged the town of Bosso on Sunday, officials said. Families were fleeing.\n")
        .unwrap();
    told(&["read", &page, &english, "--published", "2025-03-10", "--archive", &archive]);
    let finds = |words: &[&str]| {
        let output = vigie(&[&["search", "--archive", &archive, "--format", "jsonl"], words].concat());
        String::from_utf8(output.stdout).unwrap().lines().count()
    };
    assert_eq!((finds(&["assiéger"]), finds(&["ASSIEGE"]), finds(&["réfugié"]), finds(&["flee"])), (1, 1, 1, 1));
    assert_eq!(finds(&["Bosso"]), 2, "a name is found in both languages");
    assert_eq!((finds(&["rebelle", "Diffa"]), finds(&["rebelle", "Agadez"])), (1, 0), "all words in one story");
    assert_eq!((finds(&["ville de Bosso"]), finds(&["\"ville Bosso\""])), (1, 0), "a phrase stands together");
    assert_eq!(finds(&["Bosso", "--predicate", "besiege"]), 2);
    assert_eq!(finds(&["Bosso", "--predicate", "ceasefire"]), 0);
    assert_eq!(vigie(&["search", "--archive", &archive, "\" ; DROP TABLE"]).status.code(), Some(1));
}

#[test]
fn an_answer_that_was_changed_is_found_out() {
    let folder = Folder::new("verify");
    let archive = folder.path("a.vigie");
    told(&["read", &folder.documents(10), "--archive", &archive]);
    let answers = folder.path("answers.jsonl");
    fs::write(&answers, everything(&archive)).unwrap();
    told(&["verify", "--archive", &archive, &answers]);
    for (is, was) in [("\"positive\"", "\"negative\""), ("\"capture\"", "\"besiege\""), ("Bosso", "Bassa")] {
        fs::write(&answers, everything(&archive).replacen(is, was, 1)).unwrap();
        let output = vigie(&["verify", "--archive", &archive, &answers]);
        assert_eq!(output.status.code(), Some(1), "{is}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("comes out as"), "{is}");
    }
    fs::write(&answers, "no json\n").unwrap();
    assert_eq!(vigie(&["verify", "--archive", &archive, &answers]).status.code(), Some(2));
}

#[test]
fn a_further_report_never_renames_an_event_and_old_names_lead_on() {
    let folder = Folder::new("names");
    let archive = folder.path("a.vigie");
    let texts = [
        "Les soldats ont repris dimanche la ville de Bosso, a annoncé le ministère de la Défense.",
        "Trois civils ont été tués lundi à Diffa, selon des habitants.",
        "The army recaptured the town of Bosso on Sunday, the UN said.",
        "Les soldats n'ont pas repris la ville de Bosso dimanche, ont affirmé les rebelles.",
    ];
    let mut ids: Vec<String> = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        let page = folder.path(&format!("{n}.txt"));
        fs::write(&page, text).unwrap();
        told(&["read", &page, "--published", "2025-03-11", "--archive", &archive]);
        let events = told(&["events", "--archive", &archive, "--format", "jsonl"]);
        let now: Vec<String> = events
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
            .collect();
        for old in &ids {
            told(&["explain", old, "--archive", &archive]);
        }
        let kept = ids.iter().filter(|id| now.contains(id)).count();
        assert_eq!(kept, ids.len(), "after document {n}");
        ids = now;
    }
    let events = told(&["events", "--archive", &archive, "--place", "Bosso", "--format", "jsonl"]);
    let capture = events.lines().find(|line| line.contains("\"capture\"")).unwrap();
    let event: serde_json::Value = serde_json::from_str(capture).unwrap();
    assert_eq!(event["claims"].as_array().unwrap().len(), 3, "French, English and denial in one: {event}");
    assert_eq!(event["happened"].as_array().unwrap().len(), 2);
}

#[test]
fn five_papers_that_carry_one_dispatch_are_one_origin() {
    let folder = Folder::new("copies");
    let archive = folder.path("a.vigie");
    let dispatch = "Des soldats ont repris lundi la ville de Bosso après trois jours de combats. Au moins 12 civils ont été \
                    tués dans les bombardements qui ont précédé l'assaut.";
    let pages = [
        dispatch.to_owned(),
        format!("Bosso reprise\n\n{dispatch}"),
        // Cut down, and a figure altered: the figure is another version, not another origin.
        dispatch.replace("12", "15"),
        format!("La récolte a été bonne cette année dans la plaine.\n\n{dispatch}\n\nLe marché ouvrira jeudi."),
        dispatch.replace(" après trois jours de combats", ""),
        // Told apart, in words of its own.
        "L'armée a repris lundi Bosso, dans l'est du pays.".to_owned(),
    ];
    for (n, page) in pages.iter().enumerate() {
        let path = folder.path(&format!("{n}.txt"));
        fs::write(&path, page).unwrap();
        told(&["read", &path, "--published", "2025-03-11", "--outlet", &format!("Paper {n}"), "--archive", &archive]);
    }
    let events = told(&["events", "--archive", &archive, "--format", "jsonl"]);
    let events: Vec<serde_json::Value> = events.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let capture = events.iter().find(|e| e["predicate"] == "capture").unwrap();
    assert_eq!(capture["claims"].as_array().unwrap().len(), 6, "{capture}");
    assert_eq!(capture["origins"].as_array().unwrap().len(), 2, "{capture}");
    let kill = events.iter().find(|e| e["predicate"] == "kill").unwrap();
    assert_eq!(kill["origins"].as_array().unwrap().len(), 1, "{kill}");
    let killed: Vec<&serde_json::Value> = kill["figures"].as_array().unwrap().iter().collect();
    let values = serde_json::to_string(&killed).unwrap();
    assert!(values.contains("12") && values.contains("15"), "{values}");
}

#[test]
fn the_chronicle_tells_what_happened_and_what_changed_in_both_languages() {
    let folder = Folder::new("chronicle");
    let archive = folder.path("a.vigie");
    let page = folder.path("page.txt");
    let text = "Les rebelles ont assiégé samedi la ville de Bosso, a dit la radio nationale.\n\n\
                L'armée a levé le siège de Bosso lundi, a annoncé le gouvernement.\n\n\
                Trois civils ont été tués lundi à Agadez, selon des habitants.";
    fs::write(&page, text).unwrap();
    told(&["read", &page, "--published", "2025-03-11", "--outlet", "La Vigie", "--archive", &archive]);
    let digest = |more: &[&str]| told(&[&["digest", "--archive", &archive], more].concat());
    let french = digest(&["--lang", "fr", "--from", "2025-03-09", "--to", "2025-03-11"]);
    for words in ["10 mars 2025", "Levée de siège (Bosso)", "complet", "→ aucun", "selon gouvernement", "Mort violente"]
    {
        assert!(french.contains(words), "{words}: {french}");
    }
    let english = digest(&["--lang", "en", "--place", "Bosso", "--from", "2025-03-01"]);
    assert!(english.contains("Siege laid (Bosso)") && english.contains("10 Mar 2025"), "{english}");
    assert!(!english.contains("Agadez") && !english.contains("Killing"), "another place: {english}");
    // Known on the day before it was told: nothing.
    assert_eq!(vigie(&["digest", "--archive", &archive, "--known", "2025-03-10"]).status.code(), Some(1));
    let days = told(&["timeline", "--archive", &archive, "--days", "1", "--lang", "fr"]);
    assert!(days.contains("10 mars 2025") && !days.contains("8 mars"), "{days}");
    let lines = digest(&["--lang", "fr", "--format", "jsonl", "--from", "2025-03-09"]);
    for line in lines.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(record["told"].as_str().is_some_and(|t| !t.is_empty()), "{record}");
    }
    assert_eq!(vigie(&["digest", "--archive", &archive, "--lang", "xx"]).status.code(), Some(2));
}

/// Half of it would look like all of it.
#[test]
fn of_very_many_documents_only_the_sums_are_shown_at_the_first_and_the_second_reading() {
    let folder = Folder::new("sums");
    let (news, archive) = (folder.documents(120), folder.path("a.vigie"));
    let first = told(&["read", &news, "--archive", &archive]);
    assert!(first.starts_with("120 documents, 120 stories"), "{first}");
    let second = told(&["read", &news, "--archive", &archive]);
    assert!(second.starts_with("0 documents, 0 stories") && second.contains("beside 120 documents"), "{second}");
}
