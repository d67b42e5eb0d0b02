//! The tools: their schemas, the check of what is given to them, and the question that each one asks.

use crate::serve::{Desk, Question};
use serde_json::{Map, Value, json};
use vigie_resources::Predicate;

/// What an argument is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Text,
    Day,
    Count,
    Predicate,
}

/// An argument of a tool.
struct Argument {
    name: &'static str,
    sort: Sort,
    is_required: bool,
    about: &'static str,
}

const fn argument(name: &'static str, sort: Sort, about: &'static str) -> Argument {
    Argument { name, sort, is_required: false, about }
}

const fn required(name: &'static str, sort: Sort, about: &'static str) -> Argument {
    Argument { name, sort, is_required: true, about }
}

/// A tool.
struct Tool {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    arguments: &'static [Argument],
    question: fn(&str) -> Question<'_>,
}

const KNOWN: Argument =
    argument("known", Sort::Day, "Only what was published up to this day counts as known; all when left out");
const PLACE: Argument = argument("place", Sort::Text, "A place: name or id");

const TOOLS: [Tool; 5] = [
    Tool {
        name: "search_claims",
        title: "Search claims",
        about: "Claims by words of their stories (in any inflection; \"words together\" in quotes) or by filters, or both. Gives \
                claims with their sentences and spans, the documents they stand in, and with words the stories that were found.",
        arguments: &[
            argument("words", Sort::Text, "Words that all stand in the story"),
            argument("predicate", Sort::Predicate, "What is claimed to have happened"),
            argument("actor", Sort::Text, "Who takes part: name, part of a name, or id"),
            argument("place", Sort::Text, "Where: name, part of a name, or id"),
            argument("speaker", Sort::Text, "Who says it: name, part of a name, or id"),
            argument("from", Sort::Day, "What may have happened on or after this day"),
            argument("to", Sort::Day, "What may have happened on or before this day"),
            KNOWN,
            argument("limit", Sort::Count, "Claims at most; 50 when left out"),
            argument("after", Sort::Text, "Go on after this claim, the `next` of the answer before"),
        ],
        question: |_| Question::Search,
    },
    Tool {
        name: "get_event",
        title: "Get an event",
        about: "One event with every version of its actors, place, days and figures, its origins and grade, its claims and their \
                documents.",
        arguments: &[required("id", Sort::Text, "The id of an event: e: and 32 digits"), KNOWN],
        question: |id| Question::Event(id),
    },
    Tool {
        name: "situation_at",
        title: "Situation on a day",
        about: "What held on a day as known on another: control, sieges, routes, talks and more, each with rivals, proof and the \
                claims it rests on.",
        arguments: &[
            required("valid", Sort::Day, "The day that is asked about"),
            required("known", Sort::Day, "Only what was published up to this day counts as known"),
            PLACE,
            argument("limit", Sort::Count, "Holdings at most; 50 when left out"),
        ],
        question: |_| Question::Situation,
    },
    Tool {
        name: "evidence",
        title: "Evidence",
        about: "What a claim, an event or a holding rests on: the sentences with spans, who says it and through whom (said_by), the \
                ways from outlets to origins (ways: nodes and edges), and the rules that read or concluded it (because, proof).",
        arguments: &[
            required("id", Sort::Text, "The id of a claim (c:…), an event (e:…) or a holding (h:…)"),
            argument(
                "valid",
                Sort::Day,
                "For a holding: the day that is asked about; the last day of publication when left out",
            ),
            KNOWN,
        ],
        question: |id| Question::Evidence(id),
    },
    Tool {
        name: "timeline",
        title: "Timeline",
        about: "The days that texts come back to, in order, with what happened on them, who says so, and the claims.",
        arguments: &[
            PLACE,
            argument("from", Sort::Day, "First day"),
            argument("to", Sort::Day, "Last day"),
            KNOWN,
            argument("limit", Sort::Count, "Days at most; 50 when left out"),
        ],
        question: |_| Question::Timeline,
    },
];

/// The most that `limit` may be.
const MOST: u64 = 1000;

/// The tools as they are told to callers.
pub(super) fn list() -> Vec<Value> {
    TOOLS.iter().map(shape).collect()
}

fn shape(tool: &Tool) -> Value {
    let properties: Map<String, Value> = tool.arguments.iter().map(|a| (a.name.to_owned(), property(a))).collect();
    let required: Vec<&str> = tool.arguments.iter().filter(|a| a.is_required).map(|a| a.name).collect();
    json!({
        "name": tool.name,
        "title": tool.title,
        "description": tool.about,
        "inputSchema": {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        },
        "annotations": { "title": tool.title, "readOnlyHint": true, "idempotentHint": true, "openWorldHint": false },
    })
}

fn property(argument: &Argument) -> Value {
    let about = argument.about;
    match argument.sort {
        Sort::Text => json!({ "type": "string", "minLength": 1, "description": about }),
        Sort::Day => json!({ "type": "string", "format": "date", "description": format!("{about} (YYYY-MM-DD)") }),
        Sort::Count => json!({ "type": "integer", "minimum": 1, "maximum": MOST, "description": about }),
        Sort::Predicate => {
            let ids: Vec<&str> = Predicate::all().map(Predicate::id).collect();
            json!({ "type": "string", "enum": ids, "description": about })
        }
    }
}

/// What a tool answers; `None` where there is no such tool.
pub(super) fn call(desk: &mut Desk, name: &str, arguments: &Value) -> Option<Value> {
    let tool = TOOLS.iter().find(|tool| tool.name == name)?;
    Some(match asked(desk, tool, arguments) {
        Ok(answer) => json!({
            "content": [{ "type": "text", "text": answer.to_string() }],
            "structuredContent": answer,
            "isError": false,
        }),
        Err(why) => json!({ "content": [{ "type": "text", "text": why }], "isError": true }),
    })
}

fn asked(desk: &mut Desk, tool: &Tool, arguments: &Value) -> Result<Value, String> {
    let given = match arguments {
        Value::Null => &Map::new(),
        Value::Object(given) => given,
        _ => return Err(format!("the arguments of {} are an object of names and values", tool.name)),
    };
    let query = checked(tool, given)?;
    let id = query.iter().find(|(name, _)| *name == "id").map_or("", |(_, id)| id);
    desk.answer((tool.question)(id), &query).map_err(|refusal| {
        let remedy = if refusal.is_missing {
            "; take whole ids from answers of search_claims, situation_at or timeline"
        } else {
            ""
        };
        format!("{}{remedy}", refusal.detail)
    })
}

/// The arguments as the query of an address has them.
fn checked(tool: &Tool, given: &Map<String, Value>) -> Result<Vec<(&'static str, String)>, String> {
    let names: Vec<&str> = tool.arguments.iter().map(|a| a.name).collect();
    if let Some(unknown) = given.keys().find(|name| !names.contains(&name.as_str())) {
        return Err(format!("{} has no argument {unknown:?}; it takes {}", tool.name, names.join(", ")));
    }
    let mut query = Vec::new();
    for argument in tool.arguments {
        // Some callers write null for what they leave out.
        let Some(value) = given.get(argument.name).filter(|value| !value.is_null()) else {
            if argument.is_required {
                return Err(format!("{} needs {}: {}", tool.name, argument.name, argument.about));
            }
            continue;
        };
        let name = if argument.name == "words" { "q" } else { argument.name };
        query.push((
            name,
            read(argument, value).map_err(|shape| format!("{} is {shape}; this is {value}", argument.name))?,
        ));
    }
    Ok(query)
}

/// The value of an argument, or what it has to be.
fn read(argument: &Argument, value: &Value) -> Result<String, &'static str> {
    match argument.sort {
        Sort::Text => value.as_str().filter(|text| !text.trim().is_empty()).ok_or("a text that is not empty"),
        Sort::Day => value.as_str().filter(|text| crate::cli::day(text).is_ok()).ok_or("a day, written YYYY-MM-DD"),
        Sort::Predicate => {
            let known = value.as_str().filter(|id| Predicate::from_id(id).is_some());
            known.ok_or("one of the predicates that the schema of search_claims in tools/list names")
        }
        Sort::Count => {
            let count = value.as_u64().filter(|count| (1..=MOST).contains(count));
            return count.map(|count| count.to_string()).ok_or("a whole number from 1 to 1000");
        }
    }
    .map(str::to_owned)
}
