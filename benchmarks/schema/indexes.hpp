// The index sweep: one record of a text and ten numbers, with 0, 1, 2, 5 and 10 of the numbers indexed.
#pragma once

#include <cstdint>
#include <string>

namespace [[netabase::definition(Indexes0Definition, Indexes0Keys)]] indexes0 {

struct [[netabase::model]] Row {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  std::uint64_t number0 = 0;
  std::uint64_t number1 = 0;
  std::uint64_t number2 = 0;
  std::uint64_t number3 = 0;
  std::uint64_t number4 = 0;
  std::uint64_t number5 = 0;
  std::uint64_t number6 = 0;
  std::uint64_t number7 = 0;
  std::uint64_t number8 = 0;
  std::uint64_t number9 = 0;
};

}  // namespace indexes0

namespace [[netabase::definition(Indexes1Definition, Indexes1Keys)]] indexes1 {

struct [[netabase::model]] Row {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  [[netabase::secondary_key]] std::uint64_t number0 = 0;
  std::uint64_t number1 = 0;
  std::uint64_t number2 = 0;
  std::uint64_t number3 = 0;
  std::uint64_t number4 = 0;
  std::uint64_t number5 = 0;
  std::uint64_t number6 = 0;
  std::uint64_t number7 = 0;
  std::uint64_t number8 = 0;
  std::uint64_t number9 = 0;
};

}  // namespace indexes1

namespace [[netabase::definition(Indexes2Definition, Indexes2Keys)]] indexes2 {

struct [[netabase::model]] Row {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  [[netabase::secondary_key]] std::uint64_t number0 = 0;
  [[netabase::secondary_key]] std::uint64_t number1 = 0;
  std::uint64_t number2 = 0;
  std::uint64_t number3 = 0;
  std::uint64_t number4 = 0;
  std::uint64_t number5 = 0;
  std::uint64_t number6 = 0;
  std::uint64_t number7 = 0;
  std::uint64_t number8 = 0;
  std::uint64_t number9 = 0;
};

}  // namespace indexes2

namespace [[netabase::definition(Indexes5Definition, Indexes5Keys)]] indexes5 {

struct [[netabase::model]] Row {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  [[netabase::secondary_key]] std::uint64_t number0 = 0;
  [[netabase::secondary_key]] std::uint64_t number1 = 0;
  [[netabase::secondary_key]] std::uint64_t number2 = 0;
  [[netabase::secondary_key]] std::uint64_t number3 = 0;
  [[netabase::secondary_key]] std::uint64_t number4 = 0;
  std::uint64_t number5 = 0;
  std::uint64_t number6 = 0;
  std::uint64_t number7 = 0;
  std::uint64_t number8 = 0;
  std::uint64_t number9 = 0;
};

}  // namespace indexes5

namespace [[netabase::definition(Indexes10Definition, Indexes10Keys)]] indexes10 {

struct [[netabase::model]] Row {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  [[netabase::secondary_key]] std::uint64_t number0 = 0;
  [[netabase::secondary_key]] std::uint64_t number1 = 0;
  [[netabase::secondary_key]] std::uint64_t number2 = 0;
  [[netabase::secondary_key]] std::uint64_t number3 = 0;
  [[netabase::secondary_key]] std::uint64_t number4 = 0;
  [[netabase::secondary_key]] std::uint64_t number5 = 0;
  [[netabase::secondary_key]] std::uint64_t number6 = 0;
  [[netabase::secondary_key]] std::uint64_t number7 = 0;
  [[netabase::secondary_key]] std::uint64_t number8 = 0;
  [[netabase::secondary_key]] std::uint64_t number9 = 0;
};

}  // namespace indexes10
