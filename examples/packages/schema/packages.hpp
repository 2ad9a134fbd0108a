#pragma once

/// \file
/// What is kept of a Debian package: the only source of truth. netabase-gen reads it; it includes nothing of
/// netabase's.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(DebianDefinition, DebianKeys)]] debian {

enum class Priority : std::uint8_t { unspecified, required, important, standard, optional, extra };

/// One version of a package for one architecture: an archive may have several of either. Versions are ordered as text,
/// not as dpkg orders them.
struct [[netabase::model, netabase::index(by_section_size, section, desc(installed_size))]] Package {
  [[netabase::primary_key]] std::string name;
  [[netabase::primary_key, netabase::secondary_key]] std::string architecture;
  [[netabase::primary_key]] std::string version;

  [[netabase::secondary_key]] std::string section;
  Priority priority = Priority::unspecified;
  [[netabase::secondary_key]] std::string maintainer;
  [[netabase::secondary_key]] std::optional<std::uint64_t> installed_size;  // KiB; absent: the record does not say
  bool essential = false;
  std::string source;       // the source package's name
  std::string status;       // "install ok installed"; empty in an archive's index, which knows of no machine
  std::string summary;      // the first line of the description
  std::string description;  // the other lines
  std::string homepage;

  std::string depends;                                                // as written: "libc6 (>= 2.34), cron | anacron"
  std::string pre_depends;                                            // as written
  [[netabase::secondary_key]] std::vector<std::string> dependencies;  // the names in both: one index entry each
  [[netabase::secondary_key]] std::vector<std::string> provides;      // names of virtual packages that it stands for
};

}  // namespace debian
