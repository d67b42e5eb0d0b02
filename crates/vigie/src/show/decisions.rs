//! Decisions for a person: what, about what, who and why; those that are not followed say so.

use super::claim::{heading, short_id};
use super::style::{DOUBT, FAINT, STRONG, paint};
use crate::export::wire::Context;
use crate::review::{Action, Decision};
use std::io::{self, Write};

/// Digits of an id that tell decisions of one archive apart.
const SHORT: usize = 10;

/// Shows decisions in the order given.
pub fn decisions(decisions: &[(&Decision, Context)], out: &mut dyn Write) -> io::Result<()> {
    for (decision, context) in decisions {
        let id = decision.id().word();
        let why =
            context.why.map(|why| format!(" {}", paint(DOUBT, format!("({})", why.as_str())))).unwrap_or_default();
        writeln!(out, "{} {}{why}", paint(FAINT, &id[..SHORT]), paint(STRONG, what(&decision.action)))?;
        if let Some((document, claim)) = context.before {
            let place = super::claim::at(claim, document);
            writeln!(out, "   {} {} {}", heading(claim), paint(FAINT, place), paint(FAINT, short_id(claim.id)))?;
        }
        writeln!(out, "   {} {}, {}: {}", paint(FAINT, "= by:"), decision.by, decision.at, decision.why)?;
    }
    Ok(())
}

fn what(action: &Action) -> String {
    let word = action.word();
    match action {
        Action::Accept(_) | Action::Reject(_) => word.to_owned(),
        Action::Correct(_, field, value) => format!("{word} {} = {value}", field.as_str()),
        Action::Merge(claims) => format!("{word} {} claims", claims.len()),
        Action::Split(ones, others) => format!("{word} {} of {} claims", ones.len(), ones.len() + others.len()),
        Action::Side { actor, side } => format!("{word} {actor} = {}", side.as_deref().unwrap_or("-")),
        Action::Place { name, point: (lat, lon), within } => {
            let within = within.as_ref().map(|id| format!(" in {id}")).unwrap_or_default();
            format!("{word} {name} at {:.4} {:.4}{within}", f64::from(*lat) / 1e6, f64::from(*lon) / 1e6)
        }
        Action::Undo(id) => format!("{word} {}", &id.word()[..SHORT]),
    }
}
