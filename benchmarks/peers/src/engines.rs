//! redb, sled and LMDB (through heed) as stores of ordered bytes.

use std::ops::Bound;
use std::path::Path;

use heed::types::Bytes;
use redb::{ReadableDatabase, ReadableTable};

use crate::bytes::{Engine, Reader, Writer};

fn table_name(table: usize) -> String {
    format!("table{table}")
}

// ---------------------------------------------------------------------------------------------------------------- redb

pub struct Redb {
    database: redb::Database,
    tables: usize,
}

struct RedbTables<T>(Vec<T>);

impl<T: ReadableTable<&'static [u8], &'static [u8]>> Reader for RedbTables<T> {
    fn get(&self, table: usize, key: &[u8], found: &mut dyn FnMut(&[u8])) -> bool {
        match self.0[table].get(key).unwrap() {
            Some(value) => {
                found(value.value());
                true
            }
            None => false,
        }
    }
    fn scan(&self, table: usize, from: &[u8], found: &mut dyn FnMut(&[u8], &[u8]) -> bool) {
        for entry in self.0[table].range(from..).unwrap() {
            let (key, value) = entry.unwrap();
            if !found(key.value(), value.value()) {
                break;
            }
        }
    }
}

impl Writer for RedbTables<redb::Table<'_, &'static [u8], &'static [u8]>> {
    fn replace(&mut self, table: usize, key: &[u8], value: &[u8], old: &mut dyn FnMut(&[u8])) {
        if let Some(found) = self.0[table].insert(key, value).unwrap() {
            old(found.value());
        }
    }
    fn put_new(&mut self, table: usize, key: &[u8], value: &[u8]) -> bool {
        self.0[table].insert(key, value).unwrap().is_none()
    }
    fn put(&mut self, table: usize, key: &[u8], value: &[u8]) {
        self.0[table].insert(key, value).unwrap();
    }
    fn delete(&mut self, table: usize, key: &[u8]) {
        self.0[table].remove(key).unwrap();
    }
}

impl Engine for Redb {
    const NAME: &'static str = "redb";
    fn open(path: &Path, tables: usize, _durable: bool) -> Self {
        let redb = Redb { database: redb::Database::create(path.join("data.redb")).unwrap(), tables };
        redb.write(&mut |_| ());
        redb
    }
    fn clear(&mut self) -> bool {
        let txn = self.database.begin_write().unwrap();
        for i in 0..self.tables {
            txn.delete_table(redb::TableDefinition::<&[u8], &[u8]>::new(&table_name(i))).unwrap();
        }
        txn.commit().unwrap();
        self.write(&mut |_| ());
        true
    }
    fn read(&self, work: &mut dyn FnMut(&dyn Reader)) {
        let txn = self.database.begin_read().unwrap();
        let tables = (0..self.tables)
            .map(|i| txn.open_table(redb::TableDefinition::<&[u8], &[u8]>::new(&table_name(i))).unwrap())
            .collect();
        work(&RedbTables::<redb::ReadOnlyTable<&'static [u8], &'static [u8]>>(tables));
    }
    fn write(&self, work: &mut dyn FnMut(&mut dyn Writer)) {
        let txn = self.database.begin_write().unwrap();
        {
            let tables = (0..self.tables)
                .map(|i| txn.open_table(redb::TableDefinition::<&[u8], &[u8]>::new(&table_name(i))).unwrap())
                .collect();
            work(&mut RedbTables::<redb::Table<&'static [u8], &'static [u8]>>(tables));
        }
        txn.commit().unwrap();
    }
}

// ---------------------------------------------------------------------------------------------------------------- sled

/// Each tree is written by itself: sled has no cheap transaction over several. Flushed when a write ends.
pub struct Sled {
    database: sled::Db,
    trees: Vec<sled::Tree>,
}

struct SledTrees<'a>(&'a [sled::Tree]);

impl Reader for SledTrees<'_> {
    fn get(&self, table: usize, key: &[u8], found: &mut dyn FnMut(&[u8])) -> bool {
        match self.0[table].get(key).unwrap() {
            Some(value) => {
                found(&value);
                true
            }
            None => false,
        }
    }
    fn scan(&self, table: usize, from: &[u8], found: &mut dyn FnMut(&[u8], &[u8]) -> bool) {
        for entry in self.0[table].range(from..) {
            let (key, value) = entry.unwrap();
            if !found(&key, &value) {
                break;
            }
        }
    }
}

impl Writer for SledTrees<'_> {
    fn replace(&mut self, table: usize, key: &[u8], value: &[u8], old: &mut dyn FnMut(&[u8])) {
        if let Some(found) = self.0[table].insert(key, value).unwrap() {
            old(&found);
        }
    }
    fn put_new(&mut self, table: usize, key: &[u8], value: &[u8]) -> bool {
        self.0[table].insert(key, value).unwrap().is_none()
    }
    fn put(&mut self, table: usize, key: &[u8], value: &[u8]) {
        self.0[table].insert(key, value).unwrap();
    }
    fn delete(&mut self, table: usize, key: &[u8]) {
        self.0[table].remove(key).unwrap();
    }
}

impl Engine for Sled {
    const NAME: &'static str = "sled";
    const SNAPSHOTS: bool = false;
    fn open(path: &Path, tables: usize, _durable: bool) -> Self {
        let database = sled::Config::new().path(path.join("data")).open().unwrap();
        let trees = (0..tables).map(|i| database.open_tree(table_name(i)).unwrap()).collect();
        Sled { database, trees }
    }
    fn read(&self, work: &mut dyn FnMut(&dyn Reader)) {
        work(&SledTrees(&self.trees));
    }
    fn write(&self, work: &mut dyn FnMut(&mut dyn Writer)) {
        work(&mut SledTrees(&self.trees));
        self.database.flush().unwrap();
    }
}

// ---------------------------------------------------------------------------------------------------------------- heed

type HeedTable = heed::Database<Bytes, Bytes>;

/// LMDB, synced or not as the other side is.
pub struct Heed {
    env: heed::Env<heed::WithoutTls>,
    tables: Vec<HeedTable>,
}

struct HeedRead<'a, 'txn>(&'a [HeedTable], &'a heed::RoTxn<'txn, heed::WithoutTls>);
struct HeedWrite<'a, 'txn>(&'a [HeedTable], &'a mut heed::RwTxn<'txn>);

fn heed_scan(table: &HeedTable, txn: &heed::RoTxn<'_>, from: &[u8], found: &mut dyn FnMut(&[u8], &[u8]) -> bool) {
    let from = if from.is_empty() { Bound::Unbounded } else { Bound::Included(from) };
    for entry in table.range(txn, &(from, Bound::Unbounded)).unwrap() {
        let (key, value) = entry.unwrap();
        if !found(key, value) {
            break;
        }
    }
}

impl Reader for HeedRead<'_, '_> {
    fn get(&self, table: usize, key: &[u8], found: &mut dyn FnMut(&[u8])) -> bool {
        self.0[table].get(self.1, key).unwrap().map(found).is_some()
    }
    fn scan(&self, table: usize, from: &[u8], found: &mut dyn FnMut(&[u8], &[u8]) -> bool) {
        heed_scan(&self.0[table], self.1, from, found);
    }
}

impl Reader for HeedWrite<'_, '_> {
    fn get(&self, table: usize, key: &[u8], found: &mut dyn FnMut(&[u8])) -> bool {
        self.0[table].get(self.1, key).unwrap().map(found).is_some()
    }
    fn scan(&self, table: usize, from: &[u8], found: &mut dyn FnMut(&[u8], &[u8]) -> bool) {
        heed_scan(&self.0[table], self.1, from, found);
    }
}

impl Writer for HeedWrite<'_, '_> {
    fn replace(&mut self, table: usize, key: &[u8], value: &[u8], old: &mut dyn FnMut(&[u8])) {
        if let Some(found) = self.0[table].get(self.1, key).unwrap() {
            old(found);
        }
        self.0[table].put(self.1, key, value).unwrap();
    }
    fn put_new(&mut self, table: usize, key: &[u8], value: &[u8]) -> bool {
        match self.0[table].put_with_flags(self.1, heed::PutFlags::NO_OVERWRITE, key, value) {
            Ok(()) => true,
            Err(heed::Error::Mdb(heed::MdbError::KeyExist)) => false,
            Err(error) => panic!("{error}"),
        }
    }
    fn put(&mut self, table: usize, key: &[u8], value: &[u8]) {
        self.0[table].put(self.1, key, value).unwrap();
    }
    fn delete(&mut self, table: usize, key: &[u8]) {
        self.0[table].delete(self.1, key).unwrap();
    }
}

impl Engine for Heed {
    const NAME: &'static str = "heed + rkyv";
    fn open(path: &Path, tables: usize, durable: bool) -> Self {
        let mut options = heed::EnvOpenOptions::new().read_txn_without_tls();
        options.map_size(64 << 30).max_dbs(tables as u32);
        // SAFETY: the file is this process's alone; a crash may cost it, as the workload says.
        let env = unsafe {
            if !durable {
                options.flags(heed::EnvFlags::NO_SYNC | heed::EnvFlags::NO_META_SYNC);
            }
            options.open(path).unwrap()
        };
        let mut txn = env.write_txn().unwrap();
        let tables = (0..tables).map(|i| env.create_database(&mut txn, Some(&table_name(i))).unwrap()).collect();
        txn.commit().unwrap();
        Heed { env, tables }
    }
    fn clear(&mut self) -> bool {
        let mut txn = self.env.write_txn().unwrap();
        for table in &self.tables {
            table.clear(&mut txn).unwrap();
        }
        txn.commit().unwrap();
        true
    }
    fn read(&self, work: &mut dyn FnMut(&dyn Reader)) {
        let txn = self.env.read_txn().unwrap();
        work(&HeedRead(&self.tables, &txn));
    }
    fn write(&self, work: &mut dyn FnMut(&mut dyn Writer)) {
        let mut txn = self.env.write_txn().unwrap();
        work(&mut HeedWrite(&self.tables, &mut txn));
        txn.commit().unwrap();
    }
}

impl Drop for Heed {
    fn drop(&mut self) {
        self.env.clone().prepare_for_closing();
    }
}
