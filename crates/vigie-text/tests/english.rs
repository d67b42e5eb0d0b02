//! How English is cut into tokens and sentences.

use vigie_resources::Language;
use vigie_text::{Span, identify, split_sentences};

/// Tokens parted by `|`, sentences by ` / `.
fn cut(text: &str) -> String {
    let english = Language::from_code("en").expect("English is shipped");
    let sentences = split_sentences(text, Span::new(0, text.len()), english, 0);
    let tokens = |s: &vigie_text::Sentence| s.tokens.iter().map(|t| t.span.of(text)).collect::<Vec<_>>().join("|");
    sentences.iter().map(tokens).collect::<Vec<_>>().join(" / ")
}

#[test]
fn what_is_written_together_is_one_token() {
    assert_eq!(cut("They don't and cannot leave John's house."), "They|don't|and|cannot|leave|John's|house|.");
    assert_eq!(cut("It’s the soldiers’ camp."), "It’s|the|soldiers’|camp|.");
}

#[test]
fn an_apostrophe_that_closes_a_quotation_stands_alone() {
    assert_eq!(cut("They sang ‘Seven Brothers’ twice."), "They|sang|‘|Seven|Brothers|’|twice|.");
}

#[test]
fn hyphens_part_words_but_not_prefixes() {
    assert_eq!(cut("a well-known non-lethal weapon"), "a|well|-|known|non-lethal|weapon");
    assert_eq!(cut("an 18,000-person agency"), "an|18,000|-|person|agency");
    assert_eq!(cut("from 1990-1995, call 555-1234"), "from|1990|-|1995|,|call|555-1234");
}

#[test]
fn units_and_abbreviations() {
    assert_eq!(cut("At 5pm Mr. Doe paid $250,000."), "At|5|pm|Mr.|Doe|paid|$|250,000|.");
    assert_eq!(cut("The U.S. army left at 4 a.m. on Sunday."), "The|U.S.|army|left|at|4|a.m.|on|Sunday|.");
    assert_eq!(cut("In the 1990s and '80s it rained."), "In|the|1990s|and|'80s|it|rained|.");
}

#[test]
fn sentences_end_at_final_marks_and_references_stay() {
    assert_eq!(cut("They left. [17] She stayed."), "They|left|.|[|17|] / She|stayed|.");
    assert_eq!(cut("Gen. Smith left the U.S. The army stayed."), "Gen.|Smith|left|the|U.S. / The|army|stayed|.");
}

#[test]
fn english_is_known_and_told_from_french() {
    let text = "The army retook the town of Vasra on Sunday, its spokesman said on state television, while the rebels denied it.";
    assert_eq!(identify(text).map(Language::code), Some("en"));
    let text = "L'armée a repris la ville de Vasra dimanche, a annoncé son porte-parole à la télévision, mais les rebelles nient.";
    assert_eq!(identify(text).map(Language::code), Some("fr"));
}

#[test]
fn a_space_that_a_page_lost_between_sentences_is_no_matter() {
    assert_eq!(
        cut("Held in 2017.Retaken in June.The rest fled."),
        "Held|in|2017|.|/|Retaken|in|June|.|The|rest|fled|.".replace("|/|", " / ")
    );
}

#[test]
fn a_line_break_that_a_page_lost_before_a_note_is_no_matter() {
    assert_eq!(cut("See Battle of TamsaCaptured by rebels."), "See|Battle|of|Tamsa / Captured|by|rebels|.");
    assert_eq!(cut("Reports by LinkedTalks say so."), "Reports|by|LinkedTalks|say|so|.");
    assert_eq!(cut("He met McDonald by chance."), "He|met|McDonald|by|chance|.");
}
