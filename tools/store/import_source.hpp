#pragma once

/// \file
/// Records from an export: lines of JSON, or a stream of Cap'n Proto messages.
///
///     {"$netabase":1,"definition":"ShopDefinition","schema_version":1,"sequences":{"Customer":17}}
///     {"$model":"Customer","id":1,"login":"ada"}
///
/// The first line may be missing; then sequences move behind the records' own numbers. A record of a model with an
/// automatic key that has 0 or none gets the next number.

#include <istream>
#include <memory>
#include <string>

#include "tools/commands/commands.hpp"
#include "tools/record/record.hpp"
#include "tools/store/writer.hpp"

namespace netabase::tools {

class ImportSource {
 public:
  /// Opens options.input, or takes `standard` for "-". Throws Error(io) when it cannot be opened, UsageError.
  ImportSource(const ImportOptions& options, const StoreFile& file, Writer& writer, std::istream& standard);
  ~ImportSource();
  ImportSource(const ImportSource&) = delete;
  ImportSource& operator=(const ImportSource&) = delete;

  /// Takes the next line or message; false at the end. Throws InputError for one that is no record; the one behind it
  /// can be asked for if can_go_on().
  bool next();
  /// A blank line and the first one have no record.
  bool has_record() const { return model_ != nullptr; }
  bool can_go_on() const;

  const Model& model() const { return *model_; }
  Bytes record() const { return record_.bytes(); }
  std::string key() const;                              ///< the primary key as JSON
  std::string place() const { return place(number_); }  ///< "users.jsonl, line 7", "standard input, message 7"
  std::string place(std::uint64_t number) const;
  std::uint64_t number() const { return number_; }  ///< of the line or message

 private:
  class Messages;

  bool next_line();
  bool next_message();
  void take_head(const std::string& line);
  void take_record(const std::string& line);
  /// Numbers the record in `root`, and turns it into the bytes to store.
  void finish(capnp::MallocMessageBuilder& message, capnp::DynamicStruct::Builder root);

  const ImportOptions& options_;
  const StoreFile& file_;
  Writer& writer_;
  std::unique_ptr<std::istream> own_;
  std::istream& in_;
  std::unique_ptr<Messages> messages_;
  std::uint64_t number_ = 0;
  const Model* model_ = nullptr;
  RecordBytes record_;
};

}  // namespace netabase::tools
