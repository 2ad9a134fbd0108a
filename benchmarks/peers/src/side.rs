//! What a side can do; `None` where it cannot. One call is one piece of work, with its transaction inside.

use crate::records::Record;

#[derive(Clone, Copy, Default)]
pub struct Outcome {
    pub count: u64,
    pub sum: u64,
}

impl Outcome {
    pub fn add(&mut self, digest: u64) {
        self.count += 1;
        self.sum = self.sum.wrapping_add(digest);
    }
    pub fn of(count: u64) -> Outcome {
        Outcome { count, sum: 0 }
    }
}

/// A key of an index: its bytes without the id behind them, and the value for sides that have types of their own.
#[derive(Clone)]
pub struct Probe {
    pub bytes: Vec<u8>,
    pub number: u64,
    pub text: String,
}

pub trait Side<R: Record> {
    fn name(&self) -> &'static str;
    /// Not timed.
    fn clear(&mut self);
    fn put_loop(&mut self, _records: &[R]) -> Option<Outcome> {
        None
    }
    fn put_bulk(&mut self, _records: &[R]) -> Option<Outcome> {
        None
    }
    fn put_each(&mut self, _records: &[R]) -> Option<Outcome> {
        None
    }
    fn get_owned(&mut self, _ids: &[u64]) -> Option<Outcome> {
        None
    }
    fn get_borrowed(&mut self, _ids: &[u64]) -> Option<Outcome> {
        None
    }
    fn contains(&mut self, _ids: &[u64]) -> Option<Outcome> {
        None
    }
    fn get_many(&mut self, _ids: &[u64]) -> Option<Outcome> {
        None
    }
    fn scan(&mut self) -> Option<Outcome> {
        None
    }
    fn range(&mut self, _ranges: &[(u64, u64)]) -> Option<Outcome> {
        None
    }
    fn equal_owned(&mut self, _index: usize, _probes: &[Probe]) -> Option<Outcome> {
        None
    }
    fn equal_borrowed(&mut self, _index: usize, _probes: &[Probe]) -> Option<Outcome> {
        None
    }
    /// In a unique index; native_db has owned structs alone.
    fn find(&mut self, index: usize, probes: &[Probe]) -> Option<Outcome> {
        self.equal_borrowed(index, probes)
    }
    fn equal_keys(&mut self, _index: usize, _probes: &[Probe]) -> Option<Outcome> {
        None
    }
    fn count(&mut self, _index: usize, _probes: &[Probe]) -> Option<Outcome> {
        None
    }
    /// The records whose text in an index begins with each text.
    fn prefix(&mut self, _index: usize, _probes: &[Probe]) -> Option<Outcome> {
        None
    }
    /// One field of a document, and nothing else of it.
    fn number(&mut self, _ids: &[u64]) -> Option<Outcome> {
        None
    }
    fn update_plain(&mut self, _ids: &[u64]) -> Option<Outcome> {
        None
    }
    fn update_indexed(&mut self, _ids: &[u64]) -> Option<Outcome> {
        None
    }
    fn remove(&mut self, _ids: &[u64]) -> Option<Outcome> {
        None
    }
    fn snapshot_across_removal(&mut self, _ids: &[u64]) -> Option<Outcome> {
        None
    }
}
