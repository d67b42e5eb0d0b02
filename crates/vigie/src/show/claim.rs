//! One claim for a person: a heading, its sentence with marks, who says so.

use super::style::{DOUBT, FAINT, FIGURE, PLACE, SOURCE, STRONG, TIME, TRIGGER, paint, role};
use super::words;
use crate::record::{DocumentRecord, hex};
use crate::snippet::{self, Mark, Page, line_of};
use vigie_claims::{Claim, ClaimId, Role, Speaker, SpeakerKind};
use vigie_text::Span;

/// Enough digits to tell claims of one archive apart; `vigie explain` takes any beginning that is unique.
const SHORT: usize = 8;

/// `c:` and the first digits.
pub(crate) fn short_id(id: ClaimId) -> String {
    format!("c:{}", &hex(&id.0)[..SHORT])
}

/// The claim in one line: what, who to whom, where, when.
pub(crate) fn heading(claim: &Claim) -> String {
    let mut out = paint(STRONG, claim.predicate.id());
    let mut doubts = words::doubts(claim.factuality);
    if claim.again {
        doubts.push("again");
    }
    if !doubts.is_empty() {
        out.push_str(&format!(" {}", paint(DOUBT, format!("({})", doubts.join(", ")))));
    }
    let list = |role: Role| claim.fillers(role).map(|f| f.name.as_str()).collect::<Vec<_>>().join(" + ");
    let (actor, recipient, object) = (list(Role::Actor), list(Role::Recipient), list(Role::Object));
    if !actor.is_empty() {
        out.push_str(&format!("  {}", paint(role(Role::Actor), actor)));
    }
    let target = [recipient, object].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", ");
    if !target.is_empty() {
        out.push_str(&format!(" → {}", paint(role(Role::Recipient), target)));
    }
    for (word, which) in [("with", Role::Associate), ("by", Role::Instrument), ("about", Role::Topic)] {
        let names = list(which);
        if !names.is_empty() {
            out.push_str(&format!("  {} {}", paint(FAINT, word), paint(role(which), names)));
        }
    }
    if let Some(place) = &claim.place {
        out.push_str(&format!("  {} {}", paint(FAINT, "at"), paint(PLACE, &place.name)));
    }
    for figure in &claim.figures {
        out.push_str(&format!("  {}", paint(FIGURE, words::figure(figure))));
    }
    if let Some(period) = &claim.period {
        out.push_str(&format!("  {}", paint(TIME, words::period(period))));
    }
    out
}

/// The claim in one line without marks of any kind, with who says so.
pub(crate) fn plain(claim: &Claim, document: &DocumentRecord) -> String {
    let line = format!("{} [{}]", heading(claim), said_by(claim, document));
    anstream::adapter::strip_str(&line).to_string()
}

/// Who says it, innermost first: `Idrissa Maman via AFP`; the outlet where nobody is made to say it.
pub(crate) fn said_by(claim: &Claim, document: &DocumentRecord) -> String {
    if claim.said_by.is_empty() {
        let outlet = document.outlet.as_deref().unwrap_or("the page itself, no source named");
        return outlet.to_owned();
    }
    let name = |s: &Speaker| match (&s.name, s.kind) {
        (Some(name), SpeakerKind::Anonymous) => format!("{name} (not named)"),
        (Some(name), SpeakerKind::Unresolved) => format!("{name} (who is not clear)"),
        (Some(name), _) => name.clone(),
        (None, _) => "somebody (a quotation without a speaker)".to_owned(),
    };
    let mut out = String::new();
    let mut before: Option<&Speaker> = None;
    for speaker in claim.said_by.iter().rev() {
        match before {
            None => {}
            Some(before) if before.joint && speaker.joint => out.push_str(" and "),
            Some(_) => out.push_str(" via "),
        }
        out.push_str(&name(speaker));
        before = Some(speaker);
    }
    out
}

/// The claim's sentence with its parts marked.
pub(crate) fn snippet(claim: &Claim, document: &DocumentRecord, width: usize) -> String {
    // Room for the line number and for the dots of a cut line.
    let width = width.saturating_sub(10);
    let id = short_id(claim.id);
    let page = Page { path: &document.path, text: &document.text, width, gutter: FAINT, beside: &id };
    snippet::render(page, claim.sentence, &marks(claim))
}

/// `page.txt:19`, where the claim stands.
pub(crate) fn at(claim: &Claim, document: &DocumentRecord) -> String {
    format!("{}:{}", document.path, line_of(&document.text, claim.trigger.start()))
}

fn marks(claim: &Claim) -> Vec<Mark> {
    let mark = |span: Span, sign, style, label: &str| Mark { span, sign, style, label: label.to_owned() };
    let mut marks = Vec::new();
    // Outer parts first, so that the trigger and the names inside them stay visible.
    if let Some(span) = claim.place.as_ref().and_then(|p| p.span) {
        marks.push(mark(span, '=', PLACE, "place"));
    }
    for speaker in &claim.said_by {
        marks.extend(speaker.span.map(|s| mark(s, '.', SOURCE, "source")));
        marks.extend(speaker.cue.map(|s| mark(s, ',', SOURCE, "cue")));
    }
    for argument in &claim.arguments {
        marks.push(mark(argument.filler.span, '^', role(argument.role), argument.role.as_str()));
    }
    for figure in &claim.figures {
        marks.push(mark(figure.span, '#', FIGURE, "figure"));
    }
    if let Some(span) = claim.period.as_ref().and_then(|p| p.span) {
        marks.push(mark(span, '-', TIME, "when"));
    }
    marks.push(mark(claim.trigger, '~', TRIGGER, "trigger"));
    marks
}
