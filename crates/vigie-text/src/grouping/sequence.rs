//! A page that tells several stories one after another, each under its headline.
//!
//! Headlines stand on a page of shuffled paragraphs too, so its form alone does not show the order. It is believed where
//! paragraphs under one headline are more alike than they would be had chance put them there: a permutation test (Fisher
//! 1935) on what the trees say of every two paragraphs.

use super::grow::Growing;
use super::unit::Block;
use crate::dice::Dice;
use crate::forest::UNIT;
use std::ops::Range;

/// Orders drawn by chance.
const SHUFFLES: usize = 499;
/// So many of them may be as good as the order of the page.
const AS_GOOD: usize = 4;

/// Where a story begins: at a headline behind text, which further lines of its head may follow; `None` where fewer than two
/// have a headline.
pub(crate) fn starts(blocks: &[Block]) -> Option<Vec<usize>> {
    let opens = |i: usize| blocks[i].title && (i == 0 || !blocks[i - 1].title);
    let mut starts: Vec<usize> = (0..blocks.len()).filter(|i| opens(*i)).collect();
    // A headline at the end of the page has no story.
    starts.retain(|start| blocks[*start..].iter().any(|b| !b.title));
    let several = starts.len() > 1;
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    several.then_some(starts)
}

/// The stretches of the page that begin at `starts`, each a story with its headline; `None` where nothing shows that it was
/// written in this order.
pub(crate) fn sequence(mut starts: Vec<usize>, blocks: &[Block], growing: &Growing<'_>) -> Option<Vec<Range<usize>>> {
    keep_fitting(&mut starts, blocks, growing);
    if starts.iter().filter(|s| blocks[**s].title).count() < 2 {
        return None;
    }
    let mut section = vec![0; blocks.len()];
    for (s, start) in starts.iter().enumerate() {
        section[*start..].fill(s);
    }
    let own = likeness(&section, growing);
    let (titles, bodies): (Vec<usize>, Vec<usize>) = (0..blocks.len()).partition(|i| blocks[*i].title);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut as_good = 0;
    for _ in 0..SHUFFLES {
        dice.shuffle_at(&mut section, &bodies);
        dice.shuffle_at(&mut section, &titles);
        as_good += usize::from(likeness(&section, growing) >= own);
    }
    (as_good <= AS_GOOD).then(|| stretches(&starts, blocks.len()))
}

fn stretches(starts: &[usize], end: usize) -> Vec<Range<usize>> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
}

/// Leaves out the headlines that are no more like the text behind them than like the rest of the page: a piece of another
/// page may be one.
fn keep_fitting(starts: &mut Vec<usize>, blocks: &[Block], growing: &Growing<'_>) {
    let sections = stretches(starts, blocks.len());
    // Two headlines are little evidence: each must say more.
    let margin = if starts.len() > 2 { 0 } else { i64::from(UNIT) };
    let fits = |section: &Range<usize>| {
        let like = |body: usize| {
            let heads = section.clone().take_while(|i| blocks[*i].title);
            heads.map(|head| i64::from(growing.likeness(head, body))).max().unwrap_or(0)
        };
        // A line of its own between headline and text, such as a byline, came with both of them.
        if margin == 0 && section.clone().take_while(|i| blocks[*i].title).count() > 1 {
            return true;
        }
        let bodies = (0..blocks.len()).filter(|i| !blocks[*i].title);
        let (mut own, mut others): (Vec<i64>, Vec<i64>) = (Vec::new(), Vec::new());
        bodies.for_each(|body| if section.contains(&body) { own.push(like(body)) } else { others.push(like(body)) });
        // One paragraph that is like it may have come with it from elsewhere.
        own.sort_unstable();
        own.pop();
        let mean = |of: &[i64]| of.iter().sum::<i64>() / (of.len().max(1) as i64);
        own.is_empty() || mean(&own) > mean(&others) + margin
    };
    *starts = sections.iter().filter(|s| s.start == 0 || fits(s)).map(|s| s.start).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_begins_at_the_first_line_of_its_head() {
        let page = |form: &str| -> Vec<Block> {
            form.chars().map(|c| Block { title: c == 'T', ..Block::default() }).collect()
        };
        assert_eq!(starts(&page("TTbbTbbT")), Some(vec![0, 4]));
        assert_eq!(starts(&page("bbTbTb")), Some(vec![0, 2, 4]));
        assert_eq!(starts(&page("bbTb")), None);
    }
}
