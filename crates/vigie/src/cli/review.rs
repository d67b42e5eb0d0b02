//! `vigie review`: what people decide about what was read.

use super::explain::only;
use super::{Format, From, Output, Status};
use crate::archive::Archive;
use crate::book::Book;
use crate::export::wire::{Context, Lines, claim_id, event_id};
use crate::failure::Failure;
use crate::record::DocumentRecord;
use crate::review::{self, Action, ClaimRef, Decision, Field, Finder, Reviewed, Why};
use crate::{input, show};
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::PathBuf;
use vigie_claims::ClaimId;

#[derive(Debug, Args)]
#[command(
    after_help = "Decisions are records of their own: what was read is never changed, a decision neither. Of two \
                        about the same the newer one counts. Ids are those of vigie claims and vigie events; a beginning \
                        that is unique is enough."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The claim is what the text says
    Accept(OfClaim),
    /// Some fields of a claim are to be others
    Correct(Correction),
    /// The text does not say it: the claim counts for nothing
    Reject(OfClaim),
    /// Some events, or claims, tell of one happening
    Merge(Merging),
    /// Some claims of an event tell of another happening than the rest
    Split(Splitting),
    /// The side that an actor is on
    Side(Siding),
    /// Where a place lies that the gazetteer does not know
    Place(Placing),
    /// An earlier decision does not count any more
    Undo(Undoing),
    /// List the decisions, oldest first, with those that are not followed
    List(Listing),
    /// Write the decisions as cases for tests, or as lines with the claims before and after
    Export(Exporting),
    /// Take over decisions that `vigie review export --format jsonl` wrote, for instance after reading anew
    Import(Importing),
}

#[derive(Debug, Args)]
struct Signature {
    #[command(flatten)]
    from: From,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: String,
}

#[derive(Debug, Args)]
struct OfClaim {
    /// The claim
    #[arg(value_name = "CLAIM")]
    claim: String,
    #[command(flatten)]
    signature: Signature,
}

#[derive(Debug, Args)]
struct Correction {
    /// The claim
    #[arg(value_name = "CLAIM")]
    claim: String,
    /// predicate=ID, actor=NAME or recipient=NAME (several: with ; between), place=NAME, period=FIRST..LAST, polarity=, certainty=,
    /// realis=, figure=UNIT=LOW..HIGH; - stands for none
    #[arg(value_name = "FIELD=VALUE", required = true)]
    fields: Vec<String>,
    #[command(flatten)]
    signature: Signature,
}

#[derive(Debug, Args)]
struct Merging {
    /// Events or claims
    #[arg(value_name = "EVENT", required = true, num_args = 2..)]
    ids: Vec<String>,
    #[command(flatten)]
    signature: Signature,
}

#[derive(Debug, Args)]
struct Splitting {
    /// The event
    #[arg(value_name = "EVENT")]
    event: String,
    /// The claims that do not belong to it
    #[arg(value_name = "CLAIM", required = true)]
    claims: Vec<String>,
    #[command(flatten)]
    signature: Signature,
}

#[derive(Debug, Args)]
struct Siding {
    /// The actor (id, or a name that has one meaning)
    #[arg(value_name = "ACTOR")]
    actor: String,
    /// A word that all of one side share; - for no side
    #[arg(value_name = "SIDE", allow_hyphen_values = true)]
    side: String,
    #[command(flatten)]
    signature: Signature,
}

#[derive(Debug, Args)]
struct Placing {
    /// The name, as texts write it
    #[arg(value_name = "NAME")]
    name: String,
    /// Latitude and longitude in degrees, for instance 36.2012,37.1343
    #[arg(value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    point: (i32, i32),
    /// The place around it: an id, or the two letters of a country
    #[arg(long, value_name = "ID")]
    within: Option<String>,
    #[command(flatten)]
    signature: Signature,
}

#[derive(Debug, Args)]
struct Undoing {
    /// The decision
    #[arg(value_name = "DECISION")]
    decision: String,
    #[command(flatten)]
    signature: Signature,
}

#[derive(Debug, Args)]
struct Listing {
    #[command(flatten)]
    from: From,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Args)]
struct Exporting {
    #[command(flatten)]
    from: From,
    /// What to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// Cases in the format of the resources: a sentence and the claims that it gives
    Cases,
    /// One decision a line, with the sentence and the claim before and after
    Jsonl,
}

#[derive(Debug, Args)]
struct Importing {
    /// The lines; - for standard input
    #[arg(value_name = "FILE")]
    path: PathBuf,
    #[command(flatten)]
    from: From,
}

/// Latitude and longitude in millionths of a degree.
fn point(text: &str) -> Result<(i32, i32), String> {
    let wrong =
        || "write latitude and longitude in degrees with a comma between, for instance 36.2012,37.1343".to_owned();
    let degrees = |text: &str, most: f64| {
        let value: f64 = text.trim().parse().map_err(|_| wrong())?;
        if value.abs() <= most { Ok((value * 1e6).round() as i32) } else { Err(wrong()) }
    };
    let (lat, lon) = text.split_once(',').ok_or_else(wrong)?;
    Ok((degrees(lat, 90.0)?, degrees(lon, 180.0)?))
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    match &arguments.action {
        What::Accept(a) => about_claim(a, Action::Accept, out),
        What::Reject(a) => about_claim(a, Action::Reject, out),
        What::Correct(a) => correct(a, out),
        What::Merge(a) => merge(a, out),
        What::Split(a) => split(a, out),
        What::Side(a) => side(a, out),
        What::Place(a) => {
            let Placing { name, point, within, signature } = a;
            let action = Action::Place { name: name.clone(), point: *point, within: within.clone() };
            signature.decide(vec![action], out)
        }
        What::Undo(a) => {
            let decisions = Archive::open_existing(&a.signature.from.archive)?.decisions()?;
            let id = prefixed(&a.decision, "r:");
            let decision = only(&id, decisions.iter().map(|d| (d.id().word(), d.id())))?;
            a.signature.decide(vec![Action::Undo(decision)], out)
        }
        What::List(a) => list(a, out),
        What::Export(a) => export(a, out),
        What::Import(a) => import(a, out),
    }
}

impl Signature {
    /// Keeps decisions and tells their ids.
    fn decide(&self, actions: Vec<Action>, out: &mut dyn Write) -> Result<Status, Failure> {
        let now = Timestamp::now();
        let decisions: Vec<Decision> = actions
            .into_iter()
            .map(|action| Decision::new(&self.by, now, &self.why, action))
            .collect::<Result<_, _>>()?;
        Archive::open_existing(&self.from.archive)?;
        let mut archive = Archive::open(&self.from.archive)?;
        for decision in &decisions {
            let id = archive.decide(decision)?;
            writeln!(out, "{} {}", id.word(), decision.action.word()).map_err(|e| Failure::of_output(&e))?;
        }
        Ok(Status::Found)
    }

    fn documents(&self) -> Result<Vec<DocumentRecord>, Failure> {
        Archive::open_existing(&self.from.archive)?.documents()
    }
}

fn prefixed(id: &str, kind: &str) -> String {
    if id.starts_with(kind) { id.to_owned() } else { format!("{kind}{id}") }
}

/// A claim by its id, among those that were read: also one that was rejected can be decided on again.
fn claim(id: &str, book: &Book) -> Result<ClaimRef, Failure> {
    let (document, claim) = only(&prefixed(id, "c:"), book.claims().map(|(d, c)| (claim_id(c.id), (d, c))))?;
    Ok(ClaimRef::of(document, claim))
}

fn about_claim(a: &OfClaim, action: fn(ClaimRef) -> Action, out: &mut dyn Write) -> Result<Status, Failure> {
    let documents = a.signature.documents()?;
    let claim = claim(&a.claim, &Book::of(&documents))?;
    a.signature.decide(vec![action(claim)], out)
}

fn correct(a: &Correction, out: &mut dyn Write) -> Result<Status, Failure> {
    let documents = a.signature.documents()?;
    let claim = claim(&a.claim, &Book::of(&documents))?;
    let action = |piece: &String| {
        let (field, value) = piece.split_once('=').unwrap_or((piece, ""));
        let field = Field::from_word(field).ok_or_else(|| {
            let all: Vec<&str> = Field::ALL.iter().map(|f| f.as_str()).collect();
            Failure::new(
                format!("{piece:?} names no field that can be corrected"),
                format!("fields: {}", all.join(", ")),
            )
        })?;
        Ok(Action::Correct(claim.clone(), field, value.to_owned()))
    };
    let actions = a.fields.iter().map(action).collect::<Result<Vec<_>, Failure>>()?;
    a.signature.decide(actions, out)
}

/// The claims of an event, or the one claim, that an id names.
fn claims_of(id: &str, reviewed: &Reviewed, raw: &Book) -> Result<Vec<ClaimRef>, Failure> {
    if !id.starts_with("e:") {
        return claim(id, raw).map(|claim| vec![claim]);
    }
    let events = reviewed.events();
    let event = only(id, events.iter().map(|e| (event_id(e.id), e)))?;
    Ok(references(&event.claims, raw))
}

fn references(ids: &[ClaimId], raw: &Book) -> Vec<ClaimRef> {
    ids.iter().filter_map(|id| raw.claim(*id)).map(|(document, claim)| ClaimRef::of(document, claim)).collect()
}

fn merge(a: &Merging, out: &mut dyn Write) -> Result<Status, Failure> {
    let archive = Archive::open_existing(&a.signature.from.archive)?;
    let (documents, reviewed) = (archive.documents()?, archive.reviewed()?);
    let raw = Book::of(&documents);
    let mut claims = Vec::new();
    for id in &a.ids {
        claims.extend(claims_of(id, &reviewed, &raw)?);
    }
    claims.sort();
    claims.dedup();
    a.signature.decide(vec![Action::Merge(claims)], out)
}

fn split(a: &Splitting, out: &mut dyn Write) -> Result<Status, Failure> {
    let archive = Archive::open_existing(&a.signature.from.archive)?;
    let (documents, reviewed) = (archive.documents()?, archive.reviewed()?);
    let raw = Book::of(&documents);
    let all = claims_of(&prefixed(&a.event, "e:"), &reviewed, &raw)?;
    let leaving = a.claims.iter().map(|id| claim(id, &raw)).collect::<Result<Vec<_>, _>>()?;
    if let Some(stranger) = leaving.iter().find(|c| !all.contains(c)) {
        let what = format!("{} is no claim of {}", claim_id(stranger.claim), a.event);
        return Err(Failure::new(what, "vigie explain EVENT shows the claims of an event"));
    }
    let rest = all.into_iter().filter(|c| !leaving.contains(c)).collect();
    a.signature.decide(vec![Action::Split(leaving, rest)], out)
}

fn side(a: &Siding, out: &mut dyn Write) -> Result<Status, Failure> {
    let actor = review::canonical(Field::Actor, &a.actor)
        .map_err(|remedy| Failure::new(format!("{:?} is not one actor", a.actor), remedy))?;
    let side = (a.side != "-").then(|| a.side.clone());
    a.signature.decide(vec![Action::Side { actor, side }], out)
}

/// What is listed and exported: every decision with the claim that it is about.
struct Listed {
    decisions: Vec<Decision>,
    documents: Vec<DocumentRecord>,
    reviewed: Reviewed,
}

impl Listed {
    fn of(from: &From) -> Result<Self, Failure> {
        let archive = Archive::open_existing(&from.archive)?;
        let (decisions, documents) = (archive.decisions()?, archive.documents()?);
        let reviewed = review::apply(documents.clone(), &decisions);
        Ok(Self { decisions, documents, reviewed })
    }

    fn contexts(&self) -> Vec<(&Decision, Context<'_>)> {
        let finder = Finder::over(&self.documents);
        let book = Book::of(&self.reviewed.documents);
        let why: BTreeMap<_, Why> = self.reviewed.unfollowed.iter().map(|u| (u.decision, u.why)).collect();
        let context = |decision: &Decision| {
            let before = match decision.action.claims().as_slice() {
                [claim] => finder.find(claim),
                _ => None,
            };
            let after = before.and_then(|(_, claim)| book.claim(claim.id));
            Context { why: why.get(&decision.id()).copied(), before, after }
        };
        self.decisions.iter().map(|d| (d, context(d))).collect()
    }

    fn print(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let mut lines = Lines::new();
        self.contexts().iter().for_each(|(decision, context)| lines.decision(decision, context));
        lines.print(out)
    }
}

fn list(a: &Listing, out: &mut dyn Write) -> Result<Status, Failure> {
    let listed = Listed::of(&a.from)?;
    match a.output.format {
        Format::Jsonl => listed.print(out),
        Format::Text => show::decisions(&listed.contexts(), out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    Ok(if listed.decisions.is_empty() { Status::Nothing } else { Status::Found })
}

fn export(a: &Exporting, out: &mut dyn Write) -> Result<Status, Failure> {
    let listed = Listed::of(&a.from)?;
    match a.format {
        Shape::Jsonl => listed.print(out),
        Shape::Cases => write!(out, "{}", review::cases(&listed.reviewed)),
    }
    .map_err(|e| Failure::of_output(&e))?;
    Ok(if listed.decisions.is_empty() { Status::Nothing } else { Status::Found })
}

fn import(a: &Importing, out: &mut dyn Write) -> Result<Status, Failure> {
    let name = a.path.display();
    let mut decisions = Vec::new();
    for (number, line) in input::open(&a.path)?.lines().enumerate() {
        let line = line.map_err(|e| Failure::new(format!("{name} cannot be read: {e}"), "check the file"))?;
        if line.trim().is_empty() {
            continue;
        }
        let decision = review::read_stored(&line)
            .and_then(|d| Decision::new(&d.by, d.at, &d.why, d.action).map_err(|failure| failure.what));
        decisions.push(decision.map_err(|what| {
            let what = format!("line {} of {name} is no decision: {what}", number + 1);
            Failure::new(what, "give what vigie review export --format jsonl wrote")
        })?);
    }
    Archive::open_existing(&a.from.archive)?;
    let mut archive = Archive::open(&a.from.archive)?;
    for decision in &decisions {
        archive.decide(decision)?;
    }
    let orphans = archive.reviewed()?.unfollowed.iter().filter(|u| u.why == Why::Orphaned).count();
    writeln!(out, "Decisions taken over: {}.", decisions.len()).map_err(|e| Failure::of_output(&e))?;
    if orphans > 0 {
        anstream::eprintln!(
            "note: {orphans} of the decisions find their claims no more; vigie review list shows them."
        );
    }
    Ok(if decisions.is_empty() { Status::Nothing } else { Status::Found })
}
