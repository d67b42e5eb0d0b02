//! Developer commands.

mod gazetteer;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("gazetteer") => gazetteer::run(&arguments[1..]),
        _ => Err("commands: gazetteer".into()),
    }
}
