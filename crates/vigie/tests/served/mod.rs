//! A running server for tests, and the least of a client.

#![allow(dead_code, reason = "each test uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and waits no longer than it must"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server over an archive of its own; it ends with the test.
pub struct Server {
    child: Child,
    folder: PathBuf,
    /// Address and port.
    pub address: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The text.
    pub body: String,
    /// The same as it came.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The value of a header; empty when it did not come.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

impl Server {
    /// Reads pages, each with its day, into an archive and serves it. Other arguments go to `vigie serve`; `{}` in them
    /// stands for the folder of the archive.
    pub fn over(name: &str, pages: &[(&str, &str)], more: &[&str]) -> Self {
        let folder = std::env::temp_dir().join(format!("vigie-serve-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let archive = folder.join("a.vigie");
        for (at, (text, day)) in pages.iter().enumerate() {
            let page = folder.join(format!("page-{at}.txt"));
            fs::write(&page, text).unwrap();
            Self::read_into(&archive, &page, day);
        }
        let more: Vec<String> = more.iter().map(|a| a.replace("{}", &folder.display().to_string())).collect();
        let mut child = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .args(["serve", "--listen", "127.0.0.1:0", "--archive"])
            .arg(&archive)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split_once("http://").unwrap().1.split('/').next().unwrap().to_owned();
        let server = Self { child, folder, address };
        server.wait(|| server.get("/api/v1/about").status != 503);
        server
    }

    fn read_into(archive: &std::path::Path, page: &std::path::Path, day: &str) {
        let read = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .args(["read", "--published", day, "--archive"])
            .arg(archive)
            .arg(page)
            .output()
            .unwrap();
        assert_ne!(read.status.code(), Some(2), "{}", String::from_utf8_lossy(&read.stderr));
    }

    /// What a command of the program says about the archive that is served.
    pub fn command(&self, name: &str, arguments: &[&str]) -> Vec<u8> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
        let output =
            command.args([name, "--archive"]).arg(self.folder.join("a.vigie")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// Reads one more page into the archive that is served.
    pub fn read(&self, text: &str, day: &str) {
        let page = self.folder.join("later.txt");
        fs::write(&page, text).unwrap();
        Self::read_into(&self.folder.join("a.vigie"), &page, day);
    }

    /// Waits until something is so, half a minute at most.
    pub fn wait(&self, is_so: impl Fn() -> bool) {
        let end = Instant::now() + Duration::from_secs(30);
        while !is_so() {
            assert!(Instant::now() < end, "it did not come about");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Asks for a page.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    /// Asks whatever one likes.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "Host") {
            head.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
        let mut bytes = Vec::new();
        // A server that refuses a body may close before it has come whole.
        let _ = stream.read_to_end(&mut bytes);
        let body_at = bytes.windows(4).position(|w| w == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, rest) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|l| l.split(' ').nth(1)).and_then(|s| s.parse().ok()).unwrap_or(0);
        let headers: Vec<(String, String)> =
            lines.filter_map(|l| l.split_once(": ")).map(|(n, v)| (n.to_lowercase(), v.to_owned())).collect();
        Answer { status, headers, body: rest.to_owned(), bytes: bytes.split_off(body_at) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
