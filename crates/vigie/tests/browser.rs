//! The pages in a real browser: scripts, map, timeline, keyboard, contrast. Needs Node and Chromium, which the script
//! fetches where it may; without them this says so and passes, except where everything has to be tested (CI=true).
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod served;

use served::Server;
use std::process::Command;

const BASSIN: &str = include_str!("../../../examples/bassin.txt");

/// The public cases and the days on which they were published.
const CASES: [(&str, &str); 3] = [
    ("palmyre-2016-12", "2016-12-12"),
    ("alep-evacuation-2016-12", "2016-12-18"),
    ("mosul-raqqa-2016-12", "2016-12-13"),
];

/// Their texts, where they are at hand.
fn public_cases() -> Vec<(String, &'static str)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/cases");
    let text = |(name, day): (&str, &'static str)| {
        let text = std::fs::read_to_string(format!("{folder}/{name}/page.txt"));
        if text.is_err() {
            eprintln!("shared/cases/{name} is not there: its page is not looked at");
        }
        Some((text.ok()?, day))
    };
    CASES.into_iter().filter_map(text).collect()
}

#[test]
fn the_pages_work_in_a_browser() {
    let later = "Les soldats ont repris Bosso le 8 mars, a reconnu mercredi un porte-parole des insurgés.\n";
    let mut pages = vec![(BASSIN, "2025-03-10"), (later, "2025-03-12")];
    // The page that the project began from is other people's text and lies outside the repository.
    let seed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seed/page.txt"));
    match &seed {
        Ok(text) => pages.push((text, "2016-09-05")),
        Err(_) => eprintln!("shared/seed is not there: the siege of its page is not looked for"),
    }
    let cases = public_cases();
    pages.extend(cases.iter().map(|(text, day)| (text.as_str(), *day)));
    let server = Server::over("browser", &pages, &[]);
    let one = |path: &str, field: &str| server.get(path).json()["items"][0][field].as_str().unwrap().to_owned();
    let map = server.get("/api/v1/map?valid=2025-03-10&known=2025-03-10").json();
    let place = &map["places"][0];
    let claim = format!("/claims/{}", one("/claims.json", "id"));
    let paths = [
        "/?valid=2025-03-10".to_owned(),
        "/?lang=en".to_owned(),
        "/events".to_owned(),
        format!("/events/{}", one("/events.json", "id")),
        "/claims".to_owned(),
        claim.clone(),
        "/places".to_owned(),
        place["url"].as_str().unwrap().to_owned(),
        place["holdings"][0]["url"].as_str().unwrap().to_owned(),
        format!("/stories/{}", one("/claims.json", "story")),
        "/situation".to_owned(),
        "/compare?with=2025-03-01&valid=2025-03-10".to_owned(),
        "/days/2025-03-09".to_owned(),
        "/search?q=si%C3%A8ge".to_owned(),
        "/review".to_owned(),
        "/exports".to_owned(),
        "/about".to_owned(),
    ];
    let run = Command::new("sh")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/web/test/run.sh"))
        .env("BASE_URL", format!("http://{}", server.address))
        .env("START", &paths[0])
        .env("PAGES", paths.join(","))
        .env("CLAIM", claim)
        .envs(seed.is_ok().then_some(("SEED", "1")))
        .output()
        .unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    match run.status.code() {
        Some(0) => {}
        Some(77) if std::env::var_os("CI").is_none() => eprintln!("{told}"),
        _ => panic!("{told}"),
    }
}
