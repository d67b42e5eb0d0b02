//! `muc4`: documents about terror in Latin America, in capitals; what, when, where, by whom, to whom, and how sure.

use super::report::{Figure, Outcome};
use super::text::Read;
use super::{lines, note};
use crate::evaluate::score::Count;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use vigie_claims::{Certainty, Claim, Realis, Role};
use vigie_resources::{Language, lexicon};

#[derive(Deserialize)]
struct Document {
    text: String,
    templates: Vec<BTreeMap<String, serde_json::Value>>,
}

const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// "16 NOV 89": the first day in a text.
fn day(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.windows(3).find_map(|w| {
        let month = MONTHS.iter().position(|m| w[1].starts_with(m))?;
        let year: i16 = w[2].parse().ok().filter(|y| *y < 100)?;
        Date::new(1900 + year, i8::try_from(month + 1).ok()?, w[0].parse().ok()?).ok()
    })
}

/// Capitals made ordinary writing: words of the lexicon small, all others (names) with a capital, and the first of a
/// sentence. The documents came over a line without small letters; nothing else about them is changed.
fn recased(text: &str, language: Language) -> String {
    let words = lexicon(language);
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let (word, mark) = match piece.char_indices().next_back() {
            Some((at, c)) if !c.is_alphanumeric() => piece.split_at(at),
            _ => (piece, ""),
        };
        let lower = word.to_lowercase();
        let known =
            words.is_some_and(|l| l.entries(&lower).next().is_some()) || lower.starts_with(|c: char| c.is_numeric());
        match lower.chars().next() {
            Some(first) if start || !known => {
                out.extend(first.to_uppercase());
                out.push_str(&lower[first.len_utf8()..]);
            }
            _ => out.push_str(&lower),
        }
        // Lines are broken anywhere; only an empty one ends a paragraph.
        out.push_str(mark);
        start = if word.is_empty() { start || mark == "." } else { mark == "." };
    }
    out.split("\n\n").map(|p| p.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n")
}

/// The kind of incident that a claim tells of.
fn kind_of(claim: &Claim) -> Option<&'static str> {
    match claim.predicate.id() {
        "bomb" | "shell" | "airstrike" | "drone-strike" | "suicide-attack" | "grenade-attack" => Some("BOMBING"),
        "abduct" => Some("KIDNAPPING"),
        "loot" => Some("ROBBERY"),
        "attack" | "kill" | "shoot" | "wound" | "assassinate" | "massacre" | "execute" | "clash" | "destroy" => {
            Some("ATTACK")
        }
        _ => None,
    }
}

/// The strings of a slot: lists, alternatives (`/`), marks of doubt (`?`), and titles before a colon.
fn strings(value: Option<&serde_json::Value>) -> Vec<Vec<String>> {
    let list: Vec<&str> = match value {
        Some(serde_json::Value::String(one)) => vec![one],
        Some(serde_json::Value::Array(all)) => all.iter().filter_map(|v| v.as_str()).collect(),
        _ => Vec::new(),
    };
    let quoted = |text: &str| -> Vec<String> {
        text.split('"').skip(1).step_by(2).map(str::to_lowercase).filter(|w| !w.is_empty()).collect()
    };
    list.into_iter().map(quoted).filter(|alternatives| !alternatives.is_empty()).collect()
}

fn content(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|w| w.chars().count() > 3 || w.chars().all(|c| c.is_numeric())).collect()
}

/// One of the alternatives shares its last long word with the filler, or the filler its with it.
fn same(filler: &str, alternatives: &[String]) -> bool {
    let ours = content(filler);
    alternatives.iter().any(|gold| {
        let theirs = content(gold);
        let last = |text: &str| text.split_whitespace().next_back().map(str::to_lowercase).unwrap_or_default();
        theirs.contains(&last(filler)) || ours.contains(&last(gold)) || filler.to_lowercase() == *gold
    })
}

/// Counts one slot of a document: both sides are sets.
fn slot(count: &mut Count, gold: &[Vec<String>], ours: &BTreeSet<String>) {
    let mut used = BTreeSet::new();
    count.gold += gold.len();
    for alternatives in gold {
        if let Some(ours) = ours.iter().find(|o| same(o, alternatives)) {
            count.right += 1;
            used.insert(ours.clone());
        }
    }
    // A filler that repeats another one that is right is no error.
    let wrong = ours.iter().filter(|o| !used.contains(*o) && !gold.iter().any(|g| same(o, g))).count();
    count.system += wrong;
    count.system += gold.iter().filter(|g| ours.iter().any(|o| same(o, g))).count();
}

/// The classes of confidence that the claims about an organisation can show.
fn confidence(claims: &[&Claim], told: &[Vec<String>], read: &Read) -> &'static str {
    let says = |predicate: &str, role: Role| {
        read.claims().any(|c| {
            c.predicate.id() == predicate && c.fillers(role).any(|f| told.iter().any(|g| same(read.words(f), g)))
        })
    };
    let claimed = says("claim-responsibility", Role::Actor);
    let accused = says("accuse", Role::Recipient);
    let certain = claims.iter().any(|c| c.factuality.certainty == Certainty::Certain);
    match (claimed, accused || !certain) {
        (true, _) => "CLAIMED",
        (_, true) => "SUSPECTED",
        _ => "REPORTED",
    }
}

/// The gold's class: a fact, a suspicion or accusation (of authorities or others, or only possible), a claim.
fn confidence_class(text: &str) -> Option<&'static str> {
    if text.starts_with("REPORTED") {
        Some("REPORTED")
    } else if text.starts_with("SUSPECTED") || text.starts_with("POSSIBLE") {
        Some("SUSPECTED")
    } else if text.starts_with("CLAIMED") {
        Some("CLAIMED")
    } else {
        None
    }
}

pub(super) fn muc4() -> Result<Outcome, String> {
    const SLOTS: [&str; 5] = ["type", "date", "place", "perpetrator", "victim"];
    let english = Language::from_code("en").ok_or("en: no language pack")?;
    let items: Vec<Document> = lines("muc4")?;
    let mut slots: BTreeMap<String, Count> = BTreeMap::new();
    let mut errors = BTreeMap::new();
    let (mut classes, mut reached) = (Count::default(), 0);
    for item in &items {
        let read = Read::of(&recased(&item.text, english), "en", day(&item.text))?;
        let real =
            |c: &&Claim| kind_of(c).is_some() && matches!(c.factuality.realis, Realis::Actual | Realis::Historical);
        let ours: Vec<&Claim> = read.events().filter(real).collect();
        let words = |role: Role| -> BTreeSet<String> {
            ours.iter().flat_map(|c| c.fillers(role)).map(|f| read.words(f).to_lowercase()).collect()
        };
        let values = |key: &str| -> Vec<Vec<String>> {
            let mut all: Vec<Vec<String>> = item.templates.iter().flat_map(|t| strings(t.get(key))).collect();
            all.sort();
            all.dedup();
            all
        };
        let plain = |key: &'static str| {
            item.templates.iter().filter_map(move |t| t.get(key).and_then(|v| v.as_str()).map(str::to_owned))
        };
        for name in SLOTS {
            let (gold, found): (Vec<Vec<String>>, BTreeSet<String>) = match name {
                "type" => {
                    let gold: BTreeSet<String> = plain("INCIDENT: TYPE").map(|t| t.to_lowercase()).collect();
                    let found = ours.iter().filter_map(|c| kind_of(c)).map(str::to_lowercase).collect();
                    (gold.into_iter().map(|t| vec![t]).collect(), found)
                }
                "date" => {
                    let gold: BTreeSet<String> =
                        plain("INCIDENT: DATE").filter_map(|t| day(&t)).map(|d| d.to_string()).collect();
                    let found = ours.iter().filter_map(|c| c.period.as_ref()).filter(|p| p.span.is_some());
                    (
                        gold.into_iter().map(|d| vec![d]).collect(),
                        found.filter_map(|p| p.first).map(|d| d.to_string()).collect(),
                    )
                }
                "place" => {
                    let split = |t: String| -> Vec<String> {
                        t.split([':', '-'])
                            .map(|p| p.split('(').next().unwrap_or_default().trim().to_lowercase())
                            .filter(|p| !p.is_empty())
                            .collect()
                    };
                    let gold: BTreeSet<Vec<String>> = plain("INCIDENT: LOCATION").map(split).collect();
                    let found = ours.iter().filter_map(|c| c.place.as_ref()).map(|p| p.name.to_lowercase()).collect();
                    (gold.into_iter().collect(), found)
                }
                "perpetrator" => {
                    let mut gold = values("PERP: INDIVIDUAL ID");
                    gold.extend(values("PERP: ORGANIZATION ID"));
                    (gold, words(Role::Actor))
                }
                _ => {
                    let mut gold = values("HUM TGT: NAME");
                    gold.extend(values("HUM TGT: DESCRIPTION"));
                    (gold, words(Role::Recipient))
                }
            };
            let count = slots.entry(name.to_owned()).or_default();
            let before = *count;
            slot(count, &gold, &found);
            let missed = (count.gold - before.gold) - (count.right - before.right);
            *errors.entry(format!("{name}: not found")).or_default() += missed;
            *errors.entry(format!("{name}: found and not in the gold")).or_default() +=
                (count.system - before.system) - (count.right - before.right);
        }
        for template in &item.templates {
            let told = strings(template.get("PERP: ORGANIZATION ID"));
            let class =
                template.get("PERP: ORGANIZATION CONFIDENCE").and_then(|v| v.as_str()).and_then(confidence_class);
            let (Some(class), false) = (class, told.is_empty()) else { continue };
            classes.gold += 1;
            let of: Vec<&Claim> = ours
                .iter()
                .copied()
                .filter(|c| c.fillers(Role::Actor).any(|f| told.iter().any(|g| same(read.words(f), g))))
                .collect();
            if of.is_empty() {
                continue;
            }
            reached += 1;
            let found = confidence(&of, &told, &read);
            classes.right += usize::from(found == class);
            if found != class {
                note(&mut errors, format!("confidence: {class} read as {found}"));
            }
        }
    }
    let mut all = Count::default();
    for c in slots.values() {
        all.gold += c.gold;
        all.system += c.system;
        all.right += c.right;
    }
    let confident = Count { gold: classes.gold, system: reached, right: classes.right };
    Ok(Outcome {
        set: "muc4",
        rule: "Documents in capitals, made ordinary writing by the lexicon alone. The slots of all templates of a document are sets,\n\
               ours those of all claims of violence that happened: kind, day, place (a name in common with a level of the gold's),\n\
               perpetrators and victims (the last word of one stands in the other). Micro F1 over the five slots. Confidence: of\n\
               the organisations of the gold that we have as actors, those whose class (fact, suspicion, claim) is right.",
        items: items.len(),
        figures: vec![
            Figure::f1("five slots", all, Some(35.0)),
            Figure {
                name: "confidence class, accuracy where read",
                value: confident.precision(),
                floor: Some(65.0),
                count: Some(confident),
            },
        ],
        peers: &[("GRIT (trained on MUC)", "F1 54.5 on entity slots")],
        classes: slots,
        errors,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_strings_of_the_templates() {
        assert_eq!(day("TAMSA, 3 JAN 90 -- [REPORT]"), Date::new(1990, 1, 3).ok());
        assert_eq!(day("NO DAY"), None);
        assert_eq!(strings(Some(&serde_json::json!("? \"FRONT\" / \"F\""))), [["front", "f"]]);
        assert!(same("the guerrilla front", &["front".to_owned()]) && !same("the army", &["front".to_owned()]));
        assert_eq!(confidence_class("SUSPECTED OR ACCUSED BY AUTHORITIES: \"X\""), Some("SUSPECTED"));
    }

    #[test]
    fn capitals_become_ordinary_writing() {
        let english = Language::from_code("en").expect("English is shipped");
        assert_eq!(
            recased("THE ARMY TOOK TAMSA.\nIT SAID SO.\n\nTHE END", english),
            "The army took Tamsa. It said so.\nThe end"
        );
    }

    #[test]
    fn a_slot_is_counted_as_a_set() {
        let mut count = Count::default();
        let ours = ["the rebels", "soldiers"].map(str::to_owned).into_iter().collect();
        slot(&mut count, &[vec!["rebels".to_owned()], vec!["peasants".to_owned()]], &ours);
        assert_eq!((count.gold, count.system, count.right), (2, 2, 1));
    }
}
