//! Watching, against a server of this machine: what is asked, how often, what is kept, what is refused.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![allow(clippy::disallowed_methods, reason = "pauses between requests are measured")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A request: its path, its fields in small letters, when it came.
#[derive(Clone)]
struct Request {
    path: String,
    fields: BTreeMap<String, String>,
    at: Instant,
}

/// What the server answers: whole bytes, then, where there are some, slow ones.
#[derive(Clone)]
struct Reply {
    bytes: Vec<u8>,
    drip: usize,
}

type Answer = Arc<dyn Fn(&Request) -> Reply + Send + Sync>;

struct Server {
    base: String,
    log: Arc<Mutex<Vec<Request>>>,
}

fn reply(status: &str, fields: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref();
    let mut bytes =
        format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n", body.len()).into_bytes();
    for (name, value) in fields {
        bytes.extend(format!("{name}: {value}\r\n").bytes());
    }
    bytes.extend(b"\r\n");
    bytes.extend(body);
    Reply { bytes, drip: 0 }
}

fn none() -> Reply {
    reply("404 Not Found", &[], "")
}

fn serve(mut stream: TcpStream, answer: &Answer, log: &Mutex<Vec<Request>>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let path = lines.next()?.ok()?.split(' ').nth(1)?.to_owned();
    let mut fields = BTreeMap::new();
    for line in lines.map_while(Result::ok).take_while(|l| !l.is_empty()) {
        let (name, value) = line.split_once(':')?;
        fields.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let request = Request { path, fields, at: Instant::now() };
    let reply = answer(&request);
    log.lock().unwrap().push(request);
    stream.write_all(&reply.bytes).ok()?;
    for _ in 0..reply.drip {
        std::thread::sleep(Duration::from_millis(50));
        stream.write_all(b" ").ok()?;
    }
    Some(())
}

impl Server {
    fn new(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let log: Arc<Mutex<Vec<Request>>> = Arc::default();
        let (answer, kept): (Answer, _) = (Arc::new(answer), Arc::clone(&log));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&kept));
                std::thread::spawn(move || serve(stream, &answer, &log));
            }
        });
        Self { base, log }
    }

    fn asked(&self, path: &str) -> Vec<Request> {
        self.log.lock().unwrap().iter().filter(|r| r.path == path).cloned().collect()
    }
}

/// A folder with a list of feeds and an archive; removed at the end.
struct Desk(PathBuf);

impl Desk {
    fn new(limits: &str, entries: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let desk = Self(std::env::temp_dir().join(format!("vigie-watch-{}-{number}", std::process::id())));
        fs::create_dir_all(&desk.0).unwrap();
        desk.list(limits, entries);
        desk
    }

    fn list(&self, limits: &str, entries: &str) {
        let limits = if limits.contains("delay") { limits.to_owned() } else { format!("delay = \"0s\"\n{limits}") };
        let text = format!("contact = \"watch@example.org\"\n[limits]\n{limits}\n{entries}\n");
        fs::write(self.0.join("feeds.toml"), text).unwrap();
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }

    /// One round; its status and all that it said.
    fn once(&self, more: &[&str]) -> (i32, String) {
        let (feeds, archive) = (self.path("feeds.toml"), self.path("a.vigie"));
        let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .args(["watch", &feeds, "--archive", &archive, "--once", "--threads", "2"])
            .args(more)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked"), "{said}");
        (output.status.code().unwrap(), said)
    }

    fn local(&self) -> (i32, String) {
        self.once(&["--allow-local"])
    }

    /// The documents of the archive, as pairs of address and outlet.
    fn kept(&self) -> Vec<String> {
        let archive = vigie::archive::Archive::open_existing(&self.0.join("a.vigie")).unwrap();
        let documents = archive.documents().unwrap();
        documents
            .iter()
            .map(|d| format!("{} {}", d.url.as_deref().unwrap_or("-"), d.outlet.as_deref().unwrap_or("-")))
            .collect()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn feed(items: &[(&str, &str)]) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|(link, text)| {
            format!("<item><title>La ville de Tamsa</title><link>{link}</link><pubDate>Mon, 10 Mar 2025 08:00:00 GMT</pubDate>\
                     <description>{text}</description></item>")
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Le Fil</title>{}</channel></rss>",
        items.concat()
    )
}

const TAKEN: &str = "Les soldats ont repris dimanche la ville de Tamsa, a annoncé le ministère de la Défense.";
const CUT: &str = "Les rebelles ont coupé samedi la route de Koulé, selon des habitants de la région.";

fn page(text: &str) -> String {
    format!(
        "<html lang=fr><head><title>Le fil du jour</title></head><body><article><h1>Le fil du jour</h1><p>{text}</p>\
             <p>{text} La situation reste tendue dans toute la région, où les combats durent depuis plusieurs semaines.</p></article></body></html>"
    )
}

fn one(server: &Server, path: &str, more: &str) -> String {
    format!("[[feed]]\nurl = \"{}{path}\"\n{more}\n", server.base)
}

#[test]
fn what_is_new_is_kept_and_what_has_not_changed_is_not_sent_again() {
    let server = Server::new(|request| match (request.path.as_str(), request.fields.get("if-none-match")) {
        ("/rss", Some(tag)) if tag == "\"v1\"" => reply("304 Not Modified", &[], ""),
        ("/rss", None) => reply("200 OK", &[("ETag", "\"v1\"")], feed(&[("https://a.example/1", TAKEN)])),
        _ => none(),
    });
    let desk = Desk::new("", &one(&server, "/rss", "outlet = \"La Gazette\""));
    let (status, said) = desk.local();
    assert_eq!(status, 0, "{said}");
    assert!(
        said.contains("La Gazette") && said.contains("10 Mar 2025") && said.contains("asked 1 source: 1 new document"),
        "{said}"
    );
    assert_eq!(desk.kept(), ["https://a.example/1 La Gazette"]);
    let (status, said) = desk.local();
    assert_eq!(status, 1, "{said}");
    let asked = server.asked("/rss");
    assert_eq!(asked.len(), 2);
    assert!(asked[0].fields["user-agent"].contains("(watch@example.org)"));
    assert_eq!(server.asked("/robots.txt").len(), 1, "rules hold for a day");
    assert_eq!(desk.kept().len(), 1);
}

#[test]
fn the_day_of_the_last_change_is_given_back() {
    let day = "Mon, 10 Mar 2025 09:00:00 GMT";
    let server = Server::new(move |request| match request.path.as_str() {
        "/rss" if request.fields.get("if-modified-since").map(String::as_str) == Some(day) => {
            reply("304 Not Modified", &[], "")
        }
        "/rss" => reply("200 OK", &[("Last-Modified", day)], feed(&[("https://a.example/1", TAKEN)])),
        _ => none(),
    });
    let desk = Desk::new("", &one(&server, "/rss", ""));
    assert_eq!(desk.local().0, 0);
    assert_eq!(desk.kept(), ["https://a.example/1 Le Fil"]);
    assert_eq!(desk.local().0, 1);
    assert_eq!(server.asked("/rss")[1].fields["if-modified-since"], day);
}

#[test]
fn the_pages_of_items_are_fetched_once() {
    let changing = AtomicUsize::new(0);
    let server = Server::new(move |request| match request.path.as_str() {
        "/rss" => reply("200 OK", &[], feed(&[("/a/1", "…"), ("/a/2", "…"), ("/a/1#again", "…")])),
        // No two answers have the same bytes, as with pages that carry adverts.
        "/a/1" => reply("200 OK", &[], page(&format!("{TAKEN} {}", changing.fetch_add(1, Ordering::SeqCst)))),
        "/a/2" => reply("302 Found", &[("Location", "/b/2")], ""),
        "/b/2" => reply("200 OK", &[], page(CUT)),
        _ => none(),
    });
    let desk = Desk::new("", &one(&server, "/rss", "follow = true\noutlet = \"La Gazette\""));
    let (status, said) = desk.local();
    assert_eq!(status, 0, "{said}");
    let kept = [format!("{}/a/1 La Gazette", server.base), format!("{}/b/2 La Gazette", server.base)];
    assert_eq!(desk.kept(), kept);
    assert_eq!(desk.local().0, 1);
    assert_eq!(server.asked("/a/1").len(), 1);
    assert_eq!(desk.kept(), kept);
    // Without what was remembered they are fetched again, and only what has changed is kept again.
    fs::remove_file(desk.path("a.vigie.feeds.json")).unwrap();
    desk.local();
    assert_eq!(server.asked("/b/2").len(), 2);
    assert_eq!(desk.kept().len(), 3);
}

#[test]
fn a_page_that_fails_is_tried_again_and_then_let_go() {
    let server = Server::new(|request| match request.path.as_str() {
        "/rss" => reply("200 OK", &[("ETag", "\"v\"")], feed(&[("/a/1", "…")])),
        "/a/1" => reply("500 Internal Server Error", &[], ""),
        _ => none(),
    });
    let desk = Desk::new("", &one(&server, "/rss", "follow = true"));
    for remedy in ["tried again", "tried again", "let go"] {
        let (status, said) = desk.local();
        assert!(status == 2 && said.contains("status 500") && said.contains(remedy), "{said}");
    }
    assert_eq!(desk.local().0, 1);
    assert_eq!(server.asked("/a/1").len(), 3);
    assert!(!server.asked("/rss")[2].fields.contains_key("if-none-match"), "no mark while something is left to do");
    assert!(server.asked("/rss")[3].fields.contains_key("if-none-match"));
}

#[test]
fn no_more_pages_than_allowed_at_a_time() {
    let server = Server::new(|request| match request.path.as_str() {
        "/rss" => reply("200 OK", &[], feed(&[("/a/1", "…"), ("/a/2", "…"), ("/a/3", "…")])),
        path if path.starts_with("/a/") => reply("200 OK", &[], page(&format!("{TAKEN} {path}"))),
        _ => none(),
    });
    let desk = Desk::new("most_articles = 2", &one(&server, "/rss", "follow = true"));
    desk.local();
    assert_eq!(desk.kept().len(), 2);
    desk.local();
    assert_eq!(desk.kept().len(), 3);
}

#[test]
fn who_wants_to_be_left_alone_is() {
    for (status, after) in [("429 Too Many Requests", Some("3600")), ("503 Service Unavailable", None)] {
        let fields: Vec<(&str, &str)> = after.iter().map(|a| ("Retry-After", *a)).collect();
        let busy = reply(status, &fields, "");
        let server = Server::new(move |request| if request.path == "/rss" { busy.clone() } else { none() });
        let desk = Desk::new("", &one(&server, "/rss", ""));
        let (code, said) = desk.local();
        assert!(code == 1 && said.contains("left alone for"), "{said}");
        assert!(said.contains(if after.is_some() { "60 min" } else { "15 min" }), "{said}");
        let (_, said) = desk.local();
        assert!(said.contains("asked to be left alone"), "{said}");
        assert_eq!(server.asked("/rss").len(), 1);
    }
}

#[test]
fn a_date_to_come_back_at() {
    let server = Server::new(|request| match request.path.as_str() {
        "/rss" => reply("503 Service Unavailable", &[("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT")], ""),
        _ => none(),
    });
    let desk = Desk::new("", &one(&server, "/rss", ""));
    desk.local();
    desk.local();
    assert_eq!(server.asked("/rss").len(), 2, "that day is past");
}

#[test]
fn what_robots_may_not_fetch_is_not_fetched() {
    let server = Server::new(|request| match request.path.as_str() {
        "/robots.txt" => reply("200 OK", &[], "User-agent: *\nDisallow: /closed\nAllow: /\n"),
        "/rss" => reply("200 OK", &[], feed(&[("/closed/1", "…"), ("/open/1", "…")])),
        _ => reply("200 OK", &[], page(TAKEN)),
    });
    let entries = one(&server, "/rss", "follow = true") + &one(&server, "/closed/rss", "");
    let desk = Desk::new("", &entries);
    let (status, said) = desk.local();
    assert!(status == 2 && said.contains("robots.txt does not let"), "{said}");
    assert!(server.asked("/closed/rss").is_empty() && server.asked("/closed/1").is_empty());
    assert_eq!(desk.kept().len(), 1, "the others go on");
}

#[test]
fn without_rules_that_can_be_read_nothing_is_fetched() {
    let server = Server::new(|request| match request.path.as_str() {
        "/robots.txt" => reply("500 Internal Server Error", &[], ""),
        _ => reply("200 OK", &[], feed(&[("https://a.example/1", TAKEN)])),
    });
    let desk = Desk::new("", &one(&server, "/rss", ""));
    let (status, said) = desk.local();
    assert!(status == 1 && said.contains("robots.txt answers with status 500"), "{said}");
    assert!(server.asked("/rss").is_empty());
}

#[test]
fn machines_of_the_local_network_are_not_asked() {
    let server = Server::new(|_| reply("200 OK", &[], feed(&[("https://a.example/1", TAKEN)])));
    let named = server.base.replace("127.0.0.1", "localhost");
    let clothed = server.base.replace("127.0.0.1", "[::ffff:127.0.0.1]");
    let entry = |base: &str| format!("[[feed]]\nurl = \"{base}/rss\"\n");
    let desk = Desk::new("", &(entry(&server.base) + &entry(&named) + &entry(&clothed)));
    let (status, said) = desk.once(&[]);
    assert_eq!(status, 2);
    assert_eq!(said.matches("no address of the public internet").count(), 3, "{said}");
    assert!(server.log.lock().unwrap().is_empty());
    assert_eq!(desk.local().0, 0, "unless it is said");
}

#[test]
fn redirects_are_counted() {
    let server = Server::new(|request| match request.path.as_str() {
        "/robots.txt" => none(),
        "/ftp" => reply("301 Moved Permanently", &[("Location", "ftp://127.0.0.1/x")], ""),
        path => reply("301 Moved Permanently", &[("Location", &format!("{path}x"))], ""),
    });
    let desk = Desk::new("", &(one(&server, "/r", "") + &one(&server, "/ftp", "")));
    let (status, said) = desk.local();
    assert!(
        status == 2 && said.contains("more than 5 times") && said.contains("does not begin with https://"),
        "{said}"
    );
    assert!(server.asked("/rxxxxx").len() == 1 && server.asked("/rxxxxxx").is_empty());
}

#[test]
fn answers_beyond_the_limits_are_cut() {
    let bomb = {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![b' '; 8 << 20]).unwrap();
        packer.finish().unwrap()
    };
    let honest = {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(feed(&[("https://a.example/1", TAKEN)]).as_bytes()).unwrap();
        packer.finish().unwrap()
    };
    let server = Server::new(move |request| match request.path.as_str() {
        "/large" => reply("200 OK", &[], vec![b' '; 300_000]),
        "/bomb" => reply("200 OK", &[("Content-Encoding", "gzip")], &bomb),
        "/unpacked" => reply("200 OK", &[("Content-Encoding", "gzip")], &bomb),
        "/packed" => reply("200 OK", &[("Content-Encoding", "gzip")], &honest),
        "/odd" => reply("200 OK", &[("Content-Encoding", "br")], "x"),
        "/slow" => Reply { bytes: b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss".to_vec(), drip: 200 },
        "/silent" => {
            std::thread::sleep(Duration::from_secs(4));
            none()
        }
        _ => none(),
    });
    let entries: Vec<String> =
        ["/large", "/bomb", "/odd", "/slow", "/silent", "/packed"].iter().map(|p| one(&server, p, "")).collect();
    let desk = Desk::new("most_bytes = 200000\ntime = \"1s\"", &entries.concat());
    let start = Instant::now();
    let (status, said) = desk.local();
    assert!(start.elapsed() < Duration::from_secs(8), "{said}");
    assert_eq!(status, 2);
    for words in [
        "/large: it is larger than 200000 bytes",
        "/bomb: it unpacks to more than 100 times",
        "/odd: it is packed in a way",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(said.matches("it took longer than 1 s").count(), 2, "{said}");
    assert_eq!(desk.kept().len(), 1, "what is packed honestly is read");
    let desk = Desk::new("most_ratio = 100000\nmost_unpacked = 1000000", &one(&server, "/unpacked", ""));
    assert!(desk.local().1.contains("unpacks to more than 1000000 bytes"));
}

#[test]
fn one_host_is_asked_with_pauses() {
    let server = Server::new(|request| match request.path.as_str() {
        "/robots.txt" => none(),
        _ => reply("200 OK", &[], feed(&[("https://a.example/1", TAKEN)])),
    });
    let desk = Desk::new("delay = \"1s\"", &(one(&server, "/a", "") + &one(&server, "/b", "")));
    desk.local();
    let mut log = server.log.lock().unwrap().clone();
    log.sort_by_key(|r| r.at);
    assert_eq!(log.len(), 3);
    for pair in log.windows(2) {
        assert!(pair[1].at - pair[0].at > Duration::from_millis(900), "{} {}", pair[0].path, pair[1].path);
    }
}

#[test]
fn a_broken_feed_is_named_and_the_others_go_on() {
    let server = Server::new(|request| match request.path.as_str() {
        "/broken" => reply("200 OK", &[], "<?xml version=\"1.0\"?><rss><channel><item><title>x</tit"),
        "/page" => reply("200 OK", &[("Content-Type", "text/html")], page(CUT)),
        "/good" => reply("200 OK", &[], feed(&[("https://a.example/1", TAKEN)])),
        _ => none(),
    });
    let entries = ["/broken", "/page", "/gone", "/good"].map(|p| one(&server, p, "")).concat();
    let desk = Desk::new("", &entries);
    let (status, said) = desk.local();
    assert_eq!(status, 2);
    for words in ["/broken", "/page is no feed", "/gone answers with status 404"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(desk.kept().len(), 1);
    // A page that is listed as one is read.
    desk.list("", &format!("[[page]]\nurl = \"{}/page\"\noutlet = \"La Gazette\"\n", server.base));
    assert_eq!(desk.local().0, 0);
    assert_eq!(desk.kept()[1], format!("{}/page La Gazette", server.base));
}

#[test]
fn an_item_of_two_feeds_is_kept_once() {
    let server = Server::new(|request| match request.path.as_str() {
        "/a" | "/b" => reply("200 OK", &[], feed(&[("https://a.example/1", TAKEN)])),
        _ => none(),
    });
    let desk = Desk::new("", &(one(&server, "/a", "") + &one(&server, "/b", "")));
    assert_eq!(desk.local().0, 0);
    assert_eq!(desk.kept().len(), 1);
}

#[test]
fn a_list_that_does_not_read_names_the_line() {
    let desk = Desk::new("", "[[feed]]\nurl = \"https://a.example/rss\"\nevry = \"15m\"\n");
    let (status, said) = desk.local();
    assert!(status == 2 && said.contains("feeds.toml:7:") && said.contains("evry") && said.contains("help:"), "{said}");
    fs::remove_file(desk.path("feeds.toml")).unwrap();
    assert!(desk.local().1.contains("cannot be read"));
}

#[test]
fn the_list_that_is_shipped_reads() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/feeds.toml");
    let config = vigie::watch::config::Config::read(&path).unwrap();
    assert!(config.targets().len() >= 2);
}
