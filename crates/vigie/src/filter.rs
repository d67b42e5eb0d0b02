//! Which claims are wanted, on the command line and in the browser.

use jiff::civil::Date;
use vigie_claims::{Claim, Role};
use vigie_resources::Predicate;

/// Which claims are wanted; an argument that is left out lets everything through. Names are compared without regard
/// to case, and a part of a name is enough.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Filter {
    /// Only this predicate, for instance capture
    #[arg(long, value_name = "ID", value_parser = predicate)]
    pub(crate) predicate: Option<Predicate>,
    /// Only where this actor takes part (name, part of a name, or id)
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// Only at this place (name, part of a name, or id)
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Option<String>,
    /// Only what this source says (name, part of a name, or id)
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,
    /// Only what may have happened on or after this day
    #[arg(long, value_name = "DATE", value_parser = crate::cli::day)]
    pub(crate) from: Option<Date>,
    /// Only what may have happened on or before this day
    #[arg(long, value_name = "DATE", value_parser = crate::cli::day)]
    pub(crate) to: Option<Date>,
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
    pub(crate) fn is_set(&self) -> bool {
        let Self { predicate, actor, place, speaker, from, to } = self;
        let named = [actor, place, speaker].into_iter().any(Option::is_some);
        named || predicate.is_some() || from.is_some() || to.is_some()
    }

    /// Does the claim pass?
    pub(crate) fn passes(&self, claim: &Claim) -> bool {
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

/// Is this what was asked for, by its id or by a part of its name?
pub(crate) fn names(wanted: &str, name: Option<&str>, id: Option<&str>) -> bool {
    id == Some(wanted) || name.is_some_and(|name| name.to_lowercase().contains(&wanted.to_lowercase()))
}
