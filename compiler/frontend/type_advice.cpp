#include "compiler/frontend/type_advice.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace netabase::compiler::frontend {
namespace {

struct Advice {
  std::string_view name;
  std::string_view text;
};

constexpr std::string_view owner_advice =
    "store the value itself, or `std::optional` of it; to refer to another record, store its primary key";
constexpr std::string_view sequence_advice = "use `std::vector`";
constexpr std::string_view skip_advice = "it is no data; mark the field `[[netabase::skip]]`";
constexpr std::string_view borrow_advice = "it owns nothing; use `std::string`";

constexpr std::array<Advice, 35> standard_advice = {{
    {"std::basic_string_view", borrow_advice},
    {"std::span", "it owns nothing; use `std::vector`"},
    {"std::unique_ptr", owner_advice},
    {"std::shared_ptr", owner_advice},
    {"std::weak_ptr", owner_advice},
    {"std::reference_wrapper", owner_advice},
    {"std::function", skip_advice},
    {"std::any", "use a struct with one `std::optional` field for each type it can hold"},
    {"std::list", sequence_advice},
    {"std::forward_list", sequence_advice},
    {"std::deque", sequence_advice},
    {"std::stack", sequence_advice},
    {"std::queue", sequence_advice},
    {"std::priority_queue", sequence_advice},
    {"std::initializer_list", sequence_advice},
    {"std::valarray", sequence_advice},
    {"std::multiset", sequence_advice},
    {"std::unordered_multiset", sequence_advice},
    {"std::multimap", "use `std::vector` of a struct with the key and the value"},
    {"std::unordered_multimap", "use `std::vector` of a struct with the key and the value"},
    {"std::bitset", "use an unsigned integer, such as `std::uint64_t`"},
    {"std::complex", "use a struct with two `double` fields"},
    {"std::atomic", "store the plain value, and keep the atomic outside the schema"},
    {"std::mutex", skip_advice},
    {"std::shared_mutex", skip_advice},
    {"std::recursive_mutex", skip_advice},
    {"std::condition_variable", skip_advice},
    {"std::thread", skip_advice},
    {"std::jthread", skip_advice},
    {"std::exception_ptr", "store the message as `std::string`"},
    {"std::error_code", "store its value as `std::int32_t` and its category's name as `std::string`"},
    {"std::monostate", "it holds nothing: leave it out"},
    {"std::locale", skip_advice},
    {"std::type_index", "use an enum"},
    {"std::chrono::year_month_day", "use `std::chrono::sys_days`"},
}};

constexpr std::array<std::string_view, 33> platform_dependent = {
    "size_t",        "ssize_t",       "ptrdiff_t",      "intptr_t",       "uintptr_t",      "intmax_t",
    "uintmax_t",     "int_fast8_t",   "int_fast16_t",   "int_fast32_t",   "int_fast64_t",   "uint_fast8_t",
    "uint_fast16_t", "uint_fast32_t", "uint_fast64_t",  "int_least8_t",   "int_least16_t",  "int_least32_t",
    "int_least64_t", "uint_least8_t", "uint_least16_t", "uint_least32_t", "uint_least64_t", "time_t",
    "clock_t",       "off_t",         "pid_t",          "uid_t",          "gid_t",          "mode_t",
    "dev_t",         "ino_t",         "streamsize"};

}  // namespace

std::string advice_for(CXType canonical, const std::string& spelling) {
  // libclang 14 has no kind for char8_t.
  if (spelling == "char8_t") return "use `std::uint8_t` for a number, `std::string` for text";
  switch (canonical.kind) {
    case CXType_Char_S:
    case CXType_Char_U:
      return "use `std::int8_t` or `std::uint8_t` for a number, `std::string` for text";
    case CXType_WChar:
    case CXType_Char16:
    case CXType_Char32:
      return "use `std::uint32_t` for a code point, `std::string` (UTF-8) for text";
    case CXType_LongDouble:
    case CXType_Float128:
    case CXType_Float16:
    case CXType_Half:
      return "its size depends on the platform; use `double`";
    case CXType_Pointer: {
      const CXTypeKind pointee = clang_getCanonicalType(clang_getPointeeType(canonical)).kind;
      if (pointee == CXType_Char_S || pointee == CXType_Char_U) return "use `std::string`";
      if (pointee == CXType_FunctionProto || pointee == CXType_FunctionNoProto) return std::string(skip_advice);
      return std::string(owner_advice);
    }
    case CXType_LValueReference:
    case CXType_RValueReference:
    case CXType_NullPtr:
      return std::string(owner_advice);
    case CXType_MemberPointer:
    case CXType_FunctionProto:
      return std::string(skip_advice);
    case CXType_ConstantArray: {
      const CXTypeKind element = clang_getCanonicalType(clang_getArrayElementType(canonical)).kind;
      if (element == CXType_Char_S || element == CXType_Char_U) return "use `std::string`";
      if (element == CXType_UChar) return "use `std::array<std::uint8_t, N>`, or `std::vector<std::uint8_t>`";
      return "use `std::vector`";
    }
    case CXType_IncompleteArray:
    case CXType_VariableArray:
      return "use `std::vector`";
    case CXType_Vector:
    case CXType_Complex:
      return "use a struct with one field for each element";
    default:
      return {};
  }
}

std::string advice_for_standard(const std::string& name) {
  const auto found = std::find_if(standard_advice.begin(), standard_advice.end(),
                                  [&](const Advice& advice) { return advice.name == name; });
  if (found != standard_advice.end()) return std::string(found->text);
  return "netabase stores no `" + name + "`; store what it is made from, or mark the field `[[netabase::skip]]`";
}

bool is_platform_dependent(const std::string& name) {
  return std::find(platform_dependent.begin(), platform_dependent.end(), name) != platform_dependent.end();
}

}  // namespace netabase::compiler::frontend
