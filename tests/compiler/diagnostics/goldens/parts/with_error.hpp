#pragma once
#include <string>

struct Address {
  std::string* city = nullptr;
  long number = 0;
};
