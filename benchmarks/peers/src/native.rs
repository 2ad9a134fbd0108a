//! native_db: typed, its own indexes, every read an owned struct.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use native_db::transaction::RTransaction;
use native_db::{Builder, Database, Models, ToKey, native_db};
use native_model::{Model, native_model};
use serde::{Deserialize, Serialize};

use crate::records::{self, Record};
use crate::side::{Outcome, Probe, Side};

#[derive(Clone, Serialize, Deserialize)]
#[native_model(id = 1, version = 1)]
#[native_db]
struct Article {
    #[primary_key]
    id: u64,
    title: String,
    content: String,
    #[secondary_key]
    author_id: u64,
}

#[derive(Clone, Serialize, Deserialize)]
#[native_model(id = 2, version = 1)]
#[native_db]
struct User {
    #[primary_key]
    id: u64,
    username: String,
    #[secondary_key(unique)]
    email: String,
    #[secondary_key]
    age: u32,
    #[secondary_key(optional)]
    city: Option<String>,
}

/// One struct for each number of indexes, since native_db's are written on the fields.
macro_rules! rows {
    ($($name:ident $count:literal $id:literal: $($indexed:ident)*; $($plain:ident)*;)*) => {
        $(
            #[derive(Clone, Serialize, Deserialize)]
            #[native_model(id = $id, version = 1)]
            #[native_db]
            struct $name {
                #[primary_key]
                id: u64,
                name: String,
                $(#[secondary_key] $indexed: u64,)*
                $($plain: u64,)*
            }

            impl Stored for $name {
                type Plain = records::Row<$count>;
                fn of(plain: &Self::Plain) -> Self {
                    let [number0, number1, number2, number3, number4, number5, number6, number7, number8, number9] =
                        plain.numbers;
                    let (id, name) = (plain.id, plain.name.clone());
                    $name {
                        id, name, number0, number1, number2, number3, number4, number5, number6, number7, number8, number9,
                    }
                }
                fn digest(&self) -> u64 {
                    let numbers = [
                        self.number0, self.number1, self.number2, self.number3, self.number4, self.number5, self.number6,
                        self.number7, self.number8, self.number9,
                    ];
                    records::row_digest(self.id, &self.name, numbers.into_iter())
                }
                fn id(&self) -> u64 {
                    self.id
                }
            }
        )*
    };
}

rows! {
    Row0 0 10: ; number0 number1 number2 number3 number4 number5 number6 number7 number8 number9;
    Row1 1 11: number0; number1 number2 number3 number4 number5 number6 number7 number8 number9;
    Row2 2 12: number0 number1; number2 number3 number4 number5 number6 number7 number8 number9;
    Row5 5 15: number0 number1 number2 number3 number4; number5 number6 number7 number8 number9;
    Row10 10 20: number0 number1 number2 number3 number4 number5 number6 number7 number8 number9; ;
}

static MODELS: LazyLock<Models> = LazyLock::new(|| {
    let mut models = Models::new();
    models.define::<Article>().unwrap();
    models.define::<User>().unwrap();
    models.define::<Row0>().unwrap();
    models.define::<Row1>().unwrap();
    models.define::<Row2>().unwrap();
    models.define::<Row5>().unwrap();
    models.define::<Row10>().unwrap();
    models
});

/// What differs between the records.
trait Stored: native_db::ToInput + Clone {
    type Plain: Record;
    fn of(plain: &Self::Plain) -> Self;
    fn digest(&self) -> u64;
    fn id(&self) -> u64;
    fn change_plain(&mut self) {}
    fn change_indexed(&mut self) {}
    /// The records that an index has under each probe. native_db checks the type of what it is asked for.
    fn equal(_txn: &RTransaction, _index: usize, _probes: &[Probe], _found: &mut dyn FnMut(Self)) {}
}

impl Stored for Article {
    type Plain = records::Article;
    fn of(plain: &Self::Plain) -> Self {
        let records::Article { id, title, content, author_id } = plain.clone();
        Article { id, title, content, author_id }
    }
    fn digest(&self) -> u64 {
        records::article_digest(self.id, &self.title, &self.content, self.author_id)
    }
    fn id(&self) -> u64 {
        self.id
    }
    fn change_indexed(&mut self) {
        self.author_id += 1;
    }
    fn equal(txn: &RTransaction, _index: usize, probes: &[Probe], found: &mut dyn FnMut(Self)) {
        let scan = txn.scan().secondary::<Article>(ArticleKey::author_id).unwrap();
        for probe in probes {
            for article in scan.range(probe.number..=probe.number).unwrap() {
                found(article.unwrap());
            }
        }
    }
}

impl Stored for User {
    type Plain = records::User;
    fn of(plain: &Self::Plain) -> Self {
        let records::User { id, username, email, age, city } = plain.clone();
        User { id, username, email, age, city }
    }
    fn digest(&self) -> u64 {
        records::user_digest(self.id, &self.username, &self.email, self.age, self.city.as_deref())
    }
    fn id(&self) -> u64 {
        self.id
    }
    fn change_plain(&mut self) {
        self.username = "renamed".into();
    }
    fn change_indexed(&mut self) {
        self.age += 1;
    }
    fn equal(txn: &RTransaction, index: usize, probes: &[Probe], found: &mut dyn FnMut(Self)) {
        if index == 0 {
            for probe in probes {
                if let Some(user) = txn.get().secondary::<User>(UserKey::email, probe.text.as_str()).unwrap() {
                    found(user);
                }
            }
            return;
        }
        let scan = txn.scan().secondary::<User>(UserKey::age).unwrap();
        for probe in probes {
            let age = probe.number as u32;
            for user in scan.range(age..=age).unwrap() {
                found(user.unwrap());
            }
        }
    }
}

struct NativeDb<S> {
    database: Option<Database<'static>>,
    path: PathBuf,
    kind: std::marker::PhantomData<S>,
}

pub fn articles(folder: &Path) -> Box<dyn Side<records::Article>> {
    Box::new(NativeDb::<Article>::new(folder))
}

pub fn users(folder: &Path) -> Box<dyn Side<records::User>> {
    Box::new(NativeDb::<User>::new(folder))
}

/// The rows with N indexes.
pub trait WithRows {
    fn rows(folder: &Path) -> Box<dyn Side<Self>>
    where
        Self: Record;
}

macro_rules! with_rows {
    ($($count:literal $name:ident)*) => {
        $(impl WithRows for records::Row<$count> {
            fn rows(folder: &Path) -> Box<dyn Side<Self>> {
                Box::new(NativeDb::<$name>::new(folder))
            }
        })*
    };
}

with_rows! { 0 Row0 1 Row1 2 Row2 5 Row5 10 Row10 }

impl<S: Stored> NativeDb<S> {
    fn new(folder: &Path) -> Self {
        NativeDb { database: None, path: folder.join("native.redb"), kind: std::marker::PhantomData }
    }
    fn database(&self) -> &Database<'static> {
        self.database.as_ref().expect("clear() comes first")
    }
    fn add(outcome: &mut Outcome, record: S) {
        outcome.add(black_box(record).digest());
    }
    fn change_each(&self, ids: &[u64], change: impl Fn(&mut S)) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        let txn = self.database().rw_transaction().unwrap();
        for id in ids {
            let old: S = txn.get().primary(*id).unwrap().unwrap();
            let mut new = old.clone();
            change(&mut new);
            txn.update(old, new).unwrap();
            outcome.count += 1;
        }
        txn.commit().unwrap();
        Some(outcome)
    }
}

impl<S: Stored> Side<S::Plain> for NativeDb<S> {
    fn name(&self) -> &'static str {
        "native_db"
    }
    fn clear(&mut self) {
        self.database = None;
        let _ = std::fs::remove_file(&self.path);
        self.database = Some(Builder::new().create(&MODELS, &self.path).unwrap());
    }
    fn put_loop(&mut self, records: &[S::Plain]) -> Option<Outcome> {
        let txn = self.database().rw_transaction().unwrap();
        for record in records {
            txn.upsert(S::of(record)).unwrap();
        }
        txn.commit().unwrap();
        Some(Outcome::of(records.len() as u64))
    }
    fn put_each(&mut self, records: &[S::Plain]) -> Option<Outcome> {
        for record in records {
            let txn = self.database().rw_transaction().unwrap();
            txn.upsert(S::of(record)).unwrap();
            txn.commit().unwrap();
        }
        Some(Outcome::of(records.len() as u64))
    }
    fn get_owned(&mut self, ids: &[u64]) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        let txn = self.database().r_transaction().unwrap();
        for id in ids {
            if let Some(record) = txn.get().primary::<S>(*id).unwrap() {
                Self::add(&mut outcome, record);
            }
        }
        Some(outcome)
    }
    fn scan(&mut self) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        let txn = self.database().r_transaction().unwrap();
        for record in txn.scan().primary::<S>().unwrap().all().unwrap() {
            Self::add(&mut outcome, record.unwrap());
        }
        Some(outcome)
    }
    fn range(&mut self, ranges: &[(u64, u64)]) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        let txn = self.database().r_transaction().unwrap();
        let scan = txn.scan().primary::<S>().unwrap();
        for (from, to) in ranges {
            for record in scan.range(*from..*to).unwrap() {
                Self::add(&mut outcome, record.unwrap());
            }
        }
        Some(outcome)
    }
    fn equal_owned(&mut self, index: usize, probes: &[Probe]) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        let txn = self.database().r_transaction().unwrap();
        S::equal(&txn, index, probes, &mut |record| Self::add(&mut outcome, record));
        Some(outcome)
    }
    fn find(&mut self, index: usize, probes: &[Probe]) -> Option<Outcome> {
        self.equal_owned(index, probes)
    }
    fn update_plain(&mut self, ids: &[u64]) -> Option<Outcome> {
        self.change_each(ids, S::change_plain)
    }
    fn update_indexed(&mut self, ids: &[u64]) -> Option<Outcome> {
        self.change_each(ids, S::change_indexed)
    }
    fn remove(&mut self, ids: &[u64]) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        let txn = self.database().rw_transaction().unwrap();
        for id in ids {
            let old: S = txn.get().primary(*id).unwrap().unwrap();
            txn.remove(old).unwrap();
            outcome.count += 1;
        }
        txn.commit().unwrap();
        Some(outcome)
    }
    fn snapshot_across_removal(&mut self, ids: &[u64]) -> Option<Outcome> {
        let before = self.database().r_transaction().unwrap();
        {
            let txn = self.database().rw_transaction().unwrap();
            for id in ids {
                let old: S = txn.get().primary(*id).unwrap().unwrap();
                txn.remove(old).unwrap();
            }
            txn.commit().unwrap();
        }
        let mut outcome = Outcome::default();
        for record in before.scan().primary::<S>().unwrap().all().unwrap() {
            outcome.count += u64::from(black_box(record.unwrap()).id() != u64::MAX);
        }
        let after = self.database().r_transaction().unwrap();
        outcome.sum = after.len().primary::<S>().unwrap();
        Some(outcome)
    }
}
