//! Decisions about claims: answers follow them, claims stay as they were read, and nothing that was decided is lost.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::Timestamp;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use vigie::book::Book;
use vigie::export::wire::Lines;
use vigie::pipeline::{Source, read};
use vigie::record::DocumentRecord;
use vigie::review::{Action, ClaimRef, Decision, Field, Reviewed, Why, apply};
use vigie_claims::ClaimId;
use vigie_ingest::Raw;
use vigie_text::Span;

const PAGES: [&str; 3] = [
    "Les soldats ont repris dimanche la ville de Bosso, a annoncé le ministère de la Défense. Trois civils ont été tués \
     lundi à Agadez, selon des habitants.\n\nLes rebelles ont coupé la route de Diffa, ont déclaré des témoins.",
    "Les rebelles ont assiégé samedi la ville de Koulé, a dit la radio nationale. Les rebelles ont pris la ville de \
     Zinder, a annoncé le gouvernement.",
    "Des insurgés ont attaqué lundi la caserne d'Agadez, a dit un médecin. L'armée a levé le siège de Koulé mardi, a \
     annoncé le ministère de la Défense.",
];

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("vigie-review-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    /// An archive with all pages.
    fn archive(&self) -> String {
        let archive = self.path("a.vigie");
        for (n, page) in PAGES.iter().enumerate() {
            let path = self.path(&format!("{n}.txt"));
            fs::write(&path, page).unwrap();
            told(&[
                "read",
                &path,
                "--published",
                "2025-03-12",
                "--outlet",
                &format!("Paper {n}"),
                "--archive",
                &archive,
            ]);
        }
        archive
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn vigie(arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_vigie")).args(arguments).stdin(Stdio::null()).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(!err.contains("panicked"), "{arguments:?}: {err}");
    output
}

fn told(arguments: &[&str]) -> String {
    let output = vigie(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn records(arguments: &[&str], archive: &str) -> Vec<Value> {
    let output = vigie(&[arguments, &["--archive", archive, "--format", "jsonl"]].concat());
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Decides and gives back the id of the decision.
fn decide(arguments: &[&str], archive: &str) -> String {
    let signed = ["--archive", archive, "--by", "Ana", "--why", "the text says otherwise"];
    let out = told(&[&["review"], arguments, &signed].concat());
    out.split_whitespace().next().unwrap().to_owned()
}

fn claim_of<'a>(claims: &'a [Value], predicate: &str) -> &'a Value {
    claims.iter().find(|c| c["predicate"] == predicate).unwrap_or_else(|| panic!("no {predicate}"))
}

fn id(record: &Value) -> &str {
    record["id"].as_str().unwrap()
}

/// Everything that an archive answers.
fn everything(archive: &str) -> String {
    let mut all = String::new();
    for list in
        [&["claims"][..], &["events"], &["situation", "--valid", "2025-03-12", "--known", "2025-03-12"], &["digest"]]
    {
        all.push_str(&told(&[list, &["--archive", archive, "--format", "jsonl"]].concat()));
    }
    for format in ["acled", "plover", "cameo"] {
        all.push_str(&told(&["export", "--archive", archive, "--format", format]));
    }
    all
}

#[test]
fn a_rejected_claim_counts_for_nothing_stays_listable_and_comes_back_when_it_is_undone() {
    let folder = Folder::new("reject");
    let archive = folder.archive();
    let before = everything(&archive);
    let claims = records(&["claims"], &archive);
    let siege = id(claim_of(&claims, "besiege")).to_owned();
    let decision = decide(&["reject", &siege], &archive);
    assert_eq!(records(&["claims"], &archive).len(), claims.len() - 1);
    assert!(!everything(&archive).contains("\"besiege\""));
    let rejected = records(&["claims", "--rejected"], &archive);
    assert_eq!(rejected.iter().map(id).collect::<Vec<_>>(), [siege.as_str()]);
    assert_eq!(rejected[0]["review"][0], decision.as_str());
    assert!(told(&["verify", "--archive", &archive]).contains("all the same"), "what was read is what it was");
    decide(&["undo", &decision], &archive);
    assert_eq!(everything(&archive), before);
    let listed = records(&["review", "list"], &archive);
    assert_eq!(listed.iter().map(|d| d["status"].as_str().unwrap()).collect::<Vec<_>>(), ["undone", "followed"]);
}

#[test]
fn a_correction_changes_the_answers_and_tells_so() {
    let folder = Folder::new("correct");
    let archive = folder.archive();
    let kill = id(claim_of(&records(&["claims"], &archive), "kill")).to_owned();
    decide(
        &[
            "correct",
            &kill,
            "actor=syr.army",
            "figure=killed=4..6",
            "period=2025-03-01..2025-03-02",
            "place=gn:2445704",
            "realis=historical",
        ],
        &archive,
    );
    let claims = records(&["claims"], &archive);
    let now = claim_of(&claims, "kill");
    assert_eq!(now["id"], kill.as_str(), "it is still the same claim");
    assert_eq!((&now["period"]["first"], &now["period"]["last"]), (&"2025-03-01".into(), &"2025-03-02".into()));
    assert_eq!((&now["figures"][0]["low"], &now["figures"][0]["high"]), (&4.into(), &6.into()));
    assert_eq!((&now["place"]["name"], &now["realis"]), (&"Diffa".into(), &"historical".into()));
    assert!(now["place"]["lat"].is_f64() && now["arguments"].to_string().contains("syr.army"), "{now}");
    assert_eq!(now["review"].as_array().unwrap().len(), 5);
    let events = records(&["events"], &archive);
    let event = claim_of(&events, "kill");
    assert_eq!(event["review"].as_array().unwrap().len(), 5);
    assert!(claim_of(&events, "besiege").get("review").is_none(), "what nobody decided on says nothing of it");
    let raw = vigie::archive::Archive::open_existing(archive.as_ref()).unwrap().documents().unwrap();
    assert!(raw.iter().flat_map(|d| &d.claims).all(|c| c.because.iter().all(|r| !r.starts_with("review/"))));
    let answers = folder.path("answers.jsonl");
    fs::write(&answers, told(&["claims", "--archive", &archive, "--format", "jsonl"])).unwrap();
    assert!(vigie(&["verify", "--archive", &archive, &answers]).status.success(), "a reviewed answer follows too");
}

#[test]
fn what_cannot_be_followed_is_refused_with_a_remedy() {
    let folder = Folder::new("refused");
    let archive = folder.archive();
    let kill = id(claim_of(&records(&["claims"], &archive), "kill")).to_owned();
    for wrong in [
        &["correct", &kill, "predicate=no-such-thing"][..],
        &["correct", &kill, "period=yesterday"],
        &["correct", &kill, "period=2025-03-03..2025-03-01"],
        &["correct", &kill, "figure=12"],
        &["correct", &kill, "realis=maybe"],
        &["correct", &kill, "place=gn:0"],
        &["correct", &kill, "sentence=x"],
        &["accept", "c:ffffffffffff"],
        &["undo", "r:ffffffffffff"],
        &["merge", &kill, &kill],
        &["place", "Koulé", "91,0"],
        &["split", &kill, &kill],
    ] {
        let output = vigie(&[&["review"], wrong, &["--archive", &archive, "--by", "Ana", "--why", "x"]].concat());
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {err}");
    }
    let unsigned = vigie(&["review", "accept", &kill, "--archive", &archive, "--by", " ", "--why", "x"]);
    assert_eq!(unsigned.status.code(), Some(2));
    assert_eq!(vigie(&["review", "list", "--archive", &archive]).status.code(), Some(1), "nothing was kept");
}

#[test]
fn events_are_merged_and_split_and_the_newer_decision_counts() {
    let folder = Folder::new("merge");
    let archive = folder.archive();
    let event = |predicate: &str| {
        let events = records(&["events"], &archive);
        claim_of(&events, predicate).clone()
    };
    let count = || records(&["events"], &archive).len();
    let (before, all) = (everything(&archive), count());
    let (kill, attack) = (event("kill"), event("attack"));
    let merged = decide(&["merge", id(&kill), id(&attack)], &archive);
    assert_eq!(count(), all - 1);
    let one = records(&["events"], &archive)
        .into_iter()
        .find(|e| e["claims"].to_string().contains(kill["claims"][0].as_str().unwrap()))
        .unwrap();
    assert!(one["claims"].to_string().contains(attack["claims"][0].as_str().unwrap()), "{one}");
    assert_eq!(one["review"][0], merged.as_str());
    // Before the reports were known the decision ties nothing that is there.
    assert!(
        vigie(&["situation", "--archive", &archive, "--valid", "2025-03-12", "--known", "2020-01-01"]).status.code()
            == Some(1)
    );
    decide(&["split", id(&one), attack["claims"][0].as_str().unwrap()], &archive);
    assert_eq!(count(), all);
    let listed = records(&["review", "list"], &archive);
    assert_eq!((&listed[0]["status"], &listed[1]["status"]), (&"overruled".into(), &"followed".into()));
    let split = id(&listed[1]).to_owned();
    decide(&["undo", &split], &archive);
    assert_eq!(count(), all - 1, "without the split the merger counts again");
    decide(&["undo", &merged], &archive);
    assert_eq!(everything(&archive), before);
}

#[test]
fn a_place_that_nobody_knows_gets_its_point_and_one_that_is_known_keeps_its_own() {
    let folder = Folder::new("place");
    let archive = folder.path("a.vigie");
    let page = folder.path("page.txt");
    fs::write(
        &page,
        "Les soldats ont repris dimanche le village de Tamsawatim. Les rebelles ont pris lundi la ville de Diffa.\n",
    )
    .unwrap();
    told(&["read", &page, "--published", "2025-03-12", "--archive", &archive]);
    let place = |name: &str| {
        let claims = records(&["claims"], &archive);
        claims
            .iter()
            .map(|c| c["place"].clone())
            .find(|p| p["name"].as_str().is_some_and(|n| n.contains(name)))
            .unwrap()
    };
    let known = place("Diffa");
    assert!(place("Tamsawatim")["lat"].is_null() && known["lat"].is_f64());
    decide(&["place", "Tamsawatim", "13.5,-12.25", "--within", "NE"], &archive);
    decide(&["place", "Diffa", "1,1"], &archive);
    let found = place("Tamsawatim");
    assert_eq!((&found["lat"], &found["lon"], &found["precision"]), (&13.5.into(), &(-12.25).into(), &"exact".into()));
    assert_eq!(place("Diffa"), known);
    let row = told(&["export", "--archive", &archive, "--format", "acled"]);
    assert!(row.contains("Tamsawatim") && row.contains("13.5000,-12.2500") && row.contains("Niger"), "{row}");
}

#[test]
fn who_is_on_one_side_does_not_corroborate_himself() {
    let grade = |side: &str| {
        let folder = Folder::new(&format!("side-{side}"));
        let archive = folder.path("a.vigie");
        let pages = [
            "Les rebelles ont pris lundi la ville de Diffa, a annoncé l'armée syrienne.",
            "Les rebelles ont pris lundi la ville de Diffa, a annoncé le Hezbollah.",
        ];
        for (n, text) in pages.iter().enumerate() {
            let page = folder.path(&format!("{n}.txt"));
            fs::write(&page, text).unwrap();
            told(&["read", &page, "--published", "2025-03-12", "--archive", &archive]);
        }
        let before = claim_of(&records(&["events"], &archive), "capture").clone();
        let speakers: Vec<Value> =
            records(&["claims"], &archive).iter().map(|c| c["said_by"][0]["actor"].clone()).collect();
        for (n, speaker) in speakers.iter().filter_map(Value::as_str).enumerate() {
            let on = if n == 0 { "one" } else { side };
            decide(&["side", speaker, on], &archive);
        }
        let after = claim_of(&records(&["events"], &archive), "capture").clone();
        (speakers.len(), before["grade"].clone(), after["grade"].clone(), after["origins"].to_string())
    };
    let (speakers, before, same, origins) = grade("one");
    assert_eq!((speakers, &before, &same), (2, &"corroborated".into(), &"single-source".into()), "{origins}");
    assert!(origins.contains("\"side\":\"one\""));
    assert_eq!(grade("other").2, "corroborated");
}

#[test]
fn an_archive_neither_changes_nor_forgets_a_decision() {
    let folder = Folder::new("kept");
    let archive = folder.archive();
    let kill = id(claim_of(&records(&["claims"], &archive), "kill")).to_owned();
    decide(&["accept", &kill], &archive);
    let connection = rusqlite::Connection::open(&archive).unwrap();
    for change in ["UPDATE decisions SET by = 'B'", "DELETE FROM decisions"] {
        assert!(connection.execute(change, []).unwrap_err().to_string().contains("never"), "{change}");
    }
    drop(connection);
    let doctor = told(&["doctor", "--archive", &archive]);
    assert!(doctor.contains("1 decision") && doctor.contains("whole"), "{doctor}");
}

#[test]
fn decisions_are_written_as_cases_and_as_lines_and_taken_over() {
    let folder = Folder::new("export");
    let archive = folder.archive();
    let claims = records(&["claims"], &archive);
    decide(&["correct", id(claim_of(&claims, "besiege")), "actor=l'armée", "polarity=negative"], &archive);
    decide(&["reject", id(claim_of(&claims, "kill"))], &archive);
    let cases = told(&["review", "export", "--format", "cases", "--archive", &archive]);
    assert!(cases.contains("```text date=2025-03-12\nLes rebelles ont assiégé samedi la ville de Koulé"), "{cases}");
    assert!(cases.contains("besiege") && cases.contains("-actual") && cases.contains("place=\"Koulé\""), "{cases}");
    // The rejected one is the only claim of its sentence: the block is there and empty.
    assert!(cases.contains("Trois civils ont été tués") && cases.contains("```claims\n```"), "{cases}");
    let lines = records(&["review", "export"], &archive);
    assert_eq!(lines[0]["after"]["polarity"], "negative");
    assert_eq!(lines[0]["before"]["polarity"], "positive");
    assert!(lines[2]["after"].is_null() && lines[2]["text"].as_str().unwrap().contains("tués"));
    // The same pages read into another archive, and the decisions taken over.
    let second = Folder::new("export-second");
    let other = second.archive();
    let file = second.path("decisions.jsonl");
    fs::write(&file, told(&["review", "export", "--format", "jsonl", "--archive", &archive])).unwrap();
    told(&["review", "import", &file, "--archive", &other]);
    assert_eq!(everything(&other), everything(&archive));
    fs::write(&file, "{\"by\":\"x\"}\n").unwrap();
    assert_eq!(vigie(&["review", "import", &file, "--archive", &other]).status.code(), Some(2));
}

// ---- the pure function

fn documents() -> Vec<DocumentRecord> {
    let source = Source { published: Some("2025-03-12".parse().unwrap()), ..Source::default() };
    let read = |text: &&str| read(&Raw::plain("page.txt", text.as_bytes().to_vec()), &source).unwrap().record;
    PAGES.iter().map(read).enumerate().map(|(n, d)| DocumentRecord { arrival: n as u64 + 1, ..d }).collect()
}

fn bytes(reviewed: &Reviewed) -> String {
    let mut lines = Lines::new();
    let book = Book::of(&reviewed.documents);
    reviewed.documents.iter().for_each(|d| lines.document(d));
    reviewed.events().iter().for_each(|e| lines.event(e, &book));
    let day = "2025-03-12".parse().unwrap();
    let situation = reviewed.situation(day, day);
    lines.situation(&situation, &situation.holdings.iter().collect::<Vec<_>>(), &book);
    let mut out = Vec::new();
    lines.print(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn decision(n: i64, action: Action) -> Decision {
    Decision::new("Ana", Timestamp::from_second(1_700_000_000 + n).unwrap(), "seen", action).unwrap()
}

/// A small generator: the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }
}

fn any_action(documents: &[DocumentRecord], numbers: &mut Numbers) -> Action {
    let all: Vec<ClaimRef> = documents.iter().flat_map(|d| d.claims.iter().map(move |c| ClaimRef::of(d, c))).collect();
    let mut claim = || all[numbers.below(all.len())].clone();
    let (one, two) = (claim(), claim());
    match numbers.below(8) {
        0 => Action::Accept(one),
        1 => Action::Reject(one),
        2 => Action::Correct(one, Field::Polarity, "negative".to_owned()),
        3 => Action::Correct(one, Field::Actor, "syr.army;rebelles".to_owned()),
        4 => Action::Correct(one, Field::Figure, format!("killed={}", numbers.below(9))),
        5 if one != two => Action::Merge(vec![one, two]),
        6 if one != two => Action::Split(vec![one], vec![two]),
        _ => Action::Side { actor: "syr.army".to_owned(), side: Some(format!("s{}", numbers.below(3))) },
    }
}

#[test]
fn undoing_all_that_was_decided_restores_every_byte() {
    let documents = documents();
    let plain = bytes(&apply(documents.clone(), &[]));
    let mut changed = 0;
    for seed in 0..40 {
        let mut numbers = Numbers(seed);
        let mut decisions: Vec<Decision> = (0..6).map(|n| decision(n, any_action(&documents, &mut numbers))).collect();
        changed += usize::from(bytes(&apply(documents.clone(), &decisions)) != plain);
        let undone: Vec<Decision> =
            decisions.iter().enumerate().map(|(n, d)| decision(100 + n as i64, Action::Undo(d.id()))).collect();
        decisions.extend(undone.clone());
        assert_eq!(bytes(&apply(documents.clone(), &decisions)), plain, "seed {seed}");
        // Undoing the undoing brings them back.
        let again = undone.iter().enumerate().map(|(n, d)| decision(200 + n as i64, Action::Undo(d.id())));
        let first = bytes(&apply(documents.clone(), &decisions[..6]));
        decisions.extend(again);
        assert_eq!(bytes(&apply(documents.clone(), &decisions)), first, "seed {seed}");
    }
    assert!(changed > 30, "most decisions change something: {changed}");
}

/// What a decision is about: decisions that share nothing of it are unrelated.
fn subjects(action: &Action) -> Vec<String> {
    match action {
        Action::Side { actor, .. } => vec![actor.clone()],
        other => other.claims().iter().map(|c| format!("{:?}", c.claim)).collect(),
    }
}

#[test]
fn the_order_of_unrelated_decisions_does_not_matter() {
    let documents = documents();
    for seed in 0..60 {
        let mut numbers = Numbers(1000 + seed);
        let mut decisions: Vec<Decision> = Vec::new();
        for n in 0..8 {
            let action = any_action(&documents, &mut numbers);
            let mine = subjects(&action);
            if decisions.iter().all(|d| !subjects(&d.action).iter().any(|s| mine.contains(s))) {
                decisions.push(decision(n, action));
            }
        }
        let forth = bytes(&apply(documents.clone(), &decisions));
        decisions.reverse();
        assert_eq!(bytes(&apply(documents.clone(), &decisions)), forth, "seed {seed}");
    }
}

#[test]
fn a_decision_finds_its_claim_after_another_reading_or_is_told_as_orphaned() {
    let documents = documents();
    let (document, claim) = documents
        .iter()
        .flat_map(|d| d.claims.iter().map(move |c| (d, c)))
        .find(|(_, c)| c.predicate.id() == "besiege")
        .unwrap();
    let decisions = [decision(1, Action::Reject(ClaimRef::of(document, claim)))];
    let read_anew = |change: &dyn Fn(&mut vigie_claims::Claim)| {
        let mut again = documents.clone();
        for c in again.iter_mut().flat_map(|d| &mut d.claims) {
            c.id = ClaimId(c.id.0.map(|b| !b));
            if c.trigger == claim.trigger && c.document == claim.document {
                change(c);
            }
        }
        again
    };
    let besieged = |r: &Reviewed| r.documents.iter().flat_map(|d| &d.claims).any(|c| c.predicate.id() == "besiege");
    let kept = apply(read_anew(&|_| {}), &decisions);
    assert!(!besieged(&kept) && kept.unfollowed.is_empty());
    let wider = Span::new(claim.trigger.start() - 4, claim.trigger.end());
    assert!(!besieged(&apply(read_anew(&|c| c.trigger = wider), &decisions)), "another trigger around the same word");
    // Read as something else, it is another claim, and nobody has said anything about that one.
    let other = apply(read_anew(&|c| c.predicate = vigie_resources::Predicate::from_id("attack").unwrap()), &decisions);
    assert_eq!(other.unfollowed.iter().map(|u| u.why).collect::<Vec<_>>(), [Why::Orphaned]);
    assert!(other.rejected.is_empty());
    // Two that are as good: no guess.
    let mut twice = read_anew(&|_| {});
    let home = twice.iter_mut().find(|d| d.id == claim.document).unwrap();
    let mut second = home.claims.iter().find(|c| c.predicate.id() == "besiege").unwrap().clone();
    second.id = ClaimId([7; 16]);
    home.claims.push(second);
    assert_eq!(apply(twice, &decisions).unfollowed.len(), 1);
    let gone: Vec<DocumentRecord> = documents.iter().filter(|d| d.id != claim.document).cloned().collect();
    assert_eq!(apply(gone, &decisions).unfollowed[0].why, Why::Orphaned);
}
