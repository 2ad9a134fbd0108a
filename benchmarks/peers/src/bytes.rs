//! Stores of ordered bytes, used by hand: table 0 has the records, the others an index each.

use std::hint::black_box;
use std::marker::PhantomData;

use crate::records::{
    Article, ArticleView, Document, Record, Row, RowView, User, UserView, article_digest, row_digest, user_digest,
};
use crate::side::{Outcome, Probe, Side};

pub trait Reader {
    /// Whether there is such a key; calls `found` with its value.
    fn get(&self, table: usize, key: &[u8], found: &mut dyn FnMut(&[u8])) -> bool;
    /// From `from` on, until `found(key, value)` says false.
    fn scan(&self, table: usize, from: &[u8], found: &mut dyn FnMut(&[u8], &[u8]) -> bool);
}

pub trait Writer: Reader {
    /// Calls `old` with the value that was there.
    fn replace(&mut self, table: usize, key: &[u8], value: &[u8], old: &mut dyn FnMut(&[u8]));
    /// False, and nothing else, where there is such a key.
    fn put_new(&mut self, table: usize, key: &[u8], value: &[u8]) -> bool;
    fn put(&mut self, table: usize, key: &[u8], value: &[u8]);
    fn delete(&mut self, table: usize, key: &[u8]);
}

pub trait Engine {
    const NAME: &'static str;
    const SNAPSHOTS: bool = true;
    /// `durable`: a commit waits for the medium. Those that know nothing else wait anyway.
    fn open(path: &std::path::Path, tables: usize, durable: bool) -> Self;
    /// Empties the tables and keeps the file, as netabase's side does; false where it is better made anew.
    fn clear(&mut self) -> bool {
        false
    }
    fn read(&self, work: &mut dyn FnMut(&dyn Reader));
    /// Commits what `work` wrote.
    fn write(&self, work: &mut dyn FnMut(&mut dyn Writer));
}

/// How a record lies in a value.
pub trait Codec<R> {
    fn encode(record: &R, out: &mut Vec<u8>);
    fn decode(bytes: &[u8]) -> R;
    /// Reads every field in place.
    fn digest(bytes: &[u8]) -> u64;
    /// Reads the number of a document, and nothing else of it; nothing for the records that have none.
    fn number(_bytes: &[u8]) -> Option<u64> {
        None
    }
}

pub struct Bincode;

impl Codec<Article> for Bincode {
    fn encode(record: &Article, out: &mut Vec<u8>) {
        out.clear();
        bincode::encode_into_std_write(record, out, bincode::config::standard()).unwrap();
    }
    fn decode(bytes: &[u8]) -> Article {
        bincode::decode_from_slice(bytes, bincode::config::standard()).unwrap().0
    }
    fn digest(bytes: &[u8]) -> u64 {
        let view: ArticleView = bincode::borrow_decode_from_slice(bytes, bincode::config::standard()).unwrap().0;
        article_digest(view.id, view.title, view.content, view.author_id)
    }
}

impl Codec<User> for Bincode {
    fn encode(record: &User, out: &mut Vec<u8>) {
        out.clear();
        bincode::encode_into_std_write(record, out, bincode::config::standard()).unwrap();
    }
    fn decode(bytes: &[u8]) -> User {
        bincode::decode_from_slice(bytes, bincode::config::standard()).unwrap().0
    }
    fn digest(bytes: &[u8]) -> u64 {
        let view: UserView = bincode::borrow_decode_from_slice(bytes, bincode::config::standard()).unwrap().0;
        user_digest(view.id, view.username, view.email, view.age, view.city)
    }
}

impl<const N: usize> Codec<Row<N>> for Bincode {
    fn encode(record: &Row<N>, out: &mut Vec<u8>) {
        out.clear();
        bincode::encode_into_std_write(record, out, bincode::config::standard()).unwrap();
    }
    fn decode(bytes: &[u8]) -> Row<N> {
        bincode::decode_from_slice(bytes, bincode::config::standard()).unwrap().0
    }
    fn digest(bytes: &[u8]) -> u64 {
        let view: RowView = bincode::borrow_decode_from_slice(bytes, bincode::config::standard()).unwrap().0;
        row_digest(view.id, view.name, view.numbers.into_iter())
    }
}

impl Codec<Document> for Bincode {
    fn encode(record: &Document, out: &mut Vec<u8>) {
        out.clear();
        bincode::encode_into_std_write(record, out, bincode::config::standard()).unwrap();
    }
    fn decode(bytes: &[u8]) -> Document {
        bincode::decode_from_slice(bytes, bincode::config::standard()).unwrap().0
    }
    fn digest(bytes: &[u8]) -> u64 {
        <Self as Codec<Document>>::decode(bytes).digest()
    }
    fn number(bytes: &[u8]) -> Option<u64> {
        let head: (u64, u64) = bincode::decode_from_slice(bytes, bincode::config::standard()).unwrap().0;
        Some(head.1)
    }
}

pub struct Rkyv;

type RkyvError = rkyv::rancor::Error;

impl Codec<Article> for Rkyv {
    fn encode(record: &Article, out: &mut Vec<u8>) {
        out.clear();
        *out = rkyv::api::high::to_bytes_in::<_, RkyvError>(record, std::mem::take(out)).unwrap();
    }
    fn decode(bytes: &[u8]) -> Article {
        rkyv::from_bytes::<Article, RkyvError>(bytes).unwrap()
    }
    fn digest(bytes: &[u8]) -> u64 {
        let view = rkyv::access::<rkyv::Archived<Article>, RkyvError>(bytes).unwrap();
        article_digest(view.id.to_native(), &view.title, &view.content, view.author_id.to_native())
    }
}

impl Codec<User> for Rkyv {
    fn encode(record: &User, out: &mut Vec<u8>) {
        out.clear();
        *out = rkyv::api::high::to_bytes_in::<_, RkyvError>(record, std::mem::take(out)).unwrap();
    }
    fn decode(bytes: &[u8]) -> User {
        rkyv::from_bytes::<User, RkyvError>(bytes).unwrap()
    }
    fn digest(bytes: &[u8]) -> u64 {
        let view = rkyv::access::<rkyv::Archived<User>, RkyvError>(bytes).unwrap();
        let city = view.city.as_ref().map(|city| city.as_str());
        user_digest(view.id.to_native(), &view.username, &view.email, view.age.to_native(), city)
    }
}

impl<const N: usize> Codec<Row<N>> for Rkyv {
    fn encode(record: &Row<N>, out: &mut Vec<u8>) {
        out.clear();
        *out = rkyv::api::high::to_bytes_in::<_, RkyvError>(record, std::mem::take(out)).unwrap();
    }
    fn decode(bytes: &[u8]) -> Row<N> {
        rkyv::from_bytes::<Row<N>, RkyvError>(bytes).unwrap()
    }
    fn digest(bytes: &[u8]) -> u64 {
        let view = rkyv::access::<rkyv::Archived<Row<N>>, RkyvError>(bytes).unwrap();
        row_digest(view.id.to_native(), &view.name, view.numbers.iter().map(|number| number.to_native()))
    }
}

impl Codec<Document> for Rkyv {
    fn encode(record: &Document, out: &mut Vec<u8>) {
        out.clear();
        *out = rkyv::api::high::to_bytes_in::<_, RkyvError>(record, std::mem::take(out)).unwrap();
    }
    fn decode(bytes: &[u8]) -> Document {
        rkyv::from_bytes::<Document, RkyvError>(bytes).unwrap()
    }
    fn digest(bytes: &[u8]) -> u64 {
        <Self as Codec<Document>>::decode(bytes).digest()
    }
    fn number(bytes: &[u8]) -> Option<u64> {
        // SAFETY: this process wrote them. Checking them would read the whole text for one number.
        Some(unsafe { rkyv::access_unchecked::<rkyv::Archived<Document>>(bytes) }.number.to_native())
    }
}

pub struct BytesSide<E, C, R> {
    engine: Option<E>,
    path: std::path::PathBuf,
    durable: bool,
    kind: PhantomData<(C, R)>,
}

impl<E: Engine, C: Codec<R>, R: Record> BytesSide<E, C, R> {
    pub fn new(folder: &std::path::Path, durable: bool) -> Self {
        let path = folder.join(E::NAME.replace(' ', "_"));
        BytesSide { engine: None, path, durable, kind: PhantomData }
    }

    fn engine(&self) -> &E {
        self.engine.as_ref().expect("clear() comes first")
    }

    fn put(writer: &mut dyn Writer, record: &R, bytes: &mut Vec<u8>) {
        let mut entries = Vec::with_capacity(R::INDEXES);
        Self::put_record(writer, record, bytes, &mut entries);
        for entry in &entries {
            Self::put_entry(writer, entry);
        }
    }

    /// Stores a record, removes the index entries that it has no more, and adds those that are new to `entries`.
    fn put_record(writer: &mut dyn Writer, record: &R, bytes: &mut Vec<u8>, entries: &mut Vec<Entry>) {
        let key = record.id().to_be_bytes();
        let mut old: Option<R> = None;
        C::encode(record, bytes);
        writer.replace(0, &key, bytes, &mut |value| old = Some(C::decode(value)));
        let first = entries.len();
        record.index_keys(&mut |index, key, unique| entries.push((index, key.to_vec(), unique, record.id())));
        if let Some(old) = old {
            Self::drop_old(writer, &old, entries, first);
        }
    }

    /// Of the entries from `first` on, those that the old record has already need not be put; its others are deleted.
    fn drop_old(writer: &mut dyn Writer, old: &R, entries: &mut Vec<Entry>, first: usize) {
        old.index_keys(&mut |index, old_key, _| {
            match entries[first..].iter().position(|(i, key, ..)| *i == index && key == old_key) {
                Some(at) => drop(entries.remove(first + at)),
                None => writer.delete(1 + index, old_key),
            }
        });
    }

    fn put_entry(writer: &mut dyn Writer, (index, key, unique, id): &Entry) {
        if *unique {
            assert!(writer.put_new(1 + index, key, &id.to_be_bytes()), "a unique key is taken");
        } else {
            writer.put(1 + index, key, &[]);
        }
    }

    fn read(&self, mut work: impl FnMut(&dyn Reader, &mut Outcome)) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        self.engine().read(&mut |reader| work(reader, &mut outcome));
        Some(outcome)
    }

    fn each_id(reader: &dyn Reader, index: usize, probes: &[Probe], found: &mut dyn FnMut(u64)) {
        for probe in probes {
            reader.scan(1 + index, &probe.bytes, &mut |key, value| {
                if !key.starts_with(&probe.bytes) {
                    return false;
                }
                let id = if value.is_empty() { &key[key.len() - 8..] } else { value };
                found(u64::from_be_bytes(id.try_into().unwrap()));
                true
            });
        }
    }

    fn change_each(&self, ids: &[u64], change: impl Fn(&mut R)) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        self.engine().write(&mut |writer| {
            let mut bytes = Vec::new();
            for id in ids {
                let key = id.to_be_bytes();
                let mut old: Option<R> = None;
                writer.get(0, &key, &mut |value| old = Some(C::decode(value)));
                let Some(old) = old else { continue };
                let mut record = old.clone();
                change(&mut record);
                C::encode(&record, &mut bytes);
                writer.put(0, &key, &bytes);
                let mut entries = Vec::with_capacity(R::INDEXES);
                record.index_keys(&mut |index, key, unique| entries.push((index, key.to_vec(), unique, *id)));
                Self::drop_old(writer, &old, &mut entries, 0);
                for entry in &entries {
                    Self::put_entry(writer, entry);
                }
                outcome.count += 1;
            }
        });
        Some(outcome)
    }

    fn remove_each(&self, ids: &[u64]) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        self.engine().write(&mut |writer| {
            for id in ids {
                let key = id.to_be_bytes();
                let mut old: Option<R> = None;
                writer.get(0, &key, &mut |value| old = Some(C::decode(value)));
                let Some(record) = old else { continue };
                record.index_keys(&mut |index, index_key, _| writer.delete(1 + index, index_key));
                writer.delete(0, &key);
                outcome.count += 1;
            }
        });
        Some(outcome)
    }
}

/// An index, a key in it, whether it is unique, and the record's id.
type Entry = (usize, Vec<u8>, bool, u64);

impl<E: Engine, C: Codec<R>, R: Record> Side<R> for BytesSide<E, C, R> {
    fn name(&self) -> &'static str {
        E::NAME
    }
    fn clear(&mut self) {
        if self.engine.as_mut().is_some_and(|engine| engine.clear()) {
            return;
        }
        self.engine = None;
        let _ = std::fs::remove_dir_all(&self.path);
        std::fs::create_dir_all(&self.path).unwrap();
        self.engine = Some(E::open(&self.path, 1 + R::INDEXES, self.durable));
    }
    fn put_loop(&mut self, records: &[R]) -> Option<Outcome> {
        let mut stored = 0;
        self.engine().write(&mut |writer| {
            let mut bytes = Vec::new();
            for record in records {
                Self::put(writer, record, &mut bytes);
                stored += 1;
            }
        });
        Some(Outcome::of(stored))
    }
    /// In the order of the keys, the entries of each index too.
    fn put_bulk(&mut self, records: &[R]) -> Option<Outcome> {
        let mut sorted: Vec<&R> = records.iter().collect();
        sorted.sort_by_key(|record| record.id());
        self.engine().write(&mut |writer| {
            let mut bytes = Vec::new();
            let mut entries = Vec::with_capacity(records.len() * R::INDEXES);
            for record in &sorted {
                Self::put_record(writer, record, &mut bytes, &mut entries);
            }
            entries.sort_unstable();
            for entry in &entries {
                Self::put_entry(writer, entry);
            }
        });
        Some(Outcome::of(records.len() as u64))
    }
    fn put_each(&mut self, records: &[R]) -> Option<Outcome> {
        let mut bytes = Vec::new();
        for record in records {
            self.engine().write(&mut |writer| Self::put(writer, record, &mut bytes));
        }
        Some(Outcome::of(records.len() as u64))
    }
    fn get_owned(&mut self, ids: &[u64]) -> Option<Outcome> {
        self.read(|reader, outcome| {
            for id in ids {
                reader.get(0, &id.to_be_bytes(), &mut |value| outcome.add(black_box(C::decode(value)).digest()));
            }
        })
    }
    fn get_borrowed(&mut self, ids: &[u64]) -> Option<Outcome> {
        self.read(|reader, outcome| {
            for id in ids {
                reader.get(0, &id.to_be_bytes(), &mut |value| outcome.add(C::digest(value)));
            }
        })
    }
    fn contains(&mut self, ids: &[u64]) -> Option<Outcome> {
        self.read(|reader, outcome| {
            for id in ids {
                if reader.get(0, &id.to_be_bytes(), &mut |_| ()) {
                    outcome.add(0);
                }
            }
        })
    }
    /// Looked up in the order of the keys.
    fn get_many(&mut self, ids: &[u64]) -> Option<Outcome> {
        let mut wanted: Vec<(u64, usize)> = ids.iter().copied().zip(0..).collect();
        wanted.sort_unstable();
        self.read(|reader, outcome| {
            let mut records: Vec<Option<R>> = vec![None; ids.len()];
            for (id, at) in &wanted {
                reader.get(0, &id.to_be_bytes(), &mut |value| records[*at] = Some(C::decode(value)));
            }
            for record in black_box(records).iter().flatten() {
                outcome.add(record.digest());
            }
        })
    }
    fn number(&mut self, ids: &[u64]) -> Option<Outcome> {
        let mut known = true;
        let outcome = self.read(|reader, outcome| {
            for id in ids {
                reader.get(0, &id.to_be_bytes(), &mut |value| match C::number(value) {
                    Some(number) => outcome.add(number),
                    None => known = false,
                });
            }
        });
        outcome.filter(|_| known)
    }
    fn scan(&mut self) -> Option<Outcome> {
        self.read(|reader, outcome| {
            reader.scan(0, &[], &mut |_, value| {
                outcome.add(C::digest(value));
                true
            });
        })
    }
    fn range(&mut self, ranges: &[(u64, u64)]) -> Option<Outcome> {
        self.read(|reader, outcome| {
            for (from, to) in ranges {
                let end = to.to_be_bytes();
                reader.scan(0, &from.to_be_bytes(), &mut |key, value| {
                    if key >= &end[..] {
                        return false;
                    }
                    outcome.add(C::digest(value));
                    true
                });
            }
        })
    }
    fn equal_owned(&mut self, index: usize, probes: &[Probe]) -> Option<Outcome> {
        self.read(|reader, outcome| {
            Self::each_id(reader, index, probes, &mut |id| {
                reader.get(0, &id.to_be_bytes(), &mut |value| outcome.add(black_box(C::decode(value)).digest()));
            });
        })
    }
    fn equal_borrowed(&mut self, index: usize, probes: &[Probe]) -> Option<Outcome> {
        self.read(|reader, outcome| {
            Self::each_id(reader, index, probes, &mut |id| {
                reader.get(0, &id.to_be_bytes(), &mut |value| outcome.add(C::digest(value)));
            });
        })
    }
    fn equal_keys(&mut self, index: usize, probes: &[Probe]) -> Option<Outcome> {
        self.read(|reader, outcome| Self::each_id(reader, index, probes, &mut |id| outcome.add(id)))
    }
    fn count(&mut self, index: usize, probes: &[Probe]) -> Option<Outcome> {
        self.read(|reader, outcome| Self::each_id(reader, index, probes, &mut |_| outcome.count += 1))
    }
    fn prefix(&mut self, index: usize, probes: &[Probe]) -> Option<Outcome> {
        self.equal_borrowed(index, probes)
    }
    fn update_plain(&mut self, ids: &[u64]) -> Option<Outcome> {
        self.change_each(ids, R::change_plain)
    }
    fn update_indexed(&mut self, ids: &[u64]) -> Option<Outcome> {
        self.change_each(ids, R::change_indexed)
    }
    fn remove(&mut self, ids: &[u64]) -> Option<Outcome> {
        self.remove_each(ids)
    }
    fn snapshot_across_removal(&mut self, ids: &[u64]) -> Option<Outcome> {
        if !E::SNAPSHOTS {
            return None;
        }
        let mut before = Outcome::default();
        self.engine().read(&mut |reader| {
            self.remove_each(ids);
            reader.scan(0, &[], &mut |_, value| {
                before.add(black_box(C::digest(value)));
                true
            });
        });
        let mut after = 0;
        self.engine().read(&mut |reader| {
            reader.scan(0, &[], &mut |_, _| {
                after += 1;
                true
            });
        });
        Some(Outcome { count: before.count, sum: after })
    }
}
