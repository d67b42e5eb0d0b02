//! A learnt second opinion on where sentences end: hashed features of a gap between two tokens, integer weights.
//!
//! The rules know final marks. Headings, list items and datelines that run on without one are only told by what stands
//! around the gap. The table is `sentences.bin` of the language's pack; a pack without it is cut by the rules alone.

use crate::document::Token;
use crate::sentence::Role;
use vigie_resources::Language;

/// Rows of a table; a power of two.
pub(crate) const ROWS: usize = 1 << 15;
/// A gap is described by so many features.
pub(crate) const FEATURES: usize = 26;
/// A weight of one in training is so much in the table.
pub(crate) const SCALE: i32 = 10;
/// How far the score must lie on the other side before the rules are overruled.
///
/// Running text has more names than headings: with no margin a capital alone would end sentences.
const MARGIN: i32 = 10 * SCALE;
/// Distances to a final mark are counted no further than this.
const FAR: u8 = 12;

/// The table of one language: little-endian weights, one for each row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table(&'static [u8]);

impl Table {
    /// The shipped table; `None` when there is none or it is damaged.
    pub(crate) fn of(language: Language) -> Option<Self> {
        let bytes = vigie_resources::bytes(&format!("languages/{}/sentences.bin", language.code()))?;
        (bytes.len() == 2 * ROWS).then_some(Self(bytes))
    }

    /// Is the gap a boundary, given what the rules say?
    pub(crate) fn ends(self, features: &[u16; FEATURES], ruled: bool) -> bool {
        let weight = |f: u16| i32::from(i16::from_le_bytes([self.0[2 * f as usize], self.0[2 * f as usize + 1]]));
        let score: i32 = features.iter().map(|f| weight(*f)).sum();
        if ruled { score > -MARGIN } else { score > MARGIN }
    }
}

/// What the features need to know of one token.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    lower: u64,
    shape: u64,
    ending: u64,
    /// Tokens since the last final mark, and until the next.
    since: u8,
    until: u8,
}

/// All tokens of a block, looked at once.
pub(crate) struct Gaps<'a> {
    looks: Vec<Look>,
    roles: &'a [Role],
    tokens: &'a [Token],
}

fn mix(a: u64, b: u64) -> u64 {
    let h = (a ^ b.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h ^ (h >> 32)
}

/// Hashes of a word in lower case, of its shape (runs of capitals, small letters, figures) and of its last two letters.
fn look(word: &str) -> Look {
    let (mut lower, mut shape, mut ending) = (1u64, 1u64, [0u64; 2]);
    let mut last = '\0';
    for (i, c) in word.chars().take(24).enumerate() {
        let small = if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
        lower = mix(lower, u64::from(small));
        ending = [ending[1], u64::from(small)];
        let class = if c.is_lowercase() {
            'a'
        } else if c.is_uppercase() {
            'A'
        } else if c.is_numeric() {
            '0'
        } else {
            c
        };
        if i < 8 && (class != last || !class.is_alphanumeric()) {
            shape = mix(shape, u64::from(class));
        }
        last = class;
    }
    Look { lower, shape, ending: mix(ending[0], ending[1]), since: FAR, until: FAR }
}

impl<'a> Gaps<'a> {
    pub(crate) fn new(text: &str, tokens: &'a [Token], roles: &'a [Role]) -> Self {
        let mut looks: Vec<Look> = tokens.iter().map(|t| look(t.span.of(text))).collect();
        let mut distance = FAR;
        for (look, role) in looks.iter_mut().zip(roles) {
            distance = if *role == Role::Final { 0 } else { (distance + 1).min(FAR) };
            look.since = distance;
        }
        distance = FAR;
        for (look, role) in looks.iter_mut().zip(roles).rev() {
            distance = if *role == Role::Final { 0 } else { (distance + 1).min(FAR) };
            look.until = distance;
        }
        Self { looks, roles, tokens }
    }

    /// Can a sentence end after token `i` at all?
    pub(crate) fn is_open(&self, i: usize) -> bool {
        let Some(next) = self.roles.get(i + 1) else { return false };
        if self.roles[i] == Role::Open || *next == Role::Close {
            return false;
        }
        *next != Role::Small || matches!(self.roles[i], Role::Final | Role::Close | Role::Dash | Role::Inner)
    }

    /// The features of the gap after token `i`; `ruled`: the rules end a sentence there.
    pub(crate) fn features(&self, i: usize, ruled: bool) -> [u16; FEATURES] {
        let edge = Look { lower: 2, shape: 2, ending: 2, since: FAR, until: FAR };
        let at = |offset: isize| i.checked_add_signed(offset).and_then(|j| self.looks.get(j)).copied().unwrap_or(edge);
        let (a, b, before, after) = (at(0), at(1), at(-1), at(2));
        let glued = self.tokens.get(i + 1).is_some_and(|n| n.span.start() == self.tokens[i].span.end());
        let after_final = (0..3.min(i + 1)).map(|k| self.roles[i - k]).find(|r| *r != Role::Close) == Some(Role::Final);
        let rule = u64::from(ruled) | u64::from(after_final) << 1 | u64::from(glued) << 2;
        let shapes = mix(a.shape, b.shape);
        let all = [
            0,
            a.lower,
            b.lower,
            before.lower,
            after.lower,
            a.shape,
            b.shape,
            mix(shapes, u64::from(glued)),
            mix(a.lower, b.shape),
            mix(a.shape, b.lower),
            mix(before.shape, shapes),
            mix(shapes, after.shape),
            mix(before.lower, a.lower),
            mix(b.lower, after.lower),
            mix(a.lower, b.lower),
            mix(mix(at(-2).shape, before.shape), shapes),
            mix(mix(b.shape, after.shape), at(3).shape),
            mix(a.ending, b.shape),
            mix(mix(before.shape, a.lower), mix(b.shape, u64::from(glued))),
            mix(u64::from(a.since), shapes),
            mix(u64::from(b.until), shapes),
            rule,
            mix(rule, b.shape),
            mix(rule, a.shape),
            mix(rule, shapes),
            mix(rule, before.lower),
        ];
        let mut features = [0; FEATURES];
        for ((feature, hash), kind) in features.iter_mut().zip(all).zip(1u64..) {
            let h = mix(hash.wrapping_add(kind << 56), kind.wrapping_mul(0xbf58_476d_1ce4_e5b9));
            *feature = ((h ^ (h >> 17)) & (ROWS as u64 - 1)) as u16;
        }
        features
    }
}
