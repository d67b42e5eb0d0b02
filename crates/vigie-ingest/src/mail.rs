//! Mails: newsletters and alerts. The plain part is read where there is one, else the page that was sent.

use crate::document::{Basis, Card, Day, Fault, Found, Notice, Raw, Sink, TextFrom, Writing};
use jiff::civil::Date;
use mail_parser::{MessageParser, MimeHeaders, PartType};
use std::ops::ControlFlow;
use vigie_text::document_id;

pub(crate) fn read(bytes: Vec<u8>, path: &str, sink: Sink) -> ControlFlow<()> {
    let id = document_id(&bytes);
    let len = bytes.len();
    let Some(mail) = MessageParser::default().parse(&bytes) else {
        let remedy = "save it again from the mail program, or give its text";
        return sink(Found::Fault(Fault::new(format!("{path}: the mail is damaged"), remedy)));
    };
    let part = |wanted: fn(&PartType) -> bool| {
        mail.parts.iter().find(|p| wanted(&p.body) && p.attachment_name().is_none()).and_then(|p| p.text_contents())
    };
    let plain = part(|body| matches!(body, PartType::Text(_))).filter(|text| !text.trim().is_empty());
    let (text, writing) = match plain {
        Some(text) => (text, Writing::Plain),
        None => (part(|body| matches!(body, PartType::Html(_))).unwrap_or_default(), Writing::Fragment),
    };
    let from = mail.from().and_then(|from| from.first());
    let address = from.and_then(|f| f.address());
    let outlet = from.and_then(|f| f.name()).or_else(|| address.and_then(|a| a.split_once('@')).map(|(_, host)| host));
    let day = mail.date().and_then(|d| {
        Date::new(i16::try_from(d.year).ok()?, i8::try_from(d.month).ok()?, i8::try_from(d.day).ok()?).ok()
    });
    let card = Card {
        title: mail.subject().map(str::to_owned),
        outlet: outlet.map(str::to_owned),
        published: day.map(|date| Day { date, basis: Basis::Feed }),
        ..Card::default()
    };
    let mut raw = Raw::new(path.to_owned(), text.as_bytes().to_vec(), writing, TextFrom::Mail, card);
    (raw.id, raw.len) = (id, len);
    let attached = mail.attachment_count();
    if attached > 0 {
        raw.notes.push(Notice::new(
            "attachments",
            format!("The mail has {attached} attached files, which were not read; save them and give them too."),
        ));
    }
    sink(Found::Document(Box::new(raw)))
}
