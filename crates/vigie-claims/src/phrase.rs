//! Phrases read off the parse: the span of a noun phrase, the preposition that marks a word, the chain of governors.

use vigie_resources::FrameWords;
use vigie_syntax::{Parse, Relation, Upos};

/// How much of a noun's subtree belongs to the phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Determiner, adjectives, names, numbers and complements, without clauses, appositions and coordination:
    /// what a person would underline as the name of the thing.
    Core,
    /// The core with its restrictive relative clause ("all the groups that fight it").
    WithClauses,
}

/// The lemma of the preposition or postposition that marks `word`, the first one in text order; lower case.
#[must_use]
pub fn case_of(parse: &Parse, word: usize) -> Option<&str> {
    parse.children(word).find(|&c| parse.words[c].deprel.base == Relation::Case).map(|c| parse.words[c].lemma.as_str())
}

/// "sentenced by default", "hit by mistake": a bare noun behind the agent's preposition that tells how, not who.
pub fn tells_how(parse: &Parse, noun: usize, words: &FrameWords) -> bool {
    words.manners.iter().any(|m| *m == parse.words[noun].lemma)
        && parse.children(noun).all(|c| matches!(parse.words[c].deprel.base, Relation::Case | Relation::Punct))
}

/// Every word of the subtree under `head` that `keep` lets through; a refused word closes its whole branch.
/// The result is sorted and includes `head`.
pub fn subtree(parse: &Parse, head: usize, keep: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut found = vec![head];
    let mut next = 0;
    while next < found.len() {
        let at = found[next];
        next += 1;
        for child in parse.children(at) {
            if keep(child) && !found.contains(&child) {
                found.push(child);
            }
        }
    }
    found.sort_unstable();
    found
}

/// The words of the phrase headed by `head`, without its own preposition and outer punctuation, sorted.
#[must_use]
pub fn phrase_words(parse: &Parse, head: usize, extent: Extent) -> Vec<usize> {
    let own_case = |c: usize| parse.words[c].head == Some(head as u32) && parse.words[c].deprel.base == Relation::Case;
    let mut words = subtree(parse, head, |c| {
        let relation = parse.words[c].deprel.base;
        if own_case(c) {
            return false;
        }
        // What follows is said about the phrase as a whole and never names it.
        if matches!(relation, Relation::Cc | Relation::Conj) && parse.words[c].head == Some(head as u32) {
            return false;
        }
        if matches!(relation, Relation::Parataxis | Relation::Cop | Relation::Mark | Relation::Nsubj | Relation::Aux) {
            return extent != Extent::Core;
        }
        match extent {
            Extent::WithClauses => !matches!(relation, Relation::Appos | Relation::Dislocated),
            Extent::Core => !matches!(
                relation,
                Relation::Appos | Relation::Dislocated | Relation::Acl | Relation::Advcl | Relation::Ccomp
            ),
        }
    });
    // "du" holds the preposition and the article: the article has no span of its own.
    let case_tokens: Vec<u32> = parse.children(head).filter(|&c| own_case(c)).map(|c| parse.words[c].token).collect();
    words.retain(|&w| w == head || !case_tokens.contains(&parse.words[w].token));
    while words.len() > 1 && words.last().is_some_and(|&w| open_edge(parse, w)) {
        words.pop();
    }
    while words.len() > 1 && words.first().is_some_and(|&w| open_edge(parse, w)) {
        words.remove(0);
    }
    words
}

fn open_edge(parse: &Parse, word: usize) -> bool {
    parse.words[word].upos == Upos::Punct
}

/// The words above `word`, nearest first, up to the root.
pub fn governors(parse: &Parse, word: usize) -> impl Iterator<Item = usize> + '_ {
    let mut at = word;
    let mut left = parse.words.len();
    std::iter::from_fn(move || {
        // A tree cannot be deeper than its words: the bound holds even if a parse breaks its invariant.
        left = left.checked_sub(1)?;
        at = parse.words[at].head? as usize;
        Some(at)
    })
}

/// The word and the words coordinated with it, in text order; the first is `word` itself.
#[must_use]
pub fn conjuncts(parse: &Parse, word: usize) -> Vec<usize> {
    let mut all = vec![word];
    all.extend(parse.children(word).filter(|&c| parse.words[c].deprel.base == Relation::Conj));
    all
}
