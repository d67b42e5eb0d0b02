//! What was known on a day, gathered once and asked for many days: the events, and the evidence on every question.

use crate::evidence::{Evidence, gather};
use crate::figures::figures;
use crate::holding::{Holding, Layer};
use crate::key::{Key, Names};
use crate::resolve::resolve;
use crate::situation::{Situation, encircled, holding};
use crate::votes::disinterested;
use jiff::civil::Date;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use vigie_events::{Background, Event, Reported, events};

/// All that was reported up to a day. Claims of documents without a date count as known; a claim that has no date of its
/// own either cannot be placed in time and is evidence for nothing.
#[derive(Debug)]
pub struct Knowledge<'a> {
    known: Date,
    told: Vec<Reported<'a>>,
    events: Vec<Event>,
    evidence: BTreeMap<Key, Vec<Evidence<'a>>>,
    names: Names,
}

/// What was reported up to a day.
fn told_by<'a>(known: Date, reports: &[Reported<'a>]) -> Vec<Reported<'a>> {
    reports.iter().copied().filter(|r| r.reported.is_none_or(|day| day <= known)).collect()
}

impl<'a> Knowledge<'a> {
    /// Gathers what was known on `known`: nothing reported after this day is looked at.
    #[must_use]
    pub fn of(known: Date, reports: &[Reported<'a>], background: &dyn Background) -> Self {
        let told = told_by(known, reports);
        let events = events(&told, background);
        Self::gathered(known, told, events, background)
    }

    /// The same where the events of all these reports are found already: they are found anew only where some of the reports
    /// came after `known`.
    #[must_use]
    pub fn of_events(known: Date, reports: &[Reported<'a>], found: &[Event], background: &dyn Background) -> Self {
        let told = told_by(known, reports);
        let events = if told.len() == reports.len() { found.to_vec() } else { events(&told, background) };
        Self::gathered(known, told, events, background)
    }

    fn gathered(known: Date, told: Vec<Reported<'a>>, events: Vec<Event>, background: &dyn Background) -> Self {
        let mut names = Names::default();
        let evidence = gather(&told, &events, background, &mut names);
        Self { known, told, events, evidence, names }
    }

    /// The day of knowledge.
    #[must_use]
    pub fn known(&self) -> Date {
        self.known
    }

    /// The events as they were known.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The claims that were known.
    #[must_use]
    pub fn told(&self) -> &[Reported<'a>] {
        &self.told
    }

    /// What held on a day.
    #[must_use]
    pub fn situation(&self, valid: Date, background: &dyn Background) -> Situation {
        let mut holdings = Vec::new();
        for (key, list) in &self.evidence {
            let all: Vec<&Evidence<'_>> = list.iter().collect();
            if key.fluent.is_figure() {
                let rows = figures(&all, valid).into_iter();
                holdings.extend(rows.map(|answer| holding(key, Layer::Claimed, answer, &self.names)));
                continue;
            }
            let claimed = resolve(&all, valid, background);
            let encircled = claimed.as_ref().and_then(|answer| encircled(key, &all, answer, &self.names));
            holdings.extend(claimed.map(|answer| holding(key, Layer::Claimed, answer, &self.names)));
            holdings.extend(encircled);
            let (kept, dropped) = disinterested(&all, background);
            if let Some(mut answer) = resolve(&kept, valid, background) {
                answer.dropped.extend(dropped);
                holdings.push(holding(key, Layer::Assessed, answer, &self.names));
            }
        }
        holdings.sort_by(|a, b| {
            let order = |h: &Holding| {
                let ids: Vec<SmolStr> = h.key.iter().map(|k| k.id.clone()).collect();
                (h.fluent, ids, h.layer, h.value.clone(), h.proof.premises.clone())
            };
            order(a).cmp(&order(b))
        });
        Situation { valid, known: self.known, holdings }
    }
}
