#include <array>
#include <cstring>
#include <fstream>
#include <memory>
#include <ostream>

#include "netabase/error.hpp"
#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/json/text.hpp"
#include "tools/output/progress.hpp"
#include "tools/output/text.hpp"
#include "tools/record/write_json.hpp"
#include "tools/store/walk.hpp"

namespace netabase::tools {

namespace {

/// Gathers what is written, and notices when it cannot be.
class Sink {
 public:
  Sink(const std::string& name, std::ostream& standard) : name_(name) {
    if (name != "-") {
      file_ = std::make_unique<std::ofstream>(name, std::ios::binary | std::ios::trunc);
      if (!file_->is_open()) throw Error(ErrorCode::io, "cannot write '" + name + "': " + std::strerror(errno));
    }
    out_ = file_ ? file_.get() : &standard;
  }

  std::string buffer;

  void write_if_large() {
    if (buffer.size() >= 1 << 16) write();
  }
  void finish() {
    write();
    out_->flush();
    check();
  }

 private:
  void write() {
    out_->write(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    buffer.clear();
    check();
  }
  void check() const {
    if (out_->good()) return;
    throw Error(ErrorCode::io, "cannot write " + (name_ == "-" ? "the output" : "'" + name_ + "'") + ": " +
                                   std::strerror(errno) + "; what is there is not the whole export");
  }

  std::string name_;
  std::unique_ptr<std::ofstream> file_;
  std::ostream* out_ = nullptr;
};

/// The first line: where the rest comes from, and where the sequences stand.
void append_head(std::string& out, const Lmdb::Transaction& transaction, const StoreFile& file,
                 const std::vector<const Model*>& models) {
  out += "{\"$netabase\":1,\"definition\":";
  json::append_text(out, file.schema().definition());
  out += ",\"schema_version\":" + std::to_string(file.schema_version()) + ",\"sequences\":{";
  for (const Model* model : models) {
    const auto next = read_sequence(transaction, file, *model);
    if (!next) continue;
    if (out.back() != '{') out += ',';
    json::append_text(out, model->name);
    out += ':';
    json::append_number(out, *next);
  }
  out += "}}\n";
}

void append_line(std::string& out, Bytes value, const Model& model, bool plain) {
  const Record record(value, *model.shape);
  out += '{';
  if (!plain) {
    out += "\"$model\":";
    json::append_text(out, model.name);
    if (!model.shape->fields.empty()) out += ',';
  }
  const std::size_t begin = out.size();
  guard_capnp([&] { append_json_members(out, record.root(), *model.shape); });
  if (out.size() == begin && out.back() == ',') out.pop_back();
  out += "}\n";
}

/// A standard message: the segment table of one segment, and the body.
void append_message(std::string& out, Bytes value) {
  const Bytes body = Record::body(value);
  const std::array<std::uint32_t, 2> table{0, static_cast<std::uint32_t>(body.size() / 8)};
  out.append(reinterpret_cast<const char*>(table.data()), sizeof(table));
  out.append(as_text(body));
}

}  // namespace

int run_export(const ExportOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::read);
  std::vector<const Model*> models;
  for (const std::string& name : options.models) models.push_back(&file.schema().model(name));
  if (models.empty()) {
    for (const Model& model : file.schema().models()) models.push_back(&model);
  }
  if ((options.capnp || options.plain) && models.size() != 1) {
    throw UsageError(std::string(options.capnp ? "--format capnp" : "--plain") +
                     " writes records of one model: name it; the models: " + names_of(file.schema().models()));
  }
  const auto transaction = file.engine().begin_read();
  std::uint64_t total = 0;
  for (const Model* model : models) total += transaction.count(table_of(transaction, model->name, file));

  Sink sink(options.output, context.out);
  if (!options.capnp && !options.plain) append_head(sink.buffer, transaction, file, models);
  {
    Progress progress(context, "records", total);
    for (const Model* model : models) {
      RecordWalk walk(transaction, file, *model);
      for (bool more = walk.start(); more; more = walk.advance()) {
        if (options.capnp) {
          append_message(sink.buffer, walk.value());
        } else {
          append_line(sink.buffer, walk.value(), *model, options.plain);
        }
        sink.write_if_large();
        progress.step();
      }
    }
  }
  sink.finish();
  if (options.output != "-")
    context.err << counted(total, "record", "records") << " exported to " << options.output << '\n';
  return exit_ok;
}

}  // namespace netabase::tools
