//! Boosted trees over whole numbers (Friedman 2001): a sum of small decision trees, each of which asks whether a feature
//! is at most a threshold. The same numbers give the same sum on any machine.

/// Bytes of one node.
const NODE: usize = 8;
/// In the place of a feature: the node is a leaf.
const LEAF: u16 = u16::MAX;
/// A log-odds of one is so much in a leaf.
pub(crate) const UNIT: i32 = 256;

/// One node. A question has its "yes" branch behind it and its "no" branch `skip` nodes further on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Node {
    feature: u16,
    skip: u16,
    /// The threshold, or what a leaf adds to the sum.
    value: i32,
}

/// Trees one behind the other, each ended by its last leaf.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Forest {
    nodes: Vec<Node>,
    /// First node of each tree.
    roots: Vec<u32>,
}

impl Forest {
    /// Reads a forest and what follows it; `None` when the bytes are damaged.
    pub(crate) fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (count, mut rest) = bytes.split_first_chunk::<4>()?;
        let mut forest = Self::default();
        for _ in 0..u32::from_le_bytes(*count) {
            let (length, nodes) = rest.split_first_chunk::<2>()?;
            let length = usize::from(u16::from_le_bytes(*length));
            forest.roots.push(forest.nodes.len() as u32);
            let (tree, after) = nodes.split_at_checked(length * NODE)?;
            for (i, node) in tree.chunks_exact(NODE).enumerate() {
                let node = Node {
                    feature: u16::from_le_bytes([node[0], node[1]]),
                    skip: u16::from_le_bytes([node[2], node[3]]),
                    value: i32::from_le_bytes([node[4], node[5], node[6], node[7]]),
                };
                // Both branches of a question must lie in its tree.
                if node.feature != LEAF && (node.skip < 2 || i + usize::from(node.skip) >= length) {
                    return None;
                }
                forest.nodes.push(node);
            }
            if forest.nodes.last().is_none_or(|n| n.feature != LEAF) {
                return None;
            }
            rest = after;
        }
        Some((forest, rest))
    }

    /// Log-odds in units of [`UNIT`]. A feature that is not given counts as 0.
    pub(crate) fn score(&self, features: &[i32]) -> i32 {
        let mut sum = 0;
        for root in &self.roots {
            let mut at = *root as usize;
            loop {
                let node = self.nodes[at];
                if node.feature == LEAF {
                    sum += node.value;
                    break;
                }
                let value = features.get(usize::from(node.feature)).copied().unwrap_or(0);
                at += if value <= node.value { 1 } else { usize::from(node.skip) };
            }
        }
        sum
    }
}

/// A tree while it is written.
#[cfg(any(feature = "train", test))]
pub(crate) enum Branch {
    Leaf(i32),
    Question { feature: u16, threshold: i32, yes: Box<Branch>, no: Box<Branch> },
}

#[cfg(any(feature = "train", test))]
impl Branch {
    fn write(&self, nodes: &mut Vec<u8>) {
        let mut put = |feature: u16, skip: u16, value: i32| {
            let at = nodes.len();
            nodes.extend(feature.to_le_bytes());
            nodes.extend(skip.to_le_bytes());
            nodes.extend(value.to_le_bytes());
            at
        };
        match self {
            Self::Leaf(value) => {
                put(LEAF, 0, *value);
            }
            Self::Question { feature, threshold, yes, no } => {
                let at = put(*feature, 0, *threshold);
                yes.write(nodes);
                let skip = ((nodes.len() - at) / NODE) as u16;
                nodes[at + 2..at + 4].copy_from_slice(&skip.to_le_bytes());
                no.write(nodes);
            }
        }
    }
}

/// The bytes of a forest.
#[cfg(any(feature = "train", test))]
pub(crate) fn write(trees: &[Branch]) -> Vec<u8> {
    let mut bytes = (trees.len() as u32).to_le_bytes().to_vec();
    for tree in trees {
        let mut nodes = Vec::new();
        tree.write(&mut nodes);
        bytes.extend(((nodes.len() / NODE) as u16).to_le_bytes());
        bytes.extend(nodes);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(feature: u16, threshold: i32, yes: Branch, no: Branch) -> Branch {
        Branch::Question { feature, threshold, yes: Box::new(yes), no: Box::new(no) }
    }

    #[test]
    fn answers_add_up() {
        let inner = question(1, 0, Branch::Leaf(-5), Branch::Leaf(7));
        let bytes = write(&[question(0, 10, inner, Branch::Leaf(100)), Branch::Leaf(1)]);
        let (forest, rest) = Forest::read(&bytes).expect("whole");
        assert!(rest.is_empty());
        assert_eq!(forest.score(&[10, 0]), -4);
        assert_eq!(forest.score(&[10, 1]), 8);
        assert_eq!(forest.score(&[11, 1]), 101);
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let bytes = write(&[question(0, 1, Branch::Leaf(1), Branch::Leaf(2))]);
        for cut in 0..bytes.len() {
            assert!(Forest::read(&bytes[..cut]).is_none(), "{cut}");
        }
        let mut wild = bytes.clone();
        wild[8] = 200;
        assert!(Forest::read(&wild).is_none());
    }
}
