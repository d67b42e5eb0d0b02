//! `vigie mcp` as a program meets it: the greeting, the five tools with their spans, and what is refused.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

const BASSIN: &str = include_str!("../../../examples/bassin.txt");

/// A running `vigie mcp` over an archive of its own.
struct Peer {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    folder: PathBuf,
    asked: u64,
}

fn read_into(archive: &Path, text: &str, day: &str) {
    let page = archive.with_file_name(format!("{day}.txt"));
    fs::write(&page, text).unwrap();
    let mut read = Command::new(env!("CARGO_BIN_EXE_vigie"));
    let read = read.args(["read", "--published", day, "--archive"]).arg(archive).arg(&page).output().unwrap();
    assert_eq!(read.status.code(), Some(0), "{}", String::from_utf8_lossy(&read.stderr));
}

impl Peer {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("vigie-mcp-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        read_into(&folder.join("a.vigie"), BASSIN, "2025-03-10");
        let mut child = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .args(["mcp", "--archive"])
            .arg(folder.join("a.vigie"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, input, output, folder, asked: 0 }
    }

    /// Sends a line as it is.
    fn send(&mut self, line: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(line).and_then(|()| input.write_all(b"\n")).and_then(|()| input.flush()).unwrap();
    }

    fn next(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line:?}"));
        assert_eq!(answer["jsonrpc"], "2.0");
        answer
    }

    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }).to_string().as_bytes());
        let answer = self.next();
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// What a tool answers; its text and its structure are the same.
    fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        let answer = self.ask("tools/call", &json!({ "name": tool, "arguments": arguments }));
        let result = &answer["result"];
        assert_eq!(result["isError"], false, "{answer}");
        let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, result["structuredContent"]);
        text
    }

    /// Why a tool gives no answer.
    fn refused(&mut self, tool: &str, arguments: &Value) -> String {
        let answer = self.ask("tools/call", &json!({ "name": tool, "arguments": arguments }));
        assert_eq!(answer["result"]["isError"], true, "{answer}");
        assert!(answer["result"].get("structuredContent").is_none());
        answer["result"]["content"][0]["text"].as_str().unwrap().to_owned()
    }

    /// The code of the error that a line gets, which tells no id.
    fn code(&mut self, line: &[u8]) -> i64 {
        self.send(line);
        let answer = self.next();
        assert!(answer["id"].is_null() && answer.get("result").is_none(), "{answer}");
        answer["error"]["code"].as_i64().unwrap()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn items<'a>(answer: &'a Value, name: &str) -> &'a Vec<Value> {
    answer[name].as_array().unwrap_or_else(|| panic!("no {name} in {answer}"))
}

/// Every span of the claims covers in the file the words that it says, and every claim comes with its document.
fn assert_grounded(answer: &Value) {
    fn spans(value: &Value, check: &mut impl FnMut(usize, usize, &str)) {
        match value {
            Value::Object(fields) => {
                if let (Some(start), Some(end), Some(text)) =
                    (value["start"].as_u64(), value["end"].as_u64(), value["text"].as_str())
                {
                    check(start as usize, end as usize, text);
                }
                fields.values().for_each(|field| spans(field, check));
            }
            Value::Array(values) => values.iter().for_each(|value| spans(value, check)),
            _ => {}
        }
    }
    let claims = items(answer, "claims");
    assert!(!claims.is_empty(), "{answer}");
    for claim in claims {
        let mut count = 0;
        spans(claim, &mut |start, end, text| {
            assert_eq!(&BASSIN[start..end], text);
            count += 1;
        });
        assert!(count >= 2, "a sentence and a trigger: {claim}");
        assert!(items(answer, "documents").iter().any(|d| d["id"] == claim["document"]), "{claim}");
    }
}

#[test]
fn the_greeting_speaks_the_version_of_the_caller_where_it_can() {
    let mut peer = Peer::new("greeting");
    for version in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        let told = peer.ask("initialize", &json!({ "protocolVersion": version, "capabilities": {} }));
        assert_eq!(told["result"]["protocolVersion"], version);
    }
    let told = peer.ask("initialize", &json!({ "protocolVersion": "1999-01-01" }));
    assert_eq!(told["result"]["protocolVersion"], "2025-11-25");
    assert_eq!(told["result"]["serverInfo"]["name"], "vigie");
    assert!(told["result"]["capabilities"]["tools"].is_object());
    // A notification has no answer: the next one is that to the ping.
    peer.send(br#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    peer.send(br#"{"jsonrpc":"2.0","method":"no/such/notification"}"#);
    peer.send(br#"{"jsonrpc":"2.0","id":7,"result":{}}"#);
    peer.send(b"");
    assert_eq!(peer.ask("ping", &json!({}))["result"], json!({}));
}

#[test]
fn five_tools_say_what_they_take_and_that_they_only_read() {
    let mut peer = Peer::new("list");
    // Asked before the greeting, which is tolerated.
    let answer = peer.ask("tools/list", &json!({}));
    let tools = items(&answer["result"], "tools");
    let names: Vec<&str> = tools.iter().map(|t| t["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["search_claims", "get_event", "situation_at", "evidence", "timeline"]);
    for tool in tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
        assert_eq!(tool["inputSchema"]["type"], "object");
        for name in items(&tool["inputSchema"], "required") {
            assert!(tool["inputSchema"]["properties"][name.as_str().unwrap()].is_object());
        }
    }
    assert_eq!(tools[2]["inputSchema"]["required"], json!(["valid", "known"]));
    let predicates = items(&tools[0]["inputSchema"]["properties"]["predicate"], "enum");
    assert!(predicates.contains(&json!("lift-siege")));
}

#[test]
fn every_tool_answers_with_claims_and_their_spans() {
    let mut peer = Peer::new("tools");
    let found = peer.call("search_claims", &json!({ "predicate": "lift-siege", "place": "bosso" }));
    assert_grounded(&found);
    assert!(items(&found, "claims").iter().all(|c| c["predicate"] == "lift-siege"));
    let claim = found["claims"][0]["id"].clone();

    let by_words = peer.call("search_claims", &json!({ "words": "assiéger", "limit": 3 }));
    assert_grounded(&by_words);
    assert!(items(&by_words, "stories").iter().any(|s| s["sentence"]["text"].as_str().unwrap().contains("assiégée")));
    // The words and the filter together narrow each other.
    let wide = peer.call("search_claims", &json!({ "words": "siège" }));
    let both = peer.call("search_claims", &json!({ "words": "siège", "predicate": "lift-siege" }));
    assert_grounded(&both);
    assert!(items(&both, "claims").iter().all(|c| c["predicate"] == "lift-siege"));
    assert!(both["total"].as_u64() < wide["total"].as_u64());

    let evidence = peer.call("evidence", &json!({ "id": claim }));
    assert_grounded(&evidence);
    assert!(
        !items(&evidence["claims"][0], "because").is_empty() && !items(&evidence["claims"][0], "said_by").is_empty()
    );
    assert_eq!(evidence["rejected"], false);
    let event = evidence["event"].clone();

    let told = peer.call("get_event", &json!({ "id": event }));
    assert_grounded(&told);
    assert_eq!((&told["event"]["id"], &told["event"]["predicate"]), (&event, &json!("lift-siege")));
    let ways = peer.call("evidence", &json!({ "id": event }));
    assert_grounded(&ways);
    for kind in ["node", "edge"] {
        assert!(items(&ways, "ways").iter().any(|r| r["record"] == kind), "{kind}");
    }

    let situation =
        peer.call("situation_at", &json!({ "valid": "2025-03-10", "known": "2025-03-10", "place": "Bosso" }));
    assert_grounded(&situation);
    let holding = items(&situation, "holdings").iter().find(|h| h["fluent"] == "siege").unwrap().clone();
    let proof = peer.call("evidence", &json!({ "id": holding["id"], "valid": "2025-03-10", "known": "2025-03-10" }));
    assert_grounded(&proof);
    assert_eq!(proof["holdings"][0]["proof"], holding["proof"]);

    let timeline = peer.call("timeline", &json!({ "from": "2025-03-01", "to": "2025-03-10" }));
    assert_grounded(&timeline);
    let days: Vec<&str> = items(&timeline, "days").iter().map(|d| d["day"].as_str().unwrap()).collect();
    assert!(days.contains(&"2025-03-09") && days.is_sorted() && !days.contains(&"2025-02-24"), "{days:?}");
    let one = peer.call("timeline", &json!({ "limit": 1 }));
    assert_eq!(items(&one, "days").len(), 1);
    let elsewhere = peer.call("timeline", &json!({ "place": "Bordeaux" }));
    assert_eq!((items(&elsewhere, "days").len(), items(&elsewhere, "claims").len()), (0, 0));
}

#[test]
fn pages_of_a_search_neither_skip_nor_repeat() {
    let mut peer = Peer::new("pages");
    for question in [json!({ "limit": 1000 }), json!({ "limit": 1000, "words": "Bosso" })] {
        let all = peer.call("search_claims", &question);
        let mut gathered = Vec::new();
        let mut after = Value::Null;
        loop {
            let mut part = question.clone();
            (part["limit"], part["after"]) = (json!(2), after);
            let page = peer.call("search_claims", &part);
            gathered.extend(items(&page, "claims").iter().map(|c| c["id"].clone()));
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        let all: Vec<Value> = items(&all, "claims").iter().map(|c| c["id"].clone()).collect();
        assert!(all.len() > 2);
        assert_eq!(gathered, all);
    }
}

#[test]
fn what_comes_in_later_is_seen_and_what_was_known_before_stays() {
    let mut peer = Peer::new("growth");
    let question = json!({ "predicate": "capture", "place": "Bosso" });
    assert_eq!(peer.call("search_claims", &question)["total"], 0);
    let later = "Les soldats ont repris Bosso le 8 mars, a reconnu mercredi un porte-parole des insurgés.\n";
    read_into(&peer.folder.join("a.vigie"), later, "2025-03-12");
    let grown = peer.call("search_claims", &question)["total"].as_u64().unwrap();
    assert!(grown > 0);
    let before = json!({ "predicate": "capture", "place": "Bosso", "known": "2025-03-11" });
    assert_eq!(peer.call("search_claims", &before)["total"], 0);
}

#[test]
fn a_tool_that_is_asked_wrongly_names_the_remedy() {
    let mut peer = Peer::new("wrong");
    let wrong = [
        ("search_claims", json!({ "predicate": "dance" }), "tools/list"),
        ("search_claims", json!({ "limit": 0 }), "1 to 1000"),
        ("search_claims", json!({ "limit": "many" }), "1 to 1000"),
        ("search_claims", json!({ "from": "yesterday" }), "YYYY-MM-DD"),
        ("search_claims", json!({ "words": " " }), "not empty"),
        ("search_claims", json!({ "colour": "red" }), "predicate, actor, place"),
        ("search_claims", json!({ "words": "Bosso", "after": "c:1" }), "begin it anew"),
        ("search_claims", json!(["words"]), "object"),
        ("situation_at", json!({ "valid": "2025-03-10" }), "known"),
        ("get_event", json!({}), "id"),
        ("get_event", json!({ "id": "e:00000000000000000000000000000000" }), "search_claims"),
        ("get_event", json!({ "id": "../../review" }), "search_claims"),
        ("evidence", json!({ "id": "h:control/nowhere" }), "situation_at"),
        ("evidence", json!({ "id": "x:1" }), "c:, e: or h:"),
    ];
    for (tool, arguments, remedy) in wrong {
        let why = peer.refused(tool, &arguments);
        assert!(why.contains(remedy), "{tool} {arguments}: {why}");
    }
    // It goes on answering.
    assert_eq!(peer.ask("ping", &json!({}))["result"], json!({}));
}

#[test]
fn lines_that_are_no_requests_are_refused_by_their_codes() {
    let mut peer = Peer::new("lines");
    assert_eq!(peer.code(b"{\"jsonrpc\":"), -32700);
    assert_eq!(peer.code(b"\xff\xfe"), -32700);
    assert_eq!(peer.code("[".repeat(100_000).as_bytes()), -32700);
    assert_eq!(peer.code(br#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#), -32600);
    assert_eq!(peer.code(br#"{"id":1,"method":"ping"}"#), -32600);
    assert_eq!(peer.code(br#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#), -32600);
    assert_eq!(peer.code(br#"{"jsonrpc":"2.0","id":1}"#), -32600);
    assert_eq!(peer.code(&vec![b' '; (1 << 20) + 5]), -32600);
    assert_eq!(peer.ask("resources/list", &json!({}))["error"]["code"], -32601);
    assert_eq!(peer.ask("tools/call", &json!({ "name": "delete" }))["error"]["code"], -32602);
    assert_eq!(peer.ask("tools/call", &json!({}))["error"]["code"], -32602);
    // The end of the input is the end of the program.
    drop(peer.input.take());
    assert_eq!(peer.child.wait().unwrap().code(), Some(0));
}

#[test]
fn an_archive_that_is_not_there_is_told_before_anything_is_read() {
    let run =
        Command::new(env!("CARGO_BIN_EXE_vigie")).args(["mcp", "--archive", "/nowhere/a.vigie"]).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(run.stdout.is_empty() && String::from_utf8_lossy(&run.stderr).contains("help:"));
}
