#include <filesystem>

#include "hand_everything.hpp"
#include "lmdb_store.hpp"
#include "netabase/config.hpp"
#include "table.hpp"
#include "workloads.hpp"

namespace suite {
namespace {

using wide::Document;
using wide::Everything;

Everything make_everything(std::uint64_t i) {
  Everything all;
  all.id = i + 1;
  all.flag = i % 2 == 0;
  all.tiny = static_cast<std::int8_t>(i % 100);
  all.small = static_cast<std::int16_t>(i % 1000);
  all.medium = static_cast<std::int32_t>(i);
  all.large = static_cast<std::int64_t>(mix(i));
  all.tiny_unsigned = static_cast<std::uint8_t>(i);
  all.small_unsigned = static_cast<std::uint16_t>(i);
  all.medium_unsigned = static_cast<std::uint32_t>(mix(i));
  all.single = static_cast<float>(i) / 3;
  all.precise = static_cast<double>(i) / 7;
  all.colour = static_cast<wide::Colour>(i % 3);
  all.created = std::chrono::sys_seconds(std::chrono::seconds(1700000000 + i));
  all.lasted = std::chrono::milliseconds(i);
  all.text = "a text of middling length, number " + std::to_string(i);
  all.bytes.assign(40, static_cast<std::byte>(i));
  all.uuid.fill(static_cast<std::byte>(i));
  if (i % 2 == 0) all.maybe = static_cast<std::uint32_t>(i);
  all.numbers = {1, 2, 3, static_cast<std::uint32_t>(i)};
  all.texts = {"one", "two", "a third text that is longer than the others"};
  all.set = {i, i + 1, i + 2};
  all.map = {{"first", 1}, {"second", 2}, {"third", static_cast<std::uint32_t>(i)}};
  all.pair = {static_cast<std::uint32_t>(i), "second"};
  if (i % 2 == 0) {
    all.either = i;
  } else {
    all.either = std::string("an alternative");
  }
  const wide::Line line{{0.5, 1.5}, {static_cast<double>(i), 2.5}, "from here to there"};
  all.drawing = {{line, line, line}, line, "somebody"};
  return all;
}

std::uint64_t digest(const Everything& all) {
  std::uint64_t sum = all.id + all.texts.size() + all.set.size() + *all.set.rbegin() + all.map.at("third") +
                      all.drawing.lines.size() + text_digest(all.drawing.author) + text_digest(all.text) +
                      all.numbers.back() + all.bytes.size() + all.either.index() + all.medium_unsigned;
  for (const wide::Line& line : all.drawing.lines)
    sum += text_digest(line.label) + static_cast<std::uint64_t>(line.to.x);
  return sum;
}

std::uint64_t digest(const Document& document) {
  return document.id + document.number + text_digest(document.text) + document.vector.size() +
         (document.vector.empty() ? 0 : static_cast<std::uint64_t>(document.vector.back()));
}

Document make_document(std::uint64_t i, std::size_t text, std::size_t floats) {
  Document document;
  document.id = i + 1;
  document.number = mix(i) % 1000;
  document.text.assign(text, static_cast<char>('a' + i % 26));
  for (std::size_t f = 0; f < floats; ++f) document.vector.push_back(static_cast<float>(i + f) / 2);
  return document;
}

/// netabase and LMDB by hand with one record type.
template <class Record>
class Pair {
 public:
  using Store = netabase::Store<wide::WideDefinition>;

  Pair(Suite& suite, std::string what, std::vector<Record> records)
      : suite_(suite),
        what_(std::move(what)),
        records_(std::move(records)),
        path_(suite.options().memory_folder + "/wide_netabase.mdb"),
        store_(open()),
        hand_(suite.options().memory_folder + "/wide_lmdb.mdb", 0, false) {}
  ~Pair() {
    store_.reset();
    std::filesystem::remove(path_);
    std::filesystem::remove(path_ + "-lock");
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  void run() {
    const auto clear = [&](std::size_t side) {
      if (side == 1) return hand_.clear();
      store_->with_write_transaction([](auto& txn) { txn.template open_tree<Record>().clear(); });
    };
    measure("put, ", clear, [&](std::size_t side) { return side == 0 ? put() : put_by_hand(); });
    measure("get, owned, ", {}, [&](std::size_t side) { return side == 0 ? get() : get_by_hand(); });
    if constexpr (std::is_same_v<Record, Document>) {
      measure("one field, borrowed, ", {}, [&](std::size_t side) { return side == 0 ? field() : field_by_hand(); });
    }
  }

 private:
  Store open() const {
    netabase::Config config;
    config.path = path_;
    config.truncate = true;
    config.durability = netabase::Durability::none;
    return Store::open(config);
  }

  void measure(const std::string& operation, const std::function<void(std::size_t)>& prepare,
               const std::function<Outcome(std::size_t)>& work) {
    Case what;
    what.workload = "wide";
    what.operation = operation + what_;
    what.records = records_.size();
    what.operations = records_.size();
    what.expected = records_.size();
    if (suite_.options().size != Size::smoke) what.repeats = prepare ? 5 : 20;
    Sides sides;
    for (const char* name : {"netabase", "LMDB"}) {
      if (suite_.wants_side(name)) sides.names.push_back(name);
    }
    if (sides.names.size() != 2) return;  // a pair or nothing
    sides.prepare = prepare;
    sides.work = work;
    suite_.run(what, sides);
  }

  Outcome put() {
    Outcome outcome;
    auto txn = store_->begin_write();
    auto tree = txn.template open_tree<Record>();
    for (const Record& record : records_) {
      tree.put(record);
      outcome.add(record.id);
    }
    txn.commit();
    return outcome;
  }
  Outcome put_by_hand() {
    Outcome outcome;
    LmdbWrite txn(hand_);
    for (Record& record : records_) {
      Sizer sizer;
      suite::field(sizer, record);
      MDB_val value{sizer.size, nullptr};
      txn.reserve(record.id, value, 0);
      Writer writer{static_cast<char*>(value.mv_data)};
      suite::field(writer, record);
      outcome.add(record.id);
    }
    txn.commit();
    return outcome;
  }

  Outcome get() {
    Outcome outcome;
    auto txn = store_->begin_read();
    const auto tree = txn.template open_tree<Record>();
    for (std::uint64_t id = 1; id <= records_.size(); ++id) {
      const std::optional<Record> record = tree.get(id);
      if (record) outcome.add(digest(*record));
    }
    return outcome;
  }
  Outcome get_by_hand() {
    Outcome outcome;
    LmdbRead txn(hand_);
    for (std::uint64_t id = 1; id <= records_.size(); ++id) {
      Reader reader{txn.get(id)};
      Record record;
      suite::field(reader, record);
      outcome.add(digest(record));
    }
    return outcome;
  }

  Outcome field() {
    Outcome outcome;
    if constexpr (std::is_same_v<Record, Document>) {
      auto txn = store_->begin_read();
      const auto tree = txn.template open_tree<Record>();
      for (std::uint64_t id = 1; id <= records_.size(); ++id) {
        if (const auto document = tree.get_borrowed(id)) outcome.add(document->number());
      }
    }
    return outcome;
  }
  Outcome field_by_hand() {
    Outcome outcome;
    LmdbRead txn(hand_);
    for (std::uint64_t id = 1; id <= records_.size(); ++id) {
      std::uint64_t number = 0;
      std::memcpy(&number, txn.get(id) + sizeof(std::uint64_t), sizeof(number));
      outcome.add(number);
    }
    return outcome;
  }

  Suite& suite_;
  std::string what_;
  std::vector<Record> records_;
  std::string path_;
  std::optional<Store> store_;
  LmdbStore hand_;
};

void documents(Suite& suite, const std::string& what, std::uint64_t count, std::size_t text, std::size_t floats) {
  std::vector<Document> documents;
  for (std::uint64_t i = 0; i < count; ++i) documents.push_back(make_document(i, text, floats));
  Pair<Document>(suite, what, std::move(documents)).run();
}

}  // namespace

void run_wide(Suite& suite) {
  const bool small = suite.options().size == Size::smoke;
  std::vector<Everything> everything;
  for (std::uint64_t i = 0; i < (small ? 10U : 1000U); ++i) everything.push_back(make_everything(i));
  Pair<Everything>(suite, "every type of field", std::move(everything)).run();
  const std::uint64_t count = small ? 5 : 100;
  documents(suite, "text of 64 B", count, 64, 0);
  documents(suite, "text of 4 KiB", count, 4096, 0);
  documents(suite, "text of 1 MiB", count, 1 << 20, 0);
  documents(suite, "1536 floats", count, 64, 1536);
}

}  // namespace suite
