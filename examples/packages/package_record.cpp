#include "package_record.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>

namespace packages {

namespace {

std::string required(const Paragraph& paragraph, std::string_view name) {
  const Field* field = paragraph.find(name);
  if (field == nullptr) throw MalformedRecord(paragraph.line, "the record has no field " + quoted(name));
  if (field->value.empty()) throw MalformedRecord(field->line, "the field " + quoted(name) + " is empty");
  return field->value;
}

std::optional<std::uint64_t> optional_number(const Paragraph& paragraph, std::string_view name) {
  const Field* field = paragraph.find(name);
  if (field == nullptr) return std::nullopt;
  std::uint64_t number = 0;
  const char* end = field->value.data() + field->value.size();
  const auto [stop, error] = std::from_chars(field->value.data(), end, number);
  if (error != std::errc() || stop != end) {
    throw MalformedRecord(field->line, "the field " + quoted(name) + " is not a number: " + quoted(field->value));
  }
  return number;
}

debian::Priority to_priority(std::string_view word) {
  using enum debian::Priority;
  constexpr std::array<std::pair<std::string_view, debian::Priority>, 5> words = {{{"required", required},
                                                                                   {"important", important},
                                                                                   {"standard", standard},
                                                                                   {"optional", optional},
                                                                                   {"extra", extra}}};
  const auto found = std::ranges::find(words, word, [](const auto& each) { return each.first; });
  return found != words.end() ? found->second : unspecified;
}

void add_names(std::vector<std::string>& names, std::string_view relations) {
  while (!relations.empty()) {
    const std::string_view relation = relations.substr(0, relations.find_first_of(",|"));
    relations.remove_prefix(std::min(relations.size(), relation.size() + 1));

    const std::size_t first = relation.find_first_not_of(" \t\n");
    if (first == std::string_view::npos) continue;
    const std::size_t end = relation.find_first_of(" \t\n:([<", first);
    const std::string_view name = relation.substr(first, end == std::string_view::npos ? end : end - first);
    if (!name.empty() && std::ranges::find(names, name) == names.end()) names.emplace_back(name);
  }
}

}  // namespace

bool is_present(const Paragraph& paragraph) {
  const std::string_view status = paragraph.value("Status");
  return !status.ends_with(" config-files") && !status.ends_with(" not-installed");
}

debian::Package to_package(const Paragraph& paragraph) {
  const auto text = [&](std::string_view name) { return std::string(paragraph.value(name)); };

  debian::Package package;
  package.name = required(paragraph, "Package");
  package.version = required(paragraph, "Version");
  package.architecture = required(paragraph, "Architecture");
  package.section = text("Section");
  package.priority = to_priority(paragraph.value("Priority"));
  package.maintainer = text("Maintainer");
  package.installed_size = optional_number(paragraph, "Installed-Size");
  package.essential = paragraph.value("Essential") == "yes";
  package.status = text("Status");
  package.homepage = text("Homepage");

  // "gcc-12 (12.2.0-14)"; left out where it is the package's own name.
  const std::string_view source = paragraph.value("Source");
  package.source = source.empty() ? package.name : std::string(source.substr(0, source.find(' ')));

  const std::string_view description = paragraph.value("Description");
  const std::size_t first_line = description.find('\n');
  package.summary = description.substr(0, first_line);
  if (first_line != std::string_view::npos) package.description = description.substr(first_line + 1);

  package.depends = text("Depends");
  package.pre_depends = text("Pre-Depends");
  add_names(package.dependencies, package.pre_depends);
  add_names(package.dependencies, package.depends);
  package.provides = package_names(paragraph.value("Provides"));
  return package;
}

std::vector<std::string> package_names(std::string_view relations) {
  std::vector<std::string> names;
  add_names(names, relations);
  return names;
}

}  // namespace packages
