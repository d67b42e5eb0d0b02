//! The stored shape of a decision, version 1, in the archive and in exports. A key that old ones lack may be added; another
//! shape gets another number.

use super::decision::{Action, ClaimRef, Decision, DecisionId, Field};
use crate::record::hex;
use serde::{Deserialize, Serialize};
use vigie_claims::ClaimId;
use vigie_text::DocumentId;

#[derive(Serialize, Deserialize)]
struct Stored {
    by: String,
    at: String,
    why: String,
    #[serde(flatten)]
    action: What,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "lowercase")]
enum What {
    Accept { claim: Reference },
    Reject { claim: Reference },
    Correct { claim: Reference, field: String, value: String },
    Merge { claims: Vec<Reference> },
    Split { claims: Vec<Reference>, rest: Vec<Reference> },
    Side { actor: String, side: Option<String> },
    Place { name: String, point: (i32, i32), within: Option<String> },
    Undo { decision: String },
}

#[derive(Serialize, Deserialize)]
struct Reference {
    claim: String,
    document: String,
    predicate: String,
    trigger: (usize, usize),
    words: String,
    place: Option<String>,
}

fn reference(claim: &ClaimRef) -> Reference {
    let ClaimRef { claim, document, predicate, trigger, words, place } = claim;
    Reference {
        claim: format!("c:{}", hex(&claim.0)),
        document: format!("d:{}", hex(&document.0)),
        predicate: predicate.clone(),
        trigger: *trigger,
        words: words.clone(),
        place: place.clone(),
    }
}

fn stored(decision: &Decision) -> Stored {
    let references = |claims: &[ClaimRef]| claims.iter().map(reference).collect::<Vec<_>>();
    let action = match &decision.action {
        Action::Accept(claim) => What::Accept { claim: reference(claim) },
        Action::Reject(claim) => What::Reject { claim: reference(claim) },
        Action::Correct(claim, field, value) => {
            What::Correct { claim: reference(claim), field: field.as_str().to_owned(), value: value.clone() }
        }
        Action::Merge(claims) => What::Merge { claims: references(claims) },
        Action::Split(ones, others) => What::Split { claims: references(ones), rest: references(others) },
        Action::Side { actor, side } => What::Side { actor: actor.clone(), side: side.clone() },
        Action::Place { name, point, within } => {
            What::Place { name: name.clone(), point: *point, within: within.clone() }
        }
        Action::Undo(id) => What::Undo { decision: id.word() },
    };
    Stored { by: decision.by.clone(), at: decision.at.to_string(), why: decision.why.clone(), action }
}

/// A decision as one line of JSON.
#[must_use]
pub fn write(decision: &Decision) -> String {
    serde_json::to_string(&stored(decision)).expect("strings and numbers always become JSON")
}

/// The same as an object to which more can be added.
#[must_use]
pub fn shape(decision: &Decision) -> serde_json::Map<String, serde_json::Value> {
    match serde_json::to_value(stored(decision)) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => unreachable!("a decision is an object"),
    }
}

/// A decision from its line; keys that it does not know are somebody else's.
///
/// # Errors
/// With what is wrong with it.
pub fn read(line: &str) -> Result<Decision, String> {
    let stored: Stored = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let claims = |list: Vec<Reference>| list.into_iter().map(claim).collect::<Result<Vec<_>, _>>();
    let action = match stored.action {
        What::Accept { claim: c } => Action::Accept(claim(c)?),
        What::Reject { claim: c } => Action::Reject(claim(c)?),
        What::Correct { claim: c, field, value } => {
            let field = Field::from_word(&field).ok_or_else(|| format!("no field {field:?}"))?;
            Action::Correct(claim(c)?, field, value)
        }
        What::Merge { claims: list } => Action::Merge(claims(list)?),
        What::Split { claims: list, rest } => Action::Split(claims(list)?, claims(rest)?),
        What::Side { actor, side } => Action::Side { actor, side },
        What::Place { name, point, within } => Action::Place { name, point, within },
        What::Undo { decision } => Action::Undo(DecisionId(bytes(&decision, "r:")?)),
    };
    let at = stored.at.parse().map_err(|_| format!("no moment: {:?}", stored.at))?;
    Ok(Decision { by: stored.by, at, why: stored.why, action })
}

fn claim(r: Reference) -> Result<ClaimRef, String> {
    Ok(ClaimRef {
        claim: ClaimId(bytes(&r.claim, "c:")?),
        document: DocumentId(bytes(&r.document, "d:")?),
        predicate: r.predicate,
        trigger: r.trigger,
        words: r.words,
        place: r.place,
    })
}

fn bytes(id: &str, kind: &str) -> Result<[u8; 16], String> {
    let digits = id.strip_prefix(kind).filter(|d| d.len() == 32 && d.is_ascii());
    let wrong = || format!("no id: {id:?}");
    let digits = digits.ok_or_else(wrong)?;
    let mut bytes = [0; 16];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).map_err(|_| wrong())?;
    }
    Ok(bytes)
}
