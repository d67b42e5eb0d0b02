//! Pages that are written as one dispatch: what has little in common with the rest stays, what tells of another war or of
//! something else leaves.

use vigie_text::{Page, Why, document_id, read_page};

const FRENCH: [&str; 8] = [
    "Mali : des jihadistes attaquent un convoi près de Gao",
    "BAMAKO, 3 mai 2024 (XYZ) - Des jihadistes ont attaqué vendredi un convoi de l'armée malienne près de Gao, a annoncé l'état-major.",
    "« On les a vus passer au marché, à pied », a raconté un boutiquier. Des tirs ont été entendus jusqu'à midi.",
    "Deux autres personnes ont été blessées par un éclat.",
    "Le bac d'Ansongo reste à quai. La mairie réclame sa remise en service.",
    "Le riz a doublé de prix en une semaine.",
    "L'armée a envoyé des renforts depuis Sévaré. Elle affirme que la route est sûre.",
    "Les jihadistes tiennent depuis 2012 une partie du nord du pays.",
];

const ENGLISH: [&str; 7] = [
    "Sudan army retakes town as drones hit camp",
    "PORT SUDAN, May 3, 2024 (XYZ) - Sudan's army said on Friday it had recaptured a town in Kordofan from the paramilitaries.",
    "\"We heard the engines all night,\" said a teacher who lives by the bridge.",
    "Eleven more people were hurt when the roof of a clinic fell in.",
    "The price of a sack of millet has doubled. Community kitchens have closed one after another.",
    "Volunteers carried the injured on donkey carts because no ambulance was left.",
    "The army and the paramilitaries have fought since April 2023.",
];

fn page(blocks: &[&str]) -> Page {
    let text = blocks.join("\n\n");
    read_page(document_id(text.as_bytes()), text)
}

/// The blocks that stand in no story or in another one than the first headline.
fn left(blocks: &[&str]) -> Vec<String> {
    let page = page(blocks);
    let story = &page.stories[0];
    let inside = |block: &&&str| {
        let at = page.text.find(**block).expect("a block of the page");
        story.headline.iter().chain(&story.paragraphs).any(|p| p.start() < at + block.len() && at < p.end())
    };
    blocks.iter().filter(|b| !inside(b)).map(|b| (*b).to_owned()).collect()
}

#[test]
fn a_dispatch_keeps_its_paragraphs() {
    assert_eq!(left(&FRENCH), Vec::<String>::new());
    assert_eq!(left(&ENGLISH), Vec::<String>::new());
}

#[test]
fn what_tells_of_other_ground_leaves_it() {
    let elsewhere = "Des drones ont visé dans la nuit un dépôt de Kharkiv et la gare de Poltava, où trois pompiers ont été blessés.";
    let mut blocks = FRENCH.to_vec();
    blocks.insert(4, elsewhere);
    assert_eq!(left(&blocks), [elsewhere]);
    let race = "Le pilote a remporté la course devant quarante mille spectateurs, sa troisième victoire de la saison.";
    blocks[4] = race;
    assert_eq!(left(&blocks), [race]);
    assert!(page(&blocks).leftovers.iter().any(|l| l.why == Why::Foreign));
    let other = "Gunmen killed nine villagers near Jos on Sunday, police in Nigeria's Plateau state said.";
    let mut blocks = ENGLISH.to_vec();
    blocks.insert(3, other);
    assert_eq!(left(&blocks), [other]);
}

/// With a second headline in it, a page is not written as one dispatch.
#[test]
fn a_second_headline_parts_stories() {
    let mut blocks = FRENCH[..3].to_vec();
    blocks.extend([
        "Boxe : Tarvin garde sa ceinture de champion",
        "Le boxeur Ilan Tarvin a battu aux points Matek Brod devant neuf mille spectateurs, sa douzième victoire de la saison.",
    ]);
    assert_eq!(left(&blocks).len(), 2);
}
