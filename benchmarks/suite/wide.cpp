#include "wide_sides.hpp"

#include "table.hpp"
#include "workloads.hpp"

namespace suite {

using wide::Document;
using wide::Everything;

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

namespace {

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

Document make_document(std::uint64_t i, std::size_t text, std::size_t floats) {
  Document document;
  document.id = i + 1;
  document.number = mix(i) % 1000;
  document.text.assign(text, static_cast<char>('a' + i % 26));
  for (std::size_t f = 0; f < floats; ++f) document.vector.push_back(static_cast<float>(i + f) / 2);
  return document;
}

template <class Record>
class WideTable {
 public:
  WideTable(Suite& suite, std::string what, std::vector<Record> records)
      : suite_(suite), what_(std::move(what)), records_(std::move(records)) {}

  void run() {
    WideContest<Record> contest = open_wide_sides<Record>(suite_, "wide");
    // A text of 1 MiB lasts by itself.
    const bool large = packed_size_of(records_.front()) > 100000;
    measure(
        "put, ", contest.names, large ? 1 : 5, [&](std::size_t side) { contest.sides[side]->clear(); },
        [&](std::size_t side) { return contest.sides[side]->put(records_); });
    for (const auto& side : contest.sides) side->settle();
    measure("get, owned, ", contest.names, large ? 2 : 20, {},
            [&](std::size_t side) { return contest.sides[side]->get(records_.size()); });
    if constexpr (std::is_same_v<Record, Document>) {
      measure("one field, borrowed, ", contest.names, 20, {},
              [&](std::size_t side) { return contest.sides[side]->field(records_.size()); });
    }
  }

  /// One field of these next to the same of smaller ones, netabase alone, in turn.
  void compare_fields(std::vector<std::pair<std::string, std::vector<Record>>> smaller) {
    if (!suite_.wants_side("netabase")) return;
    std::vector<std::string> names = {"netabase"};
    std::vector<std::unique_ptr<WideNetabase<Record>>> stores;
    const auto add = [&](const std::string& name, std::vector<Record>& records) {
      stores.push_back(std::make_unique<WideNetabase<Record>>(in_memory(suite_), name));
      stores.back()->put(records);
    };
    add("large", records_);
    for (auto& [name, records] : smaller) {
      names.push_back(name);
      add("smaller" + std::to_string(stores.size()), records);
    }
    measure("one field next to smaller records', ", names, 200, {},
            [&](std::size_t store) { return stores[store]->field(records_.size()); });
  }

 private:
  void measure(const std::string& operation, const std::vector<std::string>& names, int repeats,
               const std::function<void(std::size_t)>& prepare, const std::function<Outcome(std::size_t)>& work) {
    Case what;
    what.workload = "wide";
    what.operation = operation + what_;
    what.records = records_.size();
    what.operations = records_.size();
    what.expected = records_.size();
    if (suite_.options().size != Size::smoke) what.repeats = repeats;
    suite_.run(what, {names, prepare, work, {}});
  }

  Suite& suite_;
  std::string what_;
  std::vector<Record> records_;
};

std::vector<Document> make_documents(std::uint64_t count, std::size_t text, std::size_t floats) {
  std::vector<Document> documents;
  for (std::uint64_t i = 0; i < count; ++i) documents.push_back(make_document(i, text, floats));
  return documents;
}

}  // namespace

void run_wide(Suite& suite) {
  const bool small = suite.options().size == Size::smoke;
  std::vector<Everything> everything;
  for (std::uint64_t i = 0; i < (small ? 10U : 1000U); ++i) everything.push_back(make_everything(i));
  WideTable<Everything>(suite, "every type of field", std::move(everything)).run();
  const std::uint64_t count = small ? 5 : 100;
  WideTable<Document>(suite, "text of 64 B", make_documents(count, 64, 0)).run();
  WideTable<Document>(suite, "text of 4 KiB", make_documents(count, 4096, 0)).run();
  WideTable<Document>(suite, "text of 1 MiB", make_documents(count, 1 << 20, 0)).run();
  WideTable<Document>(suite, "1536 floats", make_documents(count, 64, 1536)).run();
  WideTable<Document>(suite, "text of 1 MiB", make_documents(count, 1 << 20, 0))
      .compare_fields(
          {{"text of 4 KiB", make_documents(count, 4096, 0)}, {"text of 64 B", make_documents(count, 64, 0)}});
}

}  // namespace suite
