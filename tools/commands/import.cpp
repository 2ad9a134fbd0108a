#include <ostream>

#include "netabase/error.hpp"
#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/output/progress.hpp"
#include "tools/output/text.hpp"
#include "tools/store/begin_write.hpp"
#include "tools/store/import_source.hpp"
#include "tools/store/links.hpp"
#include "tools/store/writer.hpp"

namespace netabase::tools {

namespace {

struct Counts {
  std::uint64_t inserted = 0;
  std::uint64_t replaced = 0;
  std::uint64_t refused = 0;
};

/// A record that cannot be put for what it holds; others still can.
bool is_refusal(const Error& error) {
  switch (error.code()) {
    case ErrorCode::unique_violation:
    case ErrorCode::key_too_long:
    case ErrorCode::key_collision:
      return true;
    default:
      return false;
  }
}

class Import {
 public:
  Import(const ImportOptions& options, const StoreFile& file, const Context& context)
      : options_(options), file_(file), context_(context) {}

  Counts run() {
    auto transaction = begin_write(file_, context_);
    Writer writer(transaction, file_);
    ImportSource source(options_, file_, writer, context_.in);
    PendingLinks links;
    Counts counts;
    {
      Progress progress(context_, "records");
      for (;;) {
        try {
          if (!source.next()) break;
          put(source, writer, counts);
          if (source.has_record()) links.add(transaction, file_, source.model(), source.record(), source.number());
        } catch (const InputError& error) {
          if (!options_.go_on || !source.can_go_on()) throw InputError(source.place() + ": " + error.what());
          refuse(source.place(), error.what(), counts);
        } catch (const Error& error) {
          if (!is_refusal(error)) throw;
          if (!options_.go_on) throw InputError(source.place() + ": " + error.what());
          refuse(source.place(), error.what(), counts);
        }
        progress.step();
      }
    }
    if (const auto dangling = links.find(transaction, file_)) {
      throw InputError(source.place(dangling->number) + ": " + dangling->what);
    }
    writer.store_sequences();
    transaction.commit();
    return counts;
  }

 private:
  void put(const ImportSource& source, Writer& writer, Counts& counts) const {
    if (!source.has_record()) return;
    switch (writer.put(source.model(), source.record(), options_.replace)) {
      case Writer::Outcome::inserted:
        ++counts.inserted;
        break;
      case Writer::Outcome::replaced:
        ++counts.replaced;
        break;
      case Writer::Outcome::exists:
        throw InputError(source.model().name + " " + source.key() +
                         " is in the store already; --replace puts the new record in its place");
    }
  }

  void refuse(const std::string& place, const std::string& why, Counts& counts) const {
    ++counts.refused;
    context_.err << "netabase: " << place << ": " << printable(why) << '\n';
  }

  const ImportOptions& options_;
  const StoreFile& file_;
  const Context& context_;
};

}  // namespace

int run_import(const ImportOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::write);
  Counts counts;
  try {
    counts = Import(options, file, context).run();
  } catch (const InputError& error) {
    context.err << "netabase: " << printable(error.what()) << "\nNothing was imported"
                << (options.go_on ? "." : "; --continue imports the others.") << '\n';
    return exit_found;
  } catch (const MapFull&) {
    // The next transaction begins with more room; standard input cannot be read again.
    if (options.input == "-") throw;
    counts = Import(options, file, context).run();
  }
  if (context.json) {
    context.out << "{\"inserted\":" << counts.inserted << ",\"replaced\":" << counts.replaced
                << ",\"refused\":" << counts.refused << "}\n";
  } else {
    context.out << counted(counts.inserted, "record", "records") << " imported";
    if (counts.replaced != 0) context.out << ", " << count_text(counts.replaced) << " replaced";
    if (counts.refused != 0) context.out << ", " << count_text(counts.refused) << " refused";
    context.out << '\n';
  }
  return counts.refused == 0 ? exit_ok : exit_found;
}

}  // namespace netabase::tools
