//! netabase_store 0.0.8, the Rust library whose vocabulary netabase keeps: its wrapper over redb, where every call is a
//! transaction, and its interface with transactions.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use netabase_macros::netabase_definition_module;
use netabase_store::databases::redb_store::RedbStore;
use netabase_store::databases::redb_zerocopy::{RedbStoreZeroCopy, with_read_transaction, with_write_transaction};

use crate::records;
use crate::side::{Outcome, Probe, Side};

#[netabase_definition_module(ArticlesDefinition, ArticlesKeys)]
mod schema {
    use netabase_deps::{bincode, serde};
    use netabase_macros::NetabaseModel;
    use netabase_store::netabase;

    #[derive(
        NetabaseModel,
        Clone,
        Debug,
        PartialEq,
        Eq,
        bincode::Encode,
        bincode::Decode,
        serde::Serialize,
        serde::Deserialize,
    )]
    #[netabase(ArticlesDefinition)]
    pub struct Article {
        #[primary_key]
        pub id: u64,
        pub title: String,
        pub content: String,
        #[secondary_key]
        pub author_id: u64,
    }
}

use schema::*;

fn of(plain: &records::Article) -> Article {
    let records::Article { id, title, content, author_id } = plain.clone();
    Article { id, title, content, author_id }
}

fn add(outcome: &mut Outcome, article: Article) {
    let article = black_box(article);
    outcome.add(records::article_digest(article.id, &article.title, &article.content, article.author_id));
}

fn key(id: u64) -> ArticleKey {
    ArticleKey::Primary(ArticlePrimaryKey(id))
}

fn author(probe: &Probe) -> ArticleSecondaryKeys {
    ArticleSecondaryKeys::AuthorId(ArticleAuthorIdSecondaryKey(probe.number))
}

/// Every call a transaction of its own.
pub struct Wrapper {
    store: Option<RedbStore<ArticlesDefinition>>,
    path: PathBuf,
}

impl Wrapper {
    pub fn new(folder: &Path) -> Self {
        Wrapper { store: None, path: folder.join("wrapper.redb") }
    }
    fn store(&self) -> &RedbStore<ArticlesDefinition> {
        self.store.as_ref().expect("clear() comes first")
    }
}

impl Side<records::Article> for Wrapper {
    fn name(&self) -> &'static str {
        "netabase_store"
    }
    fn clear(&mut self) {
        self.store = None;
        let _ = std::fs::remove_file(&self.path);
        self.store = Some(RedbStore::new(&self.path).unwrap());
    }
    fn put_bulk(&mut self, records: &[records::Article]) -> Option<Outcome> {
        let tree = self.store().open_tree::<Article>();
        tree.put_many(records.iter().map(of).collect()).unwrap();
        Some(Outcome::of(tree.len().unwrap() as u64))
    }
    fn put_each(&mut self, records: &[records::Article]) -> Option<Outcome> {
        let tree = self.store().open_tree::<Article>();
        for record in records {
            tree.put(of(record)).unwrap();
        }
        Some(Outcome::of(tree.len().unwrap() as u64))
    }
    fn get_owned(&mut self, ids: &[u64]) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        let tree = self.store().open_tree::<Article>();
        for id in ids {
            if let Some(article) = tree.get(key(*id)).unwrap() {
                add(&mut outcome, article);
            }
        }
        Some(outcome)
    }
    fn get_many(&mut self, ids: &[u64]) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        let tree = self.store().open_tree::<Article>();
        for article in tree.get_many(ids.iter().map(|id| key(*id)).collect()).unwrap().into_iter().flatten() {
            add(&mut outcome, article);
        }
        Some(outcome)
    }
    fn scan(&mut self) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        for (_, article) in self.store().open_tree::<Article>().iter().unwrap() {
            add(&mut outcome, article);
        }
        Some(outcome)
    }
    fn equal_owned(&mut self, _index: usize, probes: &[Probe]) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        let tree = self.store().open_tree::<Article>();
        for probe in probes {
            for article in tree.get_by_secondary_key(author(probe)).unwrap() {
                add(&mut outcome, article);
            }
        }
        Some(outcome)
    }
}

/// With transactions. Each call opens its tables anew; a query gives primary keys, whose records are then got.
pub struct WithTransactions {
    store: Option<RedbStoreZeroCopy<ArticlesDefinition>>,
    path: PathBuf,
}

impl WithTransactions {
    pub fn new(folder: &Path) -> Self {
        WithTransactions { store: None, path: folder.join("transactions.redb") }
    }
    fn store(&self) -> &RedbStoreZeroCopy<ArticlesDefinition> {
        self.store.as_ref().expect("clear() comes first")
    }
}

impl Side<records::Article> for WithTransactions {
    fn name(&self) -> &'static str {
        "netabase_store, transactions"
    }
    fn clear(&mut self) {
        self.store = None;
        let _ = std::fs::remove_file(&self.path);
        self.store = Some(RedbStoreZeroCopy::new(&self.path).unwrap());
    }
    fn put_loop(&mut self, records: &[records::Article]) -> Option<Outcome> {
        let stored = with_write_transaction(self.store(), |txn| {
            let mut tree = txn.open_tree::<Article>()?;
            for record in records {
                tree.put(of(record))?;
            }
            tree.len()
        });
        Some(Outcome::of(stored.unwrap() as u64))
    }
    fn put_bulk(&mut self, records: &[records::Article]) -> Option<Outcome> {
        let stored = with_write_transaction(self.store(), |txn| {
            let mut tree = txn.open_tree::<Article>()?;
            tree.put_many(records.iter().map(of).collect())?;
            tree.len()
        });
        Some(Outcome::of(stored.unwrap() as u64))
    }
    fn get_owned(&mut self, ids: &[u64]) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        with_read_transaction(self.store(), |txn| {
            let tree = txn.open_tree::<Article>()?;
            for id in ids {
                if let Some(article) = tree.get(&ArticlePrimaryKey(*id))? {
                    add(&mut outcome, article);
                }
            }
            Ok(())
        })
        .unwrap();
        Some(outcome)
    }
    fn equal_owned(&mut self, _index: usize, probes: &[Probe]) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        with_read_transaction(self.store(), |txn| {
            let tree = txn.open_tree::<Article>()?;
            for probe in probes {
                for id in tree.get_by_secondary_key(&author(probe))? {
                    if let Some(article) = tree.get(&id.unwrap().value())? {
                        add(&mut outcome, article);
                    }
                }
            }
            Ok(())
        })
        .unwrap();
        Some(outcome)
    }
    fn remove(&mut self, ids: &[u64]) -> Option<Outcome> {
        let removed = with_write_transaction(self.store(), |txn| {
            let mut tree = txn.open_tree::<Article>()?;
            tree.remove_many(ids.iter().map(|id| ArticlePrimaryKey(*id)).collect())
        });
        Some(Outcome::of(removed.unwrap().iter().flatten().count() as u64))
    }
}
