//! `vigie dates`: text on standard input, its expressions of time on standard output.

use super::standard_input::StandardInput;
use super::{Format, Output, Status, day};
use crate::failure::Failure;
use jiff::civil::Date;
use std::io::Write;
use vigie_claims::{Expression, Telling, expressions};
use vigie_resources::time_file;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The day on which the text was published; without it, times count from those told before
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    #[command(flatten)]
    input: StandardInput,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    let (text, language) = arguments.input.read()?;
    if time_file(language).expression.is_empty() {
        return Err(Failure::new(
            format!("there are no rules of time for {}", language.code()),
            format!("add [[expression]] rules to resources/languages/{}/timex.toml", language.code()),
        ));
    }
    let found = expressions(&text, language, arguments.published, Telling::Guess);
    for expression in &found {
        let line = match arguments.output.format {
            Format::Text => line(&text, expression),
            Format::Jsonl => record(&text, expression).to_string(),
        };
        writeln!(out, "{line}").map_err(|e| Failure::of_output(&e))?;
    }
    Ok(if found.is_empty() { Status::Nothing } else { Status::Found })
}

/// The words of an expression on one line.
fn words(text: &str, expression: &Expression) -> String {
    let span = expression.span;
    text[span.start()..span.end()].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Columns parted by tabs: span in bytes, type, value, modifier, basis, words; a second reading at the end.
fn line(text: &str, expression: &Expression) -> String {
    let Expression { span, r#type, value, counted, .. } = expression;
    let modifier = expression.modifier.unwrap_or("-");
    let words = words(text, expression);
    let (start, end, kind, basis) = (span.start(), span.end(), r#type.name(), counted.name());
    let other = expression
        .otherwise
        .as_ref()
        .map_or(String::new(), |other| format!("\t{} % sure, else {other}", expression.percent));
    format!("{start}..{end}\t{kind}\t{value}\t{modifier}\t{basis}\t{words}{other}")
}

fn record(text: &str, expression: &Expression) -> serde_json::Value {
    let mut record = serde_json::json!({
        "span": [expression.span.start(), expression.span.end()],
        "text": words(text, expression),
        "type": expression.r#type.name(),
        "value": expression.value,
        "mod": expression.modifier,
        "basis": expression.counted.name(),
        "rule": expression.rule.as_str(),
    });
    if let Some(other) = &expression.otherwise {
        record["probability"] = (f64::from(expression.percent) / 100.0).into();
        record["otherwise"] = other.as_str().into();
    }
    record
}
