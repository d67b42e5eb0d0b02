//! What a claim keeps of its place: the point, how far around it, the phrase that tells it, what else the name may mean.

use crate::claim::{Namesake, PlaceId, PlaceMention, PlacePhrase, Precision};
use crate::mention::slug;
use crate::place::Spot;
use crate::reading::WordAt;
use crate::scene::Scene;
use smol_str::format_smolstr;
use vigie_places::{Precision as Exactness, Relative, RelativeKind};
use vigie_syntax::Upos;
use vigie_text::Span;

/// Most namesakes that are kept.
const KEPT: usize = 4;

/// The entry of the gazetteer that an id rests on: "gn:1" of "gn:1/north" and of "t:bridge@gn:1".
fn base(id: &str) -> &str {
    let id = id.rsplit('@').next().unwrap_or(id);
    id.split('/').next().unwrap_or(id)
}

/// A phrase that makes a place of its own, apart from the places that it names.
fn is_apart(kind: RelativeKind) -> bool {
    matches!(kind, RelativeKind::Offset | RelativeKind::Ring | RelativeKind::Between | RelativeKind::Route)
}

impl Scene<'_> {
    /// A place with everything that is known of how it was read.
    pub(crate) fn told(&self, spot: Spot, span: Span) -> PlaceMention {
        let anchor = base(&spot.id).to_owned();
        let mut mention = PlaceMention::new(Some(span), Some(spot.id), spot.name, spot.precision);
        mention.point = spot.point;
        let Some(choice) = self.places.choice(&anchor, Some(span)) else { return mention };
        mention.radius_km = choice.place.as_ref().filter(|p| p.id == anchor).map(|_| choice.radius_km);
        let mut kept: Vec<_> = choice.candidates.iter().collect();
        // The kind of place that the words ask for may not be the one that the document speaks of most.
        kept.sort_by_key(|c| c.place.id != anchor);
        mention.namesakes = kept
            .into_iter()
            .take(KEPT)
            .map(|c| Namesake {
                place: c.place.id.clone(),
                name: c.place.name.to_owned(),
                country: c.place.country.into(),
                score: c.score,
                reasons: c.reasons.iter().map(|r| (*r).into()).collect(),
            })
            .collect();
        if let Some(relative) = self.places.phrase(span).filter(|r| self.names_anchor(r, &anchor)) {
            self.shape(&mut mention, relative);
        }
        mention
    }

    /// The place of a phrase that is a place of its own, where the word heads it: "10 km au nord de X".
    pub(crate) fn of_phrase(&self, at: WordAt) -> Option<PlaceMention> {
        let relative = self.phrase_at(at)?;
        let anchor = self.places.located.get(*relative.anchors.first()?)?;
        let spot = self.of_gazetteer(anchor.place.as_ref()?, anchor.span.of(self.reading.text));
        let mention = self.told(spot, relative.span);
        mention.phrase.is_some().then_some(mention)
    }

    /// A place without a name of its own ("a depot", "the strip") with the point of the phrase that says where it lies, if
    /// one stands in it or beside it in its clause.
    pub(crate) fn lain(&self, at: WordAt, mut mention: PlaceMention) -> PlaceMention {
        let head = self.word(at).head.map(|head| WordAt { word: head as usize, ..at });
        let mut words = vec![at];
        let mut next = 0;
        while let Some(&word) = words.get(next) {
            words.extend(self.children(word));
            next += 1;
        }
        words.extend(head.into_iter().flat_map(|h| self.children(h)));
        let phrase = |w: &WordAt| self.places.phrase(self.word(*w).span).filter(|r| is_apart(r.kind));
        if let Some(relative) = words.iter().find_map(phrase) {
            let anchors = self.anchors(relative);
            self.locate(&mut mention, relative, anchors);
        }
        mention
    }

    /// The entries that a phrase is measured from.
    fn anchors(&self, relative: &Relative) -> Vec<PlaceId> {
        let places = relative.anchors.iter().filter_map(|&a| self.places.located.get(a)?.place.as_ref());
        places.map(|p| p.id.clone()).collect()
    }

    /// The phrase of a distance that a word heads: what governs the word stands outside.
    pub(crate) fn phrase_at(&self, at: WordAt) -> Option<&Relative> {
        let word = self.word(at);
        let relative = self.places.phrase(word.span)?;
        let distant = matches!(relative.kind, RelativeKind::Offset | RelativeKind::Ring);
        let outside = word.head.is_none_or(|h| {
            let governor = self.word(WordAt { word: h as usize, ..at });
            !relative.span.contains(governor.span)
        });
        let bears = matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Sym | Upos::X | Upos::Adv | Upos::Adj);
        (distant && outside && bears && relative.span.contains(word.span)).then_some(relative)
    }

    fn names_anchor(&self, relative: &Relative, anchor: &str) -> bool {
        let located = relative.anchors.iter().filter_map(|&a| self.places.located.get(a));
        located.flat_map(|l| &l.candidates).any(|c| c.place.id == anchor)
    }

    fn shape(&self, mention: &mut PlaceMention, relative: &Relative) {
        let ids = self.anchors(relative);
        if is_apart(relative.kind) {
            let text = relative.span.of(self.reading.text);
            mention.place = ids.first().map(|id| format_smolstr!("t:{}@{id}", slug(text)));
            mention.name = self.bare(text);
            mention.span = Some(mention.span.map_or(relative.span, |s| s.cover(relative.span)));
        }
        self.locate(mention, relative, ids);
    }

    /// Gives a mention the point of a phrase.
    fn locate(&self, mention: &mut PlaceMention, relative: &Relative, anchors: Vec<PlaceId>) {
        let exactness = match relative.precision {
            Exactness::Exact | Exactness::Near => Precision::Near,
            Exactness::Region | Exactness::None => Precision::Region,
            Exactness::Country => Precision::Country,
        };
        let named = matches!(relative.kind, RelativeKind::Division | RelativeKind::Beside | RelativeKind::Coast);
        if !named {
            mention.point = Some(relative.point);
            mention.precision = exactness;
        }
        mention.radius_km = Some(relative.radius_km);
        mention.phrase = Some(PlacePhrase {
            span: relative.span,
            kind: relative.kind.name().into(),
            anchors,
            side: relative.side.map(Into::into),
            metres: relative.metres,
            line: relative.line,
            length: relative.length.map(|l| (l.metres, l.agrees)),
        });
    }
}
