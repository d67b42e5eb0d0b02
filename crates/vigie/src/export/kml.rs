//! KML 2.2: a placemark an event, with its time span, so that an earth viewer can play it.

use super::shape::{Position, Shape};
use super::told::Told;
use super::wire::event_id;
use crate::show;
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::Writer;
use std::io::{self, Write};

const NAMESPACE: &str = "http://www.opengis.net/kml/2.2";

/// Writes one document; gives back how many events have no place on a map.
///
/// # Errors
/// When the output cannot be written.
pub fn write(events: &[Told], out: &mut dyn Write) -> io::Result<usize> {
    let located: Vec<(&Told, Shape)> =
        events.iter().filter_map(|told| Some((told, told.place.and_then(Shape::of)?))).collect();
    let left_out = events.len() - located.len();
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("kml").with_attribute(("xmlns", NAMESPACE)).write_inner_content(|xml| {
        xml.create_element("Document")
            .write_inner_content(|xml| located.iter().try_for_each(|(told, shape)| placemark(xml, told, shape)))?;
        Ok(())
    })?;
    out.write_all(&xml.into_inner())?;
    writeln!(out)?;
    Ok(left_out)
}

/// Written whole before it is handed on.
type Xml = Writer<Vec<u8>>;

fn placemark(xml: &mut Xml, told: &Told, shape: &Shape) -> io::Result<()> {
    let place = told.place.map_or("", |p| p.name.as_str());
    // An id of XML has no colon.
    let id = event_id(told.event.id).replace(':', "-");
    xml.create_element("Placemark").with_attribute(("id", id.as_str())).write_inner_content(|xml| {
        text(xml, "name", &format!("{} {place}", told.event.predicate.id()))?;
        if let Some((first, last, _)) = told.period {
            xml.create_element("TimeSpan").write_inner_content(|xml| {
                if let Some(first) = first {
                    text(xml, "begin", &first.to_string())?;
                }
                text(xml, "end", &last.to_string())
            })?;
        }
        text(xml, "description", &description(told))?;
        xml.create_element("ExtendedData").write_inner_content(|xml| {
            for (name, value) in data(told) {
                let element = xml.create_element("Data").with_attribute(("name", name));
                element.write_inner_content(|xml| text(xml, "value", &value))?;
            }
            Ok(())
        })?;
        geometry(xml, shape)
    })?;
    Ok(())
}

fn text(xml: &mut Xml, name: &str, words: &str) -> io::Result<()> {
    // Of the signs below a blank, XML 1.0 knows only the tabulator and ends of lines.
    let legal: String = words.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect();
    xml.create_element(name).write_text_content(BytesText::new(&legal))?;
    Ok(())
}

/// Every claim with its source.
fn description(told: &Told) -> String {
    let one = |(document, claim): &(&crate::record::DocumentRecord, &vigie_claims::Claim)| {
        let words: Vec<&str> = claim.sentence.of(&document.text).split_whitespace().collect();
        format!("{} [{}]", words.join(" "), show::speakers(claim, document))
    };
    told.claims.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn data(told: &Told) -> Vec<(&'static str, String)> {
    let names = |parties: &[(Option<&str>, &str)]| parties.iter().map(|(_, n)| *n).collect::<Vec<_>>().join("; ");
    let mut data = vec![("actors", names(&told.actors)), ("recipients", names(&told.recipients))];
    data.extend(told.codes.acled.map(|sub| ("sub_event_type", sub.name.clone())));
    data.push(("grade", told.event.grade.as_str().to_owned()));
    data.push(("origins", told.event.origins.len().to_string()));
    data
}

fn geometry(xml: &mut Xml, shape: &Shape) -> io::Result<()> {
    let list = |positions: &[Position]| {
        positions.iter().map(|[lon, lat]| format!("{lon},{lat}")).collect::<Vec<_>>().join(" ")
    };
    match shape {
        Shape::Point(at) => inside(xml, &["Point"], &list(&[*at])),
        Shape::Line(line) => inside(xml, &["LineString"], &list(line)),
        Shape::Area(ring) => inside(xml, &["Polygon", "outerBoundaryIs", "LinearRing"], &list(ring)),
    }
}

fn inside(xml: &mut Xml, elements: &[&str], coordinates: &str) -> io::Result<()> {
    match elements {
        [] => text(xml, "coordinates", coordinates),
        [outer, inner @ ..] => {
            xml.create_element(*outer).write_inner_content(|xml| inside(xml, inner, coordinates))?;
            Ok(())
        }
    }
}
