//! Decisions that come from the browser or over HTTP: a form or a JSON object in, a record in the archive out.

use super::filter::claim_of;
use super::problem::Problem;
use super::snapshot::View;
use super::tokens::{Role, Visitor};
use crate::archive::Archive;
use crate::review::{Action, ClaimRef, Decision, DecisionId, Field, canonical};
use axum::http::StatusCode;
use jiff::Timestamp;
use std::collections::BTreeMap;
use vigie_claims::ClaimId;

/// The fields of a request; those that may come several times have several values.
#[derive(Debug, Default)]
pub(super) struct Fields(BTreeMap<String, Vec<String>>);

/// The fields of decisions.
const FIELDS: [&str; 14] = [
    "action", "claim", "event", "other", "field", "value", "actor", "side", "name", "point", "within", "decision",
    "by", "why",
];

impl Fields {
    /// Reads a form.
    pub(super) fn of_form(body: &[u8]) -> Self {
        let mut fields = Self::default();
        for (name, value) in form_urlencoded::parse(body) {
            fields.0.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        fields
    }

    /// Reads a JSON object; what it has beside the fields of a decision is ignored.
    pub(super) fn of_json(body: &[u8]) -> Result<Self, Problem> {
        let told: BTreeMap<String, serde_json::Value> = serde_json::from_slice(body)
            .map_err(|e| Problem::bad("body", format!("the body is no JSON object; {e}")))?;
        let mut fields = Self::default();
        for name in FIELDS {
            let Some(value) = told.get(name) else { continue };
            let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            let texts = list.iter().map(|v| v.as_str().map(str::to_owned)).collect::<Option<Vec<String>>>();
            let texts = texts.ok_or_else(|| Problem::bad(name, format!("{name} is a string, or a list of strings")))?;
            fields.0.insert(name.to_owned(), texts);
        }
        Ok(fields)
    }

    /// The value of a field; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", |value| value.trim())
    }

    fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Keeps what somebody decided.
pub(super) fn decide(
    archive: &mut Archive,
    view: &View<'_>,
    visitor: &Visitor,
    fields: &Fields,
) -> Result<Decision, Problem> {
    if visitor.role < Role::Review {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "this token may look and not decide; ask for one with the role review",
        ));
    }
    let action = action(archive, view, visitor, fields)?;
    let by = visitor.name.as_deref().unwrap_or_else(|| fields.get("by"));
    let decision = Decision::new(by, Timestamp::now(), fields.get("why"), action).map_err(refused)?;
    archive
        .decide(&decision)
        .map_err(|failure| Problem::new(StatusCode::CONFLICT, format!("{}; {}", failure.what, failure.remedy)))?;
    Ok(decision)
}

fn refused(failure: crate::failure::Failure) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, format!("{}; {}", failure.what, failure.remedy))
}

/// What a field names is not there.
fn missing(field: &str, detail: String) -> Problem {
    Problem { field: Some(field.to_owned()), ..Problem::missing(detail) }
}

fn action(archive: &Archive, view: &View<'_>, visitor: &Visitor, fields: &Fields) -> Result<Action, Problem> {
    let claim = || one_claim(archive, view, fields.get("claim"));
    match fields.get("action") {
        "accept" => Ok(Action::Accept(claim()?)),
        "reject" => Ok(Action::Reject(claim()?)),
        "correct" => {
            let field = Field::from_word(fields.get("field")).ok_or_else(|| {
                let all: Vec<&str> = Field::ALL.iter().map(|f| f.as_str()).collect();
                Problem::bad("field", format!("field is one of {}", all.join(", ")))
            })?;
            Ok(Action::Correct(claim()?, field, fields.get("value").to_owned()))
        }
        "merge" => {
            let mut claims = of_event(archive, view, fields.get("event"), "event")?;
            claims.extend(of_event(archive, view, fields.get("other"), "other")?);
            claims.sort();
            claims.dedup();
            Ok(Action::Merge(claims))
        }
        "split" => {
            let all = of_event(archive, view, fields.get("event"), "event")?;
            let leaving: Vec<Option<ClaimId>> = fields.all("claim").iter().map(|id| claim_of(id, "c:")).collect();
            let leaves = |c: &ClaimRef| leaving.contains(&Some(c.claim));
            let (ones, others) = all.into_iter().partition(leaves);
            Ok(Action::Split(ones, others))
        }
        "side" => {
            if fields.all("side").is_empty() {
                return Err(Problem::bad("side", "say the side, or - for none"));
            }
            let actor = canonical(Field::Actor, fields.get("actor")).map_err(|remedy| missing("actor", remedy))?;
            let side = Some(fields.get("side")).filter(|side| !side.is_empty() && *side != "-").map(str::to_owned);
            Ok(Action::Side { actor, side })
        }
        "place" => place(fields),
        "undo" => undo(view, visitor, fields),
        other => Err(Problem::bad(
            "action",
            format!("action is accept, reject, correct, merge, split, side, place or undo; this is {other:?}"),
        )),
    }
}

fn place(fields: &Fields) -> Result<Action, Problem> {
    let name = fields.get("name").to_owned();
    if name.is_empty() {
        return Err(Problem::bad("name", "say the name that the texts give the place"));
    }
    let degrees = |text: &str, most: f64| text.trim().parse::<f64>().ok().filter(|value| value.abs() <= most);
    let point =
        fields.get("point").split_once(',').and_then(|(lat, lon)| Some((degrees(lat, 90.0)?, degrees(lon, 180.0)?)));
    let (lat, lon) = point.ok_or_else(|| {
        Problem::bad(
            "point",
            "write latitude and longitude in degrees with a comma between, for instance 36.2012,37.1343",
        )
    })?;
    let within = Some(fields.get("within")).filter(|w| !w.is_empty()).map(str::to_owned);
    Ok(Action::Place { name, point: ((lat * 1e6).round() as i32, (lon * 1e6).round() as i32), within })
}

fn undo(view: &View<'_>, visitor: &Visitor, fields: &Fields) -> Result<Action, Problem> {
    let id = claim_of(fields.get("decision"), "r:").map(|id| DecisionId(id.0));
    let found = view.kept.decisions.iter().find(|d| Some(d.id()) == id);
    let found = found.ok_or_else(|| missing("decision", "there is no such decision; /review lists them".to_owned()))?;
    if visitor.role < Role::Admin && visitor.name.as_deref() != Some(&found.by) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            format!("this was decided by {}; only he or an admin undoes it", found.by),
        ));
    }
    Ok(Action::Undo(found.id()))
}

/// A claim as it was read, whatever was decided since.
fn one_claim(archive: &Archive, view: &View<'_>, id: &str) -> Result<ClaimRef, Problem> {
    let none = || missing("claim", format!("there is no claim {id:?}"));
    let id = claim_of(id, "c:").ok_or_else(none)?;
    reference(archive, view, id)?.ok_or_else(none)
}

fn reference(archive: &Archive, view: &View<'_>, id: ClaimId) -> Result<Option<ClaimRef>, Problem> {
    let Some((shown, _)) = view.claim(id) else { return Ok(None) };
    let Some(document) = archive.document(shown.id)? else { return Ok(None) };
    Ok(document.claims.iter().find(|c| c.id == id).map(|claim| ClaimRef::of(&document, claim)))
}

fn of_event(archive: &Archive, view: &View<'_>, id: &str, field: &str) -> Result<Vec<ClaimRef>, Problem> {
    // People copy the address of the other event.
    let id = id.rsplit('/').next().unwrap_or(id).split('?').next().unwrap_or(id).replace("%3A", ":");
    let known = view.known(jiff::civil::Date::MAX);
    let event = claim_of(&id, "e:").and_then(|id| known.event(id));
    let event = event.ok_or_else(|| missing(field, format!("there is no event {id:?}")))?;
    let mut claims = Vec::new();
    for id in &event.claims {
        claims.extend(reference(archive, view, *id)?);
    }
    Ok(claims)
}
