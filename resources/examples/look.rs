//! Prints what the gazetteer knows of the names given.
fn main() {
    for name in std::env::args().skip(1) {
        println!("# {name}");
        for p in vigie_resources::places_named(&name) {
            println!("  {p:?}");
        }
        for p in vigie_resources::places_spelt_like(&name) {
            println!("  ~ {p:?}");
        }
    }
}
