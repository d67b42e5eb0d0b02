//! What must hold of every run, on invented claims drawn by a fixed sequence of numbers.

use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use vigie_claims::{
    Argument, Basis, Certainty, Claim, ClaimId, Factuality, Figure, Filler, Grain, Hedge, Period, PlaceMention,
    Polarity, Precision, Realis, Role, Speaker, SpeakerKind,
};
use vigie_events::{ActorFacts, Background, Event, PlaceFacts, Reported, events};
use vigie_resources::Predicate;
use vigie_situation::{Knowledge, Situation, Status, digest};
use vigie_text::{DocumentId, Span, StoryId};

struct Draw(u64);

impl Draw {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }
}

struct World;

impl Background for World {
    fn actor(&self, id: &str) -> Option<ActorFacts> {
        let (kind, part_of) = match id {
            "nord.army" => ("army", Some("nord")),
            "nord" | "sud" => ("state", None),
            "nord.president" => ("person", Some("nord")),
            "watch" => ("monitor", None),
            "front" => ("armed-group", None),
            _ => return None,
        };
        Some(ActorFacts { name: format!("<{id}>"), kind: kind.into(), part_of: part_of.map(Into::into), side: None })
    }

    fn place(&self, id: &str) -> Option<PlaceFacts> {
        let within = match id {
            "p:old-town" => Some("p:city"),
            "p:city" | "p:village" => Some("p:province"),
            "p:province" => Some("p:country"),
            "p:country" => None,
            _ => return None,
        };
        Some(PlaceFacts { name: format!("<{id}>"), within: within.map(Into::into), country: id == "p:country" })
    }
}

const PREDICATES: &[&str] = &[
    "capture",
    "capture",
    "lose",
    "expel",
    "withdraw",
    "besiege",
    "besieged",
    "lift-siege",
    "cut-route",
    "reopen-route",
    "control",
    "presence",
    "airstrike",
    "kill",
    "meet",
    "fail-talks",
    "agree",
    "announce-talks",
    "ceasefire",
    "violate-ceasefire",
    "support",
    "allied",
    "hostile",
    "population",
    "label",
    "deny",
    "attack",
    "clash",
    "evacuate",
];
const ACTORS: &[&str] = &["nord.army", "nord", "sud", "nord.president", "front", "t:rebels@p:country"];
const PLACES: &[&str] = &["p:old-town", "p:city", "p:village", "p:province", "p:country", "t:bases@p:province"];

fn day(offset: u64) -> Date {
    let start: Date = "2031-03-01".parse().expect("a date");
    start.saturating_add(jiff::Span::new().days(offset as i64))
}

fn bytes(one: u64, two: u64) -> [u8; 16] {
    let mut all = [0; 16];
    all[..8].copy_from_slice(&one.to_be_bytes());
    all[8..].copy_from_slice(&two.to_be_bytes());
    all
}

fn filler(draw: &mut Draw, at: usize) -> Filler {
    let id = *draw.of(ACTORS);
    let actor = (draw.below(5) > 0).then(|| id.into());
    Filler { span: Span::new(at, at + 2), head: Span::new(at, at + 2), actor, name: format!("name of {id}") }
}

fn claim(draw: &mut Draw, document: u64, nth: u64, reported: Date) -> Claim {
    let at = nth as usize * 100;
    let word: &str = draw.of::<&str>(PREDICATES);
    let predicate = Predicate::from_id(word).expect("a shipped predicate");
    let mut arguments = Vec::new();
    for (n, role) in [Role::Actor, Role::Actor, Role::Recipient, Role::Associate].into_iter().enumerate() {
        if draw.below(2) == 0 {
            arguments.push(Argument { role, filler: filler(draw, at + 10 + n * 3) });
        }
    }
    if draw.below(3) == 0 {
        let name = (*draw.of(&["the only road", "three bridges", "a hill"])).to_owned();
        let span = Span::new(at + 40, at + 45);
        arguments.push(Argument { role: Role::Object, filler: Filler { span, head: span, actor: None, name } });
    }
    let place = (draw.below(4) > 0).then(|| {
        let id = *draw.of(PLACES);
        let precision = *draw.of(&[Precision::Exact, Precision::Near, Precision::Region]);
        let name = if draw.below(6) == 0 { "large parts".to_owned() } else { format!("name of {id}") };
        PlaceMention::new(None, (draw.below(6) > 0).then(|| id.into()), name, precision)
    });
    let period = (draw.below(2) == 0).then(|| {
        let first = reported.saturating_add(jiff::Span::new().days(draw.below(12) as i64 - 10));
        let last = first.saturating_add(jiff::Span::new().days(*draw.of(&[0, 0, 0, 1, 30])));
        let bound = draw.below(8) == 0;
        Period {
            span: None,
            first: (!bound).then_some(first),
            last,
            grain: Grain::Day,
            basis: if bound { Basis::Bound } else { Basis::Stated },
            otherwise: None,
        }
    });
    let said_by = match draw.below(5) {
        0 | 1 => Vec::new(),
        2 => vec![speaker(SpeakerKind::Institution, "Watch", Some("watch"))],
        3 => vec![
            speaker(SpeakerKind::Relay, "Agency", None),
            speaker(SpeakerKind::Named, "President", Some("nord.president")),
        ],
        _ => vec![speaker(SpeakerKind::Anonymous, "a diplomat", None)],
    };
    let figures = (draw.below(5) == 0)
        .then(|| {
            let low = draw.below(50);
            let unit = *draw.of(&["killed", "people", "percent", "bases"]);
            Figure {
                span: Span::new(at + 60, at + 62),
                low,
                high: low + draw.below(3),
                unit: unit.into(),
                hedge: Hedge::About,
            }
        })
        .into_iter()
        .collect();
    Claim {
        id: ClaimId(bytes(document, nth)),
        document: DocumentId(bytes(document, 0)),
        story: StoryId(bytes(document, nth / 5)),
        sentence: Span::new(at, at + 99),
        headline: draw.below(9) == 0,
        trigger: Span::new(at + 3, at + 8),
        predicate,
        again: draw.below(5) == 0,
        arguments,
        place,
        period,
        figures,
        said_by,
        factuality: Factuality {
            polarity: *draw.of(&[Polarity::Positive, Polarity::Positive, Polarity::Positive, Polarity::Negative]),
            certainty: *draw.of(&[Certainty::Certain, Certainty::Certain, Certainty::Probable]),
            realis: *draw.of(&[Realis::Actual, Realis::Actual, Realis::Actual, Realis::Future, Realis::Historical]),
        },
        because: Vec::new(),
    }
}

fn speaker(kind: SpeakerKind, name: &str, actor: Option<&str>) -> Speaker {
    let actor = actor.map(Into::into);
    Speaker { span: None, name: Some(name.to_owned()), actor, kind, cue: None, said_on: None, joint: false }
}

/// Documents of a few claims each, reported on days in a row.
fn claims(seed: u64, n_documents: u64) -> Vec<(Claim, Option<Date>)> {
    let mut draw = Draw(seed);
    let mut all = Vec::new();
    for document in 0..n_documents {
        let reported = day(10 + draw.below(20));
        for nth in 0..4 + draw.below(8) {
            all.push((claim(&mut draw, seed * 1000 + document, nth, reported), Some(reported)));
        }
    }
    all
}

fn reports(claims: &[(Claim, Option<Date>)]) -> Vec<Reported<'_>> {
    claims.iter().map(|(claim, reported)| Reported::new(claim, *reported)).collect()
}

fn check(property: impl Fn(u64, &[(Claim, Option<Date>)])) {
    for seed in 1..60 {
        property(seed, &claims(seed, 5));
    }
}

fn ask(reports: &[Reported<'_>]) -> Vec<Situation> {
    [5, 15, 22, 31, 200].iter().map(|d| Situation::on(day(*d), day(300), reports, &World)).collect()
}

#[test]
fn the_order_of_arrival_changes_nothing() {
    check(|seed, all| {
        let mut told = reports(all);
        let before = (events(&told, &World), ask(&told));
        let mut draw = Draw(seed ^ 77);
        for i in (1..told.len()).rev() {
            told.swap(i, draw.below(i as u64 + 1) as usize);
        }
        assert_eq!(before, (events(&told, &World), ask(&told)));
    });
}

#[test]
fn a_document_read_twice_counts_once() {
    check(|_, all| {
        let mut told = reports(all);
        let before = (events(&told, &World), ask(&told));
        told.extend(reports(all));
        assert_eq!(before, (events(&told, &World), ask(&told)));
    });
}

#[test]
fn a_near_copy_adds_no_origin() {
    check(|_, all| {
        let told = reports(all);
        let copies: Vec<(Claim, Option<Date>)> = all
            .iter()
            .map(|(claim, reported)| {
                let mut copy = claim.clone();
                copy.id.0[0] = 1;
                copy.document.0[0] = 1;
                copy.story.0[0] = 1;
                (copy, *reported)
            })
            .collect();
        let mut both = told.clone();
        both.extend(copies.iter().zip(all).map(|((copy, reported), (original, _))| Reported {
            copy_of: Some(original.story),
            ..Reported::new(copy, *reported)
        }));
        let units = |list: &[Reported<'_>]| -> BTreeSet<_> {
            events(list, &World)
                .iter()
                .flat_map(|e| e.origins.iter().map(|o| o.origin.unit.clone()).collect::<Vec<_>>())
                .collect()
        };
        assert_eq!(units(&told), units(&both));
    });
}

#[test]
fn unrelated_documents_change_nothing() {
    check(|_, all| {
        let before = ask(&reports(all));
        let other: Vec<(Claim, Option<Date>)> = claims(900, 3)
            .into_iter()
            .map(|(mut claim, reported)| {
                for argument in &mut claim.arguments {
                    argument.filler.actor = argument.filler.actor.take().map(|id| format!("elsewhere.{id}").into());
                }
                for speaker in &mut claim.said_by {
                    speaker.actor = None;
                    speaker.name = Some("elsewhere".to_owned());
                }
                let place =
                    claim.place.get_or_insert_with(|| PlaceMention::new(None, None, String::new(), Precision::Exact));
                place.place = Some("elsewhere".into());
                place.name = "Elsewhere".to_owned();
                (claim, reported)
            })
            .collect();
        let mut told = reports(all);
        told.extend(reports(&other));
        for (one, two) in before.iter().zip(ask(&told)) {
            let kept: Vec<_> = two
                .holdings
                .into_iter()
                .filter(|h| !h.key.iter().any(|k| k.id.contains("elsewhere") || k.id.starts_with("route:t:")))
                .collect();
            let mine: Vec<_> =
                one.holdings.iter().filter(|h| !h.key.iter().any(|k| k.id.starts_with("route:t:"))).collect();
            assert_eq!(mine, kept.iter().collect::<Vec<_>>());
        }
    });
}

#[test]
fn rumours_change_nothing() {
    check(|seed, all| {
        let before = ask(&reports(all));
        let rumours: Vec<(Claim, Option<Date>)> = claims(seed + 500, 3)
            .into_iter()
            .map(|(mut claim, reported)| {
                claim.factuality.certainty = Certainty::Possible;
                (claim, reported)
            })
            .filter(|(claim, _)| !claim.predicate.effects().denies)
            .collect();
        let mut told = reports(all);
        told.extend(reports(&rumours));
        for (one, two) in before.iter().zip(ask(&told)) {
            let bare = |s: &Situation| -> Vec<_> {
                s.holdings
                    .iter()
                    .map(|h| {
                        (
                            h.fluent,
                            h.key.clone(),
                            h.layer,
                            h.value.clone(),
                            h.by.clone(),
                            h.status,
                            h.since,
                            h.proof.premises.clone(),
                        )
                    })
                    .collect()
            };
            assert_eq!(bare(one), bare(&two));
        }
    });
}

#[test]
fn later_reports_do_not_change_what_was_known() {
    check(|_, all| {
        let known = day(20);
        let told = reports(all);
        let early: Vec<Reported<'_>> = told.iter().copied().filter(|r| r.reported <= Some(known)).collect();
        for valid in [8, 15, 20, 25] {
            let then = Situation::on(day(valid), known, &early, &World);
            assert_eq!(then, Situation::on(day(valid), known, &told, &World));
        }
        let (then, later) = (Knowledge::of(known, &early, &World), Knowledge::of(known, &told, &World));
        assert_eq!(then.events(), later.events());
        assert_eq!(digest(day(0), day(60), &then), digest(day(0), day(60), &later));
    });
}

#[test]
fn every_claim_is_in_one_event_and_no_version_is_lost() {
    check(|_, all| {
        let told = reports(all);
        let found: Vec<Event> = events(&told, &World);
        let mut homes: BTreeMap<ClaimId, usize> = BTreeMap::new();
        for event in &found {
            for claim in &event.claims {
                *homes.entry(*claim).or_default() += 1;
            }
            let in_versions: usize = event.happened.all().iter().map(|v| v.claims.len()).sum();
            assert_eq!(in_versions, event.claims.len());
            for version in event.actors.all() {
                assert!(!version.claims.is_empty() && !version.origins.is_empty());
            }
            let with_place = event.claims.iter().filter(|id| {
                all.iter().any(|(c, _)| c.id == **id && c.place.as_ref().is_some_and(|p| p.place.is_some()))
            });
            assert_eq!(with_place.count(), event.place.all().iter().map(|v| v.claims.len()).sum::<usize>());
            assert!(event.claims.contains(&event.id.0));
        }
        assert_eq!(homes.len(), all.len());
        assert!(homes.values().all(|n| *n == 1));
    });
}

#[test]
fn every_answer_has_a_proof_and_its_value_is_told() {
    check(|_, all| {
        let known: BTreeSet<ClaimId> = all.iter().map(|(c, _)| c.id).collect();
        for situation in ask(&reports(all)) {
            for h in &situation.holdings {
                assert!(!h.proof.premises.is_empty(), "{h:?}");
                assert!(h.proof.premises.iter().all(|id| known.contains(id)));
                assert!(h.rivals.iter().all(|r| !r.claims.is_empty() && !r.origins.is_empty()));
                assert_eq!(h.status == Status::Contested, h.status == Status::Contested && !h.rivals.is_empty());
                assert!(h.status != Status::Unknown);
                assert!(!h.key.iter().any(|k| k.name.is_empty()));
                for id in &h.proof.premises {
                    let (claim, _) = all.iter().find(|(c, _)| c.id == *id).expect("a known claim");
                    assert!(claim.factuality.certainty != Certainty::Possible);
                    assert!(claim.factuality.realis != Realis::Hypothetical);
                    assert!(claim.predicate.id() != "label");
                }
            }
        }
    });
}

#[test]
fn no_country_is_painted_and_no_associate_holds() {
    check(|_, all| {
        for situation in ask(&reports(all)) {
            for h in &situation.holdings {
                if matches!(h.fluent.as_str(), "control" | "siege" | "presence" | "encircled") {
                    assert!(!h.key.iter().any(|k| k.id == "p:country"), "{h:?}");
                }
            }
        }
    });
}

/// A year of a busy archive must not take more than the patience of who asks.
#[test]
fn many_claims_are_grouped_in_time() {
    let mut all: Vec<(Claim, Option<Date>)> = Vec::new();
    for seed in 0..40 {
        let mut some = claims(2000 + seed, 30);
        for (claim, reported) in &mut some {
            let shift = jiff::Span::new().days(seed as i64 * 9);
            *reported = reported.map(|d| d.saturating_add(shift));
            if let Some(period) = &mut claim.period {
                period.first = period.first.map(|d| d.saturating_add(shift));
                period.last = period.last.saturating_add(shift);
            }
        }
        all.extend(some);
    }
    let told = reports(&all);
    let knowledge = Knowledge::of(day(400), &told, &World);
    let situation = knowledge.situation(day(380), &World);
    println!("{} claims, {} events, {} holdings", all.len(), knowledge.events().len(), situation.holdings.len());
    assert!(knowledge.events().len() > 1000);
}
