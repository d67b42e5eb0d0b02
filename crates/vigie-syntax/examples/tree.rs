//! Reads a text from standard input and shows each sentence as a tree: `cargo run -p vigie-syntax --example tree fr`.

use std::io::Read;
use vigie_resources::Language;
use vigie_syntax::{Model, Parse};
use vigie_text::{Span, split_sentences};

fn show(parse: &Parse, word: usize, depth: usize) {
    let w = &parse.words[word];
    let sub = if w.deprel.sub.is_empty() { String::new() } else { format!(":{}", w.deprel.sub) };
    println!("{}{} [{}{sub}] {} {}", "  ".repeat(depth), w.form, w.deprel.base.as_str(), w.lemma, w.upos.as_str());
    for child in parse.children(word) {
        show(parse, child, depth + 1);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let code = std::env::args().nth(1).ok_or("name a language")?;
    let language = Language::from_code(&code).ok_or("no such language")?;
    let loaded = std::env::args().nth(2).map(std::fs::read).transpose()?;
    let loaded = loaded.map(|bytes| Model::load(&bytes, Some(language))).transpose()?;
    let model = loaded.as_ref().or_else(|| Model::for_language(language)).ok_or("the language has no model")?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    for sentence in split_sentences(&text, Span::new(0, text.len()), language, 0) {
        let parse = model.parse(&text, &sentence);
        println!("# {}", sentence.span.of(&text));
        if let Some(root) = parse.root() {
            show(&parse, root, 0);
        }
        for entity in &parse.entities {
            println!("  {} {}", entity.label.as_str(), entity.span.of(&text));
        }
    }
    Ok(())
}
