//! Where a report was born: the root of its chain of sources, the unit in which corroboration is counted.

use crate::background::{Background, Reported};
use smol_str::{SmolStr, format_smolstr};
use vigie_claims::{ActorId, ClaimId, Role, Speaker, SpeakerKind};
use vigie_resources::{EffectRole, reliability};

/// Identity of an origin, `o:…`.
pub type OriginId = SmolStr;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)?) => {
        /// What sort of origin.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum OriginKind { $($(#[$doc])* $variant),* }

        impl OriginKind {
            /// The word of the wire format and of the table of reliability.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            fn from_word(word: &str) -> Option<Self> {
                match word { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

kinds! {
    /// A news agency that is itself made to say it.
    Agency = "agency",
    /// Another outlet that is made to say it.
    Outlet = "outlet",
    /// A broadcaster or agency of a state.
    StateMedia = "state-media",
    /// A government, army, ministry, party or one who speaks for it.
    Official = "official",
    /// An observatory.
    Monitor = "monitor",
    /// An aid or rights organisation.
    Ngo = "ngo",
    /// An armed group.
    ArmedGroup = "armed-group",
    /// A witness or resident.
    Witness = "witness",
    /// A person who speaks for himself.
    Expert = "expert",
    /// The United Nations or another body of states.
    Un = "un",
    /// Somebody who is not named.
    Anonymous = "anonymous",
    /// A word whose reference the text does not give.
    Unresolved = "unresolved",
    /// Nobody: the outlet's own sentence.
    Unattributed = "unattributed",
}

/// One origin of one claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Identity.
    pub id: OriginId,
    /// Origins of one unit are one voice: the offices of one state, all that one story says on its own account.
    pub unit: SmolStr,
    /// A name that a person would write.
    pub name: Option<String>,
    /// What sort.
    pub kind: OriginKind,
    /// The registry entry it speaks for.
    pub party: Option<ActorId>,
    /// The side it is on, where the registry gives one.
    pub side: Option<SmolStr>,
}

impl Origin {
    /// Can it be told apart from others? Only named origins corroborate.
    #[must_use]
    pub fn is_named(&self) -> bool {
        !matches!(
            self.kind,
            OriginKind::Anonymous | OriginKind::Unresolved | OriginKind::Unattributed | OriginKind::Outlet
        )
    }

    /// Its weight in thousandths, before the claim is looked at.
    #[must_use]
    pub fn weight(&self) -> u32 {
        reliability().weight(self.kind.as_str())
    }

    /// Does it speak for this actor, for a body that the actor belongs to, or for a part of it?
    #[must_use]
    pub fn speaks_for(&self, actor: &str, background: &dyn Background) -> bool {
        let Some(party) = &self.party else { return false };
        party == actor || background.actor_root(party) == background.actor_root(actor)
    }
}

/// An origin with its claims in one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventOrigin {
    /// The origin.
    pub origin: Origin,
    /// Its claims in the event, in the event's order.
    pub claims: Vec<ClaimId>,
}

/// Lower case, letters and digits, words joined by hyphens: two writings of one name fold alike.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if !folded.is_empty() && !folded.ends_with('-') {
            folded.push('-');
        }
    }
    folded.truncate(folded.trim_end_matches('-').len());
    folded
}

/// The origins of a claim: the innermost source that is more than a relay, and those who say it jointly with it.
/// Never empty: a sentence without a source is the story's own.
#[must_use]
pub fn origins_of(report: &Reported<'_>, background: &dyn Background) -> Vec<Origin> {
    let claim = report.claim;
    let mut found: Vec<Origin> = Vec::new();
    if claim.said_by.iter().all(|s| s.kind == SpeakerKind::Relay) {
        let role = match claim.predicate.effects().speaks {
            Some(EffectRole::Actor) => Some(Role::Actor),
            Some(EffectRole::Recipient) => Some(Role::Recipient),
            None => None,
        };
        for filler in role.into_iter().flat_map(|role| claim.fillers(role)) {
            if let Some(actor) = &filler.actor {
                found.push(named(&filler.name, Some(actor), false, background));
            }
        }
    }
    let mut links = claim.said_by.iter().rev().skip_while(|s| s.kind == SpeakerKind::Relay);
    if let Some(inner) = links.next() {
        found.push(of_speaker(inner, report, background));
        if inner.joint {
            found.extend(
                links
                    .take_while(|s| s.joint && s.kind != SpeakerKind::Relay)
                    .map(|s| of_speaker(s, report, background)),
            );
        }
    }
    if found.is_empty() {
        found.push(Origin {
            id: format_smolstr!("o:story-{}", hex(&report.voice().0)),
            unit: format_smolstr!("story-{}", hex(&report.voice().0)),
            name: report.outlet.map(str::to_owned),
            kind: OriginKind::Unattributed,
            party: None,
            side: None,
        });
    }
    found.sort();
    found.dedup_by(|a, b| a.id == b.id);
    found
}

fn of_speaker(speaker: &Speaker, report: &Reported<'_>, background: &dyn Background) -> Origin {
    let nameless = |kind: OriginKind| Origin {
        // An unresolved word may mean the anonymous source of the same story, so both are one unit.
        id: format_smolstr!(
            "o:{}-{}-{}",
            kind.as_str(),
            speaker.name.as_deref().map(fold_name).unwrap_or_default(),
            hex(&report.voice().0)
        ),
        unit: format_smolstr!("nameless-{}", hex(&report.voice().0)),
        name: speaker.name.clone(),
        kind,
        party: speaker.actor.clone(),
        side: None,
    };
    match (speaker.kind, &speaker.name) {
        (SpeakerKind::Anonymous, _) => nameless(OriginKind::Anonymous),
        (SpeakerKind::Unresolved, _) | (_, None) => nameless(OriginKind::Unresolved),
        (SpeakerKind::Named, Some(name)) => named(name, speaker.actor.as_ref(), true, background),
        (_, Some(name)) => named(name, speaker.actor.as_ref(), false, background),
    }
}

fn named(name: &str, actor: Option<&ActorId>, person: bool, background: &dyn Background) -> Origin {
    let Some(actor) = actor else {
        let folded = fold_name(name);
        return Origin {
            id: format_smolstr!("o:{folded}"),
            unit: SmolStr::new(&folded),
            name: Some(name.to_owned()),
            kind: if person { OriginKind::Expert } else { OriginKind::Official },
            party: None,
            side: None,
        };
    };
    let chain = background.actor_chain(actor);
    let facts: Vec<_> = chain.iter().map(|id| background.actor(id)).collect();
    let kind_at = |at: usize| {
        let facts = facts.get(at)?.as_ref()?;
        OriginKind::from_word(reliability().origin_kind(&facts.kind)?)
    };
    // A person of the registry speaks as the body he belongs to.
    let own_is_person = facts[0].as_ref().is_some_and(|f| f.kind == "person");
    let body = usize::from(own_is_person && chain.len() > 1);
    let kind =
        kind_at(body).unwrap_or(if chain[0].starts_with("t:") { OriginKind::ArmedGroup } else { OriginKind::Official });
    // The director of an observatory is its voice; an official is named for himself, since his state has many.
    let personal =
        person && matches!(kind, OriginKind::Official | OriginKind::Expert | OriginKind::Witness | OriginKind::Un);
    let (id, shown) = if personal {
        (format_smolstr!("o:{}", fold_name(name)), name.to_owned())
    } else if person || own_is_person {
        let known = facts[body].as_ref().map(|f| f.name.clone()).filter(|n| !n.is_empty());
        (format_smolstr!("o:{}", chain[body]), known.unwrap_or_else(|| name.to_owned()))
    } else {
        (format_smolstr!("o:{}", chain[0]), name.to_owned())
    };
    let unit = chain.last().cloned().unwrap_or_else(|| actor.clone());
    let side = facts.iter().flatten().find_map(|f| f.side.clone());
    Origin { id, unit, name: Some(shown), kind, party: Some(actor.clone()), side }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{b:02x}");
        out
    })
}
