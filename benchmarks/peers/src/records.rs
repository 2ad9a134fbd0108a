//! The records of the workloads, the same as the C++ suite makes.

use serde::{Deserialize, Serialize};

/// What a side stores: a record with its keys as bytes, in an order that is that of the values.
pub trait Record: Clone {
    const INDEXES: usize;
    fn id(&self) -> u64;
    /// Calls `found(index, key, unique)`; keys that are not unique end with the id.
    fn index_keys(&self, found: &mut dyn FnMut(usize, &[u8], bool));
    /// Made of every field.
    fn digest(&self) -> u64;
    fn change_plain(&mut self) {}
    fn change_indexed(&mut self) {}
}

#[derive(Clone, bincode::Encode, bincode::Decode, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
pub struct Article {
    pub id: u64,
    pub title: String,
    pub content: String,
    pub author_id: u64,
}

#[derive(bincode::BorrowDecode)]
pub struct ArticleView<'a> {
    pub id: u64,
    pub title: &'a str,
    pub content: &'a str,
    pub author_id: u64,
}

#[derive(
    Clone, Serialize, Deserialize, bincode::Encode, bincode::Decode, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize,
)]
pub struct User {
    pub id: u64,
    pub username: String,
    pub email: String,
    pub age: u32,
    pub city: Option<String>,
}

#[derive(bincode::BorrowDecode)]
pub struct UserView<'a> {
    pub id: u64,
    pub username: &'a str,
    pub email: &'a str,
    pub age: u32,
    pub city: Option<&'a str>,
}

pub fn text_digest(text: &str) -> u64 {
    text.len() as u64 + text.as_bytes().last().map_or(0, |&byte| u64::from(byte))
}

pub fn article_digest(id: u64, title: &str, content: &str, author_id: u64) -> u64 {
    id.wrapping_add(text_digest(title) + text_digest(content) + 3 * author_id)
}

pub fn user_digest(id: u64, username: &str, email: &str, age: u32, city: Option<&str>) -> u64 {
    let texts = text_digest(username) + text_digest(email) + city.map_or(0, |city| 1 + text_digest(city));
    id.wrapping_add(texts + 3 * u64::from(age))
}

fn number_key(number: &[u8], id: u64) -> Vec<u8> {
    let mut key = number.to_vec();
    key.extend_from_slice(&id.to_be_bytes());
    key
}

impl Record for Article {
    const INDEXES: usize = 1;
    fn id(&self) -> u64 {
        self.id
    }
    fn index_keys(&self, found: &mut dyn FnMut(usize, &[u8], bool)) {
        found(0, &number_key(&self.author_id.to_be_bytes(), self.id), false);
    }
    fn digest(&self) -> u64 {
        article_digest(self.id, &self.title, &self.content, self.author_id)
    }
    fn change_plain(&mut self) {
        self.title = "renamed".into();
    }
    fn change_indexed(&mut self) {
        self.author_id += 1;
    }
}

impl Record for User {
    const INDEXES: usize = 3;
    fn id(&self) -> u64 {
        self.id
    }
    fn index_keys(&self, found: &mut dyn FnMut(usize, &[u8], bool)) {
        found(0, self.email.as_bytes(), true);
        found(1, &number_key(&self.age.to_be_bytes(), self.id), false);
        if let Some(city) = &self.city {
            let mut text = city.as_bytes().to_vec();
            text.push(0);
            found(2, &number_key(&text, self.id), false);
        }
    }
    fn digest(&self) -> u64 {
        user_digest(self.id, &self.username, &self.email, self.age, self.city.as_deref())
    }
    fn change_plain(&mut self) {
        self.username = "renamed".into();
    }
    fn change_indexed(&mut self) {
        self.age += 1;
    }
}

pub fn make_articles(count: u64) -> Vec<Article> {
    (0..count)
        .map(|i| Article {
            id: i,
            title: format!("Article {i}"),
            content: format!("Content for article {i}"),
            author_id: i % 10,
        })
        .collect()
}

pub fn mix(i: u64) -> u64 {
    let mut i = i.wrapping_add(0x9e37_79b9_7f4a_7c15);
    i = (i ^ (i >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    i = (i ^ (i >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    i ^ (i >> 31)
}

pub fn shuffled<T>(mut elements: Vec<T>) -> Vec<T> {
    for i in (2..=elements.len()).rev() {
        elements.swap(i - 1, (mix(i as u64) % i as u64) as usize);
    }
    elements
}

/// The other generation has other values in every index.
pub fn make_users(count: u64, id_of: impl Fn(u64) -> u64, generation: u64) -> Vec<User> {
    let ages = (count / 100).max(10);
    let (email, city) = if generation == 0 { ("user", "city") } else { ("new", "town") };
    (0..count)
        .map(|i| User {
            id: id_of(i),
            username: format!("user number {i}"),
            email: format!("{email}{}.{i}@example.com", mix(i) % 1_000_000),
            age: (i * 7919 % ages + generation * ages) as u32,
            city: (i % 3 != 0).then(|| format!("{city} {}", mix(i) % 1000)),
        })
        .collect()
}

pub fn sequential(i: u64) -> u64 {
    i + 1
}

pub fn random(i: u64) -> u64 {
    mix(i) >> 1
}

/// Of the index sweep: the first N numbers have an index.
#[derive(Clone, bincode::Encode, bincode::Decode, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
pub struct Row<const N: usize> {
    pub id: u64,
    pub name: String,
    pub numbers: [u64; 10],
}

#[derive(bincode::BorrowDecode)]
pub struct RowView<'a> {
    pub id: u64,
    pub name: &'a str,
    pub numbers: [u64; 10],
}

pub fn row_digest(id: u64, name: &str, numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(id.wrapping_add(text_digest(name)), |sum, number| sum.wrapping_mul(3).wrapping_add(number))
}

impl<const N: usize> Record for Row<N> {
    const INDEXES: usize = N;
    fn id(&self) -> u64 {
        self.id
    }
    fn index_keys(&self, found: &mut dyn FnMut(usize, &[u8], bool)) {
        for (index, number) in self.numbers[..N].iter().enumerate() {
            found(index, &number_key(&number.to_be_bytes(), self.id), false);
        }
    }
    fn digest(&self) -> u64 {
        row_digest(self.id, &self.name, self.numbers.into_iter())
    }
}

pub fn make_rows<const N: usize>(count: u64) -> Vec<Row<N>> {
    (0..count)
        .map(|i| Row {
            id: i + 1,
            name: format!("record number {i}"),
            numbers: std::array::from_fn(|n| mix(i * 10 + n as u64) % 1_000_000),
        })
        .collect()
}

/// Of the wide workload: `number` is read alone, beside a text or a vector of any size.
#[derive(Clone, bincode::Encode, bincode::Decode, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
pub struct Document {
    pub id: u64,
    pub number: u64,
    pub text: String,
    pub vector: Vec<f32>,
}

impl Record for Document {
    const INDEXES: usize = 0;
    fn id(&self) -> u64 {
        self.id
    }
    fn index_keys(&self, _found: &mut dyn FnMut(usize, &[u8], bool)) {}
    fn digest(&self) -> u64 {
        let last = self.vector.last().map_or(0, |last| *last as u64);
        self.id + self.number + text_digest(&self.text) + self.vector.len() as u64 + last
    }
}

pub fn make_documents(count: u64, text: usize, floats: usize) -> Vec<Document> {
    (0..count)
        .map(|i| Document {
            id: i + 1,
            number: mix(i) % 1000,
            text: char::from(b'a' + (i % 26) as u8).to_string().repeat(text),
            vector: (0..floats).map(|f| (i as usize + f) as f32 / 2.0).collect(),
        })
        .collect()
}
