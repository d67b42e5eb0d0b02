//! How French is cut: one sentence a line, tokens separated by `|`.

use vigie_resources::Language;
use vigie_text::{Span, split_sentences};

/// `text` gives these sentences, tokens joined by `|`.
fn check(text: &str, expect: &[&str]) {
    let french = Language::from_code("fr").expect("French is shipped");
    let found: Vec<String> = split_sentences(text, Span::new(0, text.len()), french, 0)
        .iter()
        .map(|s| s.tokens.iter().map(|t| t.span.of(text)).collect::<Vec<_>>().join("|"))
        .collect();
    assert_eq!(found, expect);
}

#[test]
fn elisions() {
    check("L'armée d’Orsk, jusqu'à l'aube.", &["L'|armée|d’|Orsk|,|jusqu'|à|l'|aube|."]);
    check(
        "Aujourd'hui l'on sait que quelqu'un, à N'Djamena, s'y oppose.",
        &["Aujourd'hui|l'on|sait|que|quelqu'un|,|à|N'Djamena|,|s'|y|oppose|."],
    );
    check("L'ONU et l'« armée »", &["L'|ONU|et|l'|«|armée|»"]);
    check("C'est-à-dire qu'est-ce ?", &["C'est-à-dire|qu'|est|-ce|?"]);
}

#[test]
fn clitics() {
    check("« Partons », a-t-il dit.", &["«|Partons|»|,|a|-t-il|dit|."]);
    check(
        "Donnez-le-moi au rendez-vous, ce jour-là, avec celui-ci.",
        &["Donnez|-le|-moi|au|rendez-vous|,|ce|jour|-là|,|avec|celui-ci|."],
    );
    check("Le cessez-le-feu du porte-parole.", &["Le|cessez-le-feu|du|porte-parole|."]);
}

#[test]
fn numbers() {
    check(
        "Quelque 250 000 personnes, 12,5 % et 3.400 autres.",
        &["Quelque|250 000|personnes|,|12,5|%|et|3.400|autres|."],
    );
    check(
        "1\u{a0}200\u{202f}000 réfugiés à 18h15, 160km plus loin, le 1er mai.",
        &["1\u{a0}200\u{202f}000|réfugiés|à|18|h|15|,|160|km|plus|loin|,|le|1er|mai|."],
    );
    check("En 2016, 300 soldats ; score 4-3, ratio 1/10.", &["En|2016|,|300|soldats|;|score|4-3|,|ratio|1/10|."]);
}

#[test]
fn abbreviations() {
    check(
        "M. Solan et Mme. Orsk sont partis. Le J. Vasra aussi.",
        &["M.|Solan|et|Mme.|Orsk|sont|partis|.", "Le|J.|Vasra|aussi|."],
    );
    check(
        "En 52 av. J.-C., la ville brûla. L'O.U.A. protesta.",
        &["En|52|av.|J.-C.|,|la|ville|brûla|.", "L'|O.U.A.|protesta|."],
    );
    check("Armes, munitions, etc. Le convoi est reparti.", &["Armes|,|munitions|,|etc.", "Le|convoi|est|reparti|."]);
    check("Ils ont un plan B. Le général refuse.", &["Ils|ont|un|plan|B|.", "Le|général|refuse|."]);
}

#[test]
fn quotations() {
    check(
        "« La ville est tombée. Nous partons », a dit le maire.",
        &["«|La|ville|est|tombée|.", "Nous|partons|»|,|a|dit|le|maire|."],
    );
    check("\"C'est fini.\" Le maire est parti.", &["\"|C'|est|fini|.|\"", "Le|maire|est|parti|."]);
    check(
        "« Où aller ? » demande-t-elle. \"Ici !\", répond l'autre.",
        &["«|Où|aller|?|»|demande|-t-elle|.", "\"|Ici|!|\"|,|répond|l'|autre|."],
    );
    check("Il hésite... puis part. Elle reste…", &["Il|hésite|...|puis|part|.", "Elle|reste|…"]);
    check(
        "Le Front (FLO. Aile nord) tient (il l'a dit. Deux fois) bon.",
        &["Le|Front|(|FLO|.|Aile|nord|)|tient|(|il|l'|a|dit|.|Deux|fois|)|bon|."],
    );
}

#[test]
fn addresses() {
    check(
        "Voir https://vasra.example/a?b=1, ou écrire à x.y@vasra.example.",
        &["Voir|https://vasra.example/a?b=1|,|ou|écrire|à|x.y@vasra.example|."],
    );
    check("@solan #trêve", &["@solan|#trêve"]);
}
