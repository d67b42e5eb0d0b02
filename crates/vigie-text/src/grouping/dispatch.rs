//! A page that is written as one dispatch: under one headline, and nothing that looks like a second one.
//!
//! The trees have learnt from paragraphs in any order, and of any two paragraphs of one story two in five share next to
//! nothing. Where the form of the page says that one story is told, it takes more than little in common to leave it: a
//! paragraph is of another page only where it also tells of other countries or of another topic.

use super::ground::{Ground, Stand};
use super::settle::Leading;
use super::unit::{Block, Group, Numbering, Unit};
use std::collections::BTreeSet;
use vigie_resources::Language;

/// Blocks before the first that has a dateline (headline, further headline, names of the writers).
const MOST_HEADS: usize = 3;

/// The block that opens the text of a dispatch; `None` when the page is not written as one.
fn lead(blocks: &[Block]) -> Option<usize> {
    let titles = |blocks: &[Block]| blocks.iter().take_while(|b| b.title).count();
    let heads = titles(blocks);
    let dated = blocks.iter().take(MOST_HEADS + 1).position(|b| b.dated && !b.title).filter(|at| *at == heads);
    let lead = dated.or_else(|| (heads == 1).then_some(1))?;
    (lead < blocks.len() && titles_behind(blocks, lead) == 0).then_some(lead)
}

fn titles_behind(blocks: &[Block], lead: usize) -> usize {
    blocks[lead..].iter().filter(|b| b.title).count()
}

/// The groups of a page, with what belongs to its dispatch in one of them, where it is written as one.
pub(crate) fn gathered(
    groups: Vec<Group>,
    units: &[Unit],
    blocks: &[Block],
    numbering: &Numbering<'_>,
    leading: Leading,
    language: Language,
) -> Vec<Group> {
    let Some(lead) = lead(blocks) else { return groups };
    let unit_of = |block: usize| units.iter().position(|u| u.blocks.contains(&block));
    let Some(opening) = unit_of(lead) else { return groups };
    let Some(main) = groups.iter().position(|g| g.units.contains(&opening)) else { return groups };
    let ground = |block: usize| Ground::of(&blocks[block].terms, language);
    let home: BTreeSet<&'static str> = (0..=lead).flat_map(|block| ground(block).countries()).collect();
    let stays = |unit: usize, member: bool| {
        let unit = &units[unit];
        if unit.blocks.iter().any(|block| *block <= lead) {
            return true;
        }
        let stands: Vec<Stand> = unit.blocks.iter().map(|block| ground(*block).stand(&home)).collect();
        if stands.contains(&Stand::Home) {
            return true;
        }
        let away = stands.contains(&Stand::Away) || (!member && stands.contains(&Stand::Elsewhere));
        !away && (member || !leading.is_aside(&unit.group.topics))
    };
    let joined = |units_of: &[usize]| {
        units_of.iter().fold(Group::default(), |sum, unit| sum.joined(&units[*unit].group, numbering))
    };
    let mut story: Vec<usize> = Vec::new();
    let mut others: Vec<Group> = Vec::new();
    for (g, group) in groups.iter().enumerate() {
        let (own, rest): (Vec<usize>, Vec<usize>) = group.units.iter().partition(|unit| stays(**unit, g == main));
        story.extend(own);
        if !rest.is_empty() {
            others.push(joined(&rest));
        }
    }
    story.sort_unstable();
    others.insert(0, joined(&story));
    others
}
