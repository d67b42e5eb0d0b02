//! CoNLL-U in and out; named entities stand in the last column as `Entity=B-PER`.

use crate::format::{deprel, deprel_label};
use crate::parse::{EntityLabel, Feats, NamedEntity, Parse, Upos, Word};
use smol_str::SmolStr;
use std::fmt::Write as _;
use vigie_text::{Sentence, Span, Token};

/// A sentence read from CoNLL-U.
#[derive(Debug, Clone)]
pub struct Annotated {
    /// The text that its spans point into.
    pub text: String,
    /// Its surface tokens.
    pub sentence: Sentence,
    /// Its words.
    pub parse: Parse,
}

/// Why a file is not CoNLL-U.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConlluError {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: &'static str,
}

impl std::fmt::Display for ConlluError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for ConlluError {}

fn or_blank(text: &str) -> &str {
    if text.is_empty() { "_" } else { text }
}

/// The sentences of one text with their parses, as CoNLL-U.
#[must_use]
pub fn write(text: &str, parses: &[(&Sentence, &Parse)]) -> String {
    let mut out = String::new();
    for (number, (sentence, parse)) in parses.iter().enumerate() {
        let line: String = sentence.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "# sent_id = {}\n# text = {line}", number + 1);
        let mut tags = vec![String::new(); parse.words.len()];
        for entity in &parse.entities {
            for i in entity.first..=entity.last {
                let begin = if i == entity.first { 'B' } else { 'I' };
                tags[i as usize] = format!("Entity={begin}-{}", entity.label.as_str());
            }
        }
        for (i, word) in parse.words.iter().enumerate() {
            let alone = |j: Option<usize>| j.and_then(|j| parse.words.get(j)).is_none_or(|w| w.token != word.token);
            let (first, last) = (alone(i.checked_sub(1)), alone(Some(i + 1)));
            let next = sentence.tokens.get(word.token as usize + 1);
            let glued = next.is_some_and(|t| t.span.start() == word.span.end());
            if first && !last {
                let size = parse.words[i..].iter().take_while(|w| w.token == word.token).count();
                let misc = if glued { "SpaceAfter=No" } else { "_" };
                let form = word.span.of(text);
                let _ = writeln!(out, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", i + 1, i + size);
            }
            let mut misc = tags[i].clone();
            if first && last && glued {
                misc.push_str(if misc.is_empty() { "SpaceAfter=No" } else { "|SpaceAfter=No" });
            }
            let head = word.head.map_or(0, |h| h + 1);
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t_\t{}\t{head}\t{}\t_\t{}",
                i + 1,
                or_blank(&word.form),
                or_blank(&word.lemma),
                word.upos.as_str(),
                or_blank(&word.feats.0),
                deprel_label(&word.deprel),
                or_blank(&misc),
            );
        }
        out.push('\n');
    }
    out
}

#[derive(Default)]
struct Pending {
    text: String,
    /// Surface form, and whether a space follows.
    tokens: Vec<(SmolStr, bool)>,
    /// Last word of the multi-word token that is being read.
    open_until: usize,
    words: Vec<Word>,
    entities: Vec<NamedEntity>,
}

/// Reads CoNLL-U. Empty nodes are left out.
///
/// # Errors
/// At the first line that is not CoNLL-U of the second version.
pub fn read(conllu: &str) -> Result<Vec<Annotated>, ConlluError> {
    let mut out = Vec::new();
    let mut pending = Pending::default();
    for (number, line) in conllu.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            finish(std::mem::take(&mut pending), &mut out);
        } else if let Some(comment) = line.strip_prefix('#') {
            if let Some(text) = comment.trim_start().strip_prefix("text = ") {
                pending.text = text.to_owned();
            }
        } else {
            read_line(line, &mut pending).map_err(|what| ConlluError { line: number + 1, what })?;
        }
    }
    finish(pending, &mut out);
    Ok(out)
}

fn read_line(line: &str, pending: &mut Pending) -> Result<(), &'static str> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, _, feats, head, relation, _, misc] = columns[..] else {
        return Err("a word needs ten columns");
    };
    let glued = misc.split('|').any(|m| m == "SpaceAfter=No");
    if id.contains('.') {
        return Ok(());
    }
    if let Some((_, last)) = id.split_once('-') {
        pending.open_until = last.parse().map_err(|_| "a range of words is not a number")?;
        pending.tokens.push((SmolStr::new(form), !glued));
        return Ok(());
    }
    let id: usize = id.parse().map_err(|_| "the first column is not a number")?;
    if id != pending.words.len() + 1 {
        return Err("the words are not numbered one by one");
    }
    if id > pending.open_until {
        pending.tokens.push((SmolStr::new(form), !glued));
    }
    let head: u32 = head.parse().map_err(|_| "the head is not a number")?;
    let blank = |text: &str| if text == "_" { SmolStr::default() } else { SmolStr::new(text) };
    for item in misc.split('|') {
        // Other treebanks write other things under the same key; only the tags that we write are read.
        let tag = item.strip_prefix("Entity=").and_then(|tag| tag.split_once('-'));
        if let Some((begin @ ("B" | "I"), label)) = tag
            && let Some(label) = EntityLabel::from_label(label)
        {
            let i = (id - 1) as u32;
            match pending.entities.last_mut() {
                Some(entity) if begin == "I" && entity.last + 1 == i => entity.last = i,
                _ => pending.entities.push(NamedEntity { span: Span::new(0, 0), first: i, last: i, label }),
            }
        }
    }
    pending.words.push(Word {
        token: (pending.tokens.len() - 1) as u32,
        span: Span::new(0, 0),
        form: SmolStr::new(form),
        lemma: if form == "_" { SmolStr::new(lemma) } else { blank(lemma) },
        upos: Upos::from_label(upos).ok_or("unknown part of speech")?,
        feats: Feats(blank(feats)),
        head: head.checked_sub(1),
        deprel: deprel(relation).ok_or("unknown relation")?,
    });
    Ok(())
}

/// Finds the tokens in the text; a text that does not hold them is put together from the tokens instead.
fn finish(mut pending: Pending, out: &mut Vec<Annotated>) {
    if pending.words.is_empty() {
        return;
    }
    let mut spans = Vec::new();
    let mut at = 0;
    for (form, _) in &pending.tokens {
        let rest = &pending.text[at..];
        let start = at + rest.len() - rest.trim_start().len();
        if !pending.text[start..].starts_with(form.as_str()) {
            break;
        }
        at = start + form.len();
        spans.push(Span::new(start, at));
    }
    if spans.len() < pending.tokens.len() {
        pending.text.clear();
        spans.clear();
        for (form, space) in &pending.tokens {
            let start = pending.text.len();
            pending.text.push_str(form);
            spans.push(Span::new(start, pending.text.len()));
            if *space {
                pending.text.push(' ');
            }
        }
    }
    for word in &mut pending.words {
        word.span = spans[word.token as usize];
    }
    for entity in &mut pending.entities {
        let words = &pending.words;
        entity.span = words[entity.first as usize].span.cover(words[entity.last as usize].span);
    }
    let span = spans[0].cover(spans[spans.len() - 1]);
    let tokens = spans.into_iter().map(|span| Token { span }).collect();
    out.push(Annotated {
        text: pending.text,
        sentence: Sentence { span, headline: false, part: 0, tokens },
        parse: Parse { words: pending.words, entities: pending.entities },
    });
}
