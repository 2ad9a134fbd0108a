//! Embedded stores written in Rust, with the workloads of netabase's benchmark suite: the same records, the same names,
//! the same lines of JSON. One call is one round, for run.sh to take turns with the suite.
//!
//!     peers --size quick --round 3 --folder /dev/shm --disk-folder . --out samples.jsonl

mod bytes;
mod engines;
mod native;
mod netabase_store;
mod records;
mod side;

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use bytes::{Bincode, BytesSide, Rkyv};
use engines::{Heed, Redb, Sled};
use records::{
    Article, Document, Record, Row, User, make_articles, make_documents, make_rows, make_users, mix, random, sequential,
    shuffled,
};
use side::{Outcome, Probe, Side};

struct Run {
    size: String,
    round: i64,
    out: std::fs::File,
}

type Work<'a, R> = &'a dyn Fn(&mut dyn Side<R>) -> Option<Outcome>;

struct Case<'a> {
    workload: &'a str,
    operation: &'a str,
    records: u64,
    operations: u64,
    expected: u64,
}

impl Run {
    fn repeats(&self, operations: u64, wanted: u64, most: u64) -> u64 {
        match self.size.as_str() {
            "smoke" => 1,
            "quick" => (wanted / 4 / operations.max(1)).clamp(1, most),
            _ => (wanted / operations.max(1)).clamp(1, most),
        }
    }

    /// Once to warm up, then as often as the suite does; every count is asserted inside the timed code. Long writes warm
    /// themselves up, and there are many of them.
    fn case<R: Record>(&mut self, case: Case, repeats: u64, side: &mut dyn Side<R>, prepare: Option<Work<R>>, work: Work<R>) {
        eprint!("\r\x1b[K{}, {}, {}: {} ", case.workload, case.records, case.operation, side.name());
        let mut seconds = 0.0;
        let mut sum = 0;
        let first = if prepare.is_some() && case.operations > 2000 { 1 } else { 0 };
        for repeat in first..=repeats {
            if let Some(prepare) = prepare {
                prepare(side);
            }
            let start = Instant::now();
            let Some(outcome) = work(side) else { return };
            assert_eq!(outcome.count, case.expected, "{}, {}: {}", case.workload, case.operation, side.name());
            if repeat > 0 {
                seconds += start.elapsed().as_secs_f64();
            }
            sum = outcome.sum;
        }
        let nanoseconds = seconds * 1e9 / case.operations as f64 / repeats as f64;
        let Case { workload, operation, records, .. } = case;
        for (unit, round, value) in [("ns", self.round, nanoseconds), ("sum", -1, (sum % 1_000_000_007) as f64)] {
            writeln!(
                self.out,
                r#"{{"workload":"{workload}","records":{records},"operation":"{operation}","side":"{}","round":{round},"unit":"{unit}","value":{value}}}"#,
                side.name()
            )
            .unwrap();
        }
    }

    fn read<R: Record>(&mut self, name: (&str, &str), records: u64, counts: (u64, u64), side: &mut dyn Side<R>, work: Work<R>) {
        let case = Case { workload: name.0, operation: name.1, records, operations: counts.0, expected: counts.1 };
        let repeats = self.repeats(counts.1, 20000, 1000);
        self.case(case, repeats, side, None, work);
    }

    fn write<R: Record>(&mut self, name: (&str, &str), records: u64, count: u64, side: &mut dyn Side<R>, prepare: Work<R>, work: Work<R>) {
        let case = Case { workload: name.0, operation: name.1, records, operations: count, expected: count };
        let repeats = self.repeats(count, 2000, 20);
        self.case(case, repeats, side, Some(prepare), work);
    }
}

fn clear<R: Record>(side: &mut dyn Side<R>) -> Option<Outcome> {
    side.clear();
    Some(Outcome::default())
}

fn fill<R: Record>(side: &mut dyn Side<R>, records: &[R]) -> Option<Outcome> {
    side.clear();
    if side.put_bulk(records).is_none() {
        side.put_loop(records);
    }
    Some(Outcome::default())
}

fn every_second(ids: &[u64]) -> Vec<u64> {
    ids.iter().copied().step_by(2).collect()
}

fn run_articles(run: &mut Run, side: &mut dyn Side<Article>, n: u64) {
    let articles = make_articles(n);
    let ids: Vec<u64> = articles.iter().map(|article| article.id).collect();
    let half = every_second(&ids);
    let refill: Work<Article> = &|side| fill(side, &articles);
    run.write(("article", "insert, one by one"), n, n, side, &clear, &|side| side.put_loop(&articles));
    run.write(("article", "insert, put_many"), n, n, side, &clear, &|side| side.put_bulk(&articles));
    if n <= 1000 {
        run.write(("article", "insert, a transaction each"), n, n, side, &clear, &|side| side.put_each(&articles));
    }
    run.write(("article", "remove half"), n, half.len() as u64, side, refill, &|side| side.remove(&half));
    run.write(("article", "snapshot across a removal"), n, n, side, refill, &|side| side.snapshot_across_removal(&half));

    fill(side, &articles);
    run.read(("article", "get, owned"), n, (n, n), side, &|side| side.get_owned(&ids));
    run.read(("article", "get, borrowed"), n, (n, n), side, &|side| side.get_borrowed(&ids));
    run.read(("article", "exists"), n, (n, n), side, &|side| side.contains(&ids));
    run.read(("article", "get_many"), n, (n, n), side, &|side| side.get_many(&ids));
    run.read(("article", "iterate"), n, (n, n), side, &|side| side.scan());
    let authors: Vec<Probe> = (0..10u64)
        .map(|author| Probe { bytes: author.to_be_bytes().to_vec(), number: author, text: String::new() })
        .collect();
    run.read(("article", "ten queries by author, owned"), n, (n, n), side, &|side| side.equal_owned(0, &authors));
    run.read(("article", "ten queries by author, borrowed"), n, (n, n), side, &|side| side.equal_borrowed(0, &authors));
    run.read(("article", "ten queries by author, keys"), n, (n, n), side, &|side| side.equal_keys(0, &authors));
}

fn run_users(run: &mut Run, side: &mut dyn Side<User>, n: u64) {
    let users = make_users(n, sequential, 0);
    let random_ids = make_users(n, random, 0);
    let changed = make_users(n, sequential, 1);
    let out_of_order = shuffled(users.clone());
    let ids: Vec<u64> = out_of_order.iter().map(|user| user.id).collect();
    let some = every_second(&ids);
    let refill: Work<User> = &|side| fill(side, &users);
    run.write(("user", "put, in order"), n, n, side, &clear, &|side| side.put_loop(&users));
    run.write(("user", "put, shuffled"), n, n, side, &clear, &|side| side.put_loop(&out_of_order));
    run.write(("user", "put, random ids"), n, n, side, &clear, &|side| side.put_loop(&random_ids));
    run.write(("user", "put_many, in order"), n, n, side, &clear, &|side| side.put_bulk(&users));
    run.write(("user", "put_many, shuffled"), n, n, side, &clear, &|side| side.put_bulk(&out_of_order));
    run.write(("user", "put_many, random ids"), n, n, side, &clear, &|side| side.put_bulk(&random_ids));
    run.write(("user", "put over the same"), n, n, side, refill, &|side| side.put_loop(&out_of_order));
    run.write(("user", "put over, every index changed"), n, n, side, refill, &|side| side.put_loop(&changed));
    run.write(("user", "put_many over, every index changed"), n, n, side, refill, &|side| side.put_bulk(&changed));
    let half = some.len() as u64;
    run.write(("user", "update, a plain field"), n, half, side, refill, &|side| side.update_plain(&some));
    run.write(("user", "update, an indexed field"), n, half, side, refill, &|side| side.update_indexed(&some));
    run.write(("user", "remove half"), n, half, side, refill, &|side| side.remove(&some));

    fill(side, &random_ids);
    let ids_at_random = shuffled(random_ids.iter().map(|user| user.id).collect());
    run.read(("user", "get, owned, random ids"), n, (n, n), side, &|side| side.get_owned(&ids_at_random));
    run.read(("user", "get, borrowed, random ids"), n, (n, n), side, &|side| side.get_borrowed(&ids_at_random));

    fill(side, &users);
    run.read(("user", "get, owned"), n, (n, n), side, &|side| side.get_owned(&ids));
    run.read(("user", "get, borrowed"), n, (n, n), side, &|side| side.get_borrowed(&ids));
    run.read(("user", "get_many, shuffled"), n, (n, n), side, &|side| side.get_many(&ids));
    run.read(("user", "scan"), n, (n, n), side, &|side| side.scan());
    let length = (n / 2).min(100);
    let ranges: Vec<(u64, u64)> = (0..100)
        .map(|i| 1 + mix(i) % (n - length))
        .map(|first| (first, first + length))
        .collect();
    run.read(("user", "range of 100"), n, (100 * length, 100 * length), side, &|side| side.range(&ranges));
    let emails: Vec<Probe> = ids
        .iter()
        .take(10000)
        .map(|id| users[*id as usize - 1].email.clone())
        .map(|email| Probe { bytes: email.as_bytes().to_vec(), number: 0, text: email })
        .collect();
    let count = emails.len() as u64;
    run.read(("user", "find, unique"), n, (count, count), side, &|side| side.find(0, &emails));
    let ages = (n / 100).max(10);
    let ages: Vec<Probe> = (0..ages.min(100))
        .map(|i| mix(i) % ages)
        .map(|age| Probe { bytes: (age as u32).to_be_bytes().to_vec(), number: age, text: String::new() })
        .collect();
    let hits = ages.iter().map(|age| users.iter().filter(|user| u64::from(user.age) == age.number).count() as u64).sum();
    run.read(("user", "equal of 100, owned"), n, (hits, hits), side, &|side| side.equal_owned(1, &ages));
    run.read(("user", "equal of 100, borrowed"), n, (hits, hits), side, &|side| side.equal_borrowed(1, &ages));
    run.read(("user", "equal of 100, keys"), n, (hits, hits), side, &|side| side.equal_keys(1, &ages));
    run.read(("user", "count of 100"), n, (ages.len() as u64, hits), side, &|side| side.count(1, &ages));
    let cities: Vec<Probe> = ["city 12", "city 34", "city 56", "city 9"]
        .map(|city| Probe { bytes: city.into(), number: 0, text: city.into() })
        .into();
    let in_cities = |user: &User| {
        cities.iter().filter(|city| user.city.as_ref().is_some_and(|text| text.starts_with(&city.text))).count() as u64
    };
    let hits = users.iter().map(in_cities).sum();
    run.read(("user", "prefix of a text"), n, (hits, hits), side, &|side| side.prefix(2, &cities));
}

/// Inserts whose commits wait for the medium.
fn run_media(run: &mut Run, side: &mut dyn Side<Article>, n: u64, place: &str) {
    let articles = make_articles(n);
    let some = &articles[..articles.len() / 10];
    let name = |what: &str| format!("insert, {what}; {place}, synced");
    run.write(("media", &name("one by one")), n, n, side, &clear, &|side| side.put_loop(&articles));
    run.write(("media", &name("put_many")), n, n, side, &clear, &|side| side.put_bulk(&articles));
    let case = name("a transaction each");
    let what = Case { workload: "media", operation: &case, records: n, operations: n / 10, expected: n / 10 };
    run.case(what, 1, side, Some(&clear), &|side| side.put_each(some));
}

fn run_rows<const N: usize>(run: &mut Run, side: &mut dyn Side<Row<N>>, n: u64) {
    let rows = make_rows::<N>(n);
    let few = &rows[..rows.len() / 10];
    let name = |what: &str| format!("{what}, {N} {}", if N == 1 { "index" } else { "indexes" });
    run.write(("indexes", &name("put")), n, n, side, &clear, &|side| side.put_loop(&rows));
    run.write(("indexes", &name("put_many")), n, n, side, &clear, &|side| side.put_bulk(&rows));
    run.write(("indexes", &name("put, a transaction each")), n, n / 10, side, &clear, &|side| side.put_each(few));
    if N == 2 {
        let out_of_order = shuffled(rows.clone());
        run.write(("indexes", &name("put, shuffled")), n, n, side, &clear, &|side| side.put_loop(&out_of_order));
        run.write(("indexes", &name("put_many, shuffled")), n, n, side, &clear, &|side| side.put_bulk(&out_of_order));
    }
}

fn run_documents(run: &mut Run, side: &mut dyn Side<Document>, n: u64, what: &str, text: usize, floats: usize) {
    let documents = make_documents(n, text, floats);
    let ids: Vec<u64> = documents.iter().map(|document| document.id).collect();
    let large = text > 100_000;
    let repeats = |repeats: u64| if run.size == "smoke" { 1 } else { repeats };
    let (put, get, number) = (repeats(if large { 1 } else { 5 }), repeats(if large { 2 } else { 20 }), repeats(20));
    let name = |operation: &str| format!("{operation}, {what}");
    let (put_name, get_name, number_name) = (name("put"), name("get, owned"), name("one field, borrowed"));
    let case = |operation| Case { workload: "wide", operation, records: n, operations: n, expected: n };
    run.case(case(&put_name), put, side, Some(&clear), &|side| {
        let stored = side.put_loop(&documents)?;
        // As the suite does: a sum over the ids.
        Some(Outcome { count: stored.count, sum: ids.iter().sum() })
    });
    run.case(case(&get_name), get, side, None, &|side| side.get_owned(&ids));
    run.case(case(&number_name), number, side, None, &|side| side.number(&ids));
}

fn main() {
    let mut size = String::from("standard");
    let mut round = 0;
    let mut folder = std::env::temp_dir();
    let mut disk_folder = std::path::PathBuf::from(".");
    let mut out = String::from("/dev/stdout");
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().unwrap_or_else(|| panic!("{argument} wants a value"));
        match argument.as_str() {
            "--size" => size = value,
            "--round" => round = value.parse().expect("--round wants a number"),
            "--folder" => folder = value.into(),
            "--disk-folder" => disk_folder = value.into(),
            "--out" => out = value,
            _ => panic!("no such option: {argument}; there are --size, --round, --folder, --disk-folder, --out"),
        }
    }
    let own = format!("netabase_peers_{}", std::process::id());
    let (folder, disk_folder) = (folder.join(&own), disk_folder.join(&own));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::create_dir_all(&disk_folder).unwrap();
    let out = std::fs::OpenOptions::new().append(true).create(true).open(out).unwrap();
    let (article_counts, user_counts): (&[u64], &[u64]) = match size.as_str() {
        "smoke" => (&[20], &[200]),
        "quick" => (&[1000], &[10000]),
        // More users would take an hour.
        _ => (&[10, 100, 500, 1000, 5000], &[1000, 10_000]),
    };
    let mut run = Run { size, round, out };
    for n in article_counts {
        each(article_sides(&folder, false), round, |side| run_articles(&mut run, side, *n));
    }
    for (place, folder) in [("tmpfs", &folder), ("disk", &disk_folder)] {
        let n = if run.size == "smoke" { 20 } else { 1000 };
        each(article_sides(folder, true), round, |side| run_media(&mut run, side, n, place));
    }
    for n in user_counts {
        each(user_sides(&folder), round, |side| run_users(&mut run, side, *n));
    }
    let n = match run.size.as_str() {
        "smoke" => 100,
        "quick" => 2000,
        _ => 10000,
    };
    each(row_sides::<0>(&folder), round, |side| run_rows(&mut run, side, n));
    each(row_sides::<1>(&folder), round, |side| run_rows(&mut run, side, n));
    each(row_sides::<2>(&folder), round, |side| run_rows(&mut run, side, n));
    each(row_sides::<5>(&folder), round, |side| run_rows(&mut run, side, n));
    each(row_sides::<10>(&folder), round, |side| run_rows(&mut run, side, n));
    let n = if run.size == "smoke" { 5 } else { 100 };
    for (what, text, floats) in
        [("text of 64 B", 64, 0), ("text of 4 KiB", 4096, 0), ("text of 1 MiB", 1 << 20, 0), ("1536 floats", 64, 1536)]
    {
        each(document_sides(&folder), round, |side| run_documents(&mut run, side, n, what, text, floats));
    }
    eprint!("\r\x1b[K");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::remove_dir_all(&disk_folder).unwrap();
}

/// Another one begins in each round.
fn each<R: Record>(mut sides: Vec<Box<dyn Side<R>>>, round: i64, mut use_side: impl FnMut(&mut dyn Side<R>)) {
    let count = sides.len();
    sides.rotate_left(round.unsigned_abs() as usize % count);
    for mut side in sides {
        use_side(&mut *side);
    }
}

fn article_sides(folder: &Path, durable: bool) -> Vec<Box<dyn Side<Article>>> {
    vec![
        Box::new(netabase_store::Wrapper::new(folder)),
        Box::new(netabase_store::WithTransactions::new(folder)),
        Box::new(BytesSide::<Redb, Bincode, Article>::new(folder, durable)),
        native::articles(folder),
        Box::new(BytesSide::<Sled, Bincode, Article>::new(folder, durable)),
        Box::new(BytesSide::<Heed, Rkyv, Article>::new(folder, durable)),
    ]
}

fn user_sides(folder: &Path) -> Vec<Box<dyn Side<User>>> {
    vec![
        Box::new(BytesSide::<Redb, Bincode, User>::new(folder, false)),
        native::users(folder),
        Box::new(BytesSide::<Sled, Bincode, User>::new(folder, false)),
        Box::new(BytesSide::<Heed, Rkyv, User>::new(folder, false)),
    ]
}

fn row_sides<const N: usize>(folder: &Path) -> Vec<Box<dyn Side<Row<N>>>>
where
    Row<N>: native::WithRows,
{
    vec![
        Box::new(BytesSide::<Redb, Bincode, Row<N>>::new(folder, false)),
        <Row<N> as native::WithRows>::rows(folder),
        Box::new(BytesSide::<Sled, Bincode, Row<N>>::new(folder, false)),
        Box::new(BytesSide::<Heed, Rkyv, Row<N>>::new(folder, false)),
    ]
}

fn document_sides(folder: &Path) -> Vec<Box<dyn Side<Document>>> {
    vec![
        Box::new(BytesSide::<Redb, Bincode, Document>::new(folder, false)),
        Box::new(BytesSide::<Sled, Bincode, Document>::new(folder, false)),
        Box::new(BytesSide::<Heed, Rkyv, Document>::new(folder, false)),
    ]
}
