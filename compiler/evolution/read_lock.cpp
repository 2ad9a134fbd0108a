#include "compiler/evolution/read_lock.hpp"

#include <capnp/dynamic.h>
#include <kj/exception.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "compiler/layout/capnp_file.hpp"
#include "compiler/layout/type_text.hpp"

namespace netabase::compiler::evolution {

namespace {

using capnp::DynamicList;
using capnp::DynamicStruct;
using layout::CapnpFile;

std::string text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

std::string text_in(DynamicStruct::Reader value, const char* field) {
  return text_of(value.get(field).as<capnp::Text>());
}

/// The same of a field that files of older versions do not have: empty then.
std::string text_if_known(DynamicStruct::Reader value, const char* field) {
  return value.getSchema().findFieldByName(field) == nullptr ? std::string() : text_in(value, field);
}

/// The annotations that netabase-gen declares in each file, by their ids in this one.
struct Annotations {
  explicit Annotations(const CapnpFile& file) {
    const capnp::ParsedSchema own = file.nested("Netabase");
    cpp = own.getNested("cpp").getProto().getId();
    enumeration = own.getNested("enumeration").getProto().getId();
    // Not in files of versions that had no type to say it of.
    KJ_IF_MAYBE (found, own.findNested("meaning")) meaning = found->getProto().getId();
    wrapper = own.getNested("wrapper").getProto().getId();
    removed = own.getNested("removed").getProto().getId();
    KJ_IF_MAYBE (found, own.findNested("successor")) successor = found->getProto().getId();
    KJ_IF_MAYBE (found, own.findNested("initially")) initially = found->getProto().getId();
  }

  /// The text of the annotation `id` in the list; nullopt when it is not there.
  static std::optional<std::string> find(capnp::List<capnp::schema::Annotation>::Reader list, std::uint64_t id) {
    for (const auto annotation : list) {
      if (annotation.getId() != id) continue;
      const auto value = annotation.getValue();
      return value.isText() ? text_of(value.getText()) : std::string();
    }
    return std::nullopt;
  }

  std::uint64_t cpp = 0;
  std::uint64_t enumeration = 0;
  std::uint64_t meaning = 0;
  std::uint64_t wrapper = 0;
  std::uint64_t removed = 0;
  std::uint64_t successor = 0;
  std::uint64_t initially = 0;
};

class Reader {
 public:
  explicit Reader(const CapnpFile& file) : file_(file), annotations_(file) {}

  Lock read() const {
    Lock lock;
    lock.file_id = file_.root().getProto().getId();
    for (const capnp::ParsedSchema node : file_.root().getAllNested()) {
      const std::string name = node.getShortDisplayName().cStr();
      if (node.getProto().isStruct() && name != "Netabase") lock.structs.push_back(read_struct(name, node.asStruct()));
    }
    for (const auto definition : list("definitions")) {
      lock.definitions.push_back(read_definition(definition.as<DynamicStruct>()));
    }
    for (const auto enumeration : list("enumerations")) {
      lock.enums.push_back(read_enum(enumeration.as<DynamicStruct>()));
    }
    return lock;
  }

 private:
  DynamicList::Reader list(const char* name) const { return file_.nested(name).asConst().as<DynamicList>(); }

  LockedStruct read_struct(const std::string& name, const capnp::StructSchema& schema) const {
    const auto proto = schema.getProto();
    LockedStruct structure;
    structure.name = name;
    structure.id = proto.getId();
    structure.cpp_name = Annotations::find(proto.getAnnotations(), annotations_.cpp).value_or(name);
    if (auto wraps = Annotations::find(proto.getAnnotations(), annotations_.wrapper)) {
      structure.wrapper = true;
      structure.cpp_name = std::move(*wraps);
    }
    structure.is_union = proto.getStruct().getDiscriminantCount() != 0;
    structure.removed = Annotations::find(proto.getAnnotations(), annotations_.removed).has_value();
    for (const auto field : schema.getFields()) structure.fields.push_back(read_field(field));
    std::sort(structure.fields.begin(), structure.fields.end(), [](const LockedField& left, const LockedField& right) {
      return left.first_ordinal() < right.first_ordinal();
    });
    return structure;
  }

  LockedField read_field(const capnp::StructSchema::Field& field) const {
    const auto proto = field.getProto();
    LockedField out;
    out.name = text_of(proto.getName());
    out.cpp_name = Annotations::find(proto.getAnnotations(), annotations_.cpp).value_or(out.name);
    set_notes(out, proto.getAnnotations());
    if (proto.isGroup()) {
      // Annotations of a union belong to its node.
      const capnp::StructSchema group = field.getType().asStruct();
      const auto annotations = group.getProto().getAnnotations();
      if (auto cpp = Annotations::find(annotations, annotations_.cpp)) out.cpp_name = *cpp;
      set_notes(out, annotations);
      for (const auto member : group.getFields()) {
        if (member.getType().isVoid()) {
          out.absent_ordinal = member.getProto().getOrdinal().getExplicit();
        } else {
          set_value(out, member);
        }
      }
    } else {
      set_value(out, field);
    }
    return out;
  }

  void set_notes(LockedField& out, capnp::List<capnp::schema::Annotation>::Reader annotations) const {
    if (auto text = Annotations::find(annotations, annotations_.enumeration)) out.enumeration = *text;
    if (auto text = Annotations::find(annotations, annotations_.meaning)) out.meaning = *text;
    if (auto text = Annotations::find(annotations, annotations_.successor)) out.successor = *text;
    out.initially = Annotations::find(annotations, annotations_.initially);
    if (auto name = Annotations::find(annotations, annotations_.removed)) {
      out.removed = true;
      if (!name->empty()) out.cpp_name = std::move(*name);
    }
  }

  static void set_value(LockedField& out, const capnp::StructSchema::Field& field) {
    out.ordinal = field.getProto().getOrdinal().getExplicit();
    out.type = layout::type_text(field.getType());
    out.default_value = layout::default_text(field.getProto().getSlot().getDefaultValue());
  }

  static LockedDefinition read_definition(DynamicStruct::Reader value) {
    LockedDefinition definition;
    definition.name = text_in(value, "name");
    definition.cpp_namespace = text_in(value, "cppNamespace");
    definition.schema_version = value.get("schemaVersion").as<std::uint16_t>();
    for (const auto model : value.get("models").as<DynamicList>()) {
      definition.models.push_back(read_model(model.as<DynamicStruct>()));
    }
    return definition;
  }

  static LockedModel read_model(DynamicStruct::Reader value) {
    LockedModel model;
    model.table = text_in(value, "table");
    model.record = text_in(value, "record");
    model.number = value.get("number").as<std::uint16_t>();
    model.removed = value.get("removed").as<bool>();
    model.primary = read_index(value.get("primaryKey").as<DynamicStruct>());
    model.primary.unique = true;
    for (const auto index : value.get("indexes").as<DynamicList>()) {
      model.indexes.push_back(read_index(index.as<DynamicStruct>()));
    }
    return model;
  }

  static LockedIndex read_index(DynamicStruct::Reader value) {
    LockedIndex index;
    index.name = text_in(value, "name");
    index.number = value.get("number").as<std::uint16_t>();
    index.unique = value.get("unique").as<bool>();
    index.automatic = value.get("automatic").as<bool>();
    index.sparse = value.get("sparse").as<bool>();
    index.per_element = value.get("perElement").as<bool>();
    index.max_length = value.get("maxLength").as<std::uint64_t>();
    index.removed = value.get("removed").as<bool>();
    index.link = text_if_known(value, "link");
    index.on_delete = text_if_known(value, "onDelete");
    index.where = text_if_known(value, "where");
    for (const auto part : value.get("parts").as<DynamicList>()) {
      const auto reader = part.as<DynamicStruct>();
      index.parts.push_back(
          {text_in(reader, "field"), reader.get("descending").as<bool>(), text_if_known(reader, "computed")});
    }
    return index;
  }

  static LockedEnum read_enum(DynamicStruct::Reader value) {
    LockedEnum out;
    out.cpp_name = text_in(value, "cpp");
    out.underlying = text_in(value, "underlying");
    for (const auto enumerator : value.get("enumerators").as<DynamicList>()) {
      const auto reader = enumerator.as<DynamicStruct>();
      out.enumerators.push_back({text_in(reader, "name"), reader.get("value").as<std::int64_t>()});
    }
    return out;
  }

  const CapnpFile& file_;
  Annotations annotations_;
};

/// The line of that number, counted from 1.
std::string line_at(const std::string& text, std::uint32_t number) {
  std::istringstream lines(text);
  std::string line;
  for (std::uint32_t i = 0; i < number; ++i) {
    if (!std::getline(lines, line)) return {};
  }
  return line;
}

/// The first line that git leaves in a file it could not merge; 0 for none.
std::uint32_t conflict_line(const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  for (std::uint32_t number = 1; std::getline(lines, line); ++number) {
    for (const char* mark : {"<<<<<<<", "|||||||", "=======", ">>>>>>>"}) {
      if (line.starts_with(mark)) return number;
    }
  }
  return 0;
}

/// The line on which `part` stands; 1 when it does not.
std::uint32_t line_of(const std::string& text, const std::string& part) {
  const std::size_t place = text.find(part);
  if (place == std::string::npos) return 1;
  return 1 +
         static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(place), '\n'));
}

/// Numbers that two branches gave, which Cap'n Proto knows nothing of.
class NumberCheck {
 public:
  NumberCheck(const std::string& path, const std::string& text, Diagnostics& diagnostics)
      : path_(path), text_(text), diagnostics_(diagnostics) {}

  void check(const Lock& lock) {
    for (const LockedDefinition& definition : lock.definitions) {
      std::map<std::uint16_t, std::string> models;
      for (const LockedModel& model : definition.models) {
        claim(models, model.number, "table", model.table, "model");
        std::map<std::uint16_t, std::string> indexes = {{0, "primary"}};
        for (const LockedIndex& index : model.indexes) claim(indexes, index.number, "name", index.name, "index");
      }
    }
  }

 private:
  /// The line that gives the number to the name.
  std::uint32_t line(std::uint16_t number, const std::string& naming, const std::string& name) const {
    return line_of(text_, "number = " + std::to_string(number) + ", " + naming + " = " + layout::quote(name));
  }

  void claim(std::map<std::uint16_t, std::string>& taken, std::uint16_t number, const std::string& naming,
             const std::string& name, const std::string& kind) {
    const auto [first, is_new] = taken.emplace(number, name);
    if (is_new) return;
    const std::uint32_t here = line(number, naming, name);
    diagnostics_.error({path_, here, 1, 1},
                       kind + " number " + std::to_string(number) + " is claimed twice, by " + first->second +
                           " (line " + std::to_string(line(number, naming, first->second)) + ") and " + name +
                           " (line " + std::to_string(here) + "): keep one, run again",
                       "two branches gave the same number: keep the " + kind +
                           " that data was stored with, delete the other one here, and run netabase-gen again: it "
                           "gives that one a new number");
  }

  const std::string& path_;
  const std::string& text_;
  Diagnostics& diagnostics_;
};

/// "title" of the line "  title @7 :Text;".
std::string field_on(const std::string& text, std::uint32_t line) {
  std::istringstream words(line_at(text, line));
  std::string name;
  words >> name;
  return name;
}

/// The digits that the problem underlines.
std::string number_at(const std::string& text, const CapnpFile::Problem& problem) {
  const std::string line = line_at(text, problem.line);
  std::string digits;
  for (std::size_t i = problem.column - 1; i < line.size(); ++i) {
    if (line[i] >= '0' && line[i] <= '9') {
      digits += line[i];
    } else if (!digits.empty() || line[i] != '@') {
      break;
    }
  }
  return digits;
}

/// What Cap'n Proto has against a text. That an ordinal is claimed twice it says in two problems, of which the second
/// one, the first claim, comes once for any number of further claims.
class Problems {
 public:
  Problems(const std::string& path, const std::string& text, Diagnostics& diagnostics)
      : path_(path), text_(text), diagnostics_(diagnostics) {}

  void report(const std::vector<CapnpFile::Problem>& problems) {
    for (std::size_t i = 0; i < problems.size(); ++i) {
      if (is_first_claim(problems[i])) continue;
      if (problems[i].message == "Duplicate ordinal number.") {
        if (i + 1 < problems.size() && is_first_claim(problems[i + 1])) first_ = &problems[i + 1];
        claimed_twice(problems[i]);
      } else {
        diagnostics_.error(location(problems[i]), "Cap'n Proto does not accept this file: " + problems[i].message,
                           "put back the version that was committed last; netabase-gen takes ordinals from it and "
                           "never gives them again");
      }
    }
  }

 private:
  static bool is_first_claim(const CapnpFile::Problem& problem) {
    return problem.message.find("originally used here") != std::string::npos;
  }

  SourceLocation location(const CapnpFile::Problem& problem) const {
    return {path_, problem.line, problem.column, problem.length};
  }

  std::string field(const CapnpFile::Problem& problem) const {
    return field_on(text_, problem.line) + " (line " + std::to_string(problem.line) + ")";
  }

  void claimed_twice(const CapnpFile::Problem& problem) {
    const std::string number = number_at(text_, problem);
    if (first_ == nullptr) {
      diagnostics_.error(location(problem), "ordinal " + number + " is claimed twice: keep one, run again");
      return;
    }
    Diagnostic& error =
        diagnostics_.error(location(problem), "ordinal " + number + " is claimed twice, by " + field(*first_) +
                                                  " and " + field(problem) + ": keep one, run again");
    error.notes.push_back({Severity::note, location(*first_), field_on(text_, first_->line) + " is here", {}});
    error.notes.push_back({Severity::note,
                           {},
                           "two branches gave the same number: keep the line of the field that data was stored with, "
                           "delete the other one, and run netabase-gen again: it gives that field a new number",
                           {}});
  }

  const std::string& path_;
  const std::string& text_;
  Diagnostics& diagnostics_;
  const CapnpFile::Problem* first_ = nullptr;
};

}  // namespace

std::optional<Lock> read_lock(const std::string& path, const std::string& text, Diagnostics& diagnostics) {
  if (const std::uint32_t line = conflict_line(text)) {
    diagnostics.error({path, line, 1, 7}, "this file still has the marks of a merge conflict",
                      "keep the lines of both sides, of a number that both changed the greater one, remove the marks, "
                      "and run netabase-gen again");
    return std::nullopt;
  }
  const CapnpFile file(std::filesystem::path(path).filename().string(), text);
  Problems(path, text, diagnostics).report(file.problems());
  if (!file.ok()) return std::nullopt;
  try {
    Lock lock = Reader(file).read();
    const std::size_t before = diagnostics.all().size();
    NumberCheck(path, text, diagnostics).check(lock);
    if (diagnostics.all().size() != before) return std::nullopt;
    return lock;
  } catch (const kj::Exception& exception) {
    diagnostics.error({path, 1, 1, 1},
                      std::string("this file was not written by netabase-gen, or was changed by hand: ") +
                          exception.getDescription().cStr(),
                      "put back the version that was committed last, or move the file away when it is something else");
    return std::nullopt;
  }
}

}  // namespace netabase::compiler::evolution
