//! How attributions are worded: the words for the source, for the saying, and what is said, with what must not be found.

use vigie_claims::{Reading, Scene, Voices, mended, wordings};
use vigie_resources::Language;
use vigie_syntax::{Model, Parse};
use vigie_text::{Span, Story, StoryId, split_sentences};

/// "source | cue | content" of every attribution in an English text of one paragraph.
fn told(text: &str) -> Vec<String> {
    let language = Language::from_code("en").expect("English is shipped");
    let model = Model::for_language(language).expect("with a model");
    let all = Span::new(0, text.len());
    let sentences = split_sentences(text, all, language, 0);
    let parses: Vec<Parse> = sentences.iter().map(|s| mended(&model.parse(text, s), language)).collect();
    let story = Story { id: StoryId([0; 16]), language, headline: None, paragraphs: vec![all], sentences };
    let reading = Reading { text, story: &story, parses: &parses, published: None, inferred: false };
    let scene = Scene::of(&reading);
    let voices = Voices::of(&reading, &|at| scene.filler(at));
    let slice = |span: Option<Span>| span.map_or("-", |s| reading.slice(s));
    let line = |w: vigie_claims::Wording| {
        let content: Vec<&str> = w.content.iter().map(|&c| reading.slice(c)).collect();
        format!("{} | {} | {}", slice(w.source), slice(w.cue), content.join(" … "))
    };
    wordings(&reading, &voices, &|at| scene.filler(at)).into_iter().map(line).collect()
}

fn holds(text: &str, wanted: &str) {
    let found = told(text);
    assert!(found.iter().any(|f| f == wanted), "{text}: wanted {wanted}, found {found:#?}");
}

#[test]
fn sources_are_called_as_the_text_calls_them() {
    holds(
        "Anna Keller, a nurse from the north, said that the ward was full.",
        "Anna Keller, a nurse from the north | said | that the ward was full",
    );
    holds("The nurse left. She has said that the ward was full.", "She | has said | that the ward was full");
}

#[test]
fn attitudes_are_told_and_speak_no_claim() {
    holds("The mayor criticized the plan.", "The mayor | criticized | the plan");
    assert!(told("The mayor might criticize the plan.").is_empty(), "what may be held is not held");
    assert!(told("The mayor painted the fence.").is_empty());
    assert!(told("I criticized the plan.").is_empty(), "the writer's own view is nobody's");
}

#[test]
fn labels_speak_the_rest_of_their_paragraph() {
    holds("LEE: We never left the town.", "LEE | : | We never left the town.");
    assert!(told("Menu: we serve soup and bread.").is_empty());
}

#[test]
fn a_name_signs_the_quotation_before_its_dash() {
    holds("“We never left the town.” — Ann Lee", "Ann Lee | — | “We never left the town.”");
    assert!(told("The town never fell — it held out.").is_empty());
}

#[test]
fn a_clause_of_saying_inside_what_is_said_ends_nothing() {
    holds(
        "When the war ends, she added, the town will be free.",
        "she | added | When the war ends, … , the town will be free.",
    );
    holds(
        "The streets were deserted, he added, and the shops were shut.",
        "he | added | The streets were deserted, … , and the shops were shut.",
    );
    holds("The streets were deserted, he added, and left.", "he | added | The streets were deserted,");
}

#[test]
fn what_something_seems_to_be_is_told_with_it() {
    holds("The mayor seemed to agree with the plan.", "- | seemed | The mayor … to agree with the plan");
    assert!(told("The mayor appeared in court.").is_empty());
}
