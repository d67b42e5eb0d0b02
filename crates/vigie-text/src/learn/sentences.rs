//! Learns the table of sentence ends (`sentences.bin`) from paragraphs whose ends are known. The same paragraphs give
//! the same bytes.

use crate::boundary::{FEATURES, Gaps, ROWS, SCALE};
use crate::sentence::Marks;
use crate::span::Span;
use crate::token::tokenise;
use std::collections::BTreeSet;
use vigie_resources::Language;

/// Times that all paragraphs are looked at.
const PASSES: u32 = 10;
/// A right answer must be this clear, or it is learnt from again.
const CLEAR: i32 = 6;

/// The table of a language from paragraphs, each with the byte offsets at which its sentences end.
#[must_use]
pub fn learn_sentence_ends(language: Language, paragraphs: &[(String, BTreeSet<usize>)]) -> Vec<u8> {
    let mut cases: Vec<([u16; FEATURES], bool)> = Vec::new();
    for (text, ends) in paragraphs {
        let tokens = tokenise(text, Span::new(0, text.len()), language);
        let marks = Marks::new(text, &tokens, language);
        let ruled = marks.ruled(text, &tokens, language);
        let gaps = Gaps::new(text, &tokens, &marks.roles);
        for i in (0..tokens.len()).filter(|i| gaps.is_open(*i)) {
            cases.push((gaps.features(i, ruled[i]), ends.contains(&tokens[i].span.end())));
        }
    }
    let mut weights = vec![0i32; ROWS];
    // What each weight owes to when it was changed: the average over all steps is weight - owed / steps.
    let mut owed = vec![0i64; ROWS];
    let mut steps = 0i64;
    let mut state = 0x2545_f491_4f6c_dd1du64;
    for _ in 0..PASSES {
        for i in (1..cases.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            cases.swap(i, (state % (i as u64 + 1)) as usize);
        }
        for (features, end) in &cases {
            steps += 1;
            let score: i32 = features.iter().map(|f| weights[*f as usize]).sum();
            let step = if *end { 1 } else { -1 };
            if score * step <= CLEAR {
                for f in features {
                    weights[*f as usize] += step;
                    owed[*f as usize] += i64::from(step) * steps;
                }
            }
        }
    }
    let average = |(weight, owed): (&i32, &i64)| {
        let all = (i64::from(*weight) * steps - owed) * i64::from(SCALE) / steps.max(1);
        all.clamp(-32_000, 32_000) as i16
    };
    weights.iter().zip(&owed).flat_map(|pair| average(pair).to_le_bytes()).collect()
}
