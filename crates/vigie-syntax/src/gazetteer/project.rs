//! Silver entities for training: names that the lists know are labelled in a treebank that has no entities, the rest of
//! its proper nouns is left open.

use super::{BODY_FIRST, BODY_NEXT, BODY_WORD, COMMON, COUNTRY, EVENT, GIVEN, JOINT, LARGE, PEOPLE, PERSON};
use super::{PLACE_FIRST, PLACE_NEXT, PLACE_WORD, TITLE, marks};
use crate::parse::{EntityLabel, NamedEntity, Upos, Word};
use smol_str::SmolStr;
use vigie_resources::Language;

/// Words of the longest name of a person that is believed.
const LONGEST_PERSON: usize = 3;

/// The entities of a sentence with known parts of speech that the lists tell without doubt, and for each word whether
/// its being in an entity or not is known.
#[must_use]
pub fn project(words: &[Word], language: Language) -> (Vec<NamedEntity>, Vec<bool>) {
    let forms: Vec<SmolStr> = words.iter().map(|w| w.form.clone()).collect();
    let mut known_names = Vec::new();
    marks(&forms, language, &mut known_names);
    let marks = known_names;
    let proper = |i: usize| words.get(i).is_some_and(|w| w.upos == Upos::Propn);
    let inner = |i: usize| marks.get(i).is_some_and(|m| m & JOINT != 0) || forms.get(i).is_some_and(|f| f == "-");
    let mut entities = Vec::new();
    let mut known = vec![true; words.len()];
    let mut i = 0;
    while i < words.len() {
        if !proper(i) {
            i += 1;
            continue;
        }
        let mut last = i;
        while proper(last + 1) || (inner(last + 1) && proper(last + 2)) {
            last += if proper(last + 1) { 1 } else { 2 };
        }
        let first = (i..last).find(|&k| marks[k] & TITLE == 0).unwrap_or(last);
        match label(&marks[first..=last], marks.get(last + 1).copied().unwrap_or(0)) {
            Some(label) => {
                let span = words[first].span.cover(words[last].span);
                entities.push(NamedEntity { span, first: first as u32, last: last as u32, label });
            }
            None => known[i..=last].fill(false),
        }
        i = last + 1;
    }
    (entities, known)
}

/// What a run of proper nouns names, if its marks leave no doubt; `next` is the mark of the word behind it.
fn label(run: &[u16], next: u16) -> Option<EntityLabel> {
    let (&first, rest) = run.split_first()?;
    let any = |bits: u16| run.iter().any(|m| m & bits != 0);
    let whole = |begin: u16, more: u16| first & begin != 0 && rest.iter().all(|m| m & more != 0) && next & more == 0;
    let (place, body) = (whole(PLACE_FIRST, PLACE_NEXT), whole(BODY_FIRST, BODY_NEXT));
    let person = any(GIVEN | PERSON);
    if place && !body && !person && first & (COUNTRY | LARGE) != 0 && first & PEOPLE == 0 {
        return (first & COMMON == 0 || !rest.is_empty()).then_some(EntityLabel::Location);
    }
    if body && !place && !person {
        return Some(EntityLabel::Organisation);
    }
    let alone = rest.is_empty() && (any(PLACE_FIRST) || any(COMMON));
    let named = first & GIVEN != 0 && !body && !alone && !any(BODY_WORD | PLACE_WORD | EVENT);
    (named && run.len() <= LONGEST_PERSON).then_some(EntityLabel::Person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_undoubted_runs_have_a_label() {
        assert_eq!(label(&[PLACE_FIRST | COUNTRY], 0), Some(EntityLabel::Location));
        assert_eq!(label(&[PLACE_FIRST | COUNTRY | COMMON], 0), None);
        assert_eq!(label(&[PLACE_FIRST | COUNTRY], PLACE_NEXT), None);
        assert_eq!(label(&[BODY_FIRST, BODY_NEXT], 0), Some(EntityLabel::Organisation));
        assert_eq!(label(&[GIVEN, 0], 0), Some(EntityLabel::Person));
        assert_eq!(label(&[GIVEN, BODY_WORD], 0), None);
        assert_eq!(label(&[0, 0], 0), None);
        assert_eq!(label(&[], 0), None);
    }
}
