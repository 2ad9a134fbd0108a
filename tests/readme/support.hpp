#pragma once

/// \file
/// What the README's programs need around them.

#include <filesystem>
#include <iostream>
#include <sstream>
#include <string>

namespace readme {

/// Keeps what is written to std::cout from here to the end of the scope.
class CapturedOutput {
 public:
  CapturedOutput() : before_(std::cout.rdbuf(text_.rdbuf())) {}
  ~CapturedOutput() { std::cout.rdbuf(before_); }
  CapturedOutput(const CapturedOutput&) = delete;
  CapturedOutput& operator=(const CapturedOutput&) = delete;

  std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
  std::streambuf* before_;
};

/// The name of a store's file in the working directory that is not there yet.
inline std::string fresh(const std::string& name) {
  std::filesystem::remove(name);
  std::filesystem::remove(name + "-lock");
  return name;
}

}  // namespace readme
