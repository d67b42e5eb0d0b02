//! What the scene makes of small invented stories with hand-made parses.

use crate::reading::{Reading, WordAt};
use crate::scene::Scene;
use crate::testing::parse;
use vigie_resources::Language;
use vigie_syntax::Parse;
use vigie_text::{Sentence, Span, Story, StoryId, Token};

/// A story of one paragraph a sentence, and its text.
fn story(sentences: &[&str]) -> (String, Story, Vec<Parse>) {
    let mut text = String::new();
    let (mut parses, mut made) = (Vec::new(), Vec::new());
    for (part, rows) in sentences.iter().enumerate() {
        let base = text.len();
        let mut one = parse(rows);
        let forms: Vec<&str> = one.words.iter().map(|w| w.form.as_str()).collect();
        text.push_str(&forms.join(" "));
        for word in &mut one.words {
            word.span = Span::new(word.span.start() + base, word.span.end() + base);
        }
        let tokens = one.words.iter().map(|w| Token { span: w.span }).collect();
        let span = Span::new(base, text.len());
        made.push(Sentence { span, headline: false, part: part as u32, tokens });
        parses.push(one);
        text.push('\n');
    }
    let paragraphs = made.iter().map(|s| s.span).collect();
    let language = Language::from_code("fr").expect("French is shipped");
    (text, Story { id: StoryId([0; 16]), language, headline: None, paragraphs, sentences: made }, parses)
}

fn check(sentences: &[&str], test: impl Fn(&Scene, &dyn Fn(&str) -> WordAt)) {
    let (text, story, parses) = story(sentences);
    let reading = Reading { text: &text, story: &story, parses: &parses, published: None, inferred: false };
    let scene = Scene::of(&reading);
    let find = |form: &str| {
        parses
            .iter()
            .enumerate()
            .find_map(|(sentence, p)| p.words.iter().position(|w| w.form == form).map(|word| WordAt { sentence, word }))
            .unwrap_or_else(|| panic!("no word {form}"))
    };
    test(&scene, &find);
}

const ARMY_TOOK_EAST: &str = "L' le DET _ 2 det
    armée armée NOUN Gender=Fem|Number=Sing 5 nsubj
    irakienne irakien ADJ Gender=Fem|Number=Sing 2 amod
    a avoir AUX _ 5 aux
    pris prendre VERB _ 0 root
    la le DET _ 7 det
    partie partie NOUN Number=Sing 5 obj
    orientale oriental ADJ _ 7 amod
    de de ADP _ 11 case
    la le DET _ 11 det
    ville ville NOUN Number=Sing 7 nmod
    de de ADP _ 13 case
    Mossoul Mossoul PROPN _ 11 nmod
    . . PUNCT _ 5 punct";

const QUARTERS_HELD: &str = "Les le DET _ 2 det
    quartiers quartier NOUN Number=Plur 7 nsubj
    tenus tenir VERB VerbForm=Part 2 acl
    par par ADP _ 6 case
    les le DET _ 6 det
    jihadistes jihadiste NOUN Number=Plur 3 obl
    brûlent brûler VERB _ 0 root
    . . PUNCT _ 7 punct";

const WEST_ALONE: &str = "L' le DET _ 2 det
    armée armée NOUN Gender=Fem|Number=Sing 3 nsubj
    avance avancer VERB _ 0 root
    dans dans ADP _ 6 case
    l' le DET _ 6 det
    ouest ouest NOUN Number=Sing 3 obl
    . . PUNCT _ 3 punct";

#[test]
fn a_side_of_a_town_is_one_place_whatever_its_wording() {
    check(&[ARMY_TOOK_EAST, QUARTERS_HELD], |scene, find| {
        let east = scene.place(find("partie")).expect("a place");
        assert_eq!(east.place.as_deref(), Some("gn:99072/east"));
        let held = scene.place(find("quartiers")).expect("a place");
        assert_eq!(held.place, east.place, "the only side told of the town is where the others are");
    });
}

#[test]
fn an_army_without_its_country_is_that_of_the_story() {
    check(&[ARMY_TOOK_EAST, WEST_ALONE], |scene, find| {
        assert_eq!(scene.filler(find("armée")).actor.as_deref(), Some("irq.army"));
        let again = scene.filler(WordAt { sentence: 1, word: 1 });
        assert_eq!(again.actor.as_deref(), Some("irq.army"));
        assert_eq!(again.name, "Armée irakienne");
        let west = scene.place(find("ouest")).expect("a place");
        assert_eq!(west.place.as_deref(), Some("gn:99072/west"));
        assert_eq!(west.name, "ouest de Mossoul");
    });
}

#[test]
fn an_anonymous_place_never_is_its_parent() {
    let rows = "Les le DET _ 2 det
        soldats soldat NOUN Number=Plur 5 nsubj
        maliens malien ADJ _ 2 amod
        ont avoir AUX _ 5 aux
        repris reprendre VERB _ 0 root
        trois trois NUM _ 7 nummod
        villages village NOUN Number=Plur 5 obj
        de de ADP _ 10 case
        la le DET _ 10 det
        région région NOUN Number=Sing 7 nmod
        de de ADP _ 12 case
        Kidal Kidal PROPN _ 10 nmod
        . . PUNCT _ 5 punct";
    check(&[rows], |scene, find| {
        let villages = scene.place(find("villages")).expect("a place");
        let region = scene.place(find("région")).expect("a place");
        let id = villages.place.expect("an id");
        assert!(id.starts_with("t:trois-villages@"), "{id}");
        assert_ne!(Some(id), region.place);
        assert_eq!(scene.filler(find("soldats")).actor.as_deref(), Some("mli.army"));
    });
}

#[test]
fn one_generic_name_in_two_countries_is_two_groups() {
    let in_country = |preposition: &str, country: &str| {
        format!(
            "{preposition} {preposition} ADP _ 2 case
            {country} {country} PROPN _ 6 obl
            , , PUNCT _ 2 punct
            les le DET _ 5 det
            rebelles rebelle NOUN Number=Plur 6 nsubj
            avancent avancer VERB _ 0 root
            . . PUNCT _ 6 punct"
        )
    };
    let (mali, sudan) = (in_country("en", "Syrie"), in_country("en", "Ethiopie"));
    check(&[&mali, &sudan, &mali.replace("rebelles rebelle", "insurgés insurgé")], |scene, _| {
        let id = |sentence| scene.filler(WordAt { sentence, word: 4 }).actor;
        assert_eq!(id(0).as_deref(), Some("t:rebelles@SY"));
        assert_eq!(id(1).as_deref(), Some("t:rebelles@ET"));
        assert_eq!(id(0), id(2), "another word for the same group in the same theatre");
    });
}

#[test]
fn members_stand_for_their_body_and_things_for_their_owner() {
    let rows = "Des un DET _ 2 det
        combattants combattant NOUN Number=Plur 6 nsubj
        du de ADP _ 4 case
        Hezbollah Hezbollah PROPN _ 2 nmod
        ont avoir AUX _ 6 aux
        visé viser VERB _ 0 root
        un un DET _ 8 det
        convoi convoi NOUN Number=Sing 6 obj
        israélien israélien ADJ _ 8 amod
        . . PUNCT _ 6 punct";
    check(&[rows], |scene, find| {
        assert_eq!(scene.filler(find("combattants")).actor.as_deref(), Some("hezbollah"));
        assert_eq!(scene.filler(find("convoi")).actor.as_deref(), Some("isr"));
        assert!(!scene.is_place(find("Hezbollah")));
    });
}

#[test]
fn a_capital_that_acts_is_its_state() {
    let rows = "Ankara Ankara PROPN _ 2 nsubj
        accuse accuser VERB _ 0 root
        Damas Damas PROPN _ 2 obj
        . . PUNCT _ 2 punct";
    check(&[rows], |scene, find| {
        assert_eq!(scene.filler(find("Ankara")).actor.as_deref(), Some("tur"));
        assert_eq!(scene.filler(find("Damas")).actor.as_deref(), Some("syr"));
    });
}

#[test]
fn a_pronoun_stands_for_the_subject_before_it() {
    let rows = "Les le DET _ 2 det
        talibans taliban NOUN Gender=Masc|Number=Plur 4 nsubj
        ont avoir AUX _ 4 aux
        attaqué attaquer VERB _ 0 root
        Kunduz Kunduz PROPN _ 4 obj
        . . PUNCT _ 4 punct
        ";
    let next = "Ils il PRON Gender=Masc|Number=Plur|Person=3 2 nsubj
        menacent menacer VERB _ 0 root
        Kaboul Kaboul PROPN _ 2 obj
        . . PUNCT _ 2 punct";
    let both = format!("{}\n{}", rows.trim_end().trim_end_matches(". . PUNCT _ 4 punct"), {
        // One sentence, so that the paragraph is the same.
        let shifted = [
            "et et CCONJ _ 8 cc",
            "ils il PRON Gender=Masc|Number=Plur|Person=3 8 nsubj",
            "menacent menacer VERB _ 4 conj",
            "Kaboul Kaboul PROPN _ 8 obj",
        ];
        shifted.join("\n")
    });
    check(&[&both], |scene, find| {
        assert_eq!(scene.antecedent(find("ils")), Some(find("talibans")));
        assert_eq!(scene.filler(find("talibans")).actor.as_deref(), Some("taliban"));
    });
    check(&[rows, next], |scene, find| {
        assert_eq!(scene.antecedent(find("Ils")), None, "another paragraph is out of reach");
    });
}

#[test]
fn odd_input_gives_no_panic() {
    check(&[""], |_, _| {});
    check(&["« « PUNCT _ 2 punct\nest être AUX _ 0 root"], |scene, find| {
        let at = find("est");
        let _ = (scene.place(at), scene.filler(at), scene.antecedent(at), scene.is_actor(at), scene.is_place(at));
    });
}
