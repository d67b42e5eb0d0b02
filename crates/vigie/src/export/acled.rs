//! ACLED-shaped CSV: 31 columns in ACLED's order, one row an event that ACLED has a sub-event for.
//!
//! Other than in ACLED's own files the order of the actors tells a direction: actor1 acts.

use super::told::Told;
use crate::record::hex;
use jiff::civil::Date;
use std::io::{self, Write};
use vigie_claims::{Grain, Precision, Role};
use vigie_events::OriginKind;
use vigie_resources::{Language, Sector, country, place, region};

/// The columns, in order.
pub const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// How the columns of sectors are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inter {
    /// As ACLED's numbers, `1` and `12`.
    Code,
    /// As ACLED's words, `State forces` and `State forces-Rebel group`.
    Label,
}

/// The tag of a column in the Humanitarian Exchange Language; empty where it has none.
fn hxl(column: &str) -> &'static str {
    match column {
        "event_date" => "#date+start",
        "event_type" => "#event+type",
        "actor1" => "#group+name+first",
        "actor2" => "#group+name+second",
        "iso" => "#country+code",
        "admin1" => "#adm1+name",
        "admin2" => "#adm2+name",
        "location" => "#loc+name",
        "latitude" => "#geo+lat",
        "longitude" => "#geo+lon",
        "source" => "#meta+source",
        "notes" => "#description",
        "fatalities" => "#affected+killed",
        _ => "",
    }
}

/// Writes the head, where wanted the row of HXL's tags, and the rows; gives back how many events ACLED has no row for.
///
/// # Errors
/// When the output cannot be written.
pub fn write(events: &[Told], inter: Inter, tags: bool, out: &mut dyn Write) -> io::Result<usize> {
    writeln!(out, "{}", COLUMNS.join(","))?;
    if tags {
        writeln!(out, "{}", COLUMNS.map(hxl).join(","))?;
    }
    let mut left_out = 0;
    for told in events {
        match row(told, inter) {
            Some(cells) => writeln!(out, "{}", cells.map(|cell| quoted(&cell)).join(","))?,
            None => left_out += 1,
        }
    }
    Ok(left_out)
}

/// A cell as RFC 4180 wants it.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn number(sector: Sector) -> usize {
    Sector::ALL.iter().position(|s| *s == sector).map_or(0, |at| (at + 1) % Sector::ALL.len())
}

fn label(sector: Sector) -> &'static str {
    match sector {
        Sector::State => "State forces",
        Sector::Rebel => "Rebel group",
        Sector::Militia => "Political militia",
        Sector::Identity => "Identity militia",
        Sector::Rioters => "Rioters",
        Sector::Protesters => "Protesters",
        Sector::Civilians => "Civilians",
        Sector::External => "External/Other forces",
        Sector::None => "",
    }
}

/// One sector, and both together, the lower number first.
fn inter_cells(actor: Sector, recipient: Sector, inter: Inter) -> [String; 3] {
    // The unknown comes behind the known.
    let (first, second) = if number(recipient) != 0 && number(recipient) < number(actor) {
        (recipient, actor)
    } else {
        (actor, recipient)
    };
    let both = match (first, second) {
        (Sector::None, other) | (other, Sector::None) => (other, Sector::None),
        pair => pair,
    };
    match inter {
        Inter::Code => [
            number(actor).to_string(),
            number(recipient).to_string(),
            (number(both.0) * 10 + number(both.1)).to_string(),
        ],
        Inter::Label => {
            let alone = both.1 == Sector::None;
            let pair = match (both.0, alone) {
                (Sector::None, _) => String::new(),
                (one, true) => format!("{} only", label(one)),
                (one, false) => format!("{}-{}", label(one), label(both.1)),
            };
            [label(actor).to_owned(), label(recipient).to_owned(), pair]
        }
    }
}

fn row(told: &Told, inter: Inter) -> Option<[String; 31]> {
    let sub = told.codes.acled?;
    let iso2 = told.country();
    let at = iso2.and_then(country);
    let date = told.day();
    let [inter1, inter2, interaction] = inter_cells(told.facts.actor, told.facts.recipient, inter);
    let first =
        |parties: &[(Option<&str>, &str)]| parties.first().map_or(String::new(), |(_, name)| (*name).to_owned());
    let others = |parties: &[(Option<&str>, &str)]| -> Vec<String> {
        parties.iter().skip(1).map(|(_, name)| (*name).to_owned()).collect()
    };
    let mut beside = others(&told.actors);
    for filler in told.claims.iter().flat_map(|(_, c)| c.fillers(Role::Associate)) {
        if !beside.contains(&filler.name) {
            beside.push(filler.name.clone());
        }
    }
    let targeted = sub.event_type == "Violence against civilians"
        || matches!(told.facts.recipient, Sector::Civilians | Sector::Protesters) && sub.disorder.contains("violence");
    let entry = told.place.and_then(|p| p.place.as_deref()).and_then(place);
    let division = entry.as_ref().and_then(|p| p.division.as_ref()).and_then(|id| place(id));
    let point = told.place.and_then(|p| p.point);
    let degrees = |millionths: i32| format!("{:.4}", f64::from(millionths) / 1_000_000.0);
    let killed = told.event.figures.iter().find(|(unit, _)| unit == "killed").map(|(_, counts)| counts);
    Some([
        format!("{}{}", at.map_or(String::new(), |c| c.iso3.to_uppercase()), &hex(&told.event.id.0.0)[..8]),
        date.map_or(String::new(), |d| d.to_string()),
        date.map_or(String::new(), |d| d.year().to_string()),
        time_precision(told).to_string(),
        sub.disorder.clone(),
        sub.event_type.clone(),
        sub.name.clone(),
        first(&told.actors),
        beside.join("; "),
        inter1,
        first(&told.recipients),
        others(&told.recipients).join("; "),
        inter2,
        interaction,
        if targeted { "Civilian targeting".to_owned() } else { String::new() },
        iso2.and_then(region).map_or(String::new(), |(number, _)| number.to_string()),
        iso2.and_then(region).map_or(String::new(), |(_, name)| name.to_owned()),
        // ACLED is an English table, whatever the language of the page.
        at.map_or(String::new(), |c| Language::from_code("en").map_or("", |english| c.name(english)).to_owned()),
        division.map_or(String::new(), |d| d.name.to_owned()),
        String::new(),
        String::new(),
        told.place.map_or(String::new(), |p| p.name.clone()),
        point.map_or(String::new(), |(lat, _)| degrees(lat)),
        point.map_or(String::new(), |(_, lon)| degrees(lon)),
        told.place.map_or(3, |p| geo_precision(p.precision)).to_string(),
        sources(told),
        scale(told),
        notes(told),
        killed.and_then(|v| v.best()).map_or(0, |(low, _)| *low).to_string(),
        tags(told),
        told.reported.map_or(String::new(), |day| seconds(day).to_string()),
    ])
}

/// 1 a day, 2 a week, 3 more, or only a day by which it had happened.
fn time_precision(told: &Told) -> u8 {
    match told.period {
        Some((Some(first), last, grain)) => {
            let days = first.until(last).map_or(i32::MAX, |span| span.get_days());
            match (grain, days) {
                (_, 0) => 1,
                (Grain::Hour | Grain::Day | Grain::Week, _) | (_, 1..=7) => 2,
                _ => 3,
            }
        }
        _ => 3,
    }
}

fn geo_precision(precision: Precision) -> u8 {
    match precision {
        Precision::Exact => 1,
        Precision::Near | Precision::Region => 2,
        Precision::Country => 3,
    }
}

/// The origins by name; the outlets of what nobody is made to say.
fn sources(told: &Told) -> String {
    let mut names: Vec<&str> = Vec::new();
    for origin in &told.event.origins {
        let outlet = origin.claims.iter().find_map(|id| {
            told.claims.iter().find(|(_, c)| c.id == *id).and_then(|(document, _)| document.outlet.as_deref())
        });
        if let Some(name) = origin.origin.name.as_deref().or(outlet)
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names.join("; ")
}

/// From how far the sources speak, in ACLED's words.
fn scale(told: &Told) -> String {
    let mut words: Vec<&str> = told
        .event
        .origins
        .iter()
        .map(|o| match o.origin.kind {
            OriginKind::Agency | OriginKind::Un => "International",
            OriginKind::StateMedia | OriginKind::Official => "National",
            _ => "Other",
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words.join("-")
}

/// Every claim with its source.
fn notes(told: &Told) -> String {
    let one = |(document, claim): &(&crate::record::DocumentRecord, &vigie_claims::Claim)| {
        let words: Vec<&str> = claim.sentence.of(&document.text).split_whitespace().collect();
        format!("{} [{}]", words.join(" "), crate::show::speakers(claim, document))
    };
    let mut told: Vec<String> = told.claims.iter().map(one).collect();
    told.dedup();
    told.join(" | ")
}

fn tags(told: &Told) -> String {
    let mut tags = vec![
        format!("predicate={}", told.event.predicate.id()),
        format!("grade={}", told.event.grade.as_str()),
        format!("origins={}", told.event.origins.len()),
    ];
    for (unit, counts) in &told.event.figures {
        let values = counts.all().iter().map(|v| v.value);
        let (low, high) = values.fold((u64::MAX, 0), |(low, high), (a, b)| (low.min(a), high.max(b)));
        let name = if unit == "killed" { "fatalities" } else { unit.as_str() };
        tags.push(if low == high { format!("{name}={low}") } else { format!("{name}={low}..{high}") });
    }
    tags.join("; ")
}

/// Midnight (UTC) in seconds since 1970.
fn seconds(day: Date) -> i64 {
    let days = Date::constant(1970, 1, 1).until(day).map_or(0, |span| span.get_days());
    i64::from(days) * 86_400
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(quoted("plain"), "plain");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
    }

    #[test]
    fn sectors_as_numbers_and_words() {
        use Sector::{Civilians, None as Nobody, Rebel, State};
        assert_eq!(inter_cells(Rebel, State, Inter::Code), ["2", "1", "12"]);
        assert_eq!(inter_cells(State, Nobody, Inter::Code), ["1", "0", "10"]);
        assert_eq!(inter_cells(Nobody, Civilians, Inter::Code), ["0", "7", "70"]);
        assert_eq!(inter_cells(Nobody, Nobody, Inter::Code), ["0", "0", "0"]);
        assert_eq!(
            inter_cells(Rebel, State, Inter::Label),
            ["Rebel group", "State forces", "State forces-Rebel group"]
        );
        assert_eq!(inter_cells(State, Nobody, Inter::Label)[2], "State forces only");
    }

    #[test]
    fn days_as_seconds() {
        assert_eq!(seconds(Date::constant(1970, 1, 2)), 86_400);
        assert_eq!(seconds(Date::constant(2024, 3, 14)), 1_710_374_400);
    }
}
