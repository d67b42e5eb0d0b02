//! Text with its parts marked, cut into pieces so that a template can show marks that lie in one another.

use vigie_claims::Claim;
use vigie_text::Span;

/// A piece of text between two boundaries of marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// The kinds of marks that cover it, as classes of the style, outer first; empty for bare text.
    pub(super) classes: String,
    /// Where the piece opens a claim's trigger: the claim's page.
    pub(super) anchor: Option<String>,
}

/// A span with the kind of its mark.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) class: &'static str,
    pub(super) anchor: Option<String>,
}

/// The marks of one claim: who says it, who does what to whom, where, when, how many.
pub(super) fn of_claim(claim: &Claim) -> Vec<Mark> {
    let mark = |span: Span, class| Mark { span, class, anchor: None };
    let mut marks = Vec::new();
    marks.extend(claim.place.as_ref().and_then(|p| p.span).map(|s| mark(s, "m-place")));
    for speaker in &claim.said_by {
        marks.extend(speaker.span.map(|s| mark(s, "m-source")));
        marks.extend(speaker.cue.map(|s| mark(s, "m-cue")));
    }
    marks.extend(claim.arguments.iter().map(|a| mark(a.filler.span, role_class(a.role))));
    marks.extend(claim.figures.iter().map(|f| mark(f.span, "m-figure")));
    marks.extend(claim.period.as_ref().and_then(|p| p.span).map(|s| mark(s, "m-when")));
    marks.push(mark(claim.trigger, "m-trigger"));
    marks
}

fn role_class(role: vigie_claims::Role) -> &'static str {
    use vigie_claims::Role;
    match role {
        Role::Actor => "m-actor",
        Role::Recipient => "m-recipient",
        Role::Associate | Role::Object | Role::Instrument | Role::Topic => "m-object",
    }
}

/// Cuts a part of a text where marks begin and end.
pub(super) fn pieces<'a>(text: &'a str, part: Span, marks: &[Mark]) -> Vec<Piece<'a>> {
    let inside = |mark: &&Mark| mark.span.start() < part.end() && mark.span.end() > part.start();
    let marks: Vec<&Mark> = marks.iter().filter(inside).collect();
    let mut cuts: Vec<usize> = marks.iter().flat_map(|m| [m.span.start(), m.span.end()]).collect();
    cuts.extend([part.start(), part.end()]);
    cuts.retain(|cut| (part.start()..=part.end()).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let piece = |from: usize, to: usize| {
        let covering = || marks.iter().filter(move |m| m.span.start() <= from && m.span.end() >= to);
        let mut classes: Vec<&str> = covering().map(|m| m.class).collect();
        classes.dedup();
        let opened = covering().find(|m| m.anchor.is_some() && m.span.start() == from);
        Piece { text: &text[from..to], classes: classes.join(" "), anchor: opened.and_then(|m| m.anchor.clone()) }
    };
    cuts.windows(2).map(|pair| piece(pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::{Mark, pieces};
    use vigie_text::Span;

    #[test]
    fn marks_within_marks_are_cut_and_nothing_of_the_text_is_lost() {
        let text = "La radio dit que Bosso est prise.";
        let mark = |start, end, class| Mark { span: Span::new(start, end), class, anchor: None };
        let marks = [mark(3, 16, "outer"), mark(9, 12, "inner"), mark(17, 99, "late")];
        let found = pieces(text, Span::new(0, 22), &marks);
        let told: Vec<(&str, &str)> = found.iter().map(|p| (p.text, p.classes.as_str())).collect();
        let expected =
            [("La ", ""), ("radio ", "outer"), ("dit", "outer inner"), (" que", "outer"), (" ", ""), ("Bosso", "late")];
        assert_eq!(told, expected);
    }
}
