//! Claims, events and holdings in the words of the reader's language.

use crate::book::Book;
use crate::messages::Messages;
use crate::record::DocumentRecord;
use fluent_bundle::FluentValue;
use vigie_claims::{Basis, Claim, Figure, Period, Polarity, Realis, Role, Speaker, SpeakerKind};
use vigie_situation::{Entry, Fluent, Holding, Layer, Value};

/// A claim in parts, each ready to be shown.
#[derive(Debug)]
pub(super) struct ClaimWords {
    pub(super) what: String,
    pub(super) doubts: Vec<String>,
    pub(super) actors: String,
    /// Whom or what it was done to.
    pub(super) targets: String,
    /// Other parts, with the name of what each does.
    pub(super) others: Vec<(String, String)>,
    pub(super) place: String,
    pub(super) when: String,
    pub(super) figures: Vec<String>,
    pub(super) said_by: String,
}

impl ClaimWords {
    pub(super) fn of(claim: &Claim, document: &DocumentRecord, messages: &Messages) -> Self {
        let list = |role: Role| claim.fillers(role).map(|f| f.name.as_str()).collect::<Vec<_>>().join(" + ");
        let targets = [list(Role::Recipient), list(Role::Object)];
        let others = [Role::Associate, Role::Instrument, Role::Topic];
        Self {
            what: messages.predicate(claim.predicate),
            doubts: doubts(claim, messages),
            actors: list(Role::Actor),
            targets: targets.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", "),
            others: others
                .into_iter()
                .map(|role| (messages.word(&format!("page-role-{}", role.as_str())), list(role)))
                .filter(|(_, names)| !names.is_empty())
                .collect(),
            place: claim.place.as_ref().map(|p| p.name.clone()).unwrap_or_default(),
            when: claim.period.as_ref().map(|p| period(p, messages)).unwrap_or_default(),
            figures: claim.figures.iter().map(|f| figure(f, messages)).collect(),
            said_by: said_by(claim, document, messages),
        }
    }
}

/// What keeps a claim from being a plain fact of now.
pub(super) fn doubts(claim: &Claim, messages: &Messages) -> Vec<String> {
    let mut doubts = Vec::new();
    if claim.factuality.polarity == Polarity::Negative {
        doubts.push(messages.word("not-so"));
    }
    doubts.extend(messages.doubts(claim));
    if claim.factuality.realis == Realis::Historical {
        doubts.push(messages.word("page-background"));
    }
    if claim.again {
        doubts.push(messages.word("page-again"));
    }
    doubts
}

/// A claim's period.
pub(super) fn period(period: &Period, messages: &Messages) -> String {
    let days = messages.days(period.first, period.last);
    if period.basis == Basis::Inferred { messages.say("page-inferred", &[("days", days.into())]) } else { days }
}

/// A number with its hedge.
pub(super) fn figure(figure: &Figure, messages: &Messages) -> String {
    let count = messages.count(figure.low, figure.high, &figure.unit);
    messages.say(&format!("hedge-{}", figure.hedge.as_str()), &[("count", count.into())])
}

/// Who says it, innermost first; the outlet where nobody is made to say it.
pub(super) fn said_by(claim: &Claim, document: &DocumentRecord, messages: &Messages) -> String {
    if claim.said_by.is_empty() {
        return document.outlet.clone().unwrap_or_else(|| messages.word("own-voice"));
    }
    let name = |s: &Speaker| match (&s.name, s.kind) {
        (Some(name), SpeakerKind::Anonymous) => messages.say("not-named", &[("name", name.as_str().into())]),
        (Some(name), SpeakerKind::Unresolved) => messages.say("not-clear", &[("name", name.as_str().into())]),
        (Some(name), _) => name.clone(),
        (None, _) => messages.word("page-somebody"),
    };
    let mut told = String::new();
    let mut before: Option<&Speaker> = None;
    for speaker in claim.said_by.iter().rev() {
        let values = |told: &String| [("one", told.clone().into()), ("other", FluentValue::from(name(speaker)))];
        told = match before {
            None => name(speaker),
            Some(before) if before.joint && speaker.joint => messages.say("page-both", &values(&told)),
            Some(_) => messages.say("page-via", &values(&told)),
        };
        before = Some(speaker);
    }
    told
}

/// Who published a document; where that is not known, the name of the file. Where the file lies is nobody's business.
pub(super) fn outlet(document: &DocumentRecord) -> String {
    document.outlet.clone().unwrap_or_else(|| file_name(document))
}

/// The headline of a document, or the name of the file.
pub(super) fn title(document: &DocumentRecord) -> String {
    let first = document.stories.iter().find_map(|s| s.headline).map(|span| span.of(&document.text).to_owned());
    document.title.clone().or(first).unwrap_or_else(|| file_name(document))
}

fn file_name(document: &DocumentRecord) -> String {
    document.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// A question about the situation with what it is about.
pub(super) fn question(holding: &Holding) -> String {
    holding.key.iter().map(|k| k.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// An answer with its question, in one line.
pub(super) fn sentence(holding: &Holding, messages: &Messages) -> String {
    let values = [
        ("fluent", messages.fluent(holding.fluent).into()),
        ("key", FluentValue::from(question(holding))),
        ("answer", messages.answer(Some(holding)).into()),
        ("status", messages.status(holding).into()),
    ];
    messages.say("page-holding", &values)
}

/// Another answer to the same question.
pub(super) fn value(value: &Value, by: &[&str], messages: &Messages) -> String {
    let word = messages.value(value);
    if by.is_empty() { word } else { messages.say("by", &[("value", word.into()), ("who", by.join(" + ").into())]) }
}

/// Who acts, and on whom, in a line of the chronicle.
pub(super) fn parties(entry: &Entry, book: &Book<'_>) -> String {
    let names = |ids: &[vigie_claims::ActorId]| ids.iter().map(|id| book.name(id)).collect::<Vec<_>>().join(" + ");
    match (names(&entry.actors), names(&entry.recipients)) {
        (actors, targets) if targets.is_empty() => actors,
        (actors, targets) => format!("{actors} → {targets}").trim().to_owned(),
    }
}

/// Is this a thing of the map: about a place rather than between actors?
pub(super) fn is_local(fluent: Fluent) -> bool {
    !fluent.is_relation() && fluent != Fluent::Talks
}

/// The word of a layer.
pub(super) fn layer(layer: Layer, messages: &Messages) -> String {
    messages.word(&format!("page-layer-{}", layer.as_str()))
}
