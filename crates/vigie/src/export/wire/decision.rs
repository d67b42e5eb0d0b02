//! Wire shape of a decision: its stored shape, whether it is followed, and the claim before and after it.

use super::claim::Claim;
use crate::record::DocumentRecord;
use crate::review::{self, Decision, Why};
use serde_json::{Map, Value};

/// What is told beside a decision.
#[derive(Debug, Default, Clone, Copy)]
pub struct Context<'a> {
    /// Why it is not followed.
    pub why: Option<Why>,
    /// The claim that it is about, as it was read.
    pub before: Option<(&'a DocumentRecord, &'a vigie_claims::Claim)>,
    /// The same claim as it counts now; nothing where it was rejected.
    pub after: Option<(&'a DocumentRecord, &'a vigie_claims::Claim)>,
}

pub(super) fn shape(decision: &Decision, context: &Context) -> Map<String, Value> {
    let mut fields = review::shape(decision);
    let claim = |told: Option<(&DocumentRecord, &vigie_claims::Claim)>| {
        let shape = told.map(|(document, claim)| serde_json::to_value(Claim::of(document, claim)));
        shape.map_or(Value::Null, |v| v.expect("wire records hold only strings, numbers and lists"))
    };
    fields.insert("id".to_owned(), decision.id().word().into());
    fields.insert("status".to_owned(), context.why.map_or("followed", Why::as_str).into());
    if let Some((document, told)) = context.before {
        fields.insert("text".to_owned(), told.sentence.of(&document.text).into());
        fields.insert("before".to_owned(), claim(context.before));
        fields.insert("after".to_owned(), claim(context.after));
    }
    fields
}
