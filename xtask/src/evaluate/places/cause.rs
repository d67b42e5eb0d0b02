//! Why a mention's point is wrong: told by what the program knew of the name, never by looking at the text.

use super::corpus::{Article, distance};
use super::given::TOLERANCE;
use std::collections::BTreeMap;
use vigie_places::{Located, Match};
use vigie_resources::PlaceKind;

/// A cause of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    /// A country, region or division bears the name and another lies where the gold puts it.
    AreaForPlace,
    /// A smaller place bears the name and an area of the same name is meant.
    PlaceForArea,
    /// Two settlements with one name.
    Namesake,
    /// A right candidate was there only as one that a part, a likeness or the surroundings suggest.
    Suggested,
    /// An area bears the name, its middle is elsewhere than the gold's.
    Middle,
    /// Nothing bears the name; another mention of the text that was placed rightly lies there.
    Played,
    /// Nothing bears the name; another mention lies there, but was not placed there.
    PlayedUnseen,
    /// Nothing bears the name, and no other mention lies there.
    Unlisted,
    /// Places bear the name, none of them where the gold puts it; another mention lies there.
    ElsewherePlayed,
    /// The same without another mention there.
    Elsewhere,
}

impl Cause {
    pub(crate) const ALL: [Self; 10] = [
        Self::Namesake,
        Self::AreaForPlace,
        Self::PlaceForArea,
        Self::Suggested,
        Self::Played,
        Self::PlayedUnseen,
        Self::Unlisted,
        Self::Middle,
        Self::ElsewherePlayed,
        Self::Elsewhere,
    ];

    pub(crate) fn says(self) -> &'static str {
        match self {
            Self::Namesake => "right candidate there: another settlement or site of the name taken",
            Self::AreaForPlace => "right candidate there: an area of the name taken for a smaller place",
            Self::PlaceForArea => "right candidate there: a smaller place of the name taken for an area",
            Self::Suggested => "right candidate there only by a part, a likeness or the surroundings",
            Self::Played => "no list holds the name; lies at another, rightly placed name of the text",
            Self::PlayedUnseen => "no list holds the name; lies at another name that was placed wrongly",
            Self::Unlisted => "no list holds the name; lies at no other name of the text",
            Self::Middle => "an area of the name, whose middle the gold puts elsewhere",
            Self::ElsewherePlayed => "places of the name are known elsewhere; lies at another name of the text",
            Self::Elsewhere => "places of the name are known elsewhere; lies at no other name of the text",
        }
    }
}

/// How often each cause was met.
pub(crate) type Causes = BTreeMap<Cause, usize>;

fn is_area(kind: PlaceKind) -> bool {
    matches!(
        kind,
        PlaceKind::Country | PlaceKind::Continent | PlaceKind::Region | PlaceKind::Division | PlaceKind::District
    )
}

/// Why this mention went wrong; none where its point is right. `located` are the mentions of the article in order.
pub(crate) fn cause(article: &Article, located: &[Located], at: usize) -> Option<Cause> {
    let (gold, found) = (&article.mentions[at], &located[at]);
    let near = |point: (i32, i32)| distance(point, gold.point) <= TOLERANCE;
    let taken = found.place.as_ref();
    if taken.is_some_and(|p| near(p.point)) {
        return None;
    }
    let right = found.candidates.iter().filter(|c| near(c.place.point));
    if let Some(best) = right.min_by_key(|c| c.by) {
        if best.by >= Match::Part {
            return Some(Cause::Suggested);
        }
        let area = taken.is_some_and(|p| is_area(p.kind));
        return Some(match (is_area(best.place.kind), area) {
            (false, true) => Cause::AreaForPlace,
            (true, false) => Cause::PlaceForArea,
            _ => Cause::Namesake,
        });
    }
    let text = |i: usize| article.mentions[i].span.of(&article.text);
    let there = |i: &usize| *i != at && text(*i) != text(at) && near(article.mentions[*i].point);
    let others: Vec<usize> = (0..article.mentions.len()).filter(there).collect();
    let seen = others.iter().any(|&i| located[i].place.as_ref().is_some_and(|p| near(p.point)));
    let borne = found.candidates.iter().filter(|c| c.by <= Match::Stripped).map(|c| &c.place);
    let borne: Vec<PlaceKind> = borne.map(|p| p.kind).collect();
    Some(match (borne.is_empty(), others.is_empty()) {
        (false, _) if borne.iter().all(|k| is_area(*k)) => Cause::Middle,
        (false, false) => Cause::ElsewherePlayed,
        (false, true) => Cause::Elsewhere,
        (true, true) => Cause::Unlisted,
        (true, false) if seen => Cause::Played,
        (true, false) => Cause::PlayedUnseen,
    })
}

#[cfg(test)]
mod tests {
    use super::super::corpus::GoldMention;
    use super::*;
    use vigie_places::locate;
    use vigie_resources::Language;
    use vigie_text::Span;

    #[test]
    fn causes_are_told_by_what_was_known() {
        let text = "From Lima to Qwxyzzq.".to_owned();
        let gold = |word: &str, point| {
            let at = text.find(word).unwrap();
            GoldMention { span: Span::new(at, at + word.len()), point }
        };
        let lima = (-12_040_000, -77_030_000);
        let of = |mentions: Vec<GoldMention>, at: usize| {
            let spans: Vec<Span> = mentions.iter().map(|m| m.span).collect();
            let article = Article { text: text.clone(), mentions };
            let located = locate(&article.text, &spans, Language::from_code("en").unwrap(), &[]);
            cause(&article, &located, at)
        };
        assert_eq!(of(vec![gold("Lima", lima)], 0), None);
        assert_eq!(of(vec![gold("Lima", (40_740_000, -84_100_000))], 0), Some(Cause::Namesake));
        assert_eq!(of(vec![gold("Lima", (60_000_000, 90_000_000))], 0), Some(Cause::Elsewhere));
        assert_eq!(of(vec![gold("Lima", lima), gold("Qwxyzzq", (60_000_000, 90_000_000))], 1), Some(Cause::Unlisted));
    }
}
