//! Which shipped language a text is in, or none of them.

use crate::span::Span;
use crate::token::{is_apostrophe, tokenise};
use vigie_resources::{Language, lexicon};

/// Characters that are looked at; the language of a page shows early.
const MOST_BYTES: usize = 20_000;

/// Words below which a text proves little either way.
const FEW_WORDS: usize = 12;

/// Words below which the lexicons are asked too: shares of letters are still rough then.
const SHORT: usize = 60;

/// Listed words in a hundred that make a short text one of the language, whatever its names are spelt like.
const MOSTLY_LISTED: u32 = 60;

/// Words in small letters that suffice to leave the capitalised ones aside.
const LEAST_SMALL: usize = 5;

/// What one pack says about a text.
#[derive(Debug, Clone, Copy)]
struct Fit {
    words: usize,
    /// Words in small letters.
    small: usize,
    /// Function words in a hundred words.
    function: u32,
    /// Common letter groups in a hundred groups.
    letters: u32,
}

impl Fit {
    fn sum(self) -> u32 {
        self.function + self.letters
    }

    fn accepts(self, language: Language) -> bool {
        let writing = language.writing();
        if self.words == 0 {
            return false;
        }
        // Headlines leave out the function words; the letters alone must do, and any pack is better than none.
        if self.words < FEW_WORDS {
            return self.letters * 10 >= writing.letter_share * 7 || self.sum() * 10 >= writing.share_together * 7;
        }
        // Where names make up most of a text, their letters bend the shares.
        let tenths = if self.small < FEW_WORDS { 7 } else { 10 };
        self.function >= writing.function_share
            && self.letters * 10 >= writing.letter_share * tenths
            && self.sum() * 10 >= writing.share_together * tenths
    }
}

/// The shipped language of a text, or `None` when no pack fits.
#[must_use]
pub fn identify(text: &str) -> Option<Language> {
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let span = Span::new(0, end);
    let fits: Vec<(Fit, Language)> = Language::all().map(|language| (fit(text, span, language), language)).collect();
    let short = fits.iter().all(|(fit, _)| fit.words < SHORT);
    let listed = |language| if short { listed_share(text, span, language) } else { 0 };
    let best = fits
        .into_iter()
        .map(|(fit, language)| (fit, listed(language), language))
        .filter(|(fit, listed, language)| fit.accepts(*language) || *listed >= MOSTLY_LISTED)
        .max_by_key(|(fit, listed, language)| (fit.sum() + listed, std::cmp::Reverse(*language)));
    best.map(|(.., language)| language)
}

/// Words in a hundred that the language's lexicon lists; none where it has no lexicon.
fn listed_share(text: &str, span: Span, language: Language) -> u32 {
    let Some(lexicon) = lexicon(language) else { return 0 };
    let tokens = tokenise(text, span, language);
    let words = tokens.iter().map(|token| token.span.of(text).to_lowercase());
    let words: Vec<String> = words.filter(|word| word.chars().all(char::is_alphabetic)).collect();
    let listed = words.iter().filter(|word| lexicon.entries(word).next().is_some()).count();
    (listed * 100).checked_div(words.len()).unwrap_or(0) as u32
}

/// Is this block clearly in another language than the page? Short blocks never are.
pub(crate) fn is_other_language(text: &str, span: Span, language: Language) -> bool {
    let fit = fit(text, span, language);
    let writing = language.writing();
    fit.words >= FEW_WORDS
        && (fit.function * 4 < writing.function_share
            || (fit.function < writing.function_share
                && fit.letters < writing.letter_share
                && fit.sum() * 4 < writing.share_together * 3))
}

fn fit(text: &str, span: Span, language: Language) -> Fit {
    let tokens = tokenise(text, span, language);
    let words: Vec<&str> = tokens
        .iter()
        .map(|token| token.span.of(text).trim_end_matches(is_apostrophe))
        .filter(|word| word.chars().next().is_some_and(char::is_alphabetic) && word.len() <= 60)
        .collect();
    // Names are spelt as in the language they come from and say little of the one they stand in.
    let small: Vec<&str> = words.iter().copied().filter(|w| w.chars().next().is_some_and(char::is_lowercase)).collect();
    let enough = small.len() >= LEAST_SMALL && small.len() * 3 >= words.len();
    Fit { small: small.len(), ..counted(if enough { &small } else { &words }, language) }
}

fn counted(words: &[&str], language: Language) -> Fit {
    let writing = language.writing();
    let (mut function, mut groups, mut common) = (0usize, 0usize, 0usize);
    for word in words {
        let lower = word.to_lowercase();
        function += usize::from(writing.function_words.contains(&lower));
        let edged: Vec<char> = std::iter::once('_').chain(lower.chars()).chain(std::iter::once('_')).collect();
        for group in edged.windows(3) {
            groups += 1;
            common += usize::from(writing.letter_groups.contains(group));
        }
    }
    let share = |n: usize, of: usize| (n * 100).checked_div(of).unwrap_or(0) as u32;
    Fit { words: words.len(), small: 0, function: share(function, words.len()), letters: share(common, groups) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_hide_the_language_of_a_short_text() {
        for text in [
            "Balakliia, Ukraine: captured by Russia on 3 March 2022, recaptured by Ukraine on 8 September 2022.",
            "Idlib, Syria\n\nTaken by Turkey in early March 2017. Retaken by Syria in late June 2018.",
            "Diffa, Niger\n\nOccupied by Chad in April 2014. Recaptured by Niger and Benin 5 July 2014.",
            "Izium, Ukraine\n\nCaptured by Russia c. 28 February 2022. Recaptured by Ukraine c. 2 April 2022.",
            "Izium, Ukraine\n\nUkraine took control on 2 April 2022.",
            "Kidal, Mali\n\nMali regained control on 2 April 2022.",
        ] {
            assert_eq!(identify(text).map(Language::code), Some("en"), "{text}");
        }
    }

    #[test]
    fn french_is_told_from_its_neighbours() {
        for text in [
            "L'armée a repris la ville de Vasra dimanche, a annoncé son porte-parole à la télévision.",
            "Combats à Vasra",
            "Trois morts dans un raid aérien près de Mevlana",
            "Balakliia, Ukraine : prise par les forces russes le 3 mars, reprise par Kiev le 8 septembre",
            "Izioum, Ukraine\n\nPrise par la Russie le 1er avril 2022",
            "Kidal, Mali\n\nContrôle russe depuis avril 2022",
        ] {
            assert_eq!(identify(text).map(Language::code), Some("fr"), "{text}");
        }
        for text in [
            "The army retook the town of Vasra on Sunday, its spokesman said on state television, while the rebels denied that they had left.",
            "El ejército recuperó el domingo la ciudad de Vasra, anunció su portavoz en la televisión, pero los rebeldes lo negaron en un comunicado.",
            "L'esercito ha ripreso domenica la città di Vasra, ha annunciato il portavoce alla televisione, ma i ribelli hanno smentito la notizia.",
            "O exército retomou no domingo a cidade de Vasra, anunciou o porta-voz na televisão, mas os rebeldes negaram que tivessem saído.",
            "Die Armee hat am Sonntag die Stadt Vasra zurückerobert, sagte ihr Sprecher im Fernsehen, doch die Rebellen haben dies bestritten.",
            "L'exèrcit va recuperar diumenge la ciutat de Vasra, va anunciar el seu portaveu a la televisió, però els rebels ho van negar.",
            "Armata a recucerit duminică orașul Vasra, a anunțat purtătorul său de cuvânt la televiziune, dar rebelii au negat că au plecat.",
            "Het leger heeft zondag de stad Vasra heroverd, zei de woordvoerder op televisie, maar de rebellen ontkenden dat zij waren vertrokken.",
            "Армия вернула в воскресенье город Васра, сообщил её представитель по телевидению, однако повстанцы это отрицают.",
            "استعاد الجيش يوم الأحد مدينة فاسرا كما أعلن المتحدث باسمه على التلفزيون لكن المتمردين نفوا ذلك",
            "",
            "12345 67 89 !!! ...",
        ] {
            assert_ne!(
                identify(text).map(Language::code),
                Some("fr"),
                "{text} {:?}",
                fit(text, Span::new(0, text.len()), Language::from_code("fr").unwrap())
            );
        }
    }
}
