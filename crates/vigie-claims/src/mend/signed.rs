//! A headline that is signed: "Gunmen kill nine in Kaya – police", "… : officials", "… (army)". Who vouches for it stands
//! behind a mark and takes no part in what is told, whatever a parser hangs it on.

use super::openings::{hang, is_nominal, is_whole};
use super::{before_noun, relation};
use vigie_syntax::{Parse, Relation, Upos};

/// Words of the longest signature, and of the shortest headline before one.
const LONGEST: usize = 5;
const SHORTEST: usize = 3;
const MARKS: [&str; 5] = [":", "–", "—", "-", "("];

/// The mark before a signature and the word that heads it, once [`part_signatures`] has set it apart.
pub(crate) fn signature(parse: &Parse) -> Option<(usize, usize)> {
    let (mark, words) = tail(parse)?;
    let head = head_of(parse, words)?;
    Some((mark, head)).filter(|_| parse.words[head].deprel.base == Relation::Parataxis)
}

/// The last mark that parts off a few words at the end, and these words; none of them is a verb.
fn tail(parse: &Parse) -> Option<(usize, std::ops::Range<usize>)> {
    let words = &parse.words;
    if is_whole(parse) {
        return None;
    }
    let mark = (SHORTEST..words.len()).rev().find(|&i| MARKS.contains(&words[i].form.as_str()))?;
    let closed = words.last().is_some_and(|w| w.form == ")");
    let end = words.len() - usize::from(closed);
    // A dash without spaces joins two halves of a word.
    let apart = |a: usize, b: usize| words.get(b).is_some_and(|w| words[a].span.end() < w.span.start());
    let spaced = words[mark].form == ":" || closed || apart(mark - 1, mark) && apart(mark, mark + 1);
    let fits = (mark + 1..end).len() <= LONGEST && mark + 1 < end && closed == (words[mark].form == "(");
    let plain = (mark + 1..end).all(|i| {
        matches!(words[i].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Adp | Upos::Part | Upos::X)
    });
    (spaced && fits && plain).then_some((mark, mark + 1..end))
}

/// The last noun before a preposition that is not the first word.
fn head_of(parse: &Parse, words: std::ops::Range<usize>) -> Option<usize> {
    let end = words.clone().skip(1).find(|&i| parse.words[i].upos == Upos::Adp).unwrap_or(words.end);
    (words.start..end).rev().find(|&i| is_nominal(parse, i))
}

/// Hangs a signature beside what it signs.
pub(super) fn part_signatures(parse: &mut Parse) {
    let Some((mark, words)) = tail(parse) else { return };
    let Some(head) = head_of(parse, words.clone()) else { return };
    let inside = |i: usize| words.contains(&i);
    let Some(top) = words.clone().find(|&i| parse.words[i].head.is_none_or(|h| !inside(h as usize))) else { return };
    let (above, deprel) = (parse.words[top].head, parse.words[top].deprel.clone());
    let orphan = |i: &usize| parse.words[*i].head.is_some_and(|h| inside(h as usize));
    let orphans: Vec<usize> = (0..mark).filter(orphan).collect();
    let verb = orphans.iter().copied().find(|&i| parse.words[i].upos == Upos::Verb).filter(|_| above.is_none());
    let noun = orphans.iter().rev().copied().find(|&i| is_nominal(parse, i));
    let any = orphans.iter().rev().copied().find(|&i| !matches!(parse.words[i].upos, Upos::Punct | Upos::Adp));
    // What hung on the signature hangs where it did.
    if let Some(heir) = verb.or(noun).or(any) {
        parse.words[heir].head = above;
        parse.words[heir].deprel =
            if is_nominal(parse, heir) || above.is_none() { deprel } else { relation(Relation::Parataxis) };
        for &i in orphans.iter().filter(|&&i| i != heir) {
            parse.words[i].head = Some(heir as u32);
        }
    } else if above.is_none() {
        return;
    }
    let Some(root) = (0..mark).find(|&i| parse.words[i].head.is_none()) else { return };
    for i in words {
        if i != head && parse.words[i].head.is_none_or(|h| (h as usize) < mark || h as usize == i || i == top) {
            let base = before_noun(parse.words[i].upos);
            hang(parse, i, head, relation(base));
        }
    }
    hang(parse, head, root, relation(Relation::Parataxis));
    for i in mark..parse.words.len() {
        if parse.words[i].upos == Upos::Punct {
            parse.words[i].head = Some(head as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{hangs, parse, word};

    #[test]
    fn a_signature_takes_nothing_along() {
        let mut signed = parse(
            "Army army NOUN _ 2 nsubj
             retakes retake VERB VerbForm=Fin 0 root
             Bara Bara PROPN _ 6 compound
             — — PUNCT _ 6 punct
             state state NOUN _ 6 compound
             TV TV PROPN _ 2 obj",
        );
        part_signatures(&mut signed);
        hangs(&signed, "Bara", "obj", "retakes");
        hangs(&signed, "TV", "parataxis", "retakes");
        hangs(&signed, "state", "compound", "TV");
        assert_eq!(signature(&signed), Some((word(&signed, "—"), word(&signed, "TV"))));
    }

    #[test]
    fn a_sentence_is_not_signed() {
        let rows = "Army army NOUN _ 2 nsubj
             retakes retake VERB VerbForm=Fin 0 root
             Bara Bara PROPN _ 2 obj
             : : PUNCT _ 5 punct
             officials official NOUN _ 2 obl
             . . PUNCT _ 2 punct";
        let mut whole = parse(rows);
        let before = whole.clone();
        part_signatures(&mut whole);
        assert_eq!(whole, before);
        let mut told = parse(&rows[..rows.rfind('\n').expect("rows")]);
        part_signatures(&mut told);
        hangs(&told, "officials", "parataxis", "retakes");
    }
}
