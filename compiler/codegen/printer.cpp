#include "compiler/codegen/printer.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace netabase::compiler::codegen {

namespace {

class Filler {
 public:
  Filler(std::string_view origin, const Values& values) : origin_(origin), values_(values) {}

  std::string fill(std::string_view text) {
    std::string out;
    for (std::size_t start = 0; start <= text.size();) {
      const std::size_t end = std::min(text.find('\n', start), text.size());
      const std::string_view line = text.substr(start, end - start);
      const std::string_view end_of_line = end < text.size() ? "\n" : "";
      start = end + 1;
      const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
      if (!is_hook(line.substr(indent))) {
        out.append(fill_line(line)).append(end_of_line);
      } else if (const std::string& value = value_of(line.substr(indent + 1, line.size() - indent - 2));
                 !value.empty()) {
        out.append(indented(value, indent)).append(end_of_line);
      } else if (start < text.size() && text[start] == '\n') {
        ++start;
      }
    }
    for (const auto& [name, value] : values_) {
      if (!used_.contains(name)) fail("variable '" + std::string(name) + "' is given and not used");
    }
    return out;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw TemplateError("template " + std::string(origin_) + ": " + what);
  }

  static bool is_hook(std::string_view text) {
    return text.size() > 2 && text.front() == '$' && text.find('$', 1) == text.size() - 1;
  }

  const std::string& value_of(std::string_view name) {
    for (const auto& [candidate, value] : values_) {
      if (candidate != name) continue;
      used_.insert(candidate);
      return value;
    }
    fail("variable '" + std::string(name) + "' is not given");
  }

  std::string fill_line(std::string_view line) {
    std::string out;
    for (std::size_t place = 0; place < line.size();) {
      const std::size_t begin = std::min(line.find('$', place), line.size());
      out += line.substr(place, begin - place);
      if (begin == line.size()) break;
      const std::size_t end = line.find('$', begin + 1);
      if (end == std::string_view::npos) fail("'$' without an end in: " + std::string(line));
      const std::string_view name = line.substr(begin + 1, end - begin - 1);
      const std::string& value = name.empty() ? dollar_ : value_of(name);
      if (value.find('\n') != std::string::npos) fail("variable '" + std::string(name) + "' has several lines");
      out += value;
      place = end + 1;
    }
    return out;
  }

  static std::string indented(std::string_view value, std::size_t indent) {
    std::string out;
    for (std::size_t start = 0; start <= value.size();) {
      const std::size_t end = std::min(value.find('\n', start), value.size());
      if (end > start) out.append(indent, ' ').append(value.substr(start, end - start));
      if (end < value.size()) out += '\n';
      start = end + 1;
    }
    return out;
  }

  std::string_view origin_;
  const Values& values_;
  std::set<std::string_view> used_;
  const std::string dollar_ = "$";
};

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw TemplateError("cannot read the template " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

std::string fill(std::string_view text, std::string_view origin, const Values& values) {
  return Filler(origin, values).fill(text);
}

std::string join(const std::vector<std::string>& blocks, std::string_view separator) {
  std::string out;
  for (const std::string& block : blocks) {
    if (block.empty()) continue;
    if (!out.empty()) out += separator;
    out += block;
  }
  return out;
}

Templates::Templates(const std::string& folder) {
  for (const EmbeddedTemplate& embedded : embedded_templates()) {
    const std::string text =
        folder.empty() ? std::string(embedded.text) : read(std::filesystem::path(folder) / embedded.name);
    const std::string prefix = std::string(embedded.name.substr(0, embedded.name.find('.'))) + '/';
    std::string* section = nullptr;
    for (std::size_t start = 0; start < text.size();) {
      const std::size_t end = std::min(text.find('\n', start), text.size());
      const std::string line = text.substr(start, end - start);
      start = end + 1;
      if (line.starts_with("@@ ")) {
        section = &sections_[prefix + line.substr(3)];
      } else if (section != nullptr) {
        *section += line + '\n';
      }
    }
  }
  // Blank lines at the end of a section only set it off from the next one.
  for (auto& [name, text] : sections_) text.erase(text.find_last_not_of('\n') + 1);
}

std::string Templates::print(std::string_view name, const Values& values) const {
  const auto found = sections_.find(name);
  if (found == sections_.end()) throw TemplateError("there is no template " + std::string(name));
  return fill(found->second, name, values);
}

std::string Templates::print_fitting(std::string_view name, std::string_view long_name, std::size_t width,
                                     const Values& values) const {
  std::string text = print(name, values);
  return text.size() <= width ? text : print(long_name, values);
}

}  // namespace netabase::compiler::codegen
