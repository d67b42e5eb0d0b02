//! Why a coded dyad is not among ours.

use super::codes::{Side, names, occurs, side};
use crate::evaluate::events::text::Read;
use vigie_claims::Claim;

/// The roles that a code has in a claim.
fn roles(read: &Read, claim: &Claim, code: &str) -> String {
    let parties = claim.arguments.iter().filter(|a| names(&side(read, &a.filler), code));
    parties.map(|a| a.role.as_str()).collect::<Vec<_>>().join("+")
}

/// Why a dyad is not among ours.
pub(super) fn cause(read: &Read, ours: &[(Side, Side, &str)], (source, target): (&str, &str)) -> String {
    let paired = |code: &str| ours.iter().any(|(s, t, _)| names(s, code) || names(t, code));
    let told = |code: &str| read.claims().any(|c| !roles(read, c, code).is_empty());
    if !occurs(read, source) || !occurs(read, target) {
        return "a code that the text cannot give".to_owned();
    }
    if ours.iter().any(|(s, t, _)| names(s, target) && names(t, source)) {
        return "the two sides the other way round".to_owned();
    }
    let both = read.claims().map(|c| (c, roles(read, c, source), roles(read, c, target)));
    if let Some((claim, a, b)) = both.into_iter().find(|(_, a, b)| !a.is_empty() && !b.is_empty()) {
        return format!("one claim ({}): {a} and {b}", claim.predicate.id());
    }
    let why = match (paired(source), paired(target), told(source), told(target)) {
        (true, true, ..) => "both in pairs with others",
        (true, ..) => "the source in a pair with another",
        (_, true, ..) => "the target in a pair with another",
        (_, _, true, true) => "in two claims of one side",
        (_, _, true, _) => "the source alone in a claim",
        (_, _, _, true) => "the target alone in a claim",
        _ if read.claims().next().is_none() => "no claim",
        _ => "neither in a claim",
    };
    why.to_owned()
}
