//! Pages built to exhaust whoever reads them. A crate that is asked without the guard needs minutes for some of them and
//! ends the program with others; a test that does not come back in time or at all has failed.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::io::Cursor;
use std::ops::ControlFlow;
use vigie_ingest::{Document, Found, Mode, open};

const HEART: &str = "Les soldats ont repris dimanche la ville de Tamsa, a annoncé le ministère de la Défense.";

fn read(html: &str, mode: Mode) -> Document {
    let mut read = None;
    let _ = open(&mut Cursor::new(html.as_bytes()), "hostile.html", &mut |found| {
        if let Found::Document(raw) = found {
            read = Some(raw.read(mode).unwrap());
        }
        ControlFlow::Continue(())
    });
    read.unwrap()
}

fn check(what: &str, body: &str, flattened: bool) {
    let html = format!("<!doctype html><html><body>{body}</body></html>");
    for mode in [Mode::Thorough, Mode::Fast] {
        let document = read(&html, mode);
        assert!(document.text.contains("repris dimanche"), "{what}, {mode:?}: the text was lost");
        assert_eq!(document.notes.iter().any(|n| n.code == "page-flattened"), flattened, "{what}, {mode:?}");
    }
}

fn repeated(open: &str, close: &str, count: usize) -> String {
    format!("{}<p>{HEART}</p>{}", open.repeat(count), close.repeat(count))
}

#[test]
fn nested_tags() {
    for (open, close) in [
        ("<span>", "</span>"),
        ("<i>", "</i>"),
        ("<div>", "</div>"),
        ("<b>", ""),
        ("<font color=x>", ""),
        ("<table><tr><td>", ""),
    ] {
        check(open, &repeated(open, close, 20_000), true);
    }
}

#[test]
fn formatting_that_is_opened_again_in_every_block() {
    let distinct: String = (0..5000).map(|i| format!("<b id=x{i}>")).collect();
    check("distinct", &format!("{distinct}{}", format!("<p>{HEART}</p>").repeat(200)), true);
    let crossed = "<b><div></b>".repeat(10_000);
    check("crossed", &format!("{crossed}<p>{HEART}</p>"), true);
    let lost = (0..10_000).map(|i| format!("<div><i class=c{i}></div>")).collect::<String>();
    check("lost", &format!("{lost}<p>{HEART}</p>"), true);
}

#[test]
fn many_of_everything() {
    check("siblings", &format!("<article>{}</article>", format!("<p>{HEART}</p>").repeat(8_000)), false);
    check(
        "attributes",
        &format!("<article><p {}>{HEART}</p></article>", (0..30_000).map(|i| format!("a{i}=1 ")).collect::<String>()),
        true,
    );
    check("links", &format!("<article><p>{HEART}</p>{}</article>", "<a href=x>y</a>".repeat(20_000)), false);
    check("breaks", &format!("<article><p>{HEART}</p>{}</article>", "<br>".repeat(50_000)), false);
    check("comments", &format!("<article><p>{HEART}</p>{}</article>", "<!-- x -->".repeat(50_000)), false);
    check("ends of nothing", &format!("<article><p>{HEART}</p>{}</article>", "</p></div></b>".repeat(20_000)), false);
}

#[test]
fn a_page_of_tags_alone_is_flattened_past_its_budget() {
    check("budget", &format!("<p>{HEART}</p>{}", "<div></div>".repeat(400_000)), true);
}
