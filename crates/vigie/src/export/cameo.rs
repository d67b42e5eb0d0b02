//! CAMEO as the older coders write it: date, source, target, leaf, separated by tabs, then the id of the event and where
//! it happened. An event of several actors or recipients is one line a pair.

use super::told::Told;
use super::wire::event_id;
use std::io::{self, Write};
use vigie_resources::{actor, country, country_of, role_of};

/// Stands where CAMEO's coders write that there is nobody.
const NOBODY: &str = "---";

/// The columns, in order.
const COLUMNS: [&str; 7] = ["date", "source", "target", "code", "event", "place", "country"];

/// Writes the head and the lines; gives back how many events CAMEO has no leaf for.
///
/// # Errors
/// When the output cannot be written.
pub fn write(events: &[Told], out: &mut dyn Write) -> io::Result<usize> {
    writeln!(out, "{}", COLUMNS.join("\t"))?;
    let mut left_out = 0;
    for told in events {
        let Some(leaf) = told.codes.cameo else {
            left_out += 1;
            continue;
        };
        let date = told.day().map_or(String::new(), |day| day.strftime("%Y%m%d").to_string());
        let place = told.place.map_or("", |p| p.name.as_str());
        let land = told.country().and_then(country).map_or(String::new(), |c| c.iso3.to_uppercase());
        for source in codes(&told.actors) {
            for target in codes(&told.recipients) {
                let id = event_id(told.event.id);
                writeln!(out, "{date}\t{source}\t{target}\t{leaf}\t{id}\t{place}\t{land}")?;
            }
        }
    }
    Ok(left_out)
}

fn codes(parties: &[(Option<&str>, &str)]) -> Vec<String> {
    let mut codes: Vec<String> = parties.iter().filter_map(|(id, _)| id.map(actor_code)).collect();
    codes.retain(|code| !code.is_empty());
    codes.dedup();
    if codes.is_empty() {
        codes.push(NOBODY.to_owned());
    }
    codes
}

/// CAMEO's code of an actor: the country's three letters and the role (`SYRMIL`); for a group that only a text names the
/// country where the text puts it.
#[must_use]
pub fn actor_code(id: &str) -> String {
    let theatre =
        id.strip_prefix("t:").and_then(|name| name.rsplit_once('@')).and_then(|(_, at)| country(at.split('/').next()?));
    let registered = || actor(id).filter(|a| a.countries.len() == 1).and_then(|a| country(a.countries[0]));
    let land = country_of(id).and_then(country).or(theatre).or_else(registered);
    let land = land.map_or(String::new(), |c| c.iso3.to_uppercase());
    format!("{land}{}", role_of(id).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_as_cameo_codes_them() {
        for (id, code) in [
            ("syr", "SYR"),
            ("syr.army", "SYRMIL"),
            ("fra.gov", "FRAGOV"),
            ("t:rebels@SY", "SYRREB"),
            ("t:manifestant@TN/gn:1", "TUNOPP"),
            ("t:somebody", ""),
            ("afp", "FRAMED"),
        ] {
            assert_eq!(actor_code(id), code, "{id}");
        }
    }

    #[test]
    fn nobody_has_a_sign() {
        assert_eq!(codes(&[]), ["---"]);
        assert_eq!(codes(&[(None, "somebody"), (Some("syr"), "Syria"), (Some("syr"), "Syria")]), ["SYR"]);
    }
}
