//! The form above a list by which it is narrowed.

use crate::serve::ask::Ask;
use crate::serve::filter;
use vigie_resources::Predicate;

/// A word to choose: how it is shown, its id, whether it is chosen.
type Choice = (String, &'static str, bool);

/// The form, as `_filters.html` shows it.
pub(super) struct Filters {
    pub(super) action: &'static str,
    pub(super) predicates: Vec<Choice>,
    /// How well an event may be attested; none where the list is not of events.
    pub(super) grades: Vec<Choice>,
    /// Whether the two days can be chosen here too, where no timeline offers them.
    pub(super) days: bool,
}

impl Filters {
    /// For a list of claims.
    pub(super) fn of_claims(action: &'static str, ask: &Ask) -> Self {
        let messages = ask.messages();
        let mut predicates: Vec<Choice> =
            Predicate::all().map(|p| (messages.predicate(p), p.id(), ask.predicate == Some(p))).collect();
        predicates.sort();
        Self { action, predicates, grades: Vec::new(), days: false }
    }

    /// For a list of events.
    pub(super) fn of_events(action: &'static str, ask: &Ask) -> Self {
        let grade =
            |g: vigie_events::Grade| (ask.messages().grade(g), g.as_str(), ask.status.as_deref() == Some(g.as_str()));
        Self { grades: filter::grades().map(grade).collect(), ..Self::of_claims(action, ask) }
    }

    /// For files, which also depend on the days.
    pub(super) fn of_files(action: &'static str, ask: &Ask) -> Self {
        Self { days: true, ..Self::of_events(action, ask) }
    }
}
