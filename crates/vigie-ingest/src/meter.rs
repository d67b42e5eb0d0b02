//! Readers that count: how much went in, how much came out. A few kilobytes that become gigabytes are an attack.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// What is allowed before the ratio is looked at: small files of one letter are harmless.
const FREE: u64 = 32 << 20;
/// Bytes out for one byte in. Pages shrink to a tenth, the worst honest tables to a fiftieth.
const MOST_RATIO: u64 = 150;

/// The reader was stopped because of what it gave.
#[derive(Debug)]
pub(crate) struct Bomb;

impl fmt::Display for Bomb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it unpacks to more than {MOST_RATIO} times its size")
    }
}

impl std::error::Error for Bomb {}

/// Counts what is taken from a packed input.
pub(crate) struct Packed<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R> Packed<R> {
    /// The reader and its count.
    pub(crate) fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let count = Rc::new(Cell::new(0));
        (Self { inner, count: Rc::clone(&count) }, count)
    }
}

impl<R: BufRead> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Packed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.count.set(self.count.get() + amount as u64);
        self.inner.consume(amount);
    }
}

/// Stops an unpacked stream that grows out of proportion.
pub(crate) struct Unpacked<R> {
    inner: R,
    packed: Rc<Cell<u64>>,
    out: u64,
}

impl<R> Unpacked<R> {
    pub(crate) fn new(inner: R, packed: Rc<Cell<u64>>) -> Self {
        Self { inner, packed, out: 0 }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.out += read as u64;
        if self.out > FREE && self.out / MOST_RATIO > self.packed.get() {
            return Err(io::Error::other(Bomb));
        }
        Ok(read)
    }
}

/// Why a stream ended before its end, and what to do.
pub(crate) fn explained(error: &io::Error) -> (String, &'static str) {
    if error.get_ref().is_some_and(|inner| inner.is::<Bomb>()) {
        return (Bomb.to_string(), "it is built to fill the disk or memory: do not unpack it, ask where it came from");
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof => ("it ends too early".to_owned(), "fetch it again; what stood before was read"),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
            (format!("it is damaged ({error})"), "fetch it again; what stood before was read")
        }
        _ => (format!("it cannot be read ({error})"), "check the file and its disk"),
    }
}
