//! `vigie mcp`: the archive for programs that speak the Model Context Protocol over standard input and output. It answers
//! and changes nothing; one message a line, JSON-RPC 2.0.

mod tools;

use crate::failure::Failure;
use crate::serve::Desk;
use serde_json::{Value, json};
use std::io::{BufRead, Read, Write};
use std::path::Path;

/// Versions of the protocol that are spoken, newest first. They do not differ in what is used here.
const VERSIONS: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

/// The longest line that is taken. No question is near it, and a caller must not be able to fill the memory.
const LONGEST: u64 = 1 << 20;

/// Errors of JSON-RPC.
const UNREADABLE: i32 = -32700;
const NO_REQUEST: i32 = -32600;
const NO_METHOD: i32 = -32601;
const NO_PARAMETERS: i32 = -32602;

/// What a program should know before it asks.
const INSTRUCTIONS: &str = "An archive of claims that were read from news: who says that who did what to whom, where and \
    when. Every answer has the claims it rests on, with spans (bytes of the document's text) and the words they cover; \
    quote these words. Accounts and denials stand side by side: nothing here says who is right. Two clocks: `valid` is the \
    day that is asked about, `known` the day up to which publications count.";

/// Why a message gets an error.
struct Fault {
    code: i32,
    message: String,
}

impl Fault {
    fn new(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// Answers until the input ends.
///
/// # Errors
/// When there is no such archive, or the input or output breaks.
pub(crate) fn serve(archive: &Path, input: &mut dyn BufRead, out: &mut dyn Write) -> Result<(), Failure> {
    let mut desk = Desk::of(archive)?;
    let broken = |e| {
        Failure::new(
            format!("the input could not be read: {e}"),
            "start `vigie mcp` from a program that stays connected",
        )
    };
    let mut line = Vec::new();
    loop {
        line.clear();
        if (&mut *input).take(LONGEST).read_until(b'\n', &mut line).map_err(broken)? == 0 {
            return Ok(());
        }
        let is_cut = line.len() as u64 == LONGEST && !line.ends_with(b"\n");
        if is_cut {
            input.skip_until(b'\n').map_err(broken)?;
        }
        let answer = match is_cut {
            true => {
                Some(error(&Value::Null, &Fault::new(NO_REQUEST, format!("a message has at most {LONGEST} bytes"))))
            }
            false => answer(&mut desk, line.trim_ascii()),
        };
        if let Some(answer) = answer {
            writeln!(out, "{answer}").and_then(|()| out.flush()).map_err(|e| Failure::of_output(&e))?;
        }
    }
}

fn error(id: &Value, fault: &Fault) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": fault.code, "message": fault.message } })
}

/// The answer to a line; none to a notification, to an answer and to an empty line.
fn answer(desk: &mut Desk, line: &[u8]) -> Option<Value> {
    if line.is_empty() {
        return None;
    }
    let message: Value = match serde_json::from_slice(line) {
        Ok(message) => message,
        Err(e) => return Some(error(&Value::Null, &Fault::new(UNREADABLE, format!("the line is not JSON: {e}")))),
    };
    let refused = |why: &str| Some(error(&Value::Null, &Fault::new(NO_REQUEST, why)));
    if message.is_array() {
        return refused("batches are not taken; write one message a line");
    }
    if message["jsonrpc"] != "2.0" {
        return refused("a message is an object with \"jsonrpc\": \"2.0\"");
    }
    let is_answer = message.get("result").is_some() || message.get("error").is_some();
    let Some(method) = message["method"].as_str() else {
        return if is_answer { None } else { refused("a request names its method") };
    };
    let id = message.get("id")?;
    if !id.is_string() && !id.is_number() {
        return refused("the id of a request is a string or a number");
    }
    Some(match result(desk, method, &message["params"]) {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(fault) => error(id, &fault),
    })
}

fn result(desk: &mut Desk, method: &str, parameters: &Value) -> Result<Value, Fault> {
    match method {
        "initialize" => Ok(welcome(parameters["protocolVersion"].as_str())),
        "ping" => Ok(json!({})),
        "tools/list" => Ok(json!({ "tools": tools::list() })),
        "tools/call" => {
            let name = parameters["name"].as_str();
            let name = name.ok_or_else(|| Fault::new(NO_PARAMETERS, "params.name is the name of a tool"))?;
            let called = tools::call(desk, name, &parameters["arguments"]);
            called.ok_or_else(|| {
                Fault::new(NO_PARAMETERS, format!("there is no tool {name:?}; tools/list has those that there are"))
            })
        }
        _ => Err(Fault::new(NO_METHOD, format!("there is no method {method:?} here"))),
    }
}

/// The greeting, in the caller's version of the protocol where it is spoken, else in the newest.
fn welcome(wanted: Option<&str>) -> Value {
    let version = VERSIONS.into_iter().find(|v| Some(*v) == wanted).unwrap_or(VERSIONS[0]);
    json!({
        "protocolVersion": version,
        "capabilities": { "tools": {} },
        "serverInfo": { "name": "vigie", "version": env!("CARGO_PKG_VERSION") },
        "instructions": INSTRUCTIONS,
    })
}
