#include "questions.hpp"

#include <chrono>
#include <iomanip>
#include <optional>
#include <ostream>
#include <sstream>

#include "format.hpp"

namespace packages {

namespace {

using debian::Package;
using debian::PackageKey;
using debian::PackageRef;

/// A PackageRef borrows the record: its texts are string_views into the store's map, and nothing is copied.
void write_row(std::ostream& out, const PackageRef& package) {
  const std::optional<std::uint64_t> kib = package.installed_size();
  out << std::setw(14) << (kib ? size_text(*kib) : "size unknown") << "  " << package.name() << ' ' << package.version()
      << " (" << package.architecture() << ")\n";
}

class Answers {
 public:
  Answers(PackageStore::Read& snapshot, std::ostream& out) : packages_(snapshot.open_tree<Package>()), out_(out) {}

  void largest(std::uint64_t show) const {
    // The index of an optional field has an entry for each package that has a value.
    write("The largest of all that tell their size", show,
          [&] { return packages_.by<&Package::installed_size>().reverse(); });
  }

  void section(const std::string& name, std::uint64_t show) const {
    // The composite index orders by section, then by size, descending. Its first part alone selects the section.
    write("Section " + name + ", the largest first", show,
          [&] { return packages_.by<PackageKey::by_section_size>().equal(name); });
  }

  void depends_on(const std::string& name, std::uint64_t show) const {
    // The index of a vector has an entry for each element: dependencies, read backwards.
    write("Depend on " + name, show, [&] { return packages_.by<&Package::dependencies>().equal(name); });
  }

  void smallest(const std::string& name, std::uint64_t show) const {
    using netabase::field;
    // Conditions on two fields, and an order: the query chooses among the indexes, and filters on the stored bytes.
    write("The smallest that depend on " + name, show, [&] {
      return packages_.query()
          .where(field<&Package::dependencies>().contains(name) && field<&Package::installed_size>().has_value())
          .order_by(netabase::asc<&Package::installed_size>());
    });
  }

  void prefix(const std::string& text, std::uint64_t show) const {
    // The name is the first part of the primary key, so this is a walk over the records themselves.
    write("Names that begin with " + text, show, [&] { return packages_.prefix(text); });
  }

  void maintainer(const std::string& text, std::uint64_t show) const {
    write("Maintainers that begin with " + text, show,
          [&] { return packages_.by<&Package::maintainer>().prefix(text); });
  }

 private:
  /// `select` gives a lazy range each time it is called: the first one is only counted, which reads no record, the
  /// second one ends after `show` of them.
  template <class Select>
  void write(const std::string& title, std::uint64_t show, Select select) const {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point begin = Clock::now();
    const std::uint64_t count = select().count();
    std::ostringstream rows;
    for (const PackageRef package : select().limit(show)) write_row(rows, package);
    const double milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();

    out_ << '\n'
         << title << ": " << counted(count, "package") << " (" << std::fixed << std::setprecision(3) << milliseconds
         << " ms)\n"
         << rows.str();
    if (count > show) out_ << "                ... and " << grouped(count - show) << " more\n";
  }

  netabase::ReadTree<Package, netabase::Lmdb> packages_;
  std::ostream& out_;
};

}  // namespace

void answer(const PackageStore& store, const Questions& questions, std::ostream& out) {
  PackageStore::Read snapshot = store.begin_read();
  const Answers answers(snapshot, out);
  if (questions.largest > 0) answers.largest(questions.largest);
  for (const std::string& name : questions.sections) answers.section(name, questions.show);
  for (const std::string& name : questions.depends_on) answers.depends_on(name, questions.show);
  for (const std::string& name : questions.smallest) answers.smallest(name, questions.show);
  for (const std::string& text : questions.prefixes) answers.prefix(text, questions.show);
  for (const std::string& text : questions.maintainers) answers.maintainer(text, questions.show);
}

}  // namespace packages
