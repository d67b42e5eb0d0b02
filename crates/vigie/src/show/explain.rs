//! The proof of one claim, event or holding: every decision with the rule that made it and the words it rests on.

use super::claim::{at, heading, said_by, short_id, snippet};
use super::events::block;
use super::situation::answer;
use super::style::{FAINT, STRONG, paint};
use super::words;
use crate::book::Book;
use crate::export::wire::{claim_id, document_id, event_id, holding_id};
use crate::record::DocumentRecord;
use std::io::{self, Write};
use vigie_claims::{Claim, ClaimId};
use vigie_events::Event;
use vigie_situation::{Holding, Layer};

/// Why a claim says what it says.
pub fn explain_claim(claim: &Claim, document: &DocumentRecord, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", heading(claim))?;
    out.write_all(snippet(claim, document, width).as_bytes())?;
    let mut line = |name: &str, text: String| writeln!(out, "   {} {text}", paint(FAINT, format!("= {name}:")));
    line("id", claim_id(claim.id))?;
    line("document", format!("{} ({})", document.path, document_id(document.id)))?;
    let day = document.published.map_or("unknown".to_owned(), words::day);
    line("published", format!("{day} ({})", document.basis.as_str()))?;
    line("said by", said_by(claim, document))?;
    for argument in &claim.arguments {
        let f = &argument.filler;
        let who = f.actor.as_deref().unwrap_or("not in the registry");
        line(argument.role.as_str(), format!("\"{}\" = {} ({who})", f.span.of(&document.text), f.name))?;
    }
    if let Some(place) = &claim.place {
        let told = place.span.map_or("from the context".to_owned(), |s| format!("\"{}\"", s.of(&document.text)));
        let which = place.place.as_deref().unwrap_or("not in the gazetteer");
        line("place", format!("{told} = {} ({which}, {})", place.name, place.precision.as_str()))?;
        if let Some((lat, lon)) = place.point {
            let around = place.radius_km.map(|km| format!(", {km} km around")).unwrap_or_default();
            line("lies at", format!("{:.4} {:.4}{around}", f64::from(lat) / 1e6, f64::from(lon) / 1e6))?;
        }
        if let Some(phrase) = &place.phrase {
            line("phrase", words::phrase(phrase, &document.text))?;
        }
        for (at, namesake) in place.namesakes.iter().enumerate() {
            line(if at == 0 { "chosen" } else { "not chosen" }, words::namesake(namesake))?;
        }
    }
    if let Some(period) = &claim.period {
        let told = period.span.map_or("from the context".to_owned(), |s| format!("\"{}\"", s.of(&document.text)));
        line("when", format!("{told} = {} ({})", words::period(period), period.basis.as_str()))?;
        if let Some(other) = period.otherwise {
            let days = words::days(Some(other.first), other.last);
            line("or", format!("{days} ({} % against {} %)", other.percent, 100 - other.percent))?;
        }
    }
    for figure in &claim.figures {
        line("figure", format!("\"{}\" = {}", figure.span.of(&document.text), words::figure(figure)))?;
    }
    let f = claim.factuality;
    line("told as", [f.polarity.as_str(), f.certainty.as_str(), f.realis.as_str()].join(", "))?;
    for rule in &claim.because {
        line("rule", rule.to_string())?;
    }
    Ok(())
}

/// What an event is made of.
pub fn explain_event(event: &Event, book: &Book, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} {}", paint(STRONG, event_id(event.id)), words::plural(event.claims.len(), "claim"))?;
    out.write_all(block(event, book, width).as_bytes())?;
    for origin in &event.origins {
        let name = origin.origin.name.as_deref().unwrap_or("no source named");
        let side = origin.origin.side.as_ref().map(|s| format!(", side {s}")).unwrap_or_default();
        let kind = origin.origin.kind.as_str();
        writeln!(out, "{} {name} ({kind}{side})", paint(FAINT, "origin"))?;
        claims(&origin.claims, book, out)?;
    }
    Ok(())
}

/// What a holding rests on, what speaks against it, what did not count and why.
pub fn explain_holding(holding: &Holding, book: &Book, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let key: Vec<&str> = holding.key.iter().map(|k| k.name.as_str()).collect();
    let told = answer(holding.fluent, &holding.value, &holding.by);
    let layer = if holding.layer == Layer::Assessed { ", assessed" } else { "" };
    let head = format!("{} of {}: {told}", holding.fluent.as_str(), key.join(", "));
    writeln!(out, "{} ({}{layer}; rule {})", paint(STRONG, head), holding.status.as_str(), holding.proof.rule)?;
    writeln!(out, "   {} {}", paint(FAINT, "= id:"), holding_id(holding))?;
    if let Some(since) = holding.since {
        writeln!(out, "   {} {}", paint(FAINT, "= since:"), words::days(since.first, since.last))?;
    }
    for (document, claim) in holding.proof.premises.iter().filter_map(|id| book.claim(*id)) {
        writeln!(out, "\n{} {}", paint(FAINT, "because"), heading(claim))?;
        out.write_all(snippet(claim, document, width).as_bytes())?;
        writeln!(out, "   {} {}", paint(FAINT, "= said by:"), said_by(claim, document))?;
    }
    for rival in &holding.rivals {
        let told = answer(holding.fluent, &rival.value, &rival.by);
        writeln!(out, "\n{} {told}", paint(FAINT, "against"))?;
        claims(&rival.claims, book, out)?;
    }
    for earlier in &holding.earlier {
        let by: Vec<&str> = earlier.by.iter().map(|id| book.name(id)).collect();
        let told = answer(holding.fluent, &earlier.value, &[]);
        writeln!(out, "\n{} {told} {}", paint(FAINT, "takes for granted that it was, before:"), by.join(" + "))?;
        claims(&earlier.claims, book, out)?;
    }
    for dropped in &holding.proof.dropped {
        writeln!(out, "\n{} ({})", paint(FAINT, "left out"), dropped.why)?;
        claims(&[dropped.claim], book, out)?;
    }
    Ok(())
}

fn claims(ids: &[ClaimId], book: &Book, out: &mut dyn Write) -> io::Result<()> {
    for (document, claim) in ids.iter().filter_map(|id| book.claim(*id)) {
        let place = paint(FAINT, format!("{} {}", at(claim, document), short_id(claim.id)));
        writeln!(out, "  {} — {} {place}", heading(claim), said_by(claim, document))?;
    }
    Ok(())
}
