//! The town that a heading names, for notes that do not name it again: "Tamsa, Ruvania" over "Captured by the army in
//! March".

use crate::mention::Name;
use crate::reading::WordAt;
use crate::scene::{Scene, Town};
use vigie_resources::PlaceKind;
use vigie_syntax::Upos;

/// A heading or a label is short.
const WORDS_OF_HEADING: usize = 8;
/// So is a note, its heading counted.
const SENTENCES_OF_NOTE: usize = 5;

impl Scene<'_> {
    /// The name of the place that the text above a word is headed by, or the label before a colon in its own sentence.
    pub(crate) fn topic(&self, at: WordAt) -> Option<WordAt> {
        let own = &self.reading.parse(at.sentence).words;
        let colon = own.iter().take(at.word).position(|w| w.form == ":");
        if let Some(colon) = colon
            && self.is_title(at.sentence, colon)
        {
            return self.town_among(at.sentence, colon);
        }
        let heading = self.reading.sentence(0).part;
        let alone = self.reading.story.sentences.get(1).is_some_and(|s| s.part != heading);
        let n = self.reading.parse(0).words.len();
        (at.sentence > 0 && alone && self.is_title(0, n)).then(|| self.town_among(0, n)).flatten()
    }

    /// The town that a note of a few sentences is headed by, where it names no other: what it tells happens there.
    pub(crate) fn note_town(&self, at: WordAt) -> Option<WordAt> {
        if self.reading.parses.len() > SENTENCES_OF_NOTE {
            return None;
        }
        let topic = self.topic(at)?;
        let towns = self.towns.iter().filter(|t| t.spot.kind != Some(PlaceKind::Country));
        let mut spots = towns.map(|t| &t.spot.id);
        let first = spots.next();
        spots.all(|id| Some(id) == first).then_some(topic)
    }

    /// Names and nouns only: a title says nothing of itself.
    fn is_title(&self, sentence: usize, end: usize) -> bool {
        let words = &self.reading.parse(sentence).words[..end];
        let named = words.iter().filter(|w| w.upos != Upos::Punct).count();
        named > 0
            && named <= WORDS_OF_HEADING
            && words.iter().all(|w| !matches!(w.upos, Upos::Verb | Upos::Aux | Upos::Pron))
    }

    /// The one town that a title names, else its first name; the country that it lies in is not meant.
    fn town_among(&self, sentence: usize, end: usize) -> Option<WordAt> {
        let inside = |t: &&Town| t.at.sentence == sentence && t.at.word < end;
        let (countries, towns): (Vec<&Town>, Vec<&Town>) =
            self.towns.iter().filter(inside).partition(|t| t.spot.kind == Some(PlaceKind::Country));
        if let Some(first) = towns.first() {
            return towns.iter().all(|t| t.spot.id == first.spot.id).then_some(first.at);
        }
        let words = &self.reading.parse(sentence).words[..end];
        let of_country = |word: usize| countries.iter().any(|t| t.at.word == word);
        // "Tamsa, Ruvania": what stands before a comma and the country that ends the line lies there, whatever it looks like.
        let ends = |n: &&Name| !n.countries.is_empty() && n.last + 1 == end && n.first > 1;
        if let Some(country) = self.names[sentence].iter().find(ends)
            && words[country.first - 1].form == ","
            && words[0].form.starts_with(char::is_uppercase)
            && !self.names[sentence].iter().any(|n| n.first == 0 && !n.countries.is_empty())
        {
            return Some(WordAt { sentence, word: 0 });
        }
        let word = words.iter().enumerate().position(|(i, w)| w.upos == Upos::Propn && !of_country(i))?;
        let at = WordAt { sentence, word };
        let filler = self.filler(at);
        let unknown = filler.actor.is_none_or(|id| id.starts_with("t:")) && !self.is_person(at);
        (self.is_place(at) || unknown).then_some(at)
    }
}
