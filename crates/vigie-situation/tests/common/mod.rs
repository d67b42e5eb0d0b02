//! Gold claims as claims, and events and holdings as wire records: only for tests.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

use jiff::civil::Date;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vigie_claims::{
    Argument, Basis, Certainty, Claim, ClaimId, Factuality, Figure, Filler, Grain, Hedge, Period, PlaceMention,
    Polarity, Precision, Realis, Role, Speaker, SpeakerKind,
};
use vigie_events::{ActorFacts, Background, Event, PlaceFacts, Reported, fold_name};
use vigie_resources::Predicate;
use vigie_situation::{Holding, Named, Since, Value};
use vigie_text::{DocumentId, Span, StoryId};

/// The folder of shared checks, when this checkout stands beside it.
pub fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    path.join("checks/score.py").exists().then_some(path)
}

pub fn pad(id: &str) -> [u8; 16] {
    let mut bytes = [0; 16];
    let take = id.len().min(16);
    bytes[..take].copy_from_slice(&id.as_bytes()[..take]);
    bytes
}

pub fn unpad(bytes: &[u8; 16]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches('\0').to_owned()
}

/// Lower case without accents and leading articles, as the scorer folds names.
fn slug(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            'à' | 'â' | 'á' | 'À' | 'Â' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'û' | 'ù' | 'ü' => 'u',
            'ç' => 'c',
            other => other,
        })
        .collect();
    let folded = fold_name(&plain);
    let mut words: Vec<&str> = folded.split('-').collect();
    let articles =
        ["le", "la", "les", "l", "un", "une", "des", "de", "d", "du", "ce", "cet", "cette", "ces", "the", "a"];
    while words.len() > 1 && articles.contains(&words[0]) {
        words.remove(0);
    }
    words.join("-")
}

pub struct Gold {
    pub records: Vec<Json>,
    pub claims: Vec<(Claim, Option<Date>, Option<String>)>,
    pub world: World,
}

/// The registries: names from the gold's aliases, and what any registry knows of these actors and places.
pub struct World {
    aliases: Vec<(String, Vec<String>)>,
    facts: BTreeMap<String, (String, &'static str, Option<&'static str>)>,
    within: BTreeMap<String, String>,
}

const FACTS: &[(&str, &str, &str, Option<&str>)] = &[
    ("kerry", "John Kerry", "person", Some("usa")),
    ("lavrov", "Sergueï Lavrov", "person", Some("rus")),
    ("rus.air", "Aviation russe", "army", Some("rus")),
    ("rus", "Russie", "state", None),
    ("usa", "Etats-Unis", "state", None),
    ("syr", "Syrie", "state", None),
    ("syr.army", "Armée syrienne", "army", Some("syr")),
    ("syr.regime", "Régime syrien", "government", Some("syr")),
    ("syr.gov", "Gouvernement syrien", "government", Some("syr")),
    ("syr.tv", "Télévision nationale syrienne", "state-media", Some("syr.gov")),
    ("sana", "Sana", "state-media", Some("syr.gov")),
    ("osdh", "Observatoire syrien des droits de l'Homme", "monitor", None),
    ("cicr", "Comité international de la Croix-Rouge", "ngo", None),
    ("dod", "Pentagon", "ministry", Some("usa")),
    ("kremlin", "Kremlin", "government", Some("rus")),
    ("putin", "Vladimir Poutine", "person", Some("kremlin")),
    ("assad", "Bachar el-Assad", "person", Some("syr.gov")),
    ("obama", "Barack Obama", "person", Some("usa")),
];

const SPEAKERS: &[(&str, &str)] = &[
    ("rami-abdel-rahmane", "osdh"),
    ("osdh", "osdh"),
    ("television-nationale-syrienne", "syr.tv"),
    ("dmitri-peskov", "kremlin"),
    ("vladimir-poutine", "putin"),
    ("jeff-davis", "dod"),
    ("dod-spokesman", "dod"),
    ("gouvernement-assad", "syr.gov"),
    ("forces-rebelles", "rebels"),
    ("comite-international-de-la-croix-rouge", "cicr"),
    ("sana", "sana"),
    ("vitali-tchourkine", "rus"),
    ("russie", "rus"),
    ("bachar-el-assad", "assad"),
    ("barack-obama", "obama"),
];

/// Generic names that the text's theatre tells apart.
const THEATRES: &[(&str, &str, &str)] = &[("c:palmyre-64", "rebels.aleppo", "rebels.north")];

/// Places that only the text names.
const MADE: &[&str] = &[
    "place:bases",
    "place:academies",
    "place:pans",
    "place:quartiers",
    "place:around-raqqa",
    "place:desert",
    "place:alep-sud-est",
];

impl World {
    fn find(&self, prefix: impl Fn(&str) -> bool, names: &[&str]) -> Option<String> {
        for name in names {
            let wanted = slug(name);
            let best = self
                .aliases
                .iter()
                .filter(|(id, _)| prefix(id))
                .filter_map(|(id, names)| Some((names.iter().position(|n| *n == wanted)?, id)))
                .min_by_key(|(at, _)| *at);
            if let Some((_, id)) = best {
                return Some(id.clone());
            }
        }
        None
    }

    fn actor_id(&self, claim: &str, names: &[&str]) -> Option<String> {
        let id = self.find(|id| !id.starts_with("place:") && !id.starts_with("route:"), names).or_else(|| {
            names.iter().find_map(|n| SPEAKERS.iter().find(|(k, _)| *k == slug(n)).map(|(_, v)| (*v).to_owned()))
        })?;
        let moved = THEATRES.iter().find(|(c, from, _)| *c == claim && *from == id);
        Some(moved.map_or(id, |(_, _, to)| (*to).to_owned()))
    }

    fn place_id(&self, names: &[&str]) -> String {
        let made = format!("t:{}", slug(names[0]));
        match self.find(|id| id.starts_with("place:"), names) {
            Some(id) if !MADE.contains(&id.as_str()) => id,
            _ => made,
        }
    }
}

impl Background for World {
    fn actor(&self, id: &str) -> Option<ActorFacts> {
        let (name, kind, part_of) = self.facts.get(id)?;
        Some(ActorFacts { name: name.clone(), kind: (*kind).into(), part_of: part_of.map(Into::into), side: None })
    }

    fn place(&self, id: &str) -> Option<PlaceFacts> {
        let country = ["place:syrie", "place:irak", "place:turquie", "place:syria", "place:iraq"].contains(&id);
        let within = self.within.get(id).map(|w| w.as_str().into());
        (country || within.is_some()).then(|| PlaceFacts { name: String::new(), within, country })
    }
}

fn span(value: &Json) -> Span {
    let at = |key: &str| value[key].as_u64().expect("a span") as usize;
    Span::new(at("start"), at("end"))
}

fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}

fn date(value: &Json) -> Option<Date> {
    value.as_str().and_then(|t| t.parse().ok())
}

fn claim(record: &Json, world: &World) -> Claim {
    let id = text(&record["id"]);
    let names_of = |value: &Json| -> Vec<String> {
        let mut names: Vec<String> = value["name"].as_str().map(str::to_owned).into_iter().collect();
        names.extend(value["span"]["text"].as_str().map(str::to_owned));
        names.extend(value["names"].as_array().into_iter().flatten().map(|n| text(n).to_owned()));
        names
    };
    let mut arguments: Vec<Argument> = record["arguments"]
        .as_array()
        .expect("arguments")
        .iter()
        .map(|a| {
            let names = names_of(a);
            let all: Vec<&str> = names.iter().map(String::as_str).collect();
            Argument {
                role: Role::from_word(text(&a["role"])).expect("a role"),
                filler: Filler {
                    span: span(&a["span"]),
                    head: span(&a["span"]),
                    actor: world.actor_id(id, &all).map(Into::into),
                    name: names[0].clone(),
                },
            }
        })
        .collect();
    arguments.sort_by_key(|a| (a.role, a.filler.span));
    let place = record["place"].as_object().map(|_| {
        let names = names_of(&record["place"]);
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        let told = record["place"]["span"].as_object().map(|_| span(&record["place"]["span"]));
        PlaceMention::new(told, Some(world.place_id(&all).into()), names[0].clone(), Precision::Near)
    });
    let period = record["period"].as_object().map(|p| Period {
        span: None,
        first: date(&p["first"]),
        last: date(&p["last"]).expect("a last day"),
        grain: Grain::from_word(text(&p["grain"])).unwrap_or(Grain::Day),
        basis: Basis::from_word(text(&p["basis"])).expect("a basis"),
        otherwise: None,
    });
    let figures = record["figures"]
        .as_array()
        .expect("figures")
        .iter()
        .map(|f| Figure {
            span: span(&f["span"]),
            low: f["low"].as_u64().unwrap_or(0),
            high: f["high"].as_u64().unwrap_or(0),
            unit: text(&f["unit"]).into(),
            hedge: Hedge::Exactly,
        })
        .collect();
    let said_by = record["said_by"]
        .as_array()
        .expect("said_by")
        .iter()
        .map(|s| {
            let kind = SpeakerKind::from_word(text(&s["kind"])).expect("a kind of speaker");
            let name = s["name"].as_str().map(str::to_owned);
            let actor = match kind {
                SpeakerKind::Named | SpeakerKind::Institution => {
                    name.as_deref().and_then(|n| world.actor_id("", &[n])).map(Into::into)
                }
                _ => None,
            };
            Speaker { span: None, name, actor, kind, cue: None, said_on: None, joint: s["joint"] == true }
        })
        .collect();
    let sentence = span(&record["sentence"]);
    Claim {
        id: ClaimId(pad(id)),
        document: DocumentId(pad(text(&record["document"]))),
        story: StoryId(pad(text(&record["story"]))),
        sentence,
        headline: text(&record["note"]).contains("headline") || sentence.end() <= 230 && id.starts_with("c:seed"),
        trigger: span(&record["trigger"]),
        predicate: Predicate::from_id(text(&record["predicate"])).expect("a predicate"),
        again: record["again"] == true,
        arguments,
        place,
        period,
        figures,
        said_by,
        factuality: Factuality {
            polarity: Polarity::from_word(text(&record["polarity"])).expect("a polarity"),
            certainty: Certainty::from_word(text(&record["certainty"])).expect("a certainty"),
            realis: Realis::from_word(text(&record["realis"])).expect("a realis"),
        },
        // The word's own entry says that it is less than a full siege.
        because: if text(&record["trigger"]["text"]).starts_with("isolat") {
            vec!["en/besiege#1=partial".into()]
        } else {
            Vec::new()
        },
    }
}

/// Reads one gold file; its claims carry the ids that its aliases give to names.
pub fn gold(path: &Path) -> Gold {
    let read = std::fs::read_to_string(path).expect("the gold file reads");
    let records: Vec<Json> = read.lines().map(|l| serde_json::from_str(l).expect("gold is JSON lines")).collect();
    let of = |kind: &'static str| records.iter().filter(move |r| r["record"] == kind);
    let aliases = of("alias")
        .map(|r| {
            let names = r["names"].as_array().expect("names").iter().map(|n| slug(text(n))).collect();
            (text(&r["id"]).to_owned(), names)
        })
        .collect();
    let facts = FACTS.iter().map(|(id, name, kind, up)| ((*id).to_owned(), ((*name).to_owned(), *kind, *up))).collect();
    let within = [
        ("place:alep-est", "place:alep"),
        ("place:alep", "place:province-alep"),
        ("place:province-alep", "place:syrie"),
        ("place:east-mosul", "place:mosul"),
        ("place:hospital", "place:east-mosul"),
        ("place:mosul", "place:iraq"),
        ("place:raqqa", "place:syria"),
        ("place:palmyre", "place:syrie"),
    ];
    let within = within.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let world = World { aliases, facts, within };
    let documents: BTreeMap<String, (Option<Date>, Option<String>)> = of("document")
        .map(|d| (text(&d["id"]).to_owned(), (date(&d["published"]), d["outlet"].as_str().map(str::to_owned))))
        .collect();
    let claims = of("claim")
        .map(|r| {
            let (reported, outlet) = documents[text(&r["document"])].clone();
            (claim(r, &world), reported, outlet)
        })
        .collect();
    Gold { records, claims, world }
}

impl Gold {
    pub fn reports(&self) -> Vec<Reported<'_>> {
        self.claims
            .iter()
            .map(|(claim, reported, outlet)| Reported { outlet: outlet.as_deref(), ..Reported::new(claim, *reported) })
            .collect()
    }

    /// Takes a place, a date, an actor or a source from one claim in five each.
    pub fn spoil(&mut self, seed: u64) {
        let mut state = seed;
        let mut one_in = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33).is_multiple_of(n)
        };
        for (claim, ..) in &mut self.claims {
            if one_in(5) {
                claim.place = None;
            }
            if one_in(5) {
                claim.period = None;
            }
            if one_in(5) {
                claim.said_by.clear();
            }
            if one_in(5) {
                claim.again = !claim.again;
            }
            for argument in &mut claim.arguments {
                if one_in(5) {
                    argument.filler.actor = None;
                }
            }
        }
    }

    /// The pairs of days that the gold asks about.
    pub fn asked(&self) -> Vec<(Date, Date)> {
        let mut pairs: Vec<(Date, Date)> = self
            .records
            .iter()
            .filter(|r| r["record"] == "holding")
            .map(|r| (date(&r["valid"]).expect("valid"), date(&r["known"]).expect("known")))
            .collect();
        pairs.sort();
        pairs.dedup();
        pairs
    }
}

fn versions<T>(all: &[vigie_events::Version<T>], value: impl Fn(&T) -> Json) -> Json {
    all.iter()
        .map(|v| {
            let claims: Vec<String> = v.claims.iter().map(|c| unpad(&c.0)).collect();
            json!({"value": value(&v.value), "claims": claims, "origins": v.origins.iter().map(|o| o.as_str()).collect::<Vec<_>>()})
        })
        .collect()
}

pub fn event_record(event: &Event) -> Json {
    let ids = |list: &Vec<vigie_claims::ActorId>| json!(list.iter().map(|i| i.as_str()).collect::<Vec<_>>());
    let kind = format!("{:?}", event.predicate.kind()).to_lowercase();
    json!({"v": 1, "record": "event", "id": format!("e:{}", unpad(&event.id.0.0)), "kind": kind,
        "predicate": event.predicate.id(), "plover": null, "acled": null, "cameo": null,
        "claims": event.claims.iter().map(|c| unpad(&c.0)).collect::<Vec<_>>(),
        "actors": versions(event.actors.all(), ids), "recipients": versions(event.recipients.all(), ids),
        "place": versions(event.place.all(), |p| json!(p.as_str())),
        "period": versions(event.period.all(), |(a, b)| json!([a.map(|d| d.to_string()), b.to_string()])),
        "figures": [], "happened": versions(event.happened.all(), |p| json!(p.as_str())),
        "origins": event.origins.iter().map(|o| json!({"id": o.origin.id.as_str(), "name": o.origin.name,
            "kind": o.origin.kind.as_str(), "side": o.origin.side.as_deref(),
            "claims": o.claims.iter().map(|c| unpad(&c.0)).collect::<Vec<_>>()})).collect::<Vec<_>>(),
        "grade": event.grade.as_str()})
}

fn value(value: &Value) -> Json {
    match value {
        Value::Held => Json::Null,
        Value::Word(word) => json!(word.as_str()),
        Value::Flag(flag) => json!(flag),
        Value::Count { low, high, unit } => json!({"low": low, "high": high, "unit": unit.as_str()}),
    }
}

pub fn holding_record(h: &Holding, valid: Date, known: Date) -> Json {
    let ids = |n: &[Named]| n.iter().map(|n| n.id.to_string()).collect::<Vec<_>>();
    let names = |n: &[Named]| n.iter().map(|n| n.name.clone()).collect::<Vec<_>>();
    let days =
        |s: &Option<Since>| s.map(|s| json!({"first": s.first.map(|d| d.to_string()), "last": s.last.to_string()}));
    let claims = |c: &[ClaimId]| c.iter().map(|c| unpad(&c.0)).collect::<Vec<_>>();
    let events = |e: &[vigie_events::EventId]| e.iter().map(|e| format!("e:{}", unpad(&e.0.0))).collect::<Vec<_>>();
    let rivals: Vec<Json> = h
        .rivals
        .iter()
        .map(|r| {
            json!({"value": value(&r.value), "by": ids(&r.by), "by_names": names(&r.by), "claims": claims(&r.claims),
            "origins": r.origins.iter().map(|o| o.as_str()).collect::<Vec<_>>()})
        })
        .collect();
    let premises: Vec<Json> = claims(&h.proof.premises).into_iter().map(|c| json!({"claim": c})).collect();
    json!({"v": 1, "record": "holding", "fluent": h.fluent.as_str(), "key": ids(&h.key), "key_names": names(&h.key),
        "value": value(&h.value), "by": ids(&h.by), "by_names": names(&h.by), "rivals": rivals,
        "layer": h.layer.as_str(), "status": h.status.as_str(), "since": days(&h.since), "until": days(&h.until),
        "begun_by": events(&h.begun_by), "ended_by": events(&h.ended_by), "disputed_by": events(&h.disputed_by),
        "proof": {"rule": h.proof.rule, "premises": premises}, "valid": valid.to_string(), "known": known.to_string()})
}
