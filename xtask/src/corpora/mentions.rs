//! Named entities out of treebanks that mark every mention, named or not, nested, with its kind (`Entity=(4-place-...`
//! in the last column): which of them are names, and how much of a mention is the name.

use std::collections::{BTreeMap, BTreeSet};
use vigie_resources::{Language, NameClass, fold, listed_names};
use vigie_syntax::conllu::Annotated;
use vigie_syntax::{EntityLabel, NamedEntity, Relation, Upos};

/// Tags of the fifth column for words of names, for foreign words and hyphens inside names, and for figures.
const NAME_TAGS: [&str; 2] = ["NNP", "NNPS"];
const INNER_TAGS: [&str; 2] = ["FW", "HYPH"];
const FIGURE_TAG: &str = "CD";

/// A mention: its words, its kind.
struct Mention {
    first: usize,
    last: usize,
    kind: String,
}

/// The words of a language that tell a title or a people from a name.
struct Lists {
    titles: BTreeSet<String>,
    peoples: BTreeSet<String>,
    joints: BTreeSet<String>,
}

impl Lists {
    fn new(language: Language) -> Self {
        let (mut titles, mut peoples, mut joints) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        listed_names(language, &mut |class, name| {
            match class {
                NameClass::Title => titles.insert(fold(name)),
                NameClass::People => peoples.insert(fold(name)),
                NameClass::Joint => joints.insert(fold(name)),
                _ => false,
            };
        });
        Self { titles, peoples, joints }
    }
}

/// Gives the sentences read from `file` their named entities, labelled by `labels` (kind of a mention to our label).
/// Tells for each word whether its being in an entity or not can be trusted.
///
/// # Errors
/// When the file has other sentences than those given.
pub(crate) fn name(
    file: &str,
    sentences: &mut [Annotated],
    labels: &BTreeMap<String, String>,
    language: Language,
) -> Result<Vec<Vec<bool>>, String> {
    let lists = Lists::new(language);
    let mut blocks = file.split("\n\n").map(rows).filter(|rows| !rows.is_empty());
    let mut known = Vec::new();
    for sentence in sentences {
        let rows = blocks.next().unwrap_or_default();
        if rows.len() != sentence.parse.words.len() {
            return Err(format!("the sentence {:?} has other words in the file", sentence.text));
        }
        known.push(named(&rows, sentence, labels, &lists));
    }
    Ok(known)
}

/// Tag and last column of each word of a sentence.
fn rows(block: &str) -> Vec<(&str, &str)> {
    let word = |line: &&str| line.split('\t').next().is_some_and(|id| id.parse::<u32>().is_ok());
    let cells = |line: &'_ str| -> Option<(usize, usize)> {
        let mut tabs = line.match_indices('\t').map(|(at, _)| at);
        Some((tabs.nth(3)?, tabs.nth(4)?))
    };
    let lines = block.lines().filter(word);
    lines
        .filter_map(|line| {
            let (tag, misc) = cells(line)?;
            Some((line[tag + 1..].split('\t').next()?, &line[misc + 1..]))
        })
        .collect()
}

/// Every mention that begins and ends in the sentence.
fn mentions(rows: &[(&str, &str)]) -> Vec<Mention> {
    let mut open: Vec<(&str, &str, usize)> = Vec::new();
    let mut out = Vec::new();
    for (i, (_, misc)) in rows.iter().enumerate() {
        let Some(mut rest) = misc.split('|').find_map(|item| item.strip_prefix("Entity=")) else { continue };
        // "(12-place-new-…" opens, "(12-place-new-…)" is one word, "12)" closes.
        while !rest.is_empty() {
            let begins = rest.starts_with('(');
            let body = rest.strip_prefix('(').unwrap_or(rest);
            let end = body.find(['(', ')']).unwrap_or(body.len());
            let closes = body[end..].starts_with(')');
            let mut cells = body[..end].split('-');
            let (group, kind) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            if begins && closes {
                out.push(Mention { first: i, last: i, kind: kind.to_owned() });
            } else if begins {
                open.push((group, kind, i));
            } else if let Some(at) = open.iter().rposition(|(g, ..)| *g == group) {
                let (_, kind, first) = open.remove(at);
                out.push(Mention { first, last: i, kind: kind.to_owned() });
            }
            rest = &body[end + usize::from(closes)..];
        }
    }
    out
}

fn named(
    rows: &[(&str, &str)],
    sentence: &mut Annotated,
    labels: &BTreeMap<String, String>,
    lists: &Lists,
) -> Vec<bool> {
    let words = &sentence.parse.words;
    let mut known = vec![true; words.len()];
    let mentions = mentions(rows);
    let of_kinds = mentions.iter().filter(|m| labels.contains_key(&m.kind));
    let begins: BTreeSet<usize> = of_kinds.map(|m| m.first).collect();
    let mut found = Vec::new();
    for mention in &mentions {
        let Some(label) = labels.get(&mention.kind).and_then(|l| EntityLabel::from_label(l)) else { continue };
        let Some((mut first, last)) = name_in(mention, label, rows, sentence, lists, &begins) else { continue };
        let is_title = |i: usize| lists.titles.contains(&fold(&words[i].form));
        if label == EntityLabel::Person {
            if let Some(title) = (first..last).rfind(|&i| is_title(i)) {
                first = title + 1;
            }
            if first == last && is_title(first) {
                known[first] = false;
                continue;
            }
        }
        if first < last || !lists.peoples.contains(&fold(&words[first].form)) {
            found.push((first, last, label));
        }
    }
    // Of names inside names the longest counts.
    found.sort_by_key(|&(first, last, label)| (std::cmp::Reverse(last - first), first, label));
    let mut entities: Vec<NamedEntity> = Vec::new();
    for (first, last, label) in found {
        let (first, last) = (first as u32, last as u32);
        if entities.iter().all(|e| last < e.first || e.last < first) {
            let span = words[first as usize].span.cover(words[last as usize].span);
            entities.push(NamedEntity { span, first, last, label });
        }
    }
    entities.sort_by_key(|e| e.first);
    sentence.parse.entities = entities;
    known
}

/// First and last word of the name that a mention is headed by: the words that hang on the head as parts of a name do,
/// as far as they stand together.
fn name_in(
    mention: &Mention,
    label: EntityLabel,
    rows: &[(&str, &str)],
    sentence: &Annotated,
    lists: &Lists,
    begins: &BTreeSet<usize>,
) -> Option<(usize, usize)> {
    let parse = &sentence.parse;
    let inside = mention.first..=mention.last;
    let is_name = |i: usize| NAME_TAGS.contains(&rows[i].0) || parse.words[i].upos == Upos::Propn;
    let head = inside.clone().find(|&i| parse.words[i].head.is_none_or(|h| !inside.contains(&(h as usize))))?;
    if !is_name(head) {
        return None;
    }
    let case = |i: usize| parse.children(i).find(|&c| parse.words[c].deprel.base == Relation::Case);
    let mut part = BTreeSet::from([head]);
    let mut todo = vec![head];
    while let Some(above) = todo.pop() {
        for child in parse.children(above).filter(|c| inside.contains(c)) {
            let word = &parse.words[child];
            let capital = word.form.chars().next().is_some_and(char::is_uppercase);
            let keep = match word.deprel.base {
                Relation::Flat | Relation::Compound | Relation::Goeswith => {
                    is_name(child) || capital || INNER_TAGS.contains(&rows[child].0)
                }
                Relation::Nmod if word.deprel.sub == "poss" => {
                    is_name(child) && !begins.contains(&child) && !parse.children(child).any(|c| begins.contains(&c))
                }
                Relation::Nmod if case(child).is_some() => {
                    // A body is named by what it is of, but no person is.
                    label != EntityLabel::Person
                        && is_name(child)
                        && case(child).is_some_and(|c| lists.joints.contains(&fold(&parse.words[c].form)))
                }
                Relation::Amod | Relation::Nummod | Relation::Advmod | Relation::Nmod => is_name(child),
                Relation::Conj => above != head && is_name(child),
                Relation::Det => above != head || is_name(child),
                Relation::Case | Relation::Cc => above != head || word.form == "&",
                Relation::Punct => ["-", ".", "&", "/"].contains(&word.form.as_str()),
                _ => false,
            };
            if keep && part.insert(child) {
                todo.push(child);
            }
        }
    }
    let mut first = (mention.first..=head).rev().take_while(|i| part.contains(i)).last()?;
    let mut last = (head..=mention.last).take_while(|i| part.contains(i)).last()?;
    while first < head && !is_name(first) {
        first += 1;
    }
    while last > head && !is_name(last) && rows[last].0 != FIGURE_TAG {
        last -= 1;
    }
    Some((first, last))
}
