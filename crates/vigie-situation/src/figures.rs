//! Numbers of people: one row an origin or definer, since two counts are two definitions more often than an error.

use crate::evidence::Evidence;
use crate::fluent::Value;
use crate::holding::{Dropped, Since, Status};
use crate::resolve::Answer;
use jiff::civil::Date;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use vigie_events::OriginKind;
use vigie_resources::fluent_rules;

/// The newest number of each unit and origin at or before the day.
pub(crate) fn figures<'e, 'a>(evidence: &[&'e Evidence<'a>], valid: Date) -> Vec<Answer<'e, 'a>> {
    let mut newest: BTreeMap<(&SmolStr, &SmolStr), (&'e Evidence<'a>, Vec<&'e Evidence<'a>>)> = BTreeMap::new();
    for &e in evidence.iter().filter(|e| e.start() <= valid) {
        let Value::Count { unit, .. } = &e.value else { continue };
        for origin in &e.origins {
            let entry = newest.entry((unit, &origin.unit)).or_insert_with(|| (e, Vec::new()));
            if entry.0.last <= e.last && entry.0.claim.id != e.claim.id {
                let old = std::mem::replace(&mut entry.0, e);
                entry.1.push(old);
            }
        }
    }
    let mut answers: Vec<Answer<'e, 'a>> = Vec::new();
    for ((_, unit), (e, older)) in newest {
        // Joint sources give one number together.
        if answers.iter().any(|a| a.premises.iter().any(|p| std::ptr::eq(*p, e))) {
            continue;
        }
        let fluent = e.key.fluent;
        let kind = e.origins.iter().find(|o| o.unit == *unit).map_or(OriginKind::Unattributed, |o| o.kind);
        let age = (valid - e.last.min(valid)).get_days();
        let status = if age > fluent_rules().fresh_days(fluent.as_str()) {
            Status::Stale
        } else if e.origins.iter().filter(|o| o.is_named()).count() > 1 {
            Status::Corroborated
        } else if e.origins.iter().any(|o| o.is_named()) || kind == OriginKind::Anonymous {
            Status::Claimed
        } else {
            Status::Unattributed
        };
        answers.push(Answer {
            told: (e.value.clone(), Vec::new()),
            status,
            rule: "R-FIGURE",
            since: e.dated.then_some(Since { first: e.first, last: e.last }),
            support: e.origins.iter().map(|o| o.weight()).max().unwrap_or(0),
            premises: vec![e],
            rivals: Vec::new(),
            until: None,
            earlier: Vec::new(),
            dropped: older.iter().map(|o| Dropped { claim: o.claim.id, why: "older" }).collect(),
        });
    }
    answers
}
