#include "package_record.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

namespace {

using packages::ControlReader;
using packages::MalformedRecord;
using packages::package_names;
using packages::Paragraph;
using packages::to_package;
using Names = std::vector<std::string>;

Paragraph parse(const std::string& text) {
  std::istringstream in(text);
  ControlReader reader([&](std::string& line) { return static_cast<bool>(std::getline(in, line)); });
  Paragraph paragraph;
  REQUIRE(reader.next(paragraph));
  return paragraph;
}

/// "LINE: message" of a record that is no package.
std::string refusal(const std::string& text) {
  try {
    to_package(parse(text));
  } catch (const MalformedRecord& problem) {
    return std::to_string(problem.line()) + ": " + problem.what();
  }
  return "accepted";
}

const std::string smallest = "Package: a\nVersion: 1\nArchitecture: all\n";

}  // namespace

TEST_CASE("every field of a record arrives") {
  const debian::Package package = to_package(parse(
      "Package: cron\nStatus: install ok installed\nPriority: important\nSection: admin\nInstalled-Size: 263\n"
      "Maintainer: Javier <jfs@debian.org>\nArchitecture: amd64\nSource: cron-source (3.0)\nVersion: 3.0pl1-162\n"
      "Essential: yes\nProvides: cron-daemon, mcron (= 1)\nPre-Depends: init-system-helpers (>= 1.54~)\n"
      "Depends: libc6 (>= 2.34), cron-daemon-common\nDescription: process scheduling daemon\n The long\n .\n text.\n"
      "Homepage: https://example.org/\n"));
  CHECK(package.name == "cron");
  CHECK(package.status == "install ok installed");
  CHECK(package.priority == debian::Priority::important);
  CHECK(package.section == "admin");
  CHECK(package.installed_size == 263);
  CHECK(package.maintainer == "Javier <jfs@debian.org>");
  CHECK(package.architecture == "amd64");
  CHECK(package.source == "cron-source");
  CHECK(package.version == "3.0pl1-162");
  CHECK(package.essential);
  CHECK(package.provides == Names{"cron-daemon", "mcron"});
  CHECK(package.pre_depends == "init-system-helpers (>= 1.54~)");
  CHECK(package.depends == "libc6 (>= 2.34), cron-daemon-common");
  CHECK(package.dependencies == Names{"init-system-helpers", "libc6", "cron-daemon-common"});
  CHECK(package.summary == "process scheduling daemon");
  CHECK(package.description == "The long\n\ntext.");
  CHECK(package.homepage == "https://example.org/");
}

TEST_CASE("what a record leaves out is empty, absent or follows from the rest") {
  const debian::Package package = to_package(parse(smallest));
  CHECK(package.source == "a");
  CHECK_FALSE(package.installed_size.has_value());
  CHECK(package.priority == debian::Priority::unspecified);
  CHECK(package.dependencies.empty());
  CHECK(package.summary.empty());
  CHECK_FALSE(package.essential);
}

TEST_CASE("a record without what identifies a package is malformed") {
  CHECK(refusal(smallest) == "accepted");
  CHECK(refusal("\nVersion: 1\nArchitecture: all\n") == "2: the record has no field 'Package'");
  CHECK(refusal("Package: a\nArchitecture: all\n") == "1: the record has no field 'Version'");
  CHECK(refusal("Package: a\nVersion: 1\n") == "1: the record has no field 'Architecture'");
  CHECK(refusal("Package: a\nVersion:\nArchitecture: all\n") == "2: the field 'Version' is empty");
}

TEST_CASE("a size that is not a number is malformed") {
  for (const std::string size : {"12 KiB", "-1", "+1", "0x10", "1.5", "", "99999999999999999999"}) {
    CHECK(refusal(smallest + "Installed-Size: " + size + "\n") ==
          "4: the field 'Installed-Size' is not a number: '" + size + "'");
  }
  CHECK(to_package(parse(smallest + "Installed-Size: 18446744073709551615\n")).installed_size == 18446744073709551615U);
  CHECK(to_package(parse(smallest + "Installed-Size: 0\n")).installed_size == 0U);
}

TEST_CASE("package_names strips everything but the names") {
  CHECK(package_names("").empty());
  CHECK(package_names("libc6") == Names{"libc6"});
  CHECK(package_names("libc6 (>= 2.34), zlib1g(>=1)") == Names{"libc6", "zlib1g"});
  CHECK(package_names("debconf (>= 0.5) | debconf-2.0, cron|anacron") ==
        Names{"debconf", "debconf-2.0", "cron", "anacron"});
  CHECK(package_names("python3:any (>= 3.5~), gcc:native") == Names{"python3", "gcc"});
  CHECK(package_names("libfoo [amd64 arm64] <!nocheck>, bar[i386]") == Names{"libfoo", "bar"});
  CHECK(package_names("a,\n b,\tc") == Names{"a", "b", "c"});
  CHECK(package_names("libgcc-s1 (>= 3), libgcc-s1 (<< 13)") == Names{"libgcc-s1"});
  CHECK(package_names(" , ,| ,a,,") == Names{"a"});
  CHECK(package_names("(>= 1), :any") == Names{});
}

TEST_CASE("packages of which only the configuration is left are not present") {
  const auto present = [](const std::string& status) { return packages::is_present(parse(smallest + status)); };
  CHECK(present(""));
  CHECK(present("Status: install ok installed\n"));
  CHECK(present("Status: hold ok half-configured\n"));
  CHECK_FALSE(present("Status: deinstall ok config-files\n"));
  CHECK_FALSE(present("Status: purge ok not-installed\n"));
}
