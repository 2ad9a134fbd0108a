/// \file
/// DynamicRecord: the fields of a stored record by their names.

#include "netabase/migration.hpp"
#include "runtime/evolution/support.hpp"

using namespace evolution_test;
using netabase::DynamicRecord;

namespace {

/// Calls `use` with the record as its stored schema describes it.
template <class Record, class Use>
void with_dynamic(const Record& record, Use&& use) {
  using Model = netabase::ModelType<Record>;
  const auto& schema = netabase::evolution::compiled_schema<typename Model::Definition>();
  const std::size_t size = netabase::record::size<typename Model::Codec>(record);
  std::vector<std::uint64_t> words(size / 8);
  auto* const bytes = reinterpret_cast<std::byte*>(words.data());
  netabase::record::write<typename Model::Codec>(bytes, size, record, Model::schema_version);
  use(DynamicRecord(schema, *schema.find_struct(schema.find_model(Model::name)->struct_id),
                    netabase::record::root({bytes, size}, netabase::Lifetime())));
}

}  // namespace

TEST_CASE("every kind of field is there by its name") {
  letters_v2::Letter letter;
  letter.id = 9;
  letter.subject = "hello";
  letter.read = true;
  letter.number = -4;
  letter.weight = 1.5;
  letter.mood = letters_v2::Mood::cross;
  letter.pages = std::int16_t{-2};
  letter.seal = {std::byte{1}, std::byte{2}};
  letter.marks = {3, -4};
  letter.flags = {true, false, true};
  letter.lines = {"a", "b"};
  letter.from = {"street", true, {5, "bird", 2000, "FR"}, false, "box"};
  letter.stamps = {{1, "x", 1999, ""}, {2, "y", 1999, ""}};
  with_dynamic(letter, [](const DynamicRecord& record) {
    CHECK(record.schema_version() == 2);
    CHECK(record.fields().size() == 33);
    CHECK(record.get<std::uint64_t>("id") == 9);
    CHECK(record.get<int>("id") == 9);
    CHECK(record.get<std::string>("subject") == "hello");
    CHECK(record.get<bool>("read"));
    CHECK(record.get<int>("small") == -3);
    CHECK(record.get<std::int64_t>("number") == -4);
    CHECK(record.get<double>("weight") == 1.5);
    CHECK(record.get<letters_v2::Mood>("mood") == letters_v2::Mood::cross);
    CHECK(record.get<std::string_view>("note") == "none");
    CHECK(record.get<bool>("urgent"));
    CHECK(record.get<float>("cost") == 0.5F);
    CHECK(record.get<int>("priority") == 7);
    CHECK_FALSE(record.has("reply_to"));
    CHECK_FALSE(record.get<std::optional<std::string>>("reply_to").has_value());
    CHECK(record.get<std::optional<int>>("pages") == std::optional<int>(-2));
    CHECK(record.get<std::vector<std::byte>>("seal").size() == 2);
    CHECK(record.get<netabase::Bytes>("code").size() == 4);
    CHECK(record.get<std::vector<int>>("marks") == std::vector<int>{3, -4});
    CHECK(record.get<std::vector<bool>>("flags") == std::vector<bool>{true, false, true});
    CHECK(record.get<std::vector<std::string>>("lines") == std::vector<std::string>{"a", "b"});
    const auto from = record.get<DynamicRecord>("from");
    CHECK(from.get<std::string>("street") == "street");
    CHECK(from.get<DynamicRecord>("stamp").get<int>("year") == 2000);
    CHECK(record.get<std::vector<DynamicRecord>>("stamps").at(1).get<std::string>("motif") == "y");
    CHECK(record.has_field("via"));
    CHECK_FALSE(record.has_field("nothing"));
  });
}

TEST_CASE("a wrong name, type or range says so") {
  letters_v2::Letter letter;
  letter.number = -4;
  letter.id = 300;
  with_dynamic(letter, [](const DynamicRecord& record) {
    CHECK(contains(message_of([&] { record.get<int>("nothing"); }), "has no field nothing, but id, subject"));
    CHECK(contains(message_of([&] { record.get<int>("subject"); }), "Letter.subject is Text, not a number"));
    CHECK(contains(message_of([&] { record.get<std::string>("id"); }), "Letter.id is UInt64, not text"));
    CHECK(contains(message_of([&] { record.get<unsigned>("number"); }), "cannot hold"));
    CHECK(contains(message_of([&] { record.get<std::uint8_t>("id"); }), "cannot hold"));
    CHECK(contains(message_of([&] { record.get<int>("weight"); }), "cannot hold"));
    CHECK(contains(message_of([&] { record.get<std::string>("reply_to"); }), "has no value"));
    CHECK(code_of([&] { record.get<std::vector<int>>("lines"); }) == netabase::ErrorCode::invalid_argument);
  });
}

TEST_CASE("a removed field is not there, a renamed one under its new name") {
  with_dynamic(journal_v2::Author{}, [](const DynamicRecord& record) {
    CHECK_FALSE(record.has_field("motto"));
    CHECK_FALSE(record.has_field("name"));
    CHECK(record.has_field("full_name"));
    CHECK(record.get<int>("score") == 10);
  });
}
