#include "input.hpp"

#include <sys/stat.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace packages {

namespace {

[[noreturn]] void fail(const std::string& what, int number) {
  throw std::runtime_error(what + ": " + std::strerror(number));
}

}  // namespace

void Input::Free::operator()(char* memory) const noexcept { std::free(memory); }

Input Input::file(const std::string& path) {
  File file(std::fopen(path.c_str(), "r"));
  if (!file) fail("cannot read '" + path + "'", errno);
  struct stat status {};
  if (::fstat(::fileno(file.get()), &status) != 0) fail("cannot look at '" + path + "'", errno);
  if (S_ISDIR(status.st_mode))
    throw std::runtime_error("'" + path + "' is a directory: name a file with package records");
  std::optional<std::uint64_t> size;
  if (S_ISREG(status.st_mode)) size = static_cast<std::uint64_t>(status.st_size);
  if (size == 0) throw std::runtime_error("'" + path + "' is empty: name a file with package records");
  return Input(path, std::move(file), size);
}

Input Input::available() {
  const std::string command = "apt-cache dumpavail";
  File kept(std::tmpfile());
  if (!kept) fail("cannot make a temporary file for the output of '" + command + "'", errno);
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) fail("cannot run '" + command + "'", errno);

  std::array<char, 65536> block{};
  std::uint64_t size = 0;
  int write_error = 0;
  while (const std::size_t got = std::fread(block.data(), 1, block.size(), pipe)) {
    size += got;
    if (std::fwrite(block.data(), 1, got, kept.get()) != got) {
      write_error = errno;
      break;
    }
  }
  const bool read_failed = std::ferror(pipe) != 0;
  const int status = ::pclose(pipe);
  if (write_error == 0 && std::fflush(kept.get()) != 0) write_error = errno;
  if (write_error != 0) fail("cannot keep the output of '" + command + "' in a temporary file", write_error);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
    throw std::runtime_error("there is no apt-cache on this machine: name a file with package records instead");
  }
  if (status != 0 || read_failed) throw std::runtime_error("'" + command + "' failed; what it said stands above");
  if (size == 0) {
    throw std::runtime_error("'" + command +
                             "' printed nothing: apt has no package lists yet; run `apt-get update` first");
  }
  std::rewind(kept.get());
  return Input(command, std::move(kept), size);
}

bool Input::next_line(std::string& line) {
  char* memory = line_.release();
  const ssize_t length = ::getline(&memory, &capacity_, file_.get());
  const int error = errno;
  line_.reset(memory);
  if (length < 0) {
    if (std::feof(file_.get()) == 0) fail("cannot read on in '" + name_ + "'", error);
    return false;
  }
  bytes_read_ += static_cast<std::uint64_t>(length);
  const bool whole = memory[length - 1] == '\n';
  line.assign(memory, static_cast<std::size_t>(whole ? length - 1 : length));
  return true;
}

}  // namespace packages
