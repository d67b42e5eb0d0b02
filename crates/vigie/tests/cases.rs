//! Runs every case file of the resources: prose, a text, the claims it must give. CONTRIBUTING.md has the format.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use vigie::pipeline::{Source, events, read};
use vigie::record::DocumentRecord;
use vigie_claims::{Claim, Polarity, Role};
use vigie_events::Event;
use vigie_ingest::Raw;
use vigie_resources::Predicate;
use vigie_text::Span;

/// One heading with its text and the claims that are expected of it.
struct Case {
    name: String,
    published: Option<jiff::civil::Date>,
    text: String,
    /// `None`: the case has no claims block and belongs to another test.
    claims: Option<Vec<String>>,
    /// The events that the claims must make, where the case tells them.
    events: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn case_files(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() {
            case_files(&path, into);
        } else if path.extension().is_some_and(|e| e == "md") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let in_cases = path.parent().is_some_and(|p| p.ends_with("cases"));
            if in_cases || name.starts_with("cases.") {
                into.push(path);
            }
        }
    }
}

fn parse(path: &Path) -> Vec<Case> {
    let source = fs::read_to_string(path).unwrap();
    let file = path.strip_prefix(root().join("resources")).unwrap().to_string_lossy().replace('\\', "/");
    let mut cases: Vec<Case> = Vec::new();
    let (mut heading, mut fence): (String, Option<String>) = (String::new(), None);
    for line in source.lines() {
        match (&fence, line.strip_prefix("```")) {
            (None, Some(info)) => {
                fence = Some(info.to_owned());
                if info.starts_with("text") {
                    let date = info.split_whitespace().find_map(|w| w.strip_prefix("date="));
                    let published = date.map(|d| d.parse().unwrap_or_else(|_| panic!("{file}: no date: {d}")));
                    let same = cases.iter().filter(|c| c.name.starts_with(&format!("{file} # {heading}"))).count();
                    let number = if same == 0 { String::new() } else { format!(" ({})", same + 1) };
                    let name = format!("{file} # {heading}{number}");
                    cases.push(Case { name, published, text: String::new(), claims: None, events: Vec::new() });
                } else if info == "claims" {
                    cases.last_mut().unwrap_or_else(|| panic!("{file}: claims before a text")).claims =
                        Some(Vec::new());
                }
            }
            (Some(_), Some("")) => fence = None,
            (Some(info), _) if info.starts_with("text") => {
                let case = cases.last_mut().unwrap();
                case.text.push_str(line);
                case.text.push('\n');
            }
            (Some(info), _) if info == "claims" && !line.trim().is_empty() => {
                cases.last_mut().and_then(|c| c.claims.as_mut()).unwrap().push(line.to_owned());
            }
            (Some(info), _) if info == "events" && !line.trim().is_empty() => {
                cases.last_mut().unwrap_or_else(|| panic!("{file}: events before a text")).events.push(line.to_owned());
            }
            (Some(_), _) => {}
            (None, _) => {
                if let Some(title) = line.strip_prefix('#') {
                    heading = title.trim_start_matches('#').trim().to_owned();
                }
            }
        }
    }
    cases
}

/// The pieces of an expectation: `actor="L'armée"`, `when="mardi"=2024-03-12`, `again`, `-actual`.
fn pieces(line: &str) -> Vec<String> {
    let (mut pieces, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        if c == '"' {
            quoted = !quoted;
        }
        if c.is_whitespace() && !quoted {
            pieces.push(String::new());
        } else {
            pieces.last_mut().unwrap().push(c);
        }
    }
    pieces.retain(|p| !p.is_empty());
    pieces
}

/// The same words, or one wording inside the other without running away.
fn same_words(found: &str, expected: &str) -> bool {
    (found.contains(expected) && found.len() <= expected.len() * 3)
        || (expected.contains(found) && found.len() * 2 >= expected.len())
}

fn fits(claim: &Claim, document: &DocumentRecord, line: &str) -> Result<(), String> {
    let text = |span: Span| span.of(&document.text);
    let mut parts = pieces(line).into_iter();
    let predicate = parts.next().unwrap_or_default();
    if claim.predicate.id() != predicate {
        return Err(format!("is {}", claim.predicate.id()));
    }
    for part in parts {
        let (key, rest) = part.split_once('=').unwrap_or((part.as_str(), ""));
        let (words, value) = match rest.strip_prefix('"').and_then(|r| r.split_once('"')) {
            Some((words, after)) => (Some(words), after.strip_prefix('=')),
            None => (None, Some(rest).filter(|r| !r.is_empty())),
        };
        let f = claim.factuality;
        let right = match key {
            "again" => claim.again,
            "+actual" => f.polarity == Polarity::Positive && f.realis.as_str() == "actual",
            "-actual" => f.polarity == Polarity::Negative && f.realis.as_str() == "actual",
            "realis" => value == Some(f.realis.as_str()),
            "certainty" => value == Some(f.certainty.as_str()),
            "polarity" => value == Some(f.polarity.as_str()),
            "trigger" => words.is_some_and(|w| same_words(text(claim.trigger), w)),
            "place" => match (&claim.place, words) {
                (None, None) => true,
                (Some(p), Some(w)) => p.span.is_some_and(|s| same_words(text(s), w)) || p.name == w,
                _ => false,
            },
            "when" => match &claim.period {
                None => words.is_none() && value == Some("-"),
                Some(p) => {
                    let days = if p.first == Some(p.last) {
                        p.last.to_string()
                    } else {
                        format!("{}..{}", p.first.map(|d| d.to_string()).unwrap_or_default(), p.last)
                    };
                    words.is_none_or(|w| p.span.is_some_and(|s| same_words(text(s), w)))
                        && value.is_none_or(|v| v == days)
                }
            },
            "figure" => {
                let value = value.unwrap_or_default();
                let (low, high) = value.split_once("..").unwrap_or((value, value));
                claim.figures.iter().any(|f| f.low.to_string() == low && f.high.to_string() == high)
            }
            "unit" => claim.figures.iter().any(|f| value == Some(f.unit.as_str())),
            "cue" => claim.said_by.iter().any(|s| s.cue.is_some_and(|c| words == Some(text(c)))),
            "said-by" => match (claim.speaker(), words) {
                (None, None) => true,
                (Some(s), Some(w)) => s.span.is_some_and(|s| same_words(text(s), w)) || s.name.as_deref() == Some(w),
                _ => false,
            },
            key => {
                let role = Role::from_word(key).ok_or_else(|| format!("unknown key {key}"))?;
                match words {
                    None => claim.fillers(role).next().is_none(),
                    Some(w) => claim.fillers(role).any(|f| {
                        let who = value.is_none_or(|v| f.actor.as_deref().unwrap_or("-") == v);
                        who && same_words(text(f.span), w)
                    }),
                }
            }
        };
        if !right {
            return Err(format!("not {part}"));
        }
    }
    Ok(())
}

/// Is it this event: its predicate, how many claims tell it, a number that it has?
fn is_event(event: &Event, line: &str) -> bool {
    let mut parts = pieces(line).into_iter();
    let named = parts.next().is_some_and(|predicate| event.predicate.id() == predicate);
    named
        && parts.all(|part| match part.split_once('=') {
            Some(("claims", n)) => event.claims.len().to_string() == n,
            Some(("figure", n)) => {
                let (low, high) = n.split_once("..").unwrap_or((n, n));
                let told = |v: &(u64, u64)| v.0.to_string() == low && v.1.to_string() == high;
                event.figures.iter().any(|(_, told_by)| told_by.all().iter().any(|v| told(&v.value)))
            }
            _ => panic!("unknown piece {part}"),
        })
}

/// The events that are wanted and not there, and those that nobody wants.
fn event_faults(case: &Case, document: &DocumentRecord) -> Vec<String> {
    let all = events(std::slice::from_ref(document));
    let mut left: Vec<&Event> = all.iter().collect();
    let mut faults = Vec::new();
    let open = case.events.is_empty() || case.events.iter().any(|l| l.trim() == "...");
    for line in case.events.iter().filter(|l| l.trim() != "...") {
        match left.iter().position(|event| is_event(event, line)) {
            Some(at) => drop(left.remove(at)),
            None => faults.push(format!("no such event: {line}")),
        }
    }
    if !open {
        faults.extend(left.iter().map(|e| {
            format!("not expected: the event {} of {} claims, {:?}", e.predicate.id(), e.claims.len(), e.figures)
        }));
    }
    faults
}

fn run(case: &Case, lines: &[String]) -> Result<(), String> {
    let source = Source { published: case.published, ..Source::default() };
    let document = read(&Raw::plain(&case.name, case.text.clone().into_bytes()), &source).map_err(|e| e.reason)?.record;
    let mut left: Vec<&Claim> = document.claims.iter().collect();
    let mut faults = Vec::new();
    let open = lines.iter().any(|l| l.trim() == "...");
    let (forbidden, wanted): (Vec<&str>, Vec<&str>) =
        lines.iter().map(|l| l.trim()).filter(|l| *l != "...").partition(|l| l.starts_with('!'));
    for line in forbidden {
        let predicate = line.trim_start_matches('!');
        assert!(Predicate::from_id(predicate).is_some(), "{}: no predicate {predicate}", case.name);
        let told = left.iter().filter(|c| c.predicate.id() == predicate);
        faults.extend(told.map(|c| format!("{line}: {:?} is read so", c.trigger.of(&document.text))));
    }
    for line in wanted {
        match left.iter().position(|claim| fits(claim, &document, line).is_ok()) {
            Some(at) => drop(left.remove(at)),
            None => {
                let predicate = pieces(line).into_iter().next().unwrap_or_default();
                let near = left.iter().filter(|c| c.predicate.id() == predicate);
                let why: Vec<String> = near.filter_map(|c| fits(c, &document, line).err()).collect();
                let why = if why.is_empty() { "no such claim".to_owned() } else { why.join("; ") };
                faults.push(format!("{line}\n      {why}"));
            }
        }
    }
    if !open {
        faults.extend(
            left.iter().map(|c| format!("not expected: {} ({:?})", c.predicate.id(), c.trigger.of(&document.text))),
        );
    }
    faults.extend(event_faults(case, &document));
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n    ")) }
}

/// Cases that are known to fail, one name a line; `#` begins a comment.
fn known_failures() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases.known.txt");
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter(|l| !l.is_empty() && !l.starts_with("# ")).map(str::to_owned).collect()
}

fn all_cases() -> Vec<Case> {
    let mut files = Vec::new();
    case_files(&root().join("resources"), &mut files);
    files.sort();
    files.iter().flat_map(|f| parse(f)).collect()
}

#[test]
fn every_case_gives_its_claims() {
    let cases = all_cases();
    let names: BTreeSet<&str> = cases.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "two cases have one name");
    let mut known = known_failures();
    let (mut n, n_known, mut faults) = (0, known.len(), String::new());
    for case in &cases {
        let Some(lines) = &case.claims else { continue };
        n += 1;
        match (run(case, lines), known.remove(&case.name)) {
            (Ok(()), false) | (Err(_), true) => {}
            (Err(why), false) => faults.push_str(&format!("{}\n    {why}\n", case.name)),
            (Ok(()), true) => {
                faults.push_str(&format!("{}\n    passes now: take it out of tests/cases.known.txt\n", case.name));
            }
        }
    }
    for name in known {
        faults.push_str(&format!("{name}\n    stands in tests/cases.known.txt but in no case file\n"));
    }
    println!("{n} cases, {n_known} of them known to fail");
    assert!(faults.is_empty(), "\n{faults}");
}

/// Writes the list of known failures anew: `cargo test -p vigie --test cases -- --ignored`. Read the difference
/// before it is committed.
#[test]
#[ignore = "writes a file of the repository"]
fn write_known_failures() {
    let failing = all_cases().into_iter().filter(|c| c.claims.as_ref().is_some_and(|lines| run(c, lines).is_err()));
    let names: Vec<String> = failing.map(|c| c.name).collect();
    let head = "# Cases that do not pass yet, by name. A case that passes again must be taken out.\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases.known.txt");
    fs::write(path, format!("{head}{}\n", names.join("\n"))).unwrap();
}

#[test]
fn the_matcher_can_say_no() {
    let case = |claims: &[&str]| {
        let lines: Vec<String> = claims.iter().map(|c| (*c).to_owned()).collect();
        let text = "Les soldats ont repris la ville de Tamsa.\n".to_owned();
        run(&Case { name: "p".to_owned(), published: None, text, claims: None, events: Vec::new() }, &lines)
    };
    let document =
        read(&Raw::plain("p", b"Les soldats ont repris la ville de Tamsa.\n".to_vec()), &Source::default()).unwrap();
    if document.record.claims.is_empty() {
        println!("skipped: no parser is shipped");
        return;
    }
    assert!(case(&[]).is_err(), "a claim that nobody expects");
    assert!(case(&["..."]).is_ok(), "unless the list is open");
    assert!(case(&["besiege", "..."]).is_err(), "another predicate");
    assert!(case(&["...", "!capture"]).is_err(), "a predicate that must not be read");
    assert!(case(&["...", "!besiege"]).is_ok(), "one that is not");
    assert!(case(&["capture  -actual", "..."]).is_err(), "another polarity");
    assert!(case(&["capture  actor=\"Les rebelles\"", "..."]).is_err(), "another actor");
    assert!(case(&["capture  actor=\"Les soldats\"=mli.army", "..."]).is_err(), "another identity");
}
