//! `case_acled_type`: which of ACLED's sub-events a short text tells of.

use super::report::{Figure, Outcome, count, weighted_f1};
use super::text::Read;
use super::{lines, note};
use crate::evaluate::score::Count;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Item {
    text: String,
    #[serde(rename = "type")]
    class: String,
}

/// The set's names for ACLED's sub-events. Its other classes (disasters, crime, diplomacy, attribution) are none of
/// ACLED's: a text of theirs is answered well by no sub-event at all.
const CLASSES: [(&str, &str); 25] = [
    ("ABDUCT_DISSAP", "Abduction/forced disappearance"),
    ("AGREEMENT", "Agreement"),
    ("AIR_STRIKE", "Air/drone strike"),
    ("ARMED_CLASH", "Armed clash"),
    ("ARREST", "Arrests"),
    ("ART_MISS_ATTACK", "Shelling/artillery/missile attack"),
    ("ATTACK", "Attack"),
    ("CHANGE_TO_GROUP_ACT", "Change to group/activity"),
    ("CHEM_WEAP", "Chemical weapon"),
    ("DISR_WEAP", "Disrupted weapons use"),
    ("FORCE_AGAINST_PROTEST", "Excessive force against protesters"),
    ("GOV_REGAINS_TERIT", "Government regains territory"),
    ("GRENADE", "Grenade"),
    ("HQ_ESTABLISHED", "Headquarters or base established"),
    ("MOB_VIOL", "Mob violence"),
    ("NON_STATE_ACTOR_OVERTAKES_TER", "Non-state actor overtakes territory"),
    ("NON_VIOL_TERRIT_TRANSFER", "Non-violent transfer of territory"),
    ("OTHER", "Other"),
    ("PEACE_PROTEST", "Peaceful protest"),
    ("PROPERTY_DISTRUCT", "Looting/property destruction"),
    ("PROTEST_WITH_INTER", "Protest with intervention"),
    ("REM_EXPLOS", "Remote explosive/landmine/IED"),
    ("SEX_VIOL", "Sexual violence"),
    ("SUIC_BOMB", "Suicide bomb"),
    ("VIOL_DEMONSTR", "Violent demonstration"),
];

/// The types that tell who holds what: the two ways of taking territory, its transfer without a fight, a new base, and
/// the clash that they grow from.
const CONTROL: [&str; 5] = [
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Non-violent transfer of territory",
    "Headquarters or base established",
    "Armed clash",
];

/// Which of several sub-events a text is filed under: the more particular one, as ACLED's coding rules have it (territory
/// that changes hands before the fight for it, the means before the attack, protest before what police do elsewhere; a crowd that is violent itself is no
/// peaceful one that is broken up).
const RANK: [&str; 25] = [
    "Non-violent transfer of territory",
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Chemical weapon",
    "Suicide bomb",
    "Grenade",
    "Sexual violence",
    "Abduction/forced disappearance",
    "Violent demonstration",
    "Excessive force against protesters",
    "Protest with intervention",
    "Mob violence",
    "Headquarters or base established",
    "Air/drone strike",
    "Disrupted weapons use",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Peaceful protest",
    "Agreement",
    "Armed clash",
    "Attack",
    "Arrests",
    "Looting/property destruction",
    "Change to group/activity",
    "Other",
];

/// The class of a text: of its sub-events the most particular.
fn class_of(found: &[(&'static vigie_resources::SubEvent, usize)]) -> Option<&'static str> {
    found.iter().map(|(sub, _)| sub.name.as_str()).min_by_key(|name| RANK.iter().position(|r| r == name))
}

pub(super) fn case_acled_type() -> Result<Outcome, String> {
    let items: Vec<Item> = lines("case_acled_type")?;
    let mut classes: BTreeMap<String, Count> = BTreeMap::new();
    let mut errors = BTreeMap::new();
    let mut quiet = Count::default();
    for item in &items {
        let read = Read::of(&item.text, "en", None)?;
        let found = read.acled();
        let class = class_of(&found);
        let Some((_, gold)) = CLASSES.iter().find(|(name, _)| *name == item.class) else {
            quiet.gold += 1;
            quiet.right += usize::from(class.is_none());
            if let Some(class) = class {
                classes.entry(class.to_owned()).or_default().system += 1;
                note(&mut errors, format!("no sub-event of ACLED ({}): read as {class}", item.class));
            }
            continue;
        };
        count(&mut classes, gold, class);
        match class {
            Some(class) if class == *gold => {}
            Some(class) if found.iter().any(|(sub, _)| sub.name == *gold) => {
                note(&mut errors, format!("{gold}: read, but {class} beside it was chosen"));
            }
            Some(class) => note(&mut errors, format!("{gold}: read as {class}")),
            None => note(&mut errors, format!("{gold}: nothing read")),
        }
    }
    quiet.system = quiet.gold;
    Ok(Outcome {
        set: "case_acled_type",
        rule: "ACLED's sub-event of a short text, by our events and the table of codes; of several the most particular. Classes\n\
               of the set that ACLED has not are no gold, but what we read there counts as wrong output of its class.\n\
               The five control types: government regains, non-state actor overtakes, non-violent transfer, base\n\
               established, armed clash.",
        items: items.len(),
        figures: vec![
            Figure {
                name: "weighted F1, 25 sub-events",
                value: weighted_f1(&classes, |_| true),
                floor: Some(60.0),
                count: None,
            },
            Figure {
                name: "weighted F1, five control types",
                value: weighted_f1(&classes, |c| CONTROL.contains(&c)),
                floor: Some(75.0),
                count: None,
            },
            Figure { name: "texts without a sub-event left alone", value: quiet.recall(), floor: None, count: None },
        ],
        peers: &[("fine-tuned transformers", "weighted F1 84"), ("zero-shot entailment", "weighted F1 about 74")],
        classes,
        errors,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_resources::sub_events;

    #[test]
    fn the_lists_hold_every_sub_event_once() {
        for sub in sub_events() {
            assert_eq!(CLASSES.iter().filter(|(_, name)| *name == sub.name).count(), 1, "{}", sub.name);
            assert_eq!(RANK.iter().filter(|name| **name == sub.name).count(), 1, "{}", sub.name);
        }
    }

    #[test]
    fn the_more_particular_one_is_chosen() {
        let sub = |name: &str| (vigie_resources::sub_event(name).expect("a sub-event"), 0);
        assert_eq!(class_of(&[sub("Attack"), sub("Suicide bomb")]), Some("Suicide bomb"));
        assert_eq!(class_of(&[]), None);
    }
}
