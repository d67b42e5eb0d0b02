//! Corrections of one field: what a new value may be, and the claim with it.

use super::decision::Field;
use crate::background::Registries;
use crate::export::codes::country_of_place;
use jiff::civil::Date;
use std::collections::BTreeSet;
use vigie_claims::{
    Argument, Basis, Certainty, Claim, Figure, Filler, Grain, Hedge, Period, PlaceMention, Polarity, Precision, Realis,
    Role,
};
use vigie_events::Background;
use vigie_resources::{Predicate, actors_named, kind_of, place, places_named};

/// Stands for "none".
const NONE: &str = "-";

/// A new value as it is kept: names become ids where they have one meaning.
///
/// # Errors
/// With what a value of this field looks like.
pub fn canonical(field: Field, value: &str) -> Result<String, String> {
    let value = value.trim();
    let known = |found: bool, all: &[&str]| {
        if found { Ok(value.to_owned()) } else { Err(format!("give one of: {}", all.join(", "))) }
    };
    match field {
        Field::Predicate => match Predicate::from_id(value) {
            Some(_) => Ok(value.to_owned()),
            None => Err("give the id of a predicate, for instance capture".to_owned()),
        },
        Field::Actor | Field::Recipient if value == NONE => Ok(value.to_owned()),
        Field::Actor | Field::Recipient => {
            let ids: Vec<String> = value.split(';').map(|one| actor_id(one.trim())).collect::<Result<_, _>>()?;
            Ok(ids.join(";"))
        }
        Field::Place => place_id(value),
        Field::Period => period(value).map(|_| value.to_owned()),
        Field::Polarity => known(Polarity::from_word(value).is_some(), &words(Polarity::ALL, |v| v.as_str())),
        Field::Certainty => known(Certainty::from_word(value).is_some(), &words(Certainty::ALL, |v| v.as_str())),
        Field::Realis => known(Realis::from_word(value).is_some(), &words(Realis::ALL, |v| v.as_str())),
        Field::Figure => figure(value).map(|_| value.to_owned()),
    }
}

fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|v| word(*v)).collect()
}

/// An id as it is; a name that has one meaning as its id; any other name as it is.
fn actor_id(value: &str) -> Result<String, String> {
    if value.is_empty() || value == NONE {
        return Err("give ids or names, with ; between them, or - alone for nobody".to_owned());
    }
    if is_actor(value) {
        return Ok(value.to_owned());
    }
    let ids: BTreeSet<&str> = actors_named(value).into_iter().map(|(entry, _)| entry.id).collect();
    match ids.len() {
        0 => Ok(value.to_owned()),
        1 => Ok(ids.into_iter().collect()),
        _ => Err(format!(
            "several actors have this name, give the id: {}",
            ids.into_iter().collect::<Vec<_>>().join(", ")
        )),
    }
}

fn is_actor(value: &str) -> bool {
    value.starts_with("t:") || kind_of(value).is_some()
}

fn place_id(value: &str) -> Result<String, String> {
    if value.is_empty() {
        return Err("give the id or name of a place, or - for none".to_owned());
    }
    if value == NONE || value.starts_with("t:") || place(value).is_some() {
        return Ok(value.to_owned());
    }
    if value.contains(':') {
        return Err("the gazetteer has no such id; vigie places --format jsonl shows ids".to_owned());
    }
    let found = places_named(value);
    match found.as_slice() {
        [] => Ok(value.to_owned()),
        [only] => Ok(only.id.to_string()),
        _ => {
            let list: Vec<String> = found.iter().take(8).map(|p| format!("{} ({})", p.id, p.country)).collect();
            Err(format!("several places have this name, give the id: {}", list.join(", ")))
        }
    }
}

/// First day (if known) and last; `None` for no period.
type Days = Option<(Option<Date>, Date)>;

fn period(value: &str) -> Result<Days, String> {
    let wrong = || "give YYYY-MM-DD, YYYY-MM-DD..YYYY-MM-DD, ..YYYY-MM-DD or - for none".to_owned();
    let day = |text: &str| text.parse::<Date>().map_err(|_| wrong());
    if value == NONE {
        return Ok(None);
    }
    let Some((first, last)) = value.split_once("..") else {
        let day = day(value)?;
        return Ok(Some((Some(day), day)));
    };
    let first = if first.is_empty() { None } else { Some(day(first)?) };
    let last = day(last)?;
    if first.is_some_and(|first| first > last) { Err(wrong()) } else { Ok(Some((first, last))) }
}

/// Lowest and highest number.
type Range = (u64, u64);

/// The unit, and the lowest and highest number; `None` for no figure in this unit.
fn figure(value: &str) -> Result<(&str, Option<Range>), String> {
    let wrong = || "give a unit and a number: killed=12, killed=8..12 or killed=- for none".to_owned();
    let (unit, number) = value.split_once('=').filter(|(unit, _)| !unit.is_empty()).ok_or_else(wrong)?;
    if number == NONE {
        return Ok((unit, None));
    }
    let (low, high) = number.split_once("..").unwrap_or((number, number));
    let number = |text: &str| text.parse::<u64>().map_err(|_| wrong());
    let (low, high) = (number(low)?, number(high)?);
    if low > high { Err(wrong()) } else { Ok((unit, Some((low, high)))) }
}

/// Puts a new value into a claim; false when this program does not know it any more. What has no words in the text gets
/// the span of what stood there, or of the trigger: the decision in `because` tells that it was not read.
pub(super) fn correct(claim: &mut Claim, field: Field, value: &str) -> bool {
    let mut put = || -> Option<()> {
        match field {
            Field::Predicate => claim.predicate = Predicate::from_id(value)?,
            Field::Actor => fillers(claim, Role::Actor, value),
            Field::Recipient => fillers(claim, Role::Recipient, value),
            Field::Place => claim.place = mention(claim.place.clone(), value)?,
            Field::Period => {
                let span = claim.period.as_ref().and_then(|p| p.span);
                claim.period = period(value).ok()?.map(|(first, last)| Period {
                    span,
                    first,
                    last,
                    grain: grain(first, last),
                    basis: if first.is_some() { Basis::Stated } else { Basis::Bound },
                    otherwise: None,
                });
            }
            Field::Polarity => claim.factuality.polarity = Polarity::from_word(value)?,
            Field::Certainty => claim.factuality.certainty = Certainty::from_word(value)?,
            Field::Realis => claim.factuality.realis = Realis::from_word(value)?,
            Field::Figure => {
                let (unit, number) = figure(value).ok()?;
                let span = claim.figures.iter().find(|f| f.unit == unit).or(claim.figures.first()).map(|f| f.span);
                claim.figures.retain(|f| f.unit != unit);
                claim.figures.extend(number.map(|(low, high)| Figure {
                    span: span.unwrap_or(claim.trigger),
                    low,
                    high,
                    unit: unit.into(),
                    hedge: if low == high { Hedge::Exactly } else { Hedge::Between },
                }));
                claim.figures.sort_by_key(|f| f.span);
            }
        }
        Some(())
    };
    put().is_some()
}

fn grain(first: Option<Date>, last: Date) -> Grain {
    match first.map_or(0, |first| (last - first).get_days()) {
        0 => Grain::Day,
        1..=7 => Grain::Week,
        8..=31 => Grain::Month,
        _ => Grain::Year,
    }
}

fn fillers(claim: &mut Claim, role: Role, value: &str) {
    let before: Vec<Filler> = claim.fillers(role).cloned().collect();
    claim.arguments.retain(|a| a.role != role);
    if value == NONE {
        return;
    }
    for one in value.split(';') {
        let same = |f: &&Filler| f.actor.as_deref() == Some(one) || f.name == one;
        let filler = before.iter().find(same).cloned().unwrap_or_else(|| {
            let actor = is_actor(one).then(|| one.into());
            let registered = Registries.actor(one).map(|facts| facts.name).filter(|n| !n.is_empty());
            let (span, head) = before.first().map_or((claim.trigger, claim.trigger), |f| (f.span, f.head));
            Filler { span, head, actor, name: registered.unwrap_or_else(|| one.to_owned()) }
        });
        claim.arguments.push(Argument { role, filler });
    }
    claim.arguments.sort_by_key(|a| (a.role, a.filler.span));
}

/// The outer `None`: there is no such place any more.
fn mention(before: Option<PlaceMention>, value: &str) -> Option<Option<PlaceMention>> {
    if value == NONE {
        return Some(None);
    }
    let span = before.and_then(|p| p.span);
    if value.starts_with("t:") || !value.contains(':') {
        let place = value.starts_with("t:").then(|| value.into());
        return Some(Some(PlaceMention::new(span, place, value.to_owned(), Precision::Exact)));
    }
    let entry = place(value)?;
    let name = if entry.name.is_empty() { value } else { entry.name };
    let country = Registries.place(value).is_some_and(|facts| facts.country) && country_of_place(value).is_some();
    let precision = if country { Precision::Country } else { Precision::Exact };
    let mut mention = PlaceMention::new(span, Some(entry.id.clone()), name.to_owned(), precision);
    mention.point = Some(entry.point);
    Some(Some(mention))
}
