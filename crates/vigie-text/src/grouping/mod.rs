//! Which blocks of a page belong together.
//!
//! Two learnt forests decide: one says of two groups of blocks whether they tell the same story, from the terms that both
//! hold (the rarer, the more they say); the other says of one block whether it belongs to a group, from how it stands to
//! that group, to the others and to the page. What becomes of each group is decided here by rules.

mod dispatch;
mod features;
mod ground;
mod grow;
pub(crate) mod sense;
mod sequence;
mod settle;
mod unit;

#[cfg(feature = "train")]
pub(crate) use features::pair;
pub(crate) use grow::{Growing, Model};
pub(crate) use unit::{Block, Numbering, units};
#[cfg(feature = "train")]
pub(crate) use unit::{Group, Unit, rarity};

use std::ops::Range;
use std::sync::OnceLock;
use vigie_resources::Language;

/// Pages with more blocks are no pages of news; they are not taken apart.
pub(crate) const MOST_BLOCKS: usize = 300;

/// The shipped forests; `None` when they are missing or damaged, which a test refuses.
fn model() -> Option<&'static Model> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    MODEL.get_or_init(|| Model::read(vigie_resources::bytes("stories/grouping.bin")?)).as_ref()
}

/// The stretches of a page that tells several stories one after another; `None` where nothing shows that it does.
#[must_use]
pub(crate) fn sequence(blocks: &[Block], language: Language) -> Option<Vec<Range<usize>>> {
    let starts = sequence::starts(blocks)?;
    let model = model().filter(|_| blocks.len() <= MOST_BLOCKS)?;
    let alone: Vec<Block> = blocks.iter().map(|block| Block { with: None, ..block.clone() }).collect();
    let mut numbering = Numbering::new(sense::Senses::of(language));
    let units = units(&alone, language.topics(), &mut numbering);
    sequence::sequence(starts, blocks, &Growing::new(&units, &numbering, &model.pair))
}

/// For every block the number of its group, from 0 in order of the first block; `None`: of another page.
#[must_use]
pub(crate) fn group(blocks: &[Block], language: Language) -> Vec<Option<usize>> {
    let whole = vec![Some(0); blocks.len()];
    let Some(model) = model() else { return whole };
    if blocks.len() < 3 || blocks.len() > MOST_BLOCKS {
        return whole;
    }
    let topics = language.topics();
    let mut numbering = Numbering::new(sense::Senses::of(language));
    let units = units(blocks, topics, &mut numbering);
    let groups = Growing::new(&units, &numbering, &model.pair).settled(model);
    let leading = settle::Leading::new(topics);
    let groups = dispatch::gathered(groups, &units, blocks, &numbering, leading, language);
    let home = settle::settle(&groups, leading);
    settle::number(blocks.len(), &units, &groups, &home)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_forests_are_whole() {
        assert!(model().is_some());
    }
}
