//! The few colours there are, and the width of the page. Colours are always written; the stream drops them where
//! nobody could see them.

use anstyle::{AnsiColor, Style};
use vigie_claims::Role;

/// Line numbers, rules, what is only there to guide the eye.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// Headings.
pub(crate) const STRONG: Style = Style::new().bold();
/// What happened.
pub(crate) const TRIGGER: Style = AnsiColor::Red.on_default().bold();
/// Where.
pub(crate) const PLACE: Style = AnsiColor::Green.on_default();
/// When.
pub(crate) const TIME: Style = AnsiColor::Yellow.on_default();
/// How many.
pub(crate) const FIGURE: Style = AnsiColor::Blue.on_default();
/// Who says so.
pub(crate) const SOURCE: Style = AnsiColor::Magenta.on_default();
/// What should give pause.
pub(crate) const DOUBT: Style = AnsiColor::Yellow.on_default().bold();
/// What is well attested.
pub(crate) const FIRM: Style = AnsiColor::Green.on_default().bold();

/// Who takes part.
pub(crate) fn role(role: Role) -> Style {
    match role {
        Role::Actor => AnsiColor::Cyan.on_default().bold(),
        _ => AnsiColor::Cyan.on_default(),
    }
}

/// A piece of text in a style.
pub(crate) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Columns for running text: the terminal's, within what is good to read; 100 where there is none.
pub(crate) fn width() -> usize {
    let columns = console::Term::stdout().size_checked().map_or(100, |(_, columns)| usize::from(columns));
    columns.clamp(60, 120)
}
