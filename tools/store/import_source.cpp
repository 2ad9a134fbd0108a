#include "tools/store/import_source.hpp"

#include <capnp/serialize.h>
#include <kj/std/iostream.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>

#include "netabase/error.hpp"
#include "tools/errors.hpp"
#include "tools/json/parse.hpp"
#include "tools/key/record_keys.hpp"
#include "tools/record/build.hpp"
#include "tools/record/read_json.hpp"

namespace netabase::tools {

/// The stream of messages.
class ImportSource::Messages {
 public:
  explicit Messages(std::istream& in) : stream_(in), buffered_(stream_) {}

  /// Null at the end. Throws kj::Exception.
  kj::Own<capnp::MessageReader> next() {
    if (buffered_.tryGetReadBuffer().size() == 0) return {};
    return kj::heap<capnp::InputStreamMessageReader>(buffered_);
  }
  bool broken = false;

 private:
  kj::std::StdInputStream stream_;
  kj::BufferedInputStreamWrapper buffered_;
};

namespace {

std::unique_ptr<std::istream> open_input(const std::string& name) {
  if (name == "-") return nullptr;
  auto file = std::make_unique<std::ifstream>(name, std::ios::binary);
  if (!file->is_open()) throw Error(ErrorCode::io, "cannot read '" + name + "': " + std::strerror(errno));
  return file;
}

}  // namespace

ImportSource::ImportSource(const ImportOptions& options, const StoreFile& file, Writer& writer, std::istream& standard)
    : options_(options), file_(file), writer_(writer), own_(open_input(options.input)), in_(own_ ? *own_ : standard) {
  if (!options.capnp) return;
  if (options.model.empty()) throw UsageError("--format capnp wants --model: messages do not say whose they are");
  file.schema().model(options.model);
  messages_ = std::make_unique<Messages>(in_);
}

ImportSource::~ImportSource() = default;

bool ImportSource::can_go_on() const { return messages_ == nullptr || !messages_->broken; }

std::string ImportSource::place(std::uint64_t number) const {
  return (options_.input == "-" ? "standard input" : options_.input) + (messages_ ? ", message " : ", line ") +
         std::to_string(number);
}

std::string ImportSource::key() const {
  const Record record(record_.bytes(), *model_->shape);
  return guard_capnp([&] { return key_json(record.root(), *model_); });
}

bool ImportSource::next() {
  model_ = nullptr;
  return messages_ ? next_message() : next_line();
}

bool ImportSource::next_line() {
  std::string line;
  if (!std::getline(in_, line)) {
    if (in_.bad()) throw Error(ErrorCode::io, "cannot read " + place() + ": " + std::strerror(errno));
    return false;
  }
  ++number_;
  if (line.find_first_not_of(" \t\r") == std::string::npos) return true;
  if (line.starts_with("{\"$netabase\"")) {
    take_head(line);
  } else {
    take_record(line);
  }
  return true;
}

void ImportSource::take_head(const std::string& line) {
  const json::Value head = json::parse(line);
  if (head.members[0].second.text != "1") {
    throw InputError("this export was written by a newer netabase: use that one to import it");
  }
  const json::Value* definition = head.find("definition");
  if (definition == nullptr || definition->text != file_.schema().definition()) {
    throw InputError("this is an export of " + (definition == nullptr ? "no definition" : definition->text) +
                     ", and the store holds " + file_.schema().definition());
  }
  const json::Value* sequences = head.find("sequences");
  if (sequences == nullptr) return;
  for (const auto& [name, value] : sequences->members) {
    std::uint64_t next = 0;
    const char* const end = value.text.data() + value.text.size();
    const auto result = std::from_chars(value.text.data(), end, next);
    const Model* model = nullptr;
    for (const Model& one : file_.schema().models()) {
      if (one.name == name && one.primary.automatic) model = &one;
    }
    if (model == nullptr || result.ec != std::errc() || result.ptr != end) {
      throw InputError("there is no sequence of " + name + ", or its value is no number");
    }
    writer_.move_sequence(*model, next);
  }
}

void ImportSource::take_record(const std::string& line) {
  const json::Value value = json::parse(line);
  std::string name = options_.model;
  if (const json::Value* named = value.find("$model")) {
    if (named->kind != json::Value::Kind::string) throw InputError("$model is the name of a model");
    if (!name.empty() && named->text != file_.schema().model(name).name) {
      throw InputError("the record is of " + named->text + ", and --model says " + name);
    }
    name = named->text;
  }
  if (name.empty()) throw InputError("the record does not say whose it is: no \"$model\", and no --model is given");
  const Model* model = nullptr;
  try {
    model = &file_.schema().model(name);
  } catch (const UsageError& error) {
    throw InputError(error.what());
  }
  capnp::MallocMessageBuilder message;
  const auto root = message.initRoot<capnp::DynamicStruct>(model->shape->schema);
  set_from_json(root, value, *model->shape);
  model_ = model;
  finish(message, root);
}

bool ImportSource::next_message() {
  ++number_;
  try {
    messages_->broken =
        true;  // whatever is thrown before the message is read whole: nobody knows where the next begins
    kj::Own<capnp::MessageReader> in = messages_->next();
    if (in.get() == nullptr) return false;
    messages_->broken = false;
    const Model& model = file_.schema().model(options_.model);
    capnp::MallocMessageBuilder message;
    const auto root = message.initRoot<capnp::DynamicStruct>(model.shape->schema);
    copy_normalised(root, in->getRoot<capnp::DynamicStruct>(model.shape->schema), *model.shape);
    model_ = &model;
    finish(message, root);
  } catch (const kj::Exception& exception) {
    model_ = nullptr;
    throw InputError(std::string("not a Cap'n Proto message of ") + options_.model + ": " +
                     exception.getDescription().cStr());
  }
  return true;
}

void ImportSource::finish(capnp::MallocMessageBuilder& message, capnp::DynamicStruct::Builder root) {
  if (model_->primary.automatic) {
    const FieldShape& field = *model_->primary.parts[0].path[0];
    if (field.shape.kind == Shape::Kind::unsigned_integer) {
      if (root.get(field.field).as<std::uint64_t>() == 0) root.set(field.field, writer_.take_number(*model_));
    } else if (root.get(field.field).as<std::int64_t>() == 0) {
      root.set(field.field, static_cast<std::int64_t>(writer_.take_number(*model_)));
    }
  }
  record_.assign(record_body(message, root, *model_->shape), file_.schema_version());
}

}  // namespace netabase::tools
