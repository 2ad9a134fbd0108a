#include "indexes.netabase.hpp"
#include "table.hpp"
#include "workloads.hpp"

namespace suite {
namespace {

template <class Record>
void sweep(Suite& suite, int indexes, std::uint64_t count) {
  std::vector<Record> records;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto number = [&](std::uint64_t n) { return mix(i * 10 + n) % 1000000; };
    records.push_back({i + 1, "record number " + std::to_string(i), number(0), number(1), number(2), number(3),
                       number(4), number(5), number(6), number(7), number(8), number(9)});
  }
  Contest<Record> contest = open_sides<Record>(suite, in_memory(suite), "indexes");
  Table<Record> table(suite, contest, "indexes", count);
  const auto clear = [](Side<Record>& side) { side.clear(); };
  const std::string with = ", " + std::to_string(indexes) + (indexes == 1 ? " index" : " indexes");
  table.write("put" + with, count, clear, [&](Side<Record>& side) { return side.put_loop(records); });
  table.write("put_many" + with, count, clear, [&](Side<Record>& side) { return side.put_bulk(records); });
  const std::vector<Record> few(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(count / 10));
  table.write("put, a transaction each" + with, few.size(), clear,
              [&](Side<Record>& side) { return side.put_each(few); });
  if (indexes != 2) return;
  // What storing many at once is for.
  const std::vector<Record> out_of_order = shuffled(records);
  table.write("put, shuffled" + with, count, clear, [&](Side<Record>& side) { return side.put_loop(out_of_order); });
  table.write("put_many, shuffled" + with, count, clear,
              [&](Side<Record>& side) { return side.put_bulk(out_of_order); });
}

}  // namespace

void run_indexes(Suite& suite) {
  std::uint64_t count = 10000;
  if (suite.options().size == Size::smoke) count = 100;
  if (suite.options().size == Size::quick) count = 2000;
  sweep<indexes0::Row>(suite, 0, count);
  sweep<indexes1::Row>(suite, 1, count);
  sweep<indexes2::Row>(suite, 2, count);
  sweep<indexes5::Row>(suite, 5, count);
  sweep<indexes10::Row>(suite, 10, count);
}

}  // namespace suite
