//! Stores of ordered bytes, used by hand: table 0 has the records, the others an index each.

use std::hint::black_box;
use std::marker::PhantomData;

use crate::records::{Article, ArticleView, Record, User, UserView, article_digest, user_digest};
use crate::side::{Outcome, Probe, Side};

pub trait Reader {
    /// Whether there is such a key; calls `found` with its value.
    fn get(&self, table: usize, key: &[u8], found: &mut dyn FnMut(&[u8])) -> bool;
    /// From `from` on, until `found(key, value)` says false.
    fn scan(&self, table: usize, from: &[u8], found: &mut dyn FnMut(&[u8], &[u8]) -> bool);
}

pub trait Writer: Reader {
    fn put(&mut self, table: usize, key: &[u8], value: &[u8]);
    fn delete(&mut self, table: usize, key: &[u8]);
}

pub trait Engine {
    const NAME: &'static str;
    const SNAPSHOTS: bool = true;
    fn open(path: &std::path::Path, tables: usize) -> Self;
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

pub struct BytesSide<E, C, R> {
    engine: Option<E>,
    path: std::path::PathBuf,
    kind: PhantomData<(C, R)>,
}

impl<E: Engine, C: Codec<R>, R: Record> BytesSide<E, C, R> {
    pub fn new(folder: &std::path::Path) -> Self {
        let path = folder.join(E::NAME.replace(' ', "_"));
        BytesSide { engine: None, path, kind: PhantomData }
    }

    fn engine(&self) -> &E {
        self.engine.as_ref().expect("clear() comes first")
    }

    fn put(writer: &mut dyn Writer, record: &R, bytes: &mut Vec<u8>) {
        let key = record.id().to_be_bytes();
        let mut old: Option<R> = None;
        writer.get(0, &key, &mut |value| old = Some(C::decode(value)));
        let mut new_keys: Vec<(usize, Vec<u8>, bool)> = Vec::with_capacity(R::INDEXES);
        record.index_keys(&mut |index, key, unique| new_keys.push((index, key.to_vec(), unique)));
        if let Some(old) = old {
            old.index_keys(&mut |index, old_key, _| {
                let before = new_keys.len();
                new_keys.retain(|(new_index, new_key, _)| *new_index != index || new_key != old_key);
                if new_keys.len() == before {
                    writer.delete(1 + index, old_key);
                }
            });
        }
        C::encode(record, bytes);
        writer.put(0, &key, bytes);
        for (index, index_key, unique) in &new_keys {
            if *unique {
                assert!(!writer.get(1 + index, index_key, &mut |_| ()), "a unique key is taken");
            }
            writer.put(1 + index, index_key, if *unique { &key } else { &[] });
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

    fn remove_with(&self, ids: &[u64], change: Option<&dyn Fn(&mut R)>) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        self.engine().write(&mut |writer| {
            let mut bytes = Vec::new();
            for id in ids {
                let key = id.to_be_bytes();
                let mut old: Option<R> = None;
                writer.get(0, &key, &mut |value| old = Some(C::decode(value)));
                let Some(mut record) = old else { continue };
                outcome.count += 1;
                if let Some(change) = change {
                    change(&mut record);
                    Self::put(writer, &record, &mut bytes);
                } else {
                    record.index_keys(&mut |index, index_key, _| writer.delete(1 + index, index_key));
                    writer.delete(0, &key);
                }
            }
        });
        Some(outcome)
    }
}

impl<E: Engine, C: Codec<R>, R: Record> Side<R> for BytesSide<E, C, R> {
    fn name(&self) -> &'static str {
        E::NAME
    }
    fn clear(&mut self) {
        self.engine = None;
        let _ = std::fs::remove_dir_all(&self.path);
        std::fs::create_dir_all(&self.path).unwrap();
        self.engine = Some(E::open(&self.path, 1 + R::INDEXES));
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
    fn update_indexed(&mut self, ids: &[u64]) -> Option<Outcome> {
        self.remove_with(ids, Some(&|record: &mut R| record.change_indexed()))
    }
    fn remove(&mut self, ids: &[u64]) -> Option<Outcome> {
        self.remove_with(ids, None)
    }
    fn snapshot_across_removal(&mut self, ids: &[u64]) -> Option<Outcome> {
        if !E::SNAPSHOTS {
            return None;
        }
        let mut before = Outcome::default();
        self.engine().read(&mut |reader| {
            self.remove_with(ids, None);
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
