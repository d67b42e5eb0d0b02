//! Events and holdings made from hand-annotated claims, scored against the annotation.

mod common;

use common::{event_record, gold, holding_record, shared};
use serde_json::{Value as Json, json};
use std::path::PathBuf;
use std::process::Command;
use vigie_events::events;
use vigie_situation::Situation;

/// Scores one gold file with its own claims; the last line that the scorer prints. `None` without the shared folder.
fn score(name: &str) -> Option<Json> {
    score_with(name, 0)
}

/// The same with claims that a careless reader might give: every so often a place, a date, an actor or a source is
/// missing. `seed` 0 leaves all as they are.
fn score_with(name: &str, seed: u64) -> Option<Json> {
    let Some(shared) = shared() else {
        println!("skipped: no shared folder beside this checkout");
        return None;
    };
    let path = shared.join(name).join("gold.jsonl");
    let mut gold = gold(&path);
    if seed > 0 {
        gold.spoil(seed);
    }
    let perfect = Command::new("python3").arg(shared.join("checks/score.py")).arg("--perfect").arg(&path).output();
    let Ok(perfect) = perfect else {
        println!("skipped: no python3");
        return None;
    };
    let mut lines: Vec<Json> = Vec::new();
    let reports = gold.reports();
    for line in String::from_utf8_lossy(&perfect.stdout).lines() {
        let mut record: Json = serde_json::from_str(line).expect("the scorer prints JSON lines");
        if record["record"] == "event" || record["record"] == "holding" {
            continue;
        }
        if record["record"] == "claim" {
            name_ids(&mut record, &gold);
        }
        lines.push(record);
    }
    let mut told: Vec<Json> = events(&reports, &gold.world).iter().map(event_record).collect();
    told.sort_by_key(|r| r["id"].to_string());
    lines.extend(told);
    for (valid, known) in gold.asked() {
        let situation = Situation::on(valid, known, &reports, &gold.world);
        lines.extend(situation.holdings.iter().map(|h| holding_record(h, valid, known)));
    }
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{seed}.jsonl", name.replace('/', "-")));
    let text: Vec<String> = lines.iter().map(Json::to_string).collect();
    std::fs::write(&out, text.join("\n") + "\n").expect("the output can be written");
    let scored = Command::new("python3")
        .arg(shared.join("checks/score.py"))
        .arg(&path)
        .arg(&out)
        .output()
        .expect("python3 runs");
    let table = String::from_utf8_lossy(&scored.stdout).into_owned();
    println!("{table}\n{}", String::from_utf8_lossy(&scored.stderr));
    serde_json::from_str(table.lines().last()?).ok()
}

/// The ids that the claims were given, so that the scorer sees what the holdings refer to.
fn name_ids(record: &mut Json, gold: &common::Gold) {
    let id = record["id"].as_str().unwrap_or_default().to_owned();
    let Some((claim, ..)) = gold.claims.iter().find(|(c, ..)| common::unpad(&c.id.0) == id) else { return };
    let taken: Vec<_> = claim.arguments.iter().collect();
    for a in record["arguments"].as_array_mut().into_iter().flatten() {
        let start = a["span"]["start"].as_u64();
        let mine = taken.iter().find(|t| Some(t.filler.span.start() as u64) == start && a["role"] == t.role.as_str());
        a["actor"] = json!(mine.and_then(|t| t.filler.actor.as_deref()));
    }
    if let Some(place) = &claim.place {
        record["place"]["place"] = json!(place.place.as_deref());
    }
}

fn share(figures: &Json, key: &str) -> f64 {
    figures[key]["share"].as_f64().unwrap_or(1.0)
}

#[test]
fn the_seed_page() {
    let Some(figures) = score("seed") else { return };
    assert_eq!(figures["malformed"], 0);
    assert!(figures["events"]["f1"].as_f64() >= Some(0.95));
    assert!(share(&figures, "origins") >= 1.0 && share(&figures, "origin_names") >= 1.0);
    assert!(share(&figures, "grades") >= 1.0);
    assert!(share(&figures, "holdings") >= 1.0);
    assert_eq!(figures["questions"]["right"], figures["questions"]["of"]);
    assert_eq!(figures["traps"]["sprung"], 0);
}

#[test]
fn the_fall_of_a_city() {
    let Some(figures) = score("cases/palmyre-2016-12") else { return };
    check(&figures);
}

#[test]
fn an_evacuation() {
    let Some(figures) = score("cases/alep-evacuation-2016-12") else { return };
    check(&figures);
}

#[test]
fn three_releases() {
    let Some(figures) = score("cases/mosul-raqqa-2016-12") else { return };
    check(&figures);
}

/// What is missing makes the answers fewer, never worse.
#[test]
fn careless_claims_still_read() {
    for name in ["seed", "cases/palmyre-2016-12", "cases/alep-evacuation-2016-12", "cases/mosul-raqqa-2016-12"] {
        for seed in 1..4 {
            let Some(figures) = score_with(name, seed) else { return };
            println!(
                "{name} {seed}: {} {} {}",
                figures["events"]["f1"], figures["holdings"]["share"], figures["origins"]["share"]
            );
            assert_eq!(figures["malformed"], 0);
            // One may be sprung where the claim that told the contrary is what was lost.
            assert!(figures["traps"]["sprung"].as_u64() <= Some(1), "{name}, seed {seed}: {}", figures["traps"]);
            assert!(figures["events"]["p"].as_f64() >= Some(0.8), "{name}, seed {seed}: {}", figures["events"]);
        }
    }
}

fn check(figures: &Json) {
    assert_eq!(figures["malformed"], 0);
    assert!(figures["events"]["f1"].as_f64() >= Some(0.95));
    assert!(share(figures, "origins") >= 1.0);
    assert!(share(figures, "grades") >= 1.0);
    assert!(share(figures, "holdings") >= 0.75);
    assert_eq!(figures["traps"]["sprung"], 0);
}
