//! The server as a stranger meets it: pages and their twins, two clocks, evidence, decisions, and what it refuses.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod served;

use served::Server;

const BASSIN: &str = include_str!("../../../examples/bassin.txt");

fn bassin(name: &str, more: &[&str]) -> Server {
    Server::over(name, &[(BASSIN, "2025-03-10")], more)
}

/// The first thing of a list whose field is so.
fn first(server: &Server, path: &str, is_so: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
    let list = server.get(path).json();
    list["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| is_so(item))
        .unwrap_or_else(|| panic!("none in {path}"))
        .clone()
}

fn word(value: &serde_json::Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn every_page_is_readable_and_has_its_twin() {
    let server = bassin("twins", &[]);
    let event = first(&server, "/events.json", |e| e["predicate"] == "lift-siege");
    let claim = word(&event["claims"][0]).to_owned();
    let story = word(&server.get(&format!("/claims/{claim}.json")).json()["claim"]["story"]).to_owned();
    let holding = first(&server, "/index.json", |h| h["fluent"] == "siege");
    let place = word(&holding["key"][0]).to_owned();
    let paths = [
        "/".to_owned(),
        "/events".to_owned(),
        format!("/events/{}", word(&event["id"])),
        "/claims".to_owned(),
        format!("/claims/{claim}"),
        "/places".to_owned(),
        format!("/places/{place}"),
        format!("/stories/{story}"),
        format!("/holdings/{}", word(&holding["id"]).replace('/', "%2F")),
        "/days/2025-03-09".to_owned(),
        "/compare".to_owned(),
        "/situation".to_owned(),
        "/review".to_owned(),
        "/exports".to_owned(),
        "/about".to_owned(),
        "/search?q=si%C3%A8ge".to_owned(),
    ];
    for path in paths {
        for language in ["fr", "en"] {
            let join = if path.contains('?') { '&' } else { '?' };
            let page = server.get(&format!("{path}{join}lang={language}"));
            assert_eq!(page.status, 200, "{path}");
            assert!(page.body.contains(&format!("<html lang=\"{language}\"")), "{path}");
            // A message that is missing shows its key.
            let visible = page.body.split("id=\"strings\"").next().unwrap();
            let key = visible.split(['>', '<', '"', ' ']).find(|w| w.starts_with("page-") && !w.contains('.'));
            assert_eq!(key, None, "{path} in {language}");
        }
        let twin = match path.split_once('?') {
            Some((path, query)) => format!("{path}.json?{query}"),
            None if path == "/" => "/index.json".to_owned(),
            None => format!("{path}.json"),
        };
        let twin = server.get(&twin);
        assert_eq!((twin.status, twin.header("content-type")), (200, "application/json"), "{path}");
        twin.json();
    }
}

#[test]
fn what_held_is_told_as_valid_on_one_day_and_as_known_on_another() {
    let later = "Les soldats ont repris Bosso le 8 mars, a reconnu mercredi un porte-parole des insurgés.\n";
    let server = Server::over("clocks", &[(BASSIN, "2025-03-10"), (later, "2025-03-12")], &[]);
    let holds = |known: &str| {
        let situation = server.get(&format!("/api/v1/situation?valid=2025-03-09&known={known}")).json();
        let items = situation["items"].as_array().unwrap().clone();
        items.iter().filter(|h| h["fluent"] == "control" && h["key_names"][0] == "Bosso").count()
    };
    assert_eq!((holds("2025-03-10"), holds("2025-03-12") > 0), (0, true));
    let siege = |valid: &str| {
        let map = server.get(&format!("/api/v1/map?valid={valid}&known=2025-03-10")).json();
        let places = map["places"].as_array().unwrap().clone();
        places.iter().any(|p| p["holdings"].as_array().unwrap().iter().any(|h| h["fluent"] == "siege"))
    };
    assert_eq!((siege("2025-03-09"), siege("2025-01-01")), (true, false));
}

#[test]
fn the_evidence_of_a_claim_is_its_sentence_with_the_words_marked() {
    let server = bassin("evidence", &[]);
    let claim = first(&server, "/claims.json", |c| c["predicate"] == "lift-siege");
    let page = server.get(&format!("/claims/{}?lang=fr", word(&claim["id"])));
    assert!(page.body.contains("m-trigger\">levé</span>"), "{}", page.body);
    assert!(page.body.contains("m-source\">la radio nationale</span>"));
    assert!(page.body.contains("fr/lift-siege"));
    let story = server.get(&format!("/stories/{}", word(&claim["story"])));
    assert!(story.body.contains(&format!("<span id=\"{}\"></span>", word(&claim["id"]))));
}

#[test]
fn lists_go_on_where_they_ended() {
    let server = bassin("pages", &[]);
    let mut seen: Vec<String> = Vec::new();
    let mut next = String::new();
    loop {
        let after = if next.is_empty() { String::new() } else { format!("&after={next}") };
        let page = server.get(&format!("/api/v1/claims?limit=4{after}")).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|c| word(&c["id"]).to_owned()));
        match page["next"].as_str() {
            Some(id) => next = id.to_owned(),
            None => break,
        }
        assert!(seen.len() < 100);
    }
    let all = server.get("/api/v1/claims?limit=1000").json();
    let all: Vec<String> = all["items"].as_array().unwrap().iter().map(|c| word(&c["id"]).to_owned()).collect();
    assert!(all.len() > 8);
    assert_eq!(seen, all);
    assert_eq!(server.get("/api/v1/claims?after=c:00000000000000000000000000000000").status, 404);
}

#[test]
fn files_are_those_of_the_command() {
    let server = bassin("files", &[]);
    let days = ["--valid", "2025-03-10", "--known", "2025-03-10"];
    let files = server.get("/exports.json").json();
    let files = files["items"].as_array().unwrap().clone();
    assert_eq!(files.len(), 13);
    for file in &files {
        let name = word(&file["name"]);
        let got = server.get(word(&file["url"]));
        assert_eq!((got.status, got.header("content-type")), (200, word(&file["media_type"])), "{name}");
        assert_eq!(got.header("content-disposition"), format!("attachment; filename=\"{name}\""));
        let mut arguments: Vec<&str> = match name.split_once('.').unwrap() {
            ("acled", _) => vec!["--format", "acled"],
            ("acled-hxl", _) => vec!["--format", "acled", "--hxl"],
            ("plover", _) => vec!["--format", "plover"],
            ("cameo", _) => vec!["--format", "cameo"],
            (_, "geojson") => vec!["--format", "geojson"],
            (_, "kml") => vec!["--format", "kml"],
            (_, "jsonld") => vec!["--format", "annotations"],
            (table, "parquet") => vec!["--format", "parquet", "--table", table],
            other => panic!("{other:?}"),
        };
        if name.ends_with(".geojson") || name.ends_with(".parquet") {
            arguments.extend(days);
        }
        assert!(got.bytes == server.command("export", &arguments), "{name} differs from the command's");
        assert_eq!(server.get(&format!("/exports/{name}")).bytes, got.bytes);
    }
}

#[test]
fn files_hold_what_was_asked_for() {
    let later = "Les soldats ont repris Bosso le 8 mars, a reconnu mercredi un porte-parole des insurgés.\n";
    let server = Server::over("file-filters", &[(BASSIN, "2025-03-10"), (later, "2025-03-12")], &[]);
    let rows = |query: &str| server.get(&format!("/exports/plover.jsonl{query}")).body.lines().count();
    let predicates = |query: &str| {
        let body = server.get(&format!("/exports/plover.jsonl{query}")).body;
        let rows = body.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
        rows.map(|r| word(&r["predicate"]).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(predicates("?predicate=lift-siege"), ["lift-siege"]);
    assert!(rows("?known=2025-03-10") < rows(""));
    assert_eq!(rows("?from=2031-01-01"), 0);
    assert_eq!(server.get("/exports/plover.jsonl?predicate=dance").status, 400);
    let missing = server.get("/api/v1/exports/all.xls");
    assert_eq!((missing.status, missing.header("content-type")), (404, "application/problem+json"));
    // The list of events leads to the files of just these events.
    let list = server.get("/events?predicate=lift-siege").body;
    assert!(list.contains("/exports?predicate=lift-siege"), "{list}");
}

#[test]
fn what_rests_on_a_reviewed_claim_says_so() {
    let server = bassin("reviewed", &[]);
    let siege = |server: &Server| first(server, "/situation.json", |h| h["fluent"] == "siege");
    let before = siege(&server);
    assert_eq!(before["review"], serde_json::Value::Null);
    let claim = word(&before["proof"]["premises"][0]["claim"]);
    let accept = |claim: &str| {
        let body = format!(r#"{{"action":"accept","claim":"{claim}","by":"Ana","why":"vu"}}"#);
        let kept = server.ask("POST", "/api/v1/review", &[("Content-Type", "application/json")], &body);
        assert_eq!(kept.status, 201, "{}", kept.body);
        kept.json()["id"].clone()
    };
    let decision = accept(claim);
    server.wait(|| siege(&server)["review"] == serde_json::json!([decision]));
    // A state is no event of the chronicle, so one is accepted too.
    let event = first(&server, "/claims.json", |c| c["predicate"] == "lift-siege");
    assert!(!server.get("/events?lang=en").body.contains(">reviewed</span>"));
    accept(word(&event["id"]));
    server.wait(|| server.get("/events?lang=en").body.contains(">reviewed</span>"));
    for path in ["/?lang=en", "/claims?lang=en"] {
        assert!(server.get(path).body.contains(">reviewed</span>"), "{path}");
    }
}

#[test]
fn a_decision_is_kept_shown_and_undone_by_another() {
    let server = bassin("review", &[]);
    let claim = first(&server, "/claims.json", |c| c["predicate"] == "lift-siege");
    let id = word(&claim["id"]);
    let body = format!(r#"{{"action":"reject","claim":"{id}","by":"Ana","why":"essai"}}"#);
    let kept = server.ask("POST", "/api/v1/review", &[("Content-Type", "application/json")], &body);
    assert_eq!(kept.status, 201, "{}", kept.body);
    assert_eq!(server.get(&format!("/claims/{id}.json")).json()["rejected"], true);
    let has = |path: &str| server.get(path).json()["items"].as_array().unwrap().iter().any(|c| c["id"] == id);
    assert_eq!((has("/claims.json"), has("/claims.json?status=rejected")), (false, true));
    let decision = kept.json()["id"].as_str().unwrap().to_owned();
    let form = format!("action=undo&decision={decision}&by=Ana&why=fini&back=%2Fclaims%2F{id}");
    let undone = server.ask("POST", "/review", &[("Content-Type", "application/x-www-form-urlencoded")], &form);
    assert_eq!((undone.status, undone.header("location")), (303, format!("/claims/{id}").as_str()));
    assert_eq!((has("/claims.json"), has("/claims.json?status=rejected")), (true, false));
    assert_eq!(server.get("/review.json").json()["total"], 2);
    for (body, status) in [
        ("action=reject&claim=c%3A00000000000000000000000000000000&by=Ana&why=x", 404),
        ("action=dance&by=Ana&why=x", 400),
        (&format!("action=reject&claim={id}&by=&why=x"), 422),
        (&format!("action=reject&claim={id}&by=Ana&why="), 422),
        (&format!("action=correct&claim={id}&field=period&value=soon&by=Ana&why=x"), 422),
    ] {
        assert_eq!(server.ask("POST", "/review", &[], body).status, status, "{body}");
    }
}

#[test]
fn nobody_is_sent_to_another_server() {
    let server = bassin("back", &[]);
    for back in ["//evil.example/", "https://evil.example/", "%2F%5Cevil.example"] {
        let form = format!("action=side&actor=nga.army&side=a&by=Ana&why=x&back={back}");
        let answer = server.ask("POST", "/review", &[], &form);
        assert!(!answer.header("location").contains("evil"), "{back}: {:?}", answer.headers);
    }
}

#[test]
fn a_script_in_a_text_is_text() {
    let evil = "Les soldats ont repris dimanche la ville de Bosso, a rapporté la radio nationale, selon des habitants de \
                la région. <script>alert(1)</script> Les rebelles ont coupé dimanche la route de Diffa, a annoncé le \
                ministère de la Défense, et des civils ont fui.\"><img src=x onerror=alert(2)> </script>";
    let lines = serde_json::json!({
        "id": "1", "published": "2025-03-10", "outlet": "<script>alert(5)</script>", "url": "javascript:alert(6)",
        "title": "Bosso </title><script>alert(7)</script>", "text": evil,
    });
    let server = Server::over("scripts", &[(&lines.to_string(), "2025-03-10")], &[]);
    let claim = first(&server, "/claims.json", |_| true);
    let event = first(&server, "/events.json", |_| true);
    let paths = [
        "/".to_owned(),
        "/claims".to_owned(),
        "/events".to_owned(),
        "/places".to_owned(),
        "/about".to_owned(),
        format!("/claims/{}", word(&claim["id"])),
        format!("/events/{}", word(&event["id"])),
        format!("/stories/{}", word(&claim["story"])),
        "/search?q=%3Cscript%3Ealert(8)%3C/script%3E".to_owned(),
        "/events?place=%22%3E%3Cscript%3Ealert(9)%3C/script%3E".to_owned(),
        "/nothing/%3Cscript%3Ealert(10)%3C/script%3E".to_owned(),
    ];
    for path in paths {
        let page = server.get(&path);
        assert!(!page.body.contains("<script>"), "{path}");
        assert!(!page.body.contains("<img"), "{path}");
        assert!(!page.body.contains("href=\"javascript:"), "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe-inline"), "{path}");
    }
}

#[test]
fn every_answer_is_sealed_and_strange_hosts_and_origins_are_refused() {
    let server = bassin("door", &["--name", "vigie.example"]);
    for path in ["/", "/assets/style.css", "/nothing", "/api/v1/events", "/api/v1/nothing", "/?valid=x"] {
        let answer = server.get(path);
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
    let from = |host: &str| server.ask("GET", "/", &[("Host", host)], "").status;
    assert_eq!(from("evil.example"), 421);
    assert_eq!(from("localhost:8080.evil.example"), 421);
    assert_eq!((from("localhost:1"), from("[::1]:1"), from("VIGIE.example")), (200, 200, 200));
    let by = |origin: &str| server.ask("POST", "/review", &[("Origin", origin)], "action=undo").status;
    assert_eq!((by("http://evil.example"), by("null")), (403, 403));
    assert_eq!(by(&format!("http://{}", server.address)), 404);
    assert_eq!(server.ask("POST", "/review", &[("Sec-Fetch-Site", "cross-site")], "action=undo").status, 403);
    assert_eq!(server.ask("DELETE", "/events", &[], "").status, 405);
    assert_eq!(server.ask("POST", "/review", &[], &"x".repeat(70_000)).status, 413);
}

#[test]
fn what_went_wrong_is_told_in_the_shape_that_was_asked_for() {
    let server = bassin("problems", &[]);
    let page = server.get("/events?from=yesterday&lang=fr");
    assert_eq!((page.status, page.header("content-type")), (400, "text/html; charset=utf-8"));
    let twin = server.get("/api/v1/events?from=yesterday");
    assert_eq!((twin.status, twin.header("content-type")), (400, "application/problem+json"));
    assert_eq!(twin.json()["field"], "from");
    for path in ["/api/v1/events/e:00000000000000000000000000000000", "/api/v1/places/nowhere", "/api/v1/days/never"] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (404, "application/problem+json"), "{path}");
    }
}

#[test]
fn the_same_answer_has_the_same_name_until_the_archive_grows() {
    let server = bassin("tags", &[]);
    let first = server.get("/events");
    let tag = first.header("etag").to_owned();
    let again = || server.ask("GET", "/events", &[("If-None-Match", &tag)], "").status;
    assert_eq!(again(), 304);
    assert_ne!(server.ask("GET", "/events", &[("Accept-Language", "en")], "").header("etag"), tag);
    server.read("Les soldats ont repris Toumour le 11 mars, a annoncé l'armée nigérienne.\n", "2025-03-12");
    server.wait(|| again() == 200);
    assert_eq!(server.get("/index.json").json()["valid"], "2025-03-12");
}

#[test]
fn strangers_are_kept_out_where_there_are_tokens() {
    let file = std::env::temp_dir().join(format!("vigie-tokens-{}.toml", std::process::id()));
    let token =
        |name, role, secret| format!("[[token]]\nname = \"{name}\"\nrole = \"{role}\"\nsecret = \"{secret}\"\n");
    let text = token("Ana", "review", "aaaaaaaaaaaaaaaa") + &token("Bruno", "read", "bbbbbbbbbbbbbbbb");
    std::fs::write(&file, text).unwrap();
    let server = bassin("tokens", &["--tokens", file.to_str().unwrap()]);
    std::fs::remove_file(&file).unwrap();
    assert_eq!((server.get("/").status, server.get("/api/v1/events").status), (401, 401));
    assert_eq!(server.get("/assets/style.css").status, 200);
    let wrong = server.ask("POST", "/login", &[], "token=cccccccccccccccc");
    assert_eq!(wrong.status, 401);
    let login = server.ask("POST", "/login", &[], "token=aaaaaaaaaaaaaaaa");
    let cookie = login.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    server.wait(|| server.ask("GET", "/", &[("Cookie", cookie)], "").status == 200);
    let claims = server.ask("GET", "/claims.json", &[("Cookie", cookie)], "").json();
    let body = format!(
        r#"{{"action":"accept","claim":"{}","by":"Somebody else","why":"vu"}}"#,
        word(&claims["items"][0]["id"])
    );
    let by = |secret: &str| {
        let bearer = format!("Bearer {secret}");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        server.ask("POST", "/api/v1/review", &headers, &body)
    };
    assert_eq!(by("bbbbbbbbbbbbbbbb").status, 403);
    let kept = by("aaaaaaaaaaaaaaaa");
    // Whoever has a token decides under its name.
    assert_eq!((kept.status, &kept.json()["decision"]["by"]), (201, &serde_json::json!("Ana")));
}

#[test]
fn what_is_held_back_is_shown_nowhere() {
    let all = bassin("open", &[]);
    let server = bassin("held", &["--delay", "48"]);
    assert!(server.get("/claims.json").json()["total"].as_u64() > Some(0), "what is old enough is shown");
    // Nobody knows when this page will have been published; it is never old enough in this test.
    server.read("Les soldats ont repris Gaya le 11 mars, a annoncé l'armée nigérienne.\n", "2999-03-12");
    all.read("Les soldats ont repris Gaya le 11 mars, a annoncé l'armée nigérienne.\n", "2999-03-12");
    let shows = |server: &Server| server.get("/claims.json?limit=1000").body.contains("Gaya");
    all.wait(|| shows(&all));
    std::thread::sleep(std::time::Duration::from_secs(5));
    assert!(!shows(&server));
    let id = all.get("/claims.json?place=Gaya").json()["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(server.get(&format!("/claims/{id}")).status, 404);
    assert_eq!((all.get("/search?q=Gaya").status, server.get("/search?q=Gaya").status), (200, 404));
    assert_eq!(server.ask("POST", "/review", &[], "action=undo").status, 403);
}

#[test]
fn an_address_that_others_reach_needs_tokens() {
    let folder = std::env::temp_dir().join(format!("vigie-open-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let page = folder.join("page.txt");
    std::fs::write(&page, BASSIN).unwrap();
    let archive = folder.join("a.vigie");
    let vigie = || std::process::Command::new(env!("CARGO_BIN_EXE_vigie"));
    vigie().args(["read", "--published", "2025-03-10", "--archive"]).args([&archive, &page]).output().unwrap();
    let refused = vigie().args(["serve", "--listen", "0.0.0.0:0", "--archive"]).arg(&archive).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--tokens"));
    std::fs::remove_dir_all(&folder).unwrap();
}
