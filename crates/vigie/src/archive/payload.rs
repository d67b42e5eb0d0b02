//! The stored shape of a claim, version 1. It mirrors `vigie_claims::Claim` field by field; only
//! keys that old payloads may lack are ever added, another shape gets another number and both stay readable.

use serde::{Deserialize, Serialize};
use vigie_claims::{
    Argument, Basis, Certainty, Claim, ClaimId, Factuality, Figure, Filler, Grain, Hedge, Namesake, Otherwise, Period,
    PlaceMention, PlacePhrase, Polarity, Precision, Realis, Role, Speaker, SpeakerKind,
};
use vigie_resources::Predicate;
use vigie_text::{DocumentId, Span, StoryId};

/// Number of this shape, stored beside each payload.
pub(super) const FORMAT: i64 = 1;

type Range = (usize, usize);

fn range(span: Span) -> Range {
    (span.start(), span.end())
}

#[derive(Serialize, Deserialize)]
struct ClaimPayload {
    sentence: Range,
    headline: bool,
    trigger: Range,
    predicate: String,
    again: bool,
    arguments: Vec<ArgumentPayload>,
    place: Option<PlacePayload>,
    period: Option<PeriodPayload>,
    figures: Vec<FigurePayload>,
    said_by: Vec<SpeakerPayload>,
    factuality: [String; 3],
    because: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct ArgumentPayload {
    role: String,
    span: Range,
    head: Range,
    actor: Option<String>,
    name: String,
}

#[derive(Serialize, Deserialize)]
struct PlacePayload {
    span: Option<Range>,
    place: Option<String>,
    name: String,
    point: Option<(i32, i32)>,
    precision: String,
    // Archives of earlier versions lack what follows.
    #[serde(default)]
    radius_km: Option<u32>,
    #[serde(default)]
    phrase: Option<PhrasePayload>,
    #[serde(default)]
    namesakes: Vec<NamesakePayload>,
}

#[derive(Serialize, Deserialize)]
struct PhrasePayload {
    span: Range,
    kind: String,
    anchors: Vec<String>,
    side: Option<String>,
    metres: Option<u32>,
    line: Option<[(i32, i32); 2]>,
    length: Option<(u32, bool)>,
}

#[derive(Serialize, Deserialize)]
struct NamesakePayload {
    place: String,
    name: String,
    country: String,
    score: i64,
    reasons: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct PeriodPayload {
    span: Option<Range>,
    first: Option<String>,
    last: String,
    grain: String,
    basis: String,
    /// Absent where the words leave one reading, and in what older programs wrote: first, last, percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    otherwise: Option<(String, String, u8)>,
}

#[derive(Serialize, Deserialize)]
struct FigurePayload {
    span: Range,
    low: u64,
    high: u64,
    unit: String,
    hedge: String,
}

#[derive(Serialize, Deserialize)]
struct SpeakerPayload {
    span: Option<Range>,
    name: Option<String>,
    actor: Option<String>,
    kind: String,
    cue: Option<Range>,
    said_on: Option<PeriodPayload>,
    joint: bool,
}

/// The payload of a claim. The patterns name every field, so that a new one cannot be forgotten here.
pub(super) fn write(claim: &Claim) -> String {
    let Claim {
        id: _,
        document: _,
        story: _,
        sentence,
        headline,
        trigger,
        predicate,
        again,
        arguments,
        place,
        period,
        figures,
        said_by,
        factuality: Factuality { polarity, certainty, realis },
        because,
    } = claim;
    let payload = ClaimPayload {
        sentence: range(*sentence),
        headline: *headline,
        trigger: range(*trigger),
        predicate: predicate.id().to_owned(),
        again: *again,
        arguments: arguments.iter().map(write_argument).collect(),
        place: place.as_ref().map(write_place),
        period: period.as_ref().map(write_period),
        figures: figures.iter().map(write_figure).collect(),
        said_by: said_by.iter().map(write_speaker).collect(),
        factuality: [polarity.as_str(), certainty.as_str(), realis.as_str()].map(str::to_owned),
        because: because.iter().map(ToString::to_string).collect(),
    };
    serde_json::to_string(&payload).expect("strings and numbers always become JSON")
}

fn write_argument(Argument { role, filler }: &Argument) -> ArgumentPayload {
    let Filler { span, head, actor, name } = filler;
    ArgumentPayload {
        role: role.as_str().to_owned(),
        span: range(*span),
        head: range(*head),
        actor: actor.as_ref().map(ToString::to_string),
        name: name.clone(),
    }
}

fn write_place(mention: &PlaceMention) -> PlacePayload {
    let PlaceMention { span, place, name, point, precision, radius_km, phrase, namesakes } = mention;
    PlacePayload {
        span: span.map(range),
        place: place.as_ref().map(ToString::to_string),
        name: name.clone(),
        point: *point,
        precision: precision.as_str().to_owned(),
        radius_km: *radius_km,
        phrase: phrase.as_ref().map(write_phrase),
        namesakes: namesakes.iter().map(write_namesake).collect(),
    }
}

fn write_phrase(phrase: &PlacePhrase) -> PhrasePayload {
    let PlacePhrase { span, kind, anchors, side, metres, line, length } = phrase;
    PhrasePayload {
        span: range(*span),
        kind: kind.to_string(),
        anchors: anchors.iter().map(ToString::to_string).collect(),
        side: side.as_ref().map(ToString::to_string),
        metres: *metres,
        line: *line,
        length: *length,
    }
}

fn write_namesake(Namesake { place, name, country, score, reasons }: &Namesake) -> NamesakePayload {
    NamesakePayload {
        place: place.to_string(),
        name: name.clone(),
        country: country.to_string(),
        score: *score,
        reasons: reasons.iter().map(ToString::to_string).collect(),
    }
}

fn write_period(Period { span, first, last, grain, basis, otherwise }: &Period) -> PeriodPayload {
    PeriodPayload {
        span: span.map(range),
        first: first.map(|d| d.to_string()),
        last: last.to_string(),
        grain: grain.as_str().to_owned(),
        basis: basis.as_str().to_owned(),
        otherwise: otherwise.map(|o| (o.first.to_string(), o.last.to_string(), o.percent)),
    }
}

fn write_figure(Figure { span, low, high, unit, hedge }: &Figure) -> FigurePayload {
    FigurePayload {
        span: range(*span),
        low: *low,
        high: *high,
        unit: unit.to_string(),
        hedge: hedge.as_str().to_owned(),
    }
}

fn write_speaker(Speaker { span, name, actor, kind, cue, said_on, joint }: &Speaker) -> SpeakerPayload {
    SpeakerPayload {
        span: span.map(range),
        name: name.clone(),
        actor: actor.as_ref().map(ToString::to_string),
        kind: kind.as_str().to_owned(),
        cue: cue.map(range),
        said_on: said_on.as_ref().map(write_period),
        joint: *joint,
    }
}

/// A claim from its payload; the text of the error says what is wrong with it.
pub(super) fn read(
    id: ClaimId,
    document: DocumentId,
    story: StoryId,
    text: &str,
    payload: &str,
) -> Result<Claim, String> {
    let payload: ClaimPayload = serde_json::from_str(payload).map_err(|error| error.to_string())?;
    let [polarity, certainty, realis] = &payload.factuality;
    Ok(Claim {
        id,
        document,
        story,
        sentence: span(payload.sentence, text)?,
        headline: payload.headline,
        trigger: span(payload.trigger, text)?,
        predicate: word(Predicate::from_id, &payload.predicate)?,
        again: payload.again,
        arguments: payload.arguments.iter().map(|a| read_argument(a, text)).collect::<Result<_, _>>()?,
        place: payload.place.as_ref().map(|p| read_place(p, text)).transpose()?,
        period: payload.period.as_ref().map(|p| read_period(p, text)).transpose()?,
        figures: payload.figures.iter().map(|f| read_figure(f, text)).collect::<Result<_, _>>()?,
        said_by: payload.said_by.iter().map(|s| read_speaker(s, text)).collect::<Result<_, _>>()?,
        factuality: Factuality {
            polarity: word(Polarity::from_word, polarity)?,
            certainty: word(Certainty::from_word, certainty)?,
            realis: word(Realis::from_word, realis)?,
        },
        because: payload.because.iter().map(Into::into).collect(),
    })
}

fn read_argument(a: &ArgumentPayload, text: &str) -> Result<Argument, String> {
    Ok(Argument {
        role: word(Role::from_word, &a.role)?,
        filler: Filler {
            span: span(a.span, text)?,
            head: span(a.head, text)?,
            actor: a.actor.as_ref().map(Into::into),
            name: a.name.clone(),
        },
    })
}

fn read_place(p: &PlacePayload, text: &str) -> Result<PlaceMention, String> {
    Ok(PlaceMention {
        span: p.span.map(|s| span(s, text)).transpose()?,
        place: p.place.as_ref().map(Into::into),
        name: p.name.clone(),
        point: p.point,
        precision: word(Precision::from_word, &p.precision)?,
        radius_km: p.radius_km,
        phrase: p.phrase.as_ref().map(|phrase| read_phrase(phrase, text)).transpose()?,
        namesakes: p.namesakes.iter().map(read_namesake).collect(),
    })
}

fn read_phrase(p: &PhrasePayload, text: &str) -> Result<PlacePhrase, String> {
    Ok(PlacePhrase {
        span: span(p.span, text)?,
        kind: p.kind.as_str().into(),
        anchors: p.anchors.iter().map(Into::into).collect(),
        side: p.side.as_ref().map(Into::into),
        metres: p.metres,
        line: p.line,
        length: p.length,
    })
}

fn read_namesake(n: &NamesakePayload) -> Namesake {
    Namesake {
        place: n.place.as_str().into(),
        name: n.name.clone(),
        country: n.country.as_str().into(),
        score: n.score,
        reasons: n.reasons.iter().map(Into::into).collect(),
    }
}

fn read_period(p: &PeriodPayload, text: &str) -> Result<Period, String> {
    let date = |day: &str| day.parse().map_err(|_| format!("no date: {day}"));
    Ok(Period {
        span: p.span.map(|s| span(s, text)).transpose()?,
        first: p.first.as_deref().map(date).transpose()?,
        last: date(&p.last)?,
        grain: word(Grain::from_word, &p.grain)?,
        basis: word(Basis::from_word, &p.basis)?,
        otherwise: match &p.otherwise {
            Some((first, last, percent)) => {
                Some(Otherwise { first: date(first)?, last: date(last)?, percent: *percent })
            }
            None => None,
        },
    })
}

fn read_figure(f: &FigurePayload, text: &str) -> Result<Figure, String> {
    Ok(Figure {
        span: span(f.span, text)?,
        low: f.low,
        high: f.high,
        unit: f.unit.as_str().into(),
        hedge: word(Hedge::from_word, &f.hedge)?,
    })
}

fn read_speaker(s: &SpeakerPayload, text: &str) -> Result<Speaker, String> {
    Ok(Speaker {
        span: s.span.map(|r| span(r, text)).transpose()?,
        name: s.name.clone(),
        actor: s.actor.as_ref().map(Into::into),
        kind: word(SpeakerKind::from_word, &s.kind)?,
        cue: s.cue.map(|r| span(r, text)).transpose()?,
        said_on: s.said_on.as_ref().map(|p| read_period(p, text)).transpose()?,
        joint: s.joint,
    })
}

fn span((start, end): Range, text: &str) -> Result<Span, String> {
    if text.get(start..end).is_none() {
        return Err(format!("bytes {start}..{end} are no piece of the text"));
    }
    Ok(Span::new(start, end))
}

fn word<T>(find: impl Fn(&str) -> Option<T>, text: &str) -> Result<T, String> {
    find(text).ok_or_else(|| format!("unknown word {text:?}"))
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use vigie_claims::{
        Argument, Basis, Certainty, Claim, ClaimId, Factuality, Figure, Filler, Grain, Hedge, Namesake, Otherwise,
        Period, PlaceMention, PlacePhrase, Polarity, Precision, Realis, Role, Speaker, SpeakerKind,
    };
    use vigie_resources::Predicate;
    use vigie_text::{DocumentId, Span, StoryId};

    /// A claim in which no field has its default, so that a field lost on the way shows.
    fn full() -> Claim {
        let period = Period {
            span: Some(Span::new(3, 5)),
            first: None,
            last: jiff::civil::date(2025, 3, 9),
            grain: Grain::Week,
            basis: Basis::Bound,
            otherwise: Some(Otherwise {
                first: jiff::civil::date(2025, 3, 10),
                last: jiff::civil::date(2025, 3, 16),
                percent: 30,
            }),
        };
        Claim {
            id: ClaimId([1; 16]),
            document: DocumentId([2; 16]),
            story: StoryId([3; 16]),
            sentence: Span::new(0, 20),
            headline: true,
            trigger: Span::new(1, 4),
            predicate: Predicate::from_id("besiege").expect("a predicate"),
            again: true,
            arguments: vec![Argument {
                role: Role::Associate,
                filler: Filler {
                    span: Span::new(0, 6),
                    head: Span::new(2, 6),
                    actor: Some("x.army".into()),
                    name: "army".to_owned(),
                },
            }],
            place: Some(PlaceMention {
                span: None,
                place: Some("gn:1".into()),
                name: "there".to_owned(),
                point: Some((-36_200_001, 37_170_000)),
                precision: Precision::Near,
                radius_km: Some(12),
                phrase: Some(PlacePhrase {
                    span: Span::new(0, 4),
                    kind: "route".into(),
                    anchors: vec!["gn:1".into(), "gn:2".into()],
                    side: Some("north".into()),
                    metres: Some(10_000),
                    line: Some([(1, -2), (3, 4)]),
                    length: Some((91_000, true)),
                }),
                namesakes: vec![Namesake {
                    place: "gn:1".into(),
                    name: "There".to_owned(),
                    country: "TD".into(),
                    score: -12,
                    reasons: vec!["people".into()],
                }],
            }),
            period: Some(period.clone()),
            figures: vec![Figure {
                span: Span::new(5, 9),
                low: 3,
                high: u64::from(u32::MAX),
                unit: "killed".into(),
                hedge: Hedge::AtLeast,
            }],
            said_by: vec![Speaker {
                span: Some(Span::new(7, 9)),
                name: Some("agency".to_owned()),
                actor: Some("agency".into()),
                kind: SpeakerKind::Relay,
                cue: Some(Span::new(9, 11)),
                said_on: Some(period),
                joint: true,
            }],
            factuality: Factuality {
                polarity: Polarity::Negative,
                certainty: Certainty::Probable,
                realis: Realis::Future,
            },
            because: vec!["fr/besiege#3".into()],
        }
    }

    #[test]
    fn a_claim_survives_the_archive_whole() {
        let claim = full();
        let text = "abcdefghijklmnopqrstuvwxyz";
        let back = read(claim.id, claim.document, claim.story, text, &write(&claim));
        assert_eq!(back, Ok(claim));
    }

    #[test]
    fn a_damaged_payload_is_an_error_not_a_panic() {
        let claim = full();
        let short = read(claim.id, claim.document, claim.story, "abc", &write(&claim));
        assert_eq!(short, Err("bytes 0..20 are no piece of the text".to_owned()));
        let other = write(&claim).replace("besiege\"", "no-such-thing\"");
        assert!(read(claim.id, claim.document, claim.story, "abcdefghijklmnopqrstuvwxyz", &other).is_err());
    }
}
