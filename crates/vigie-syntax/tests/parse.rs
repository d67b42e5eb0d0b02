//! The shipped models on invented sentences, and on input that nobody would write.

use vigie_resources::Language;
use vigie_syntax::{EntityLabel, Model, Parse, Relation, Upos, conllu};
use vigie_text::{Sentence, Span, Token, split_sentences};

fn french() -> (&'static Model, Language) {
    let language = Language::from_code("fr").expect("French is shipped");
    (Model::for_language(language).expect("French has a model"), language)
}

fn parses(text: &str) -> Vec<(Sentence, Parse)> {
    let (model, language) = french();
    let sentences = split_sentences(text, Span::new(0, text.len()), language, 0);
    sentences.into_iter().map(|s| (s.clone(), model.parse(text, &s))).collect()
}

fn assert_tree(parse: &Parse) {
    let n = parse.words.len();
    assert_eq!(parse.words.iter().filter(|w| w.head.is_none()).count(), n.min(1));
    for (i, word) in parse.words.iter().enumerate() {
        assert_eq!(word.head.is_none(), word.deprel.base == Relation::Root, "word {i}");
        let mut at = Some(i as u32);
        for _ in 0..=n {
            at = at.and_then(|j| parse.words[j as usize].head);
        }
        assert_eq!(at, None, "word {i} does not hang from the root");
    }
    for pair in parse.entities.windows(2) {
        assert!(pair[0].last < pair[1].first);
    }
}

#[test]
fn a_plain_sentence_has_subject_object_and_place() {
    let text = "Les soldats ont repris le village de Montclair mardi, selon une association de Londres.";
    let (_, parse) = parses(text).remove(0);
    assert_tree(&parse);
    let root = parse.root().expect("a root");
    assert_eq!(parse.words[root].lemma, "reprendre");
    let child = |base: Relation| parse.children(root).find(|&i| parse.words[i].deprel.base == base);
    assert_eq!(child(Relation::Nsubj).map(|i| parse.words[i].lemma.as_str()), Some("soldat"));
    assert_eq!(child(Relation::Obj).map(|i| parse.words[i].lemma.as_str()), Some("village"));
    let town = parse.entities.iter().find(|e| e.span.of(text) == "Londres").map(|e| e.label);
    assert_eq!(town, Some(EntityLabel::Location));
}

#[test]
fn contractions_are_split_and_keep_their_span() {
    let text = "Il parle du président des villages.";
    let (_, parse) = parses(text).remove(0);
    let du: Vec<_> = parse.words.iter().filter(|w| w.span.of(text) == "du").collect();
    assert_eq!(
        du.iter().map(|w| (w.form.as_str(), w.upos)).collect::<Vec<_>>(),
        [("de", Upos::Adp), ("le", Upos::Det)]
    );
}

#[test]
fn apostrophes_and_quotes_of_any_shape_give_the_same_tree() {
    let heads = |text: &str| parses(text).remove(0).1.words.iter().map(|w| (w.head, w.upos)).collect::<Vec<_>>();
    assert_eq!(heads("L'armée a quitté l'île hier."), heads("L\u{2019}armée a quitté l\u{2019}île hier."));
}

#[test]
fn no_input_breaks_the_parser() {
    let (model, language) = french();
    let long = "le village et ".repeat(700);
    for text in ["", " ", "!!!", "«»", "a", "\u{0}\u{fffd}", "1 000 000", "ÉÉÉÉ 😀😀 \u{301}", &long, &"x".repeat(5000)]
    {
        for sentence in split_sentences(text, Span::new(0, text.len()), language, 0) {
            assert_tree(&model.parse(text, &sentence));
        }
    }
    let tokens: Vec<Token> = (0..long.len() / 14 * 3).map(|i| Token { span: Span::new(i % 10, i % 10 + 1) }).collect();
    let whole = Sentence { span: Span::new(0, long.len()), headline: false, part: 0, tokens };
    assert_tree(&model.parse(&long, &whole));
    let empty = Sentence { span: Span::new(0, 0), headline: true, part: 0, tokens: Vec::new() };
    assert_eq!(model.parse("", &empty), Parse::default());
}

#[test]
fn conllu_comes_back_as_it_was_written() {
    let text = "Le ministre du pays parle aux habitants. «Qu'est-ce que c'est?», a-t-il demandé.";
    let parsed = parses(text);
    let pairs: Vec<(&Sentence, &Parse)> = parsed.iter().map(|(s, p)| (s, p)).collect();
    let written = conllu::write(text, &pairs);
    let read = conllu::read(&written).expect("what is written can be read");
    assert_eq!(read.len(), parsed.len());
    for (back, (_, parse)) in read.iter().zip(&parsed) {
        let strip =
            |p: &Parse| p.words.iter().map(|w| (w.token, w.form.clone(), w.head, w.deprel.clone())).collect::<Vec<_>>();
        assert_eq!(strip(&back.parse), strip(parse));
        assert_eq!(back.parse.entities.len(), parse.entities.len());
    }
}

#[test]
fn a_damaged_model_is_refused() {
    let good = vigie_resources::bytes("languages/fr/model.bin").expect("French has a model");
    assert!(Model::load(good, None).is_ok());
    for cut in [0, 3, 7, 100, good.len() / 2, good.len() - 1] {
        assert!(Model::load(&good[..cut], None).is_err(), "cut at {cut}");
    }
    let mut longer = good.to_vec();
    longer.push(0);
    assert!(Model::load(&longer, None).is_err());
}
