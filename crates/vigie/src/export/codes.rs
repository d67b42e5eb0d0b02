//! What other ontologies call an event of ours: a function of its predicate, the sectors of its actor and recipient, and
//! whether somebody was killed. The table is data, in the `type.toml` of every event type.

use crate::book::Book;
use vigie_claims::{ActorId, Claim, Filler, Polarity, Realis, Role};
use vigie_events::Event;
use vigie_resources::{
    CodeRow, Predicate, Sector, SubEvent, actor, country, country_of, place, sector_of, sector_of_words, sub_event,
    whole_of,
};

/// What the codes of an event depend on besides its predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Who does it, in the direction in which the event is told in codes.
    pub actor: Sector,
    /// To whom it is done.
    pub recipient: Sector,
    /// Somebody was killed.
    pub deadly: bool,
}

/// An event in the words of other ontologies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Codes {
    /// PLOVER's event and mode.
    pub plover: Option<(&'static str, Option<&'static str>)>,
    /// ACLED's sub-event; `None` for what ACLED does not count.
    pub acled: Option<&'static SubEvent>,
    /// CAMEO's leaf.
    pub cameo: Option<&'static str>,
}

impl Facts {
    /// The facts of an event, from the best supported value of each field; of somebody without an id from his words.
    #[must_use]
    pub fn of(event: &Event, book: &Book) -> Self {
        let iso2 = event.place.best().and_then(|id| country_of_place(id));
        let (doers, targets) = parties(event);
        let (doer, target) = roles(event);
        let sector = |ids: &[ActorId], role: Role| {
            let known = ids.iter().map(|id| sector_at(id, iso2)).find(|s| *s != Sector::None);
            known.or_else(|| sector_told(event, role, book)).unwrap_or(Sector::None)
        };
        let killed = event.figures.iter().find(|(unit, _)| unit == "killed").and_then(|(_, v)| v.best());
        Self {
            actor: sector(doers, doer),
            recipient: sector(targets, target),
            deadly: killed.is_some_and(|(low, _)| *low > 0),
        }
    }
}

fn sector_told(event: &Event, role: Role, book: &Book) -> Option<Sector> {
    let claims = event.claims.iter().filter_map(|id| book.claim(*id));
    let mut sectors = claims.flat_map(|(document, claim)| {
        let language = document.stories.iter().find(|s| s.id == claim.story).map(|s| s.language);
        let told = move |f: &Filler| language.map(|l| sector_of_words(f.span.of(&document.text), l));
        claim.fillers(role).filter_map(told).collect::<Vec<_>>()
    });
    sectors.find(|s| *s != Sector::None)
}

/// Which roles of its claims do it and suffer it, in the direction in which codes tell it.
#[must_use]
pub fn roles(event: &Event) -> (Role, Role) {
    if event.predicate.entry().reversed { (Role::Recipient, Role::Actor) } else { (Role::Actor, Role::Recipient) }
}

/// Who did it and to whom, in the direction in which codes tell it.
#[must_use]
pub fn parties(event: &Event) -> (&[ActorId], &[ActorId]) {
    let (actors, recipients) = (ids(&event.actors), ids(&event.recipients));
    if event.predicate.entry().reversed { (recipients, actors) } else { (actors, recipients) }
}

fn ids(versions: &vigie_events::Versions<Vec<ActorId>>) -> &[ActorId] {
    versions.best().map_or(&[], Vec::as_slice)
}

/// Did it happen, as far as the best supported account tells?
#[must_use]
pub fn happened(event: &Event) -> bool {
    event.happened.best() != Some(&Polarity::Negative)
}

/// The country (alpha-2) in which a place lies; also for a part of a place and for something that lies near one.
#[must_use]
pub fn country_of_place(id: &str) -> Option<&'static str> {
    let id = id.strip_prefix("t:").and_then(|rest| rest.rsplit_once('@')).map_or(id, |(_, around)| around);
    let id = id.split_once('/').map_or(id, |(whole, _)| whole);
    if let Some(country) = country(&id.to_uppercase()) {
        return Some(country.iso2);
    }
    place(id).map(|p| p.country).filter(|iso2| !iso2.is_empty())
}

/// The sector of an actor in a country: forces of another state are external there.
fn sector_at(id: &str, iso2: Option<&str>) -> Sector {
    let sector = sector_of(id);
    let home = state_behind(id);
    if sector == Sector::State && home.is_some() && iso2.is_some() && home != iso2 { Sector::External } else { sector }
}

/// The country whose state stands behind an actor.
fn state_behind(id: &str) -> Option<&'static str> {
    if actor(id).is_none() {
        return country_of(id);
    }
    country_of(id).or_else(|| state_behind(whole_of(id)?))
}

fn fits(row: &CodeRow, facts: Facts) -> bool {
    let one_of = |wanted: &Option<Vec<Sector>>, sector| wanted.as_ref().is_none_or(|list| list.contains(&sector));
    one_of(&row.actor, facts.actor)
        && one_of(&row.recipient, facts.recipient)
        && row.deadly.is_none_or(|wanted| wanted == facts.deadly)
}

/// The codes of a predicate with these facts: of each code the first row that fits and names one, else the usual one.
#[must_use]
pub fn codes(predicate: Predicate, facts: Facts) -> Codes {
    let entry = predicate.entry();
    let rows = || entry.when.iter().filter(|row| fits(row, facts));
    let acled = rows().find_map(|row| row.acled.as_deref()).or(entry.acled.as_deref());
    let cameo = rows().find_map(|row| row.cameo.as_deref()).or(entry.cameo.as_deref());
    let plover = entry.plover.as_ref().map(|p| (p.event.as_str(), p.mode.as_deref()));
    Codes { plover, acled: acled.and_then(sub_event), cameo }
}

/// PLOVER's event of one claim. What is only announced is no deed yet: PLOVER counts a good deed to come as an agreement
/// and a bad one as a threat, and to leave a good one undone as a refusal.
#[must_use]
pub fn plover_of(claim: &Claim) -> Option<&'static str> {
    const GOOD: [&str; 6] = ["AID", "CONCEDE", "CONSULT", "COOPERATE", "RETREAT", "SUPPORT"];
    const BAD: [&str; 4] = ["ASSAULT", "COERCE", "PROTEST", "SANCTION"];
    let root = claim.predicate.entry().plover.as_ref()?.event.as_str();
    let negative = claim.factuality.polarity == Polarity::Negative;
    Some(match claim.factuality.realis {
        Realis::Future if GOOD.contains(&root) => {
            if negative {
                "REJECT"
            } else {
                "AGREE"
            }
        }
        Realis::Future if BAD.contains(&root) && !negative => "THREATEN",
        _ => root,
    })
}

/// The codes of an event.
#[must_use]
pub fn codes_of(event: &Event, book: &Book) -> Codes {
    codes(event.predicate, Facts::of(event, book))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use vigie_resources::{Kind, sub_events};

    fn all_facts() -> impl Iterator<Item = Facts> {
        Sector::ALL.into_iter().flat_map(|actor| {
            Sector::ALL.into_iter().flat_map(move |recipient| {
                [false, true].into_iter().map(move |deadly| Facts { actor, recipient, deadly })
            })
        })
    }

    /// Every predicate with every fact has one sub-event or an explicit "none", and a CAMEO leaf if it is an event.
    #[test]
    fn the_function_is_total_and_reaches_every_sub_event() {
        let mut reached = BTreeSet::new();
        for predicate in Predicate::all() {
            for facts in all_facts() {
                let codes = codes(predicate, facts);
                assert_eq!(codes.cameo.is_some(), predicate.kind() == Kind::Event, "{}: {facts:?}", predicate.id());
                reached.extend(codes.acled.map(|s| s.name.as_str()));
            }
        }
        let all: BTreeSet<&str> = sub_events().iter().map(|s| s.name.as_str()).collect();
        assert_eq!(
            all.difference(&reached).collect::<Vec<_>>(),
            Vec::<&&str>::new(),
            "sub-events that nothing reaches"
        );
    }

    /// A row that earlier rows hide could be wrong for years.
    #[test]
    fn every_row_decides_something() {
        for predicate in Predicate::all() {
            let rows = &predicate.entry().when;
            for (at, row) in rows.iter().enumerate() {
                let first = |facts: Facts, named: fn(&CodeRow) -> bool| {
                    rows.iter().position(|r| fits(r, facts) && named(r)) == Some(at)
                };
                let used = all_facts().any(|facts| {
                    (row.acled.is_some() && first(facts, |r| r.acled.is_some()))
                        || (row.cameo.is_some() && first(facts, |r| r.cameo.is_some()))
                });
                assert!(used, "{}: row {} of [[when]] is never used", predicate.id(), at + 1);
            }
        }
    }

    #[test]
    fn sides_decide() {
        let name = |id: &str, actor, recipient, deadly| {
            let predicate = Predicate::from_id(id).expect("a predicate");
            codes(predicate, Facts { actor, recipient, deadly }).acled.map(|s| s.name.as_str())
        };
        use Sector::{Civilians, External, None as Nobody, Protesters, Rebel, State};
        assert_eq!(name("capture", State, Rebel, false), Some("Government regains territory"));
        assert_eq!(name("capture", Rebel, State, false), Some("Non-state actor overtakes territory"));
        assert_eq!(name("capture", External, Nobody, false), Some("Non-state actor overtakes territory"));
        assert_eq!(name("capture", Nobody, Nobody, false), None);
        assert_eq!(name("kill", State, Civilians, true), Some("Attack"));
        assert_eq!(name("kill", State, Rebel, true), Some("Armed clash"));
        assert_eq!(name("shoot", State, Protesters, false), Some("Excessive force against protesters"));
        assert_eq!(name("crowd-control", State, Protesters, false), Some("Protest with intervention"));
        assert_eq!(name("crowd-control", State, Protesters, true), Some("Excessive force against protesters"));
        assert_eq!(name("sign", State, External, false), None);
        assert_eq!(name("sign", State, Rebel, false), Some("Agreement"));
        assert_eq!(name("accuse", State, Rebel, false), None);
    }

    #[test]
    fn forces_abroad_are_external() {
        assert_eq!(sector_at("syr.army", Some("SY")), Sector::State);
        assert_eq!(sector_at("tur.army", Some("SY")), Sector::External);
        assert_eq!(sector_at("africa-corps", Some("ML")), Sector::External);
        assert_eq!(sector_at("tur.army", None), Sector::State);
        assert_eq!(sector_at("is", Some("SY")), Sector::Rebel);
    }

    #[test]
    fn places_lead_to_their_country() {
        assert_eq!(country_of_place("gn:170063/east"), Some("SY"));
        assert_eq!(country_of_place("t:bases@gn:170063"), Some("SY"));
        assert_eq!(country_of_place("t:bases@sy"), Some("SY"));
        assert_eq!(country_of_place("t:bases@"), None);
    }

    /// The public table of CAMEO's codes in PLOVER's words, where it is at hand. Where ours differs the reason stands here.
    #[test]
    fn cameo_and_plover_agree_with_the_public_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/events/CAMEO2PLOVER-2021.txt");
        let Ok(table) = std::fs::read_to_string(path) else {
            eprintln!("skipped: {path} is not there");
            return;
        };
        // Three lines of the table are known slips; only the mode of each is wrong, so events can be compared.
        let rows = table.lines().filter_map(|line| {
            let (code, rest) = line.split_once(':')?;
            (code.len() > 2 && code.bytes().all(|b| b.is_ascii_digit()))
                .then(|| (code, rest.split(',').next().unwrap_or("").trim()))
        });
        let table: std::collections::BTreeMap<&str, &str> = rows.collect();
        assert!(table.len() > 150);
        let differing: Vec<&str> = Predicate::all()
            .filter(|p| {
                let entry = p.entry();
                let theirs = entry.cameo.as_deref().and_then(|code| table.get(code));
                theirs.zip(entry.plover.as_ref()).is_some_and(|(theirs, ours)| *theirs != ours.event)
            })
            .map(Predicate::id)
            .collect();
        let known = [
            "announce-talks", // to tell of talks is part of the talks in our ontology
            "arm",            // PLOVER's MOBILIZE has a mode for weapons, CAMEO only knows military aid
            "capture",        // seizing territory is an assault of its own in our ontology
            "convict",        // a verdict of a court is a sanction, not an accusation
            "loot",           // CAMEO has no looting beside confiscation
            "lose",           // as capture
            "resign",         // PLOVER's RETREAT has a mode for it
        ];
        assert_eq!(differing, known.into_iter().filter(|id| differing.contains(id)).collect::<Vec<_>>());
    }
}
