//! `vigie claims` and `vigie events`: what an archive holds, filtered.

use super::{Format, From, Output, Status, day};
use crate::archive::Archive;
use crate::book::Book;
use crate::export::wire::Lines;
use crate::failure::Failure;
use crate::record::DocumentRecord;
use crate::show;
use jiff::civil::Date;
use std::io::Write;
use vigie_claims::{Claim, Role};
use vigie_events::Event;
use vigie_resources::Predicate;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    source: From,
    #[command(flatten)]
    filter: Filter,
    /// With claims: those that a review rejected, instead of those that count
    #[arg(long)]
    rejected: bool,
    #[command(flatten)]
    output: Output,
}

/// Which claims are wanted; an argument that is left out lets everything through. Names are compared without regard
/// to case, and a part of a name is enough.
#[derive(Debug, clap::Args)]
pub(super) struct Filter {
    /// Only this predicate, for instance capture
    #[arg(long, value_name = "ID", value_parser = predicate)]
    predicate: Option<Predicate>,
    /// Only where this actor takes part (name, part of a name, or id)
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// Only at this place (name, part of a name, or id)
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// Only what this source says (name, part of a name, or id)
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Only what may have happened on or after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Date>,
    /// Only what may have happened on or before this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<Date>,
}

/// A predicate as an argument.
fn predicate(id: &str) -> Result<Predicate, String> {
    let near = |p: &Predicate| p.id().contains(id) || id.contains(p.id());
    Predicate::from_id(id).ok_or_else(|| {
        let near: Vec<&str> = Predicate::all().filter(near).map(Predicate::id).collect();
        let hint = if near.is_empty() { "for instance capture, besiege, meet".to_owned() } else { near.join(", ") };
        format!("there is no predicate of this name; there are: {hint}")
    })
}

impl Filter {
    /// Is anything asked for?
    pub(super) fn is_set(&self) -> bool {
        let Self { predicate, actor, place, speaker, from, to } = self;
        let named = [actor, place, speaker].into_iter().any(Option::is_some);
        named || predicate.is_some() || from.is_some() || to.is_some()
    }

    /// Does the claim pass?
    pub(super) fn passes(&self, claim: &Claim) -> bool {
        self.predicate.is_none_or(|p| claim.predicate == p)
            && self.actor.as_ref().is_none_or(|wanted| {
                // What is only talked about takes no part.
                let mut parts = claim.arguments.iter().filter(|a| a.role != Role::Topic).map(|a| &a.filler);
                parts.any(|f| names(wanted, Some(&f.name), f.actor.as_deref()))
            })
            && self.place.as_ref().is_none_or(|wanted| {
                claim.place.as_ref().is_some_and(|p| names(wanted, Some(&p.name), p.place.as_deref()))
            })
            && self
                .speaker
                .as_ref()
                .is_none_or(|wanted| claim.said_by.iter().any(|s| names(wanted, s.name.as_deref(), s.actor.as_deref())))
            && self.from.is_none_or(|from| claim.period.as_ref().is_some_and(|p| p.last >= from))
            && self.to.is_none_or(|to| claim.period.as_ref().is_some_and(|p| p.first.unwrap_or(p.last) <= to))
    }
}

fn names(wanted: &str, name: Option<&str>, id: Option<&str>) -> bool {
    id == Some(wanted) || name.is_some_and(|name| name.to_lowercase().contains(&wanted.to_lowercase()))
}

pub(super) fn claims(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let reviewed = Archive::open_existing(&arguments.source.archive)?.reviewed()?;
    let mut documents = if arguments.rejected { reviewed.rejected } else { reviewed.documents };
    for document in &mut documents {
        document.claims.retain(|claim| arguments.filter.passes(claim));
    }
    let found = documents.iter().any(|d| !d.claims.is_empty());
    match arguments.output.format {
        Format::Jsonl => print_jsonl(&documents, out),
        Format::Text => show::claims(&documents, show::width(), out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    Ok(if found { Status::Found } else { Status::Nothing })
}

fn print_jsonl(documents: &[DocumentRecord], out: &mut dyn Write) -> std::io::Result<()> {
    let mut lines = Lines::new();
    for document in documents {
        for claim in &document.claims {
            lines.claim(document, claim);
        }
    }
    lines.print(out)
}

/// An event is listed when one of its claims passes; it is shown whole, or its disagreements would be hidden.
pub(super) fn events(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let reviewed = Archive::open_existing(&arguments.source.archive)?.reviewed()?;
    let (all, documents) = (reviewed.events(), &reviewed.documents);
    let book = Book::of(documents);
    let wanted = |event: &&Event| {
        let mut claims = event.claims.iter().filter_map(|id| book.claim(*id));
        claims.any(|(_, claim)| arguments.filter.passes(claim))
    };
    let found: Vec<&Event> = all.iter().filter(wanted).collect();
    match arguments.output.format {
        Format::Jsonl => {
            let mut lines = Lines::new();
            found.iter().for_each(|event| lines.event(event, &book));
            lines.print(out)
        }
        Format::Text => show::events(documents, &found, show::width(), out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    Ok(if found.is_empty() { Status::Nothing } else { Status::Found })
}
