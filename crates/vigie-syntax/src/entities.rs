//! Entity tags of words to named entities and back.

use crate::parse::{EntityLabel, NamedEntity, Word};

/// Number of tags: outside, then begin and inside for each label.
pub(crate) const CLASSES: usize = 9;

/// The tag sequence of the highest sum of scores among those where an inside tag follows its own label (Viterbi).
pub(crate) fn best_tags(scores: &[f32], n: usize) -> Vec<u8> {
    let follows = |from: usize, to: usize| to == 0 || to % 2 == 1 || from == to || from + 1 == to;
    let mut best: Vec<[f32; CLASSES]> = Vec::with_capacity(n);
    let mut back: Vec<[u8; CLASSES]> = Vec::with_capacity(n);
    for i in 0..n {
        let row = &scores[i * CLASSES..(i + 1) * CLASSES];
        let mut now = [-1e9f32; CLASSES];
        let mut from = [0u8; CLASSES];
        for (tag, score) in row.iter().enumerate() {
            match best.last() {
                None if tag == 0 || tag % 2 == 1 => now[tag] = *score,
                None => {}
                Some(before) => {
                    for (previous, sum) in before.iter().enumerate() {
                        if follows(previous, tag) && sum + score > now[tag] {
                            now[tag] = sum + score;
                            from[tag] = previous as u8;
                        }
                    }
                }
            }
        }
        best.push(now);
        back.push(from);
    }
    let mut tags = vec![0u8; n];
    if let Some(last) = best.last() {
        let mut tag = crate::math::argmax(last) as u8;
        for i in (0..n).rev() {
            tags[i] = tag;
            tag = back[i][tag as usize];
        }
    }
    tags
}

/// The entities that the tags mark.
pub(crate) fn entities(tags: &[u8], words: &[Word]) -> Vec<NamedEntity> {
    let mut out: Vec<NamedEntity> = Vec::new();
    let mut open = false;
    for (i, &tag) in tags.iter().enumerate() {
        if tag == 0 {
            open = false;
        } else if tag % 2 == 1 || !open {
            let label = EntityLabel::ALL[(usize::from(tag) - 1) / 2];
            out.push(NamedEntity { span: words[i].span, first: i as u32, last: i as u32, label });
            open = true;
        } else if let Some(entity) = out.last_mut() {
            entity.last = i as u32;
            entity.span = entity.span.cover(words[i].span);
        }
    }
    out
}

/// The tag of each of `n` words.
#[cfg(feature = "train")]
pub(crate) fn tags(entities: &[NamedEntity], n: usize) -> Vec<u8> {
    let mut out = vec![0; n];
    for entity in entities {
        let label = EntityLabel::ALL.iter().position(|l| *l == entity.label).unwrap_or(0) as u8;
        for i in entity.first..=entity.last {
            out[i as usize] = 1 + 2 * label + u8::from(i != entity.first);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_never_begins_an_entity() {
        let mut scores = vec![0.0; 3 * CLASSES];
        scores[2] = 5.0;
        scores[CLASSES + 4] = 5.0;
        scores[2 * CLASSES + 4] = 5.0;
        let tags = best_tags(&scores, 3);
        assert!(tags[0] == 0 || tags[0] % 2 == 1);
        for pair in tags.windows(2) {
            assert!(pair[1] == 0 || pair[1] % 2 == 1 || pair[0] == pair[1] || pair[0] + 1 == pair[1], "{tags:?}");
        }
    }
}
