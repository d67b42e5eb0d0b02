//! A page that tells several stories one after another, each under its headline.
//!
//! Headlines stand on a page of shuffled paragraphs too, so its form alone does not show the order. It is believed where
//! paragraphs under one headline are more alike than they would be had chance put them there: a permutation test (Fisher
//! 1935) on what the trees say of every two paragraphs.

use super::grow::Growing;
use super::unit::Block;
use crate::forest::UNIT;
use std::ops::Range;

/// Orders drawn by chance.
const SHUFFLES: usize = 499;
/// So many of them may be as good as the order of the page.
const AS_GOOD: usize = 4;

/// Where a story begins: at a headline behind text, which further lines of its head may follow.
fn starts(blocks: &[Block]) -> Vec<usize> {
    let opens = |i: usize| blocks[i].title && (i == 0 || !blocks[i - 1].title);
    let mut starts: Vec<usize> = (0..blocks.len()).filter(|i| opens(*i)).collect();
    // A headline at the end of the page has no story.
    let headed = |start: &usize| blocks[*start..].iter().any(|b| !b.title);
    starts.retain(headed);
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    starts
}

/// The stretches of the page, each a story with its headline; `None` where nothing shows that it was written in this order.
pub(crate) fn sequence(blocks: &[Block], growing: &Growing<'_>) -> Option<Vec<Range<usize>>> {
    let mut starts = starts(blocks);
    keep_fitting(&mut starts, blocks, growing);
    if starts.len() < 2 || starts.iter().filter(|s| blocks[**s].title).count() < 2 {
        return None;
    }
    let mut section = vec![0; blocks.len()];
    for (s, start) in starts.iter().enumerate() {
        section[*start..].fill(s);
    }
    let own = likeness(&section, growing);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut as_good = 0;
    for _ in 0..SHUFFLES {
        dice.shuffle(&mut section, |i| !blocks[i].title);
        dice.shuffle(&mut section, |i| blocks[i].title);
        as_good += usize::from(likeness(&section, growing) >= own);
    }
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    (as_good <= AS_GOOD).then(|| starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect())
}

/// Leaves out the headlines that are no more like the text behind them than like the rest of the page: a piece of another
/// page may be one.
fn keep_fitting(starts: &mut Vec<usize>, blocks: &[Block], growing: &Growing<'_>) {
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([blocks.len()]).collect();
    let sections: Vec<Range<usize>> = starts.iter().zip(ends).map(|(start, end)| *start..end).collect();
    // Two headlines are little evidence: each must say more.
    let margin = if starts.len() > 2 { 0 } else { i64::from(UNIT) };
    let fits = |section: &Range<usize>| {
        let like = |body: usize| {
            let heads = section.clone().take_while(|i| blocks[*i].title);
            heads.map(|head| i64::from(growing.likeness(head, body))).max().unwrap_or(0)
        };
        let bodies = (0..blocks.len()).filter(|i| !blocks[*i].title);
        let (mut own, mut others): (Vec<i64>, Vec<i64>) = (Vec::new(), Vec::new());
        bodies.for_each(|body| if section.contains(&body) { own.push(like(body)) } else { others.push(like(body)) });
        // One paragraph that is like it may have come with it from elsewhere.
        own.sort_unstable();
        own.pop();
        let mean = |of: &[i64]| of.iter().sum::<i64>() / (of.len().max(1) as i64);
        own.is_empty() || mean(&own) > mean(&others) + margin
    };
    let kept: Vec<usize> = sections.iter().filter(|s| s.start == 0 || fits(s)).map(|s| s.start).collect();
    *starts = kept;
}

/// The sum of what the trees say of every two blocks of one section.
fn likeness(section: &[usize], growing: &Growing<'_>) -> i64 {
    let mut sum = 0;
    for i in 0..section.len() {
        for j in (0..i).filter(|j| section[*j] == section[i]) {
            sum += i64::from(growing.likeness(i, j));
        }
    }
    sum
}

/// Numbers that look drawn by chance and are the same in every run (xorshift; Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % n.max(1) as u64) as usize
    }

    /// Changes the order of those items that `moves` names.
    fn shuffle<T>(&mut self, items: &mut [T], moves: impl Fn(usize) -> bool) {
        let places: Vec<usize> = (0..items.len()).filter(|i| moves(*i)).collect();
        for i in (1..places.len()).rev() {
            items.swap(places[i], places[self.below(i + 1)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_begins_at_the_first_line_of_its_head() {
        let page = |form: &str| -> Vec<Block> {
            form.chars().map(|c| Block { title: c == 'T', ..Block::default() }).collect()
        };
        assert_eq!(starts(&page("TTbbTbbT")), [0, 4]);
        assert_eq!(starts(&page("bbTb")), [0, 2]);
    }

    #[test]
    fn shuffling_keeps_what_does_not_move() {
        let mut items: Vec<usize> = (0..50).collect();
        Dice(1).shuffle(&mut items, |i| i % 2 == 0);
        assert!(items.iter().enumerate().all(|(i, item)| i % 2 == 0 || *item == i));
        assert!(items.iter().enumerate().any(|(i, item)| *item != i));
    }
}
