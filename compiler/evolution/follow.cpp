#include "compiler/evolution/follow.hpp"

#include <algorithm>
#include <string_view>

namespace netabase::compiler::evolution {

namespace {

constexpr std::string_view list_of = "List(";

/// Wrappers are named by the C++ type they stand for: what counts is what they hold.
bool same_wrapper(const Lock& old_lock, const LockedStruct& old, const Lock& now_lock, const LockedStruct& now) {
  if (old.is_union != now.is_union) return false;
  return std::all_of(old.fields.begin(), old.fields.end(), [&](const LockedField& field) {
    const auto found = std::find_if(now.fields.begin(), now.fields.end(),
                                    [&](const LockedField& other) { return other.ordinal == field.ordinal; });
    return found != now.fields.end() && found->name == field.name && found->absent_ordinal == field.absent_ordinal &&
           (!old.is_union || found->enumeration == field.enumeration) && follows(old_lock, field, now_lock, *found);
  });
}

}  // namespace

std::string innermost(const std::string& type) {
  std::string_view text = type;
  while (text.starts_with(list_of)) text = text.substr(list_of.size(), text.size() - list_of.size() - 1);
  return std::string(text);
}

const LockedStruct* wrapper_of(const Lock& lock, const std::string& type) {
  const LockedStruct* structure = lock.find_struct(innermost(type));
  return structure != nullptr && structure->wrapper ? structure : nullptr;
}

std::string ordered(std::string meaning) {
  static constexpr std::string_view hashed = "std::unordered_";
  for (std::size_t at = meaning.find(hashed); at != std::string::npos; at = meaning.find(hashed)) {
    meaning.replace(at, hashed.size(), "std::");
  }
  return meaning;
}

bool same_type(const Lock& old_lock, const std::string& old_type, const Lock& now_lock, const std::string& now_type) {
  if (old_type.starts_with(list_of) || now_type.starts_with(list_of)) {
    if (!old_type.starts_with(list_of) || !now_type.starts_with(list_of)) return false;
    const auto element = [](const std::string& type) {
      return type.substr(list_of.size(), type.size() - list_of.size() - 1);
    };
    return same_type(old_lock, element(old_type), now_lock, element(now_type));
  }
  const LockedStruct* old = old_lock.find_struct(old_type);
  const LockedStruct* now = now_lock.find_struct(now_type);
  if (old == nullptr || now == nullptr) return old == nullptr && now == nullptr && old_type == now_type;
  if (old->id == now->id) return true;
  return old->wrapper && now->wrapper && same_wrapper(old_lock, *old, now_lock, *now);
}

bool follows(const Lock& old_lock, const LockedField& old_field, const Lock& now_lock, const LockedField& now_field) {
  return same_type(old_lock, old_field.type, now_lock, now_field.type) &&
         ordered(old_field.meaning) == ordered(now_field.meaning) &&
         (!old_field.absent_ordinal || now_field.absent_ordinal);
}

}  // namespace netabase::compiler::evolution
