//! The best tree for a table of arc scores.
//!
//! Method: maximum spanning arborescence (Chu & Liu 1965, Edmonds 1967) on scores in fixed point, so that sums are
//! exact; a large cost on arcs from the root leaves exactly one of them.

/// Scores are rounded to this many steps per unit.
const STEPS: f32 = 4096.0;
/// Cost of an arc from the root; more than any sum of scores.
const ROOT_COST: i64 = 1 << 48;

/// Heads of `n` words: `scores` holds a row a word, column 0 for the root and column `j + 1` for word `j`.
/// Hands back one head each (`None` for the root's child); always a tree with one root when `n > 0`.
pub(crate) fn best_tree(scores: &[f32], n: usize) -> Vec<Option<u32>> {
    let nodes = n + 1;
    if let Some(heads) = each_best(scores, n) {
        return heads;
    }
    let mut weights = vec![i64::MIN / 4; nodes * nodes];
    for word in 0..n {
        for head in 0..nodes {
            if head != word + 1 {
                let score = (scores[word * nodes + head].clamp(-1e6, 1e6) * STEPS) as i64;
                weights[(word + 1) * nodes + head] = if head == 0 { score - ROOT_COST } else { score };
            }
        }
    }
    let heads = arborescence(weights, nodes);
    heads[1..].iter().map(|&h| h.checked_sub(1).map(|h| h as u32)).collect()
}

/// Each word's best head, if these make a tree with one root: then no other tree is heavier. Most sentences end here.
fn each_best(scores: &[f32], n: usize) -> Option<Vec<Option<u32>>> {
    let mut heads = Vec::with_capacity(n);
    let mut roots = 0;
    for (word, row) in scores.chunks_exact(n + 1).take(n).enumerate() {
        let mut best = (i64::MIN, 0);
        for (head, score) in row.iter().enumerate() {
            let score = (score.clamp(-1e6, 1e6) * STEPS) as i64;
            if head != word + 1 && score > best.0 {
                best = (score, head);
            }
        }
        roots += usize::from(best.1 == 0);
        heads.push(best.1.checked_sub(1).map(|h| h as u32));
    }
    if roots != 1 {
        return None;
    }
    // A word is checked once its way up is known to end; the mark says from which start the way came by.
    let mut seen = vec![0u32; n];
    for start in 0..n {
        let mut node = start;
        while seen[node] == 0 {
            seen[node] = start as u32 + 1;
            match heads[node] {
                Some(head) if seen[head as usize] == start as u32 + 1 => return None,
                Some(head) => node = head as usize,
                None => break,
            }
        }
    }
    Some(heads)
}

/// One part of a contracted cycle: the words inside it, and the original arc (dependent, head) that it chose.
type Part = (Vec<usize>, (u32, u32));

/// Heads of nodes `1..nodes` (entry 0 is unused) of the heaviest tree that hangs from node 0.
/// `weights[d * nodes + h]` is the weight of the arc from `h` to `d`. Contracts one cycle a round, at most `nodes`.
fn arborescence(mut weights: Vec<i64>, nodes: usize) -> Vec<usize> {
    // `alive` nodes stand for contracted cycles; `origin[d][h]` is the original arc that an arc now stands for.
    let mut origin: Vec<(u32, u32)> = (0..nodes * nodes).map(|i| ((i / nodes) as u32, (i % nodes) as u32)).collect();
    let mut alive: Vec<bool> = vec![true; nodes];
    let mut rounds: Vec<Vec<Part>> = Vec::new();
    let mut members: Vec<Vec<usize>> = (0..nodes).map(|i| vec![i]).collect();
    let chosen = loop {
        let mut best = vec![0usize; nodes];
        for d in 1..nodes {
            if alive[d] {
                let mut top = i64::MIN;
                for h in 0..nodes {
                    if alive[h] && h != d && weights[d * nodes + h] > top {
                        top = weights[d * nodes + h];
                        best[d] = h;
                    }
                }
            }
        }
        let Some(cycle) = find_cycle(&best, &alive) else { break best };
        // The cycle lives on in its first node: arcs into it pay for the arc they replace.
        let kept = cycle[0];
        rounds.push(cycle.iter().map(|&d| (members[d].clone(), origin[d * nodes + best[d]])).collect());
        let mut in_cycle = vec![false; nodes];
        for &d in &cycle {
            in_cycle[d] = true;
        }
        for other in 0..nodes {
            if !alive[other] || in_cycle[other] {
                continue;
            }
            let mut into = (i64::MIN, (0, 0));
            let mut out = (i64::MIN, (0, 0));
            for &d in &cycle {
                let gain = weights[d * nodes + other] - weights[d * nodes + best[d]];
                if gain > into.0 {
                    into = (gain, origin[d * nodes + other]);
                }
                if weights[other * nodes + d] > out.0 {
                    out = (weights[other * nodes + d], origin[other * nodes + d]);
                }
            }
            (weights[kept * nodes + other], origin[kept * nodes + other]) = into;
            (weights[other * nodes + kept], origin[other * nodes + kept]) = out;
        }
        for &d in &cycle[1..] {
            alive[d] = false;
            let moved = std::mem::take(&mut members[d]);
            members[kept].extend(moved);
        }
    };
    let mut heads = vec![usize::MAX; nodes];
    for d in 1..nodes {
        if alive[d] {
            let (dependent, head) = origin[d * nodes + chosen[d]];
            heads[dependent as usize] = head as usize;
        }
    }
    // Undo the contractions, last first: the part that an arc already enters breaks its cycle there.
    for round in rounds.iter().rev() {
        for (words, (dependent, head)) in round {
            let (dependent, head) = (*dependent, *head);
            if words.iter().all(|&w| heads[w] == usize::MAX) {
                heads[dependent as usize] = head as usize;
            }
        }
    }
    heads[0] = 0;
    heads
}

fn find_cycle(best: &[usize], alive: &[bool]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; best.len()];
    for start in 1..best.len() {
        if !alive[start] || seen[start] != 0 {
            continue;
        }
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = best[node];
        }
        if node != 0 && seen[node] == start {
            let mut cycle = vec![node];
            let mut next = best[node];
            while next != node {
                cycle.push(next);
                next = best[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_tree(heads: &[Option<u32>]) -> bool {
        let n = heads.len();
        heads.iter().filter(|h| h.is_none()).count() == 1
            && (0..n).all(|start| {
                let mut node = Some(start as u32);
                let mut steps = 0;
                while let Some(i) = node {
                    node = heads[i as usize];
                    steps += 1;
                    if steps > n {
                        return false;
                    }
                }
                true
            })
    }

    fn weight(scores: &[f32], heads: &[Option<u32>]) -> i64 {
        let cols = heads.len() + 1;
        heads.iter().enumerate().map(|(i, h)| (scores[i * cols + h.map_or(0, |h| h as usize + 1)] * STEPS) as i64).sum()
    }

    /// Every assignment of heads that is a tree, weighed.
    fn exhaustive(scores: &[f32], n: usize) -> i64 {
        let mut best = i64::MIN;
        for code in 0..(n + 1).pow(n as u32) {
            let mut rest = code;
            let mut heads = Vec::new();
            for _ in 0..n {
                heads.push((rest % (n + 1)).checked_sub(1).map(|h| h as u32));
                rest /= n + 1;
            }
            if heads.iter().enumerate().all(|(i, h)| *h != Some(i as u32)) && is_tree(&heads) {
                best = best.max(weight(scores, &heads));
            }
        }
        best
    }

    #[test]
    fn finds_the_heaviest_tree() {
        let mut seed = 12345u64;
        for round in 0..400 {
            let n = 1 + round % 5;
            let scores: Vec<f32> = (0..n * (n + 1))
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    ((seed >> 40) % 200) as f32 / 8.0 - 12.0
                })
                .collect();
            let heads = best_tree(&scores, n);
            assert!(is_tree(&heads), "{heads:?}");
            assert_eq!(weight(&scores, &heads), exhaustive(&scores, n));
        }
    }

    #[test]
    fn nothing_has_no_tree_and_one_word_is_root() {
        assert!(best_tree(&[], 0).is_empty());
        assert_eq!(best_tree(&[0.0, -1e6], 1), [None]);
    }
}
