//! What a frame counts: the figures of those who take part.

use super::{Line, Room};
use crate::claim::Figure;
use crate::figure::FigureAt;
use crate::frame::Frame;
use crate::phrase::{Extent, phrase_words};
use crate::reading::WordAt;
use std::collections::BTreeMap;
use vigie_syntax::{Relation, Upos};

impl<'a> Room<'a> {
    /// The figures inside the phrases that take part, and those that hang on the trigger itself.
    pub(super) fn figures(&self, line: &Line<'a>, frame: &Frame, places: &[usize]) -> Vec<Figure> {
        let rule = frame.rule;
        let slots = [&rule.actor, &rule.recipient, &rule.object, &rule.associate];
        let mut heads: Vec<usize> =
            slots.into_iter().flatten().flat_map(|s| frame.site.fill(s, &frame.support, line)).collect();
        heads.extend_from_slice(places);
        // "a fait 12 morts et 30 blessés": a rule that asks for one of several objects counts that one.
        let objects = &frame.site.functions.object;
        match &frame.support.word {
            Some((word, _)) if objects.contains(word) => heads.push(*word),
            _ => heads.extend(objects.iter().copied()),
        }
        heads.push(frame.site.trigger);
        let patients: Vec<usize> =
            rule.recipient.iter().flat_map(|s| frame.site.fill(s, &frame.support, line)).collect();
        let mut inside: BTreeMap<usize, ()> = BTreeMap::new();
        for head in heads {
            if head == frame.site.trigger && line.parse.words[head].upos == Upos::Verb {
                inside.insert(head, ());
                continue;
            }
            inside.extend(phrase_words(line.parse, head, Extent::Core).into_iter().map(|w| (w, ())));
        }
        line.figures
            .iter()
            .filter(|f| {
                // "left nine dead": a number may be taken and what it counts told of it.
                let number = |w: usize| line.parse.words[w].upos == Upos::Num && inside.contains_key(&w);
                inside.contains_key(&f.head) || (f.words.0..=f.words.1).any(number)
            })
            .filter(|f| !self.tells_parties(line, f) || places.contains(&f.head))
            .map(|f| {
                let mut figure = f.figure.clone();
                // A bare number, or a noun that no list of units holds, of those to whom it is done.
                let above = line.parse.words[f.head].head.map(|h| h as usize);
                let done_to = patients.contains(&f.head) || above.is_some_and(|above| patients.contains(&above));
                let unnamed = figure.unit == "other" && (f.noun.is_none() || done_to);
                if (figure.unit == "people" || unnamed)
                    && let Some(unit) = &rule.unit
                {
                    figure.unit = unit.as_str().into();
                }
                figure
            })
            .collect()
    }

    /// "the two sides": known by their number, and not counted.
    fn tells_parties(&self, line: &Line, figure: &FigureAt) -> bool {
        let numbers = vigie_resources::number_file(self.reading.language());
        let listed = figure.noun.as_ref().is_some_and(|noun| numbers.parties.iter().any(|p| p == noun));
        let at = WordAt { sentence: line.index, word: figure.head };
        let known = self.scene.determiner(at).is_some_and(|d| self.scene.words.places.definite.contains(&d));
        let described = line.parse.children(figure.head).any(|c| line.parse.words[c].deprel.base == Relation::Nmod);
        listed && known && !described && figure.figure.high <= 3
    }
}
