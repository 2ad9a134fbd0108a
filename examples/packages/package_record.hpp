#pragma once

/// \file
/// From a paragraph of text to the struct that is stored.

#include <string>
#include <string_view>
#include <vector>

#include "control_reader.hpp"
#include "schema/packages.hpp"

namespace packages {

/// Whether the record is of a package that is there: any of an archive's index, and of dpkg's status file those that
/// are not gone but for their configuration.
bool is_present(const Paragraph& paragraph);

/// The package that the record describes. Throws MalformedRecord when it has no name, version or architecture, or when
/// its size is not a number.
debian::Package to_package(const Paragraph& paragraph);

/// The names in a Depends, Pre-Depends or Provides field, each once, in their order: every alternative, without
/// versions, architectures and restrictions. "libc6 (>= 2.34), cron:any | anacron" has libc6, cron and anacron.
std::vector<std::string> package_names(std::string_view relations);

}  // namespace packages
