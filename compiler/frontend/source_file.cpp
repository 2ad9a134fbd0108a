#include "compiler/frontend/source_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>
#include <utility>

namespace netabase::compiler::frontend {
namespace fs = std::filesystem;

namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad() || text.bad()) return std::nullopt;
  return std::move(text).str();
}

SourceFile::SourceFile(std::string path, std::string display, std::string text)
    : path_(std::move(path)), display_(std::move(display)), text_(std::move(text)) {
  line_begins_.push_back(0);
  for (std::size_t end = text_.find('\n'); end != std::string::npos; end = text_.find('\n', end + 1)) {
    line_begins_.push_back(end + 1);
  }
}

SourceLocation SourceFile::location(std::size_t offset, std::size_t length) const {
  offset = std::min(offset, text_.size());
  const auto next = std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
  const std::size_t begin = *std::prev(next);
  std::size_t line_end = text_.find('\n', offset);
  if (line_end == std::string::npos) line_end = text_.size();
  length = std::max<std::size_t>(1, std::min(length, line_end - offset));
  return {display_, static_cast<std::uint32_t>(next - line_begins_.begin()),
          static_cast<std::uint32_t>(offset - begin + 1), static_cast<std::uint32_t>(length)};
}

std::uint32_t SourceFile::word_length(std::uint32_t line, std::uint32_t column) const {
  if (line == 0 || line > line_begins_.size() || column == 0) return 1;
  const std::size_t begin = line_begins_[line - 1] + column - 1;
  std::size_t end = begin;
  while (end < text_.size() && is_word(text_[end])) ++end;
  return end > begin ? static_cast<std::uint32_t>(end - begin) : 1;
}

const SourceFile* SourceFiles::load(const std::string& path) { return load_as(path, {}); }

const SourceFile* SourceFiles::load_as(const std::string& path, const std::string& display) {
  const std::string key = canonical(path);
  const auto known = files_.find(key);
  if (known != files_.end()) return known->second.get();
  std::error_code error;
  if (!fs::is_regular_file(key, error)) return nullptr;
  std::optional<std::string> text = read_file(key);
  if (!text) return nullptr;
  auto file = std::make_unique<SourceFile>(key, display.empty() ? display_name(path) : display, std::move(*text));
  return files_.emplace(key, std::move(file)).first->second.get();
}

std::string SourceFiles::canonical(const std::string& path) {
  std::error_code error;
  fs::path absolute = fs::absolute(path, error);
  if (error) return path;
  fs::path resolved = fs::weakly_canonical(absolute, error);
  return error ? absolute.lexically_normal().string() : resolved.string();
}

std::string SourceFiles::display_name(const std::string& path) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  if (error) return path;
  const std::string absolute = (here / path).lexically_normal().string();
  const std::string relative = fs::path(absolute).lexically_relative(here).string();
  return !relative.empty() && relative.size() < absolute.size() ? relative : absolute;
}

}  // namespace netabase::compiler::frontend
