//! The claims as reviewed: a function of the claims as they were read and of the decisions, oldest first.

use super::background::ReviewBackground;
use super::correct::correct;
use super::decision::{Action, ClaimRef, Decision, DecisionId, Field};
use super::find::Finder;
use crate::pipeline;
use crate::record::DocumentRecord;
use jiff::civil::Date;
use smol_str::{SmolStr, format_smolstr};
use std::collections::{BTreeMap, BTreeSet};
use vigie_claims::{Claim, ClaimId, Precision};
use vigie_events::{Event, Reported, Tie, Ties, fold_name};
use vigie_situation::Situation;

/// Beginning of the rule that a decision leaves in `because`.
const MARK: &str = "review/";

/// What some documents claim, as reviewed.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// The documents with the claims that count: corrected, and without those that were rejected.
    pub documents: Vec<DocumentRecord>,
    /// The same documents with the rejected claims alone, as far as there are any.
    pub rejected: Vec<DocumentRecord>,
    /// The registries with what was decided.
    pub background: ReviewBackground,
    /// Decisions that are kept and not followed, in their order.
    pub unfollowed: Vec<Unfollowed>,
}

/// A decision that is kept and not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfollowed {
    /// Which.
    pub decision: DecisionId,
    /// Why.
    pub why: Why,
}

/// Why a decision is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A later record undoes it.
    Undone,
    /// A later decision about the same says otherwise.
    Overruled,
    /// The claim that it is about, or one of them, is not read in the text any more.
    Orphaned,
    /// Its value is not known to this program any more.
    Unknown,
}

impl Why {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Undone => "undone",
            Self::Overruled => "overruled",
            Self::Orphaned => "orphaned",
            Self::Unknown => "unknown-value",
        }
    }
}

/// What only one decision can be followed on.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    Verdict(ClaimId),
    Field(ClaimId, Field, SmolStr),
    Side(SmolStr),
    Place(String),
}

/// The ids of the decisions that changed or confirmed a claim, as `because` has them.
pub fn marks(claim: &Claim) -> impl Iterator<Item = &str> {
    claim.because.iter().filter_map(|rule| rule.strip_prefix(MARK))
}

/// Applies decisions, oldest first. Of two about the same the newer one counts.
#[must_use]
pub fn apply(documents: Vec<DocumentRecord>, decisions: &[Decision]) -> Reviewed {
    let mut plan = Plan::of(&documents, decisions);
    let mut reviewed =
        Reviewed { documents, rejected: Vec::new(), background: ReviewBackground::default(), unfollowed: Vec::new() };
    for document in &mut reviewed.documents {
        let mut rejected = Vec::new();
        let claims = std::mem::take(&mut document.claims);
        for mut claim in claims {
            if plan.review(&mut claim) { document.claims.push(claim) } else { rejected.push(claim) }
        }
        if !rejected.is_empty() {
            reviewed.rejected.push(DocumentRecord { claims: rejected, ..document.clone() });
        }
    }
    reviewed.background = ReviewBackground { sides: plan.sides(), ties: std::mem::take(&mut plan.ties) };
    reviewed.unfollowed = plan.unfollowed();
    reviewed
}

/// Which decisions are followed, and where.
struct Plan<'d> {
    decisions: &'d [Decision],
    ids: Vec<DecisionId>,
    slots: BTreeMap<Slot, usize>,
    tied: BTreeMap<ClaimId, Vec<usize>>,
    ties: Ties,
    why: BTreeMap<usize, Why>,
}

impl<'d> Plan<'d> {
    fn of(documents: &[DocumentRecord], decisions: &'d [Decision]) -> Self {
        let ids: Vec<DecisionId> = decisions.iter().map(Decision::id).collect();
        let mut plan = Self {
            decisions,
            slots: BTreeMap::new(),
            tied: BTreeMap::new(),
            ties: Ties::default(),
            why: undone(decisions, &ids),
            ids,
        };
        let finder = Finder::over(documents);
        let mut wishes: Vec<(usize, Tie)> = Vec::new();
        for (at, decision) in decisions.iter().enumerate() {
            if !plan.why.contains_key(&at) {
                plan.take(at, &decision.action, &finder, &mut wishes);
            }
        }
        let (places, list): (Vec<usize>, Vec<Tie>) = wishes.into_iter().unzip();
        let (ties, overruled) = Ties::resolve(&list);
        plan.ties = ties;
        plan.why.extend(overruled.into_iter().map(|n| (places[n], Why::Overruled)));
        let followed = |why: Option<&Why>| why != Some(&Why::Overruled);
        for (at, tie) in places.iter().zip(&list).filter(|(at, _)| followed(plan.why.get(at))) {
            let claims: Vec<ClaimId> = match tie {
                Tie::Together(claims) => claims.clone(),
                Tie::Apart(ones, others) => ones.iter().chain(others).copied().collect(),
            };
            for claim in claims {
                plan.tied.entry(claim).or_default().push(*at);
            }
        }
        plan
    }

    fn take(&mut self, at: usize, action: &Action, finder: &Finder, wishes: &mut Vec<(usize, Tie)>) {
        let all = |refs: &[ClaimRef]| refs.iter().filter_map(|r| finder.id(r)).collect::<Vec<_>>();
        if action.claims().iter().any(|claim| finder.id(claim).is_none()) {
            // What is left of a group is still decided; the decision is told as orphaned all the same.
            self.why.insert(at, Why::Orphaned);
        }
        let slot = match action {
            Action::Accept(claim) | Action::Reject(claim) => finder.id(claim).map(Slot::Verdict),
            Action::Correct(claim, field, value) => {
                // Each unit has its own figure.
                let unit = value.split_once('=').filter(|_| *field == Field::Figure).map_or("", |(unit, _)| unit);
                finder.id(claim).map(|id| Slot::Field(id, *field, unit.into()))
            }
            Action::Side { actor, .. } => Some(Slot::Side(actor.into())),
            Action::Place { name, .. } => Some(Slot::Place(fold_name(name))),
            Action::Merge(claims) => {
                wishes.push((at, Tie::Together(all(claims))));
                None
            }
            Action::Split(ones, others) => {
                wishes.push((at, Tie::Apart(all(ones), all(others))));
                None
            }
            Action::Undo(_) => None,
        };
        if let Some(before) = slot.and_then(|slot| self.slots.insert(slot, at)) {
            self.why.insert(before, Why::Overruled);
        }
    }

    /// Puts all decisions about it on a claim; false when it is rejected.
    fn review(&mut self, claim: &mut Claim) -> bool {
        let mut by: BTreeSet<usize> = self.tied.get(&claim.id).into_iter().flatten().copied().collect();
        let fields = Slot::Field(claim.id, Field::ALL[0], SmolStr::default())..;
        let fields: Vec<usize> = self
            .slots
            .range(fields)
            .take_while(|(slot, _)| matches!(slot, Slot::Field(id, ..) if *id == claim.id))
            .map(|(_, at)| *at)
            .collect();
        for at in fields {
            let Action::Correct(_, field, value) = &self.decisions[at].action else { continue };
            if correct(claim, *field, value) {
                by.insert(at);
            } else {
                self.why.insert(at, Why::Unknown);
            }
        }
        by.extend(self.locate(claim));
        let verdict = self.slots.get(&Slot::Verdict(claim.id)).copied();
        by.extend(verdict);
        let mut marks: Vec<SmolStr> = by.iter().map(|at| format_smolstr!("{MARK}{}", self.ids[*at].word())).collect();
        // By name and not by age, so that the order of unrelated decisions leaves no trace.
        marks.sort();
        claim.because.extend(marks);
        verdict.is_none_or(|at| !matches!(self.decisions[at].action, Action::Reject(_)))
    }

    /// Gives a place without a point the one that somebody added for its name.
    fn locate(&self, claim: &mut Claim) -> Option<usize> {
        let mention = claim.place.as_mut().filter(|p| p.point.is_none())?;
        let folded = fold_name(&mention.name);
        let at = *self.slots.get(&Slot::Place(folded.clone()))?;
        let Action::Place { point, within, .. } = &self.decisions[at].action else { return None };
        // The shape of ids of places that only the texts know.
        mention.place = Some(match within {
            Some(around) => format_smolstr!("t:{folded}@{}", around.to_lowercase()),
            None => format_smolstr!("t:{folded}"),
        });
        mention.point = Some(*point);
        mention.precision = Precision::Exact;
        Some(at)
    }

    fn sides(&self) -> BTreeMap<SmolStr, Option<SmolStr>> {
        let side = |(slot, at): (&Slot, &usize)| match (slot, &self.decisions[*at].action) {
            (Slot::Side(actor), Action::Side { side, .. }) => Some((actor.clone(), side.as_deref().map(SmolStr::new))),
            _ => None,
        };
        self.slots.iter().filter_map(side).collect()
    }

    fn unfollowed(&self) -> Vec<Unfollowed> {
        self.why.iter().map(|(at, why)| Unfollowed { decision: self.ids[*at], why: *why }).collect()
    }
}

/// The decisions that a later record undoes. A record that is undone itself undoes nothing.
fn undone(decisions: &[Decision], ids: &[DecisionId]) -> BTreeMap<usize, Why> {
    let mut why = BTreeMap::new();
    for (at, decision) in decisions.iter().enumerate().rev() {
        if why.contains_key(&at) {
            continue;
        }
        if let Action::Undo(target) = &decision.action {
            match ids[..at].iter().position(|id| id == target) {
                Some(target) => why.insert(target, Why::Undone),
                None => why.insert(at, Why::Orphaned),
            };
        }
    }
    why
}

impl Reviewed {
    /// The claims with what events and situations must know of their documents.
    #[must_use]
    pub fn reports(&self) -> Vec<Reported<'_>> {
        pipeline::reports(&self.documents)
    }

    /// The events that the claims tell of.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        vigie_events::events(&self.reports(), &self.background)
    }

    /// What held on one day as known on another. Knowledge is about reports; a decision about what a report says holds for
    /// every day.
    #[must_use]
    pub fn situation(&self, valid: Date, known: Date) -> Situation {
        Situation::on(valid, known, &self.reports(), &self.background)
    }
}
