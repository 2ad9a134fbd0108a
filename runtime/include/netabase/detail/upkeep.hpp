#pragma once

/// \file
/// Index upkeep for one record: what its index entries are, and how they follow when it is put or removed.
///
/// Invariants, on return and on every throw of UniqueViolation, LinkViolation, key_collision or invalid_argument:
///   1. each record has exactly the index entries that its keys give, and no other record's key is touched;
///   2. only entries that differ between the old and the new record are erased or made.
/// A throw of anything else (MapFull, DiskFull, io) leaves the engine's transaction unable to commit.
/// Functions of the user's struct, which computed and partial indexes call, run before anything is written
/// (Scratch::writing): what they throw leaves nothing half done.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "netabase/detail/access.hpp"
#include "netabase/detail/byte_strings.hpp"
#include "netabase/detail/carry.hpp"
#include "netabase/detail/link_access.hpp"
#include "netabase/detail/source.hpp"

namespace netabase::detail {

/// Calls `use(i)` for each item of a sorted list that is not in the other, also sorted.
template <class Use>
void each_only_in(const ByteStrings& list, const ByteStrings& other, Use&& use) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    while (at < other.size() && compare(other[at], list[i]) < 0) ++at;
    if (at == other.size() || compare(other[at], list[i]) != 0) use(i);
  }
}

/// Memory that the writes of a transaction use again and again.
struct Scratch {
  /// Entries of one record in one index, before and after.
  struct Entries {
    ByteStrings before;
    ByteStrings after;
  };
  /// Space of `size` bytes for a record, aligned as in the store.
  std::byte* record(std::size_t size) {
    if (words.size() < size / sizeof(std::uint64_t)) words.resize(size / sizeof(std::uint64_t));
    return reinterpret_cast<std::byte*>(words.data());
  }

  std::vector<Entries> indexes;
  std::vector<std::uint64_t> words;
  key::Buffer key;
  key::Buffer entry;
  bool writing = false;  ///< the write that is going on has begun to change the store
};

/// Throws KeyTooLong when a key is longer than its schema allows. `parts`: of a key whose only part is text or bytes.
template <class Index, class... Parts>
void check_length(const Parts&... parts) {
  if constexpr (Index::max_length != 0) {
    (
        [](const auto& part) {
          if constexpr (requires { part.size(); }) {
            if (part.size() > Index::max_length) {
              throw KeyTooLong(std::string(Index::Model::name) + "." + std::string(Index::name), part.size(),
                               Index::max_length);
            }
          }
        }(parts),
        ...);
  }
}

/// An index entry being made: its key, and its value when that is not the primary key in full.
struct Entry {
  Bytes key;
  Bytes value;
};

/// Calls `use(Entry)` for each index entry of the record, in the record's order; an entry may come twice. `buffer` is
/// scratch. The forms are those of key/stored.hpp.
template <class Index, class AnyRecord, class Use>
void each_entry(const AnyRecord& record, Bytes record_key, key::Buffer& buffer, Use&& use) {
  Index::each_key(record, [&](const auto&... parts) {
    buffer.clear();
    Index::Parts::append(buffer, parts...);
    const bool has_value = seal_entry<Index>(buffer, record_key);
    use(Entry{buffer.bytes(), has_value ? record_key : Bytes{}});
  });
}

template <class Model, class AnyRecord>
void check_lengths(const AnyRecord& record) {
  if constexpr (Model::PrimaryIndex::max_length != 0) {
    Model::PrimaryIndex::each_key(record,
                                  [](const auto&... parts) { check_length<typename Model::PrimaryIndex>(parts...); });
  }
  for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t) {
    if constexpr (Index::max_length != 0) {
      Index::each_key(record, [](const auto&... parts) { check_length<Index>(parts...); });
    }
  });
}

/// Whether one of the record's keys is `whole`, an encoded key.
template <class Index, class AnyRecord>
bool has_key(const AnyRecord& record, Bytes whole) {
  bool found = false;
  Index::each_key(record, [&](const auto&... parts) {
    key::Buffer own;
    Index::Parts::append(own, parts...);
    found = found || compare(own.bytes(), whole) == 0;
  });
  return found;
}

/// Whether two parts of a key, one of them borrowed, are surely equal. Of types that are not compared here, and of two
/// NaN, it says no.
template <class Left, class Right>
bool is_same_part(const Left& left, const Right& right) {
  if constexpr (std::is_convertible_v<const Left&, std::string_view> &&
                std::is_convertible_v<const Right&, std::string_view>) {
    return std::string_view(left) == std::string_view(right);
  } else if constexpr (std::is_same_v<Left, Right> && (std::is_arithmetic_v<Left> || std::is_enum_v<Left>)) {
    return left == right;
  } else {
    return false;
  }
}

/// Whether the two records surely have the same keys in the index, in the same order: then neither need be encoded. Of
/// more than a few keys, and of types that is_same_part() does not know, it says no.
template <class Index, class OldRecord, class NewRecord>
bool has_same_keys(const OldRecord& before, const NewRecord& after) {
  constexpr std::size_t few = 4;  // the keys of `before` are gone through again for each
  std::size_t count = 0;
  bool same = true;
  Index::each_key(after, [&](const auto&... parts) {
    if (!same || count == few) {
      same = false;
      return;
    }
    std::size_t at = 0;
    bool found = false;
    Index::each_key(before, [&](const auto&... others) {
      if (at++ == count) found = (is_same_part(others, parts) && ...);
    });
    same = found;
    ++count;
  });
  if (!same) return false;
  Index::each_key(before, [&](const auto&...) { --count; });
  return count == 0;
}

[[noreturn]] void throw_collision(std::string_view table);

/// Throws what a taken unique key deserves: UniqueViolation, or key_collision when only the hashes are equal.
/// `existing`: the record that has the entry. `parts`: the key that is wanted.
template <class Index, class AnyRecord, class... Values>
[[noreturn]] void throw_taken(const AnyRecord& existing, Bytes entry, const Values&... parts) {
  key::Buffer whole;
  Index::Parts::append(whole, parts...);
  if (key::is_hashed_unique_key(entry) && !has_key<Index>(existing, whole.bytes())) throw_collision(Index::table);
  throw UniqueViolation(std::string(Index::table), to_string(own_key<Index>(parts...)),
                        to_string(primary_key_of<typename Index::Model::PrimaryIndex>(existing)));
}

/// Empties a model's indexes. Costs by pages, not entries.
template <class Model, class Engine>
void clear_indexes(const Access<Model, Engine>& access, typename Engine::WriteTransaction& transaction) {
  for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t) {
    transaction.clear(access.template table<Index>());
  });
}

/// Writes of single records into one model of one open transaction.
template <class Model, class Engine>
class Upkeep {
 public:
  using Record = typename Model::Record;
  using Codec = typename Model::Codec;
  using PrimaryIndex = typename Model::PrimaryIndex;
  using Transaction = typename Engine::WriteTransaction;

  Upkeep(const Access<Model, Engine>& access, Transaction& transaction, Scratch& scratch)
      : access_(access), transaction_(transaction), scratch_(scratch) {
    if (scratch.indexes.size() < Model::Indexes::size) scratch.indexes.resize(Model::Indexes::size);
  }

  enum class Existing : std::uint8_t { replace, keep };

  /// Stores `record` with its index entries. Returns false, with nothing done, when its key exists and `existing` says
  /// keep. What it links to must be there; what links to it is not looked at, here or in remove(). `record_key`: its
  /// stored primary key, outside the scratch.
  bool put(const Record& record, Bytes record_key, Existing existing) {
    check_lengths<Model>(record);
    const record::Extent extent = record::measure<Codec>(record);
    if constexpr (model_calls_functions<Model>) gather_after(record, record_key);
    scratch_.writing = true;
    const engine::Reserved reserved =
        transaction_.reserve(access_.records(), record_key, extent.bytes, engine::PutMode::insert);
    if (reserved.space != nullptr) {
      record::write<Codec>(reserved.space, extent, record, Model::schema_version);
      check_new_links(record, record_key);
      if constexpr (model_calls_functions<Model>) {
        insert_gathered(record, record_key);
      } else {
        insert_entries(record, record_key);
      }
      return true;
    }
    scratch_.writing = false;
    check_collision(reserved.existing, record, record_key);
    if (existing == Existing::keep) return false;
    replace(reserved.existing, record, record_key, extent);
    return true;
  }

  /// Stores `record` in place of the one that is stored as `existing` under `record_key`, which has its primary key.
  void replace(Bytes existing, const Record& record, Bytes record_key) {
    check_lengths<Model>(record);
    const record::Extent extent = record::measure<Codec>(record);
    if constexpr (model_calls_functions<Model>) gather_after(record, record_key);
    replace(existing, record, record_key, extent);
  }

  /// Removes the record that is stored as `value` under `record_key` and its index entries.
  void remove(Bytes value, Bytes record_key) {
    gather_before(value, record_key);
    scratch_.writing = true;
    transaction_.erase(access_.records(), record_key);
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
      const ByteStrings& entries = scratch_.indexes[place].before;
      for (std::size_t i = 0; i < entries.size(); ++i) transaction_.erase(access_.template table<Index>(), entries[i]);
    });
  }

  /// Throws key_collision when a hashed primary key stands for another record than `record`.
  void check_collision(Bytes existing, const Record& record, Bytes record_key) const {
    if (!key::is_hashed_record_key(record_key)) return;
    key::Buffer whole;
    access_.append_primary(whole, record);
    if (!access_.has_primary(existing, whole.bytes())) throw_collision(Model::name);
  }

 private:
  /// Looks for what a record links to, which may be itself; takes it back when that is not there.
  void check_new_links(const Record& record, Bytes record_key) {
    if constexpr (LinksOf<Model>::size != 0) {
      try {
        for_each_type(LinksOf<Model>{}, [&]<class Link>(std::type_identity<Link>, std::size_t) {
          check_targets<Link, Engine>(access_, record);
        });
      } catch (const Error&) {
        transaction_.erase(access_.records(), record_key);
        throw;
      }
    }
  }

  /// Makes the entries of a record that was not there before. Unique indexes are asked by the insertion itself, which
  /// saves a look-up; on a violation what was made so far is taken back.
  void insert_entries(const Record& record, Bytes record_key) {
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
      std::size_t made = 0;
      each_entry<Index>(record, record_key, scratch_.entry, [&](const Entry& entry) {
        if (!make_entry<Index>(entry, record_key)) {
          undo_insert(record, record_key, place, made);
          throw_violation<Index>(record, record_key, made);
        }
        ++made;
      });
    });
  }

  /// The same with the entries that gather_after() found.
  void insert_gathered(const Record& record, Bytes record_key) {
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
      const ByteStrings& entries = scratch_.indexes[place].after;
      for (std::size_t i = 0; i < entries.size(); ++i) {
        if (make_entry<Index>({entries[i], entries.flag(i) ? record_key : Bytes{}}, record_key)) continue;
        Bytes owner;
        access_.transaction().get(access_.template table<Index>(), entries[i], owner);
        const key::Buffer other = copy_of(owner);
        undo_gathered(record_key, place, i);
        throw_owned<Index>(record, entries[i], other.bytes());
      }
    });
  }

  void undo_gathered(Bytes record_key, std::size_t place, std::size_t made) {
    transaction_.erase(access_.records(), record_key);
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t at) {
      const ByteStrings& entries = scratch_.indexes[at].after;
      for (std::size_t i = 0; at < place ? i < entries.size() : at == place && i < made; ++i) {
        transaction_.erase(access_.template table<Index>(), entries[i]);
      }
    });
    scratch_.writing = false;
  }

  static key::Buffer copy_of(Bytes bytes) {
    key::Buffer copy;
    copy.append(bytes);
    return copy;
  }

  /// False when a unique index has the key for another record.
  template <class Index>
  bool make_entry(const Entry& entry, Bytes record_key) {
    const engine::PutMode mode = Index::unique ? engine::PutMode::insert : engine::PutMode::upsert;
    const engine::Reserved reserved =
        transaction_.reserve(access_.template table<Index>(), entry.key, entry.value.size(), mode);
    if (reserved.space == nullptr) return compare(reserved.existing, record_key) == 0;
    if (!entry.value.empty()) std::memcpy(reserved.space, entry.value.data(), entry.value.size());
    return true;
  }

  /// Takes back the record and its entries in the indexes before `place`, and the first `made` ones there. An entry
  /// that comes twice in one record is erased once.
  void undo_insert(const Record& record, Bytes record_key, std::size_t place, std::size_t made) {
    transaction_.erase(access_.records(), record_key);
    key::Buffer buffer;
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t at) {
      if (at > place) return;
      std::size_t number = 0;
      each_entry<Index>(record, record_key, buffer, [&](const Entry& entry) {
        if (at < place || number < made) transaction_.erase(access_.template table<Index>(), entry.key);
        ++number;
      });
    });
  }

  template <class Index>
  [[noreturn]] void throw_violation(const Record& record, Bytes record_key, std::size_t place) const {
    std::size_t number = 0;
    key::Buffer buffer;
    Index::each_key(record, [&](const auto&... parts) {
      if (number++ != place) return;
      buffer.clear();
      Index::Parts::append(buffer, parts...);
      key::seal_unique_key(buffer);
      Bytes owner;
      if (access_.transaction().get(access_.template table<Index>(), buffer.bytes(), owner) &&
          compare(owner, record_key) != 0) {
        throw_taken<Index>(owner_record<Index>(owner), buffer.bytes(), parts...);
      }
    });
    access_.throw_dangling(Index::table);
  }

  template <class Index>
  typename Model::Ref owner_record(Bytes owner) const {
    Bytes value;
    if (!access_.find(owner, value)) access_.throw_dangling(Index::table);
    return access_.view(value);
  }

  void gather_before(Bytes value, Bytes record_key) {
    if constexpr (Model::Indexes::size != 0) {
      const auto gather_from = [&](const auto& old) {
        for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
          gather<Index>(old, record_key, scratch_.indexes[place].before);
        });
      };
      if constexpr (model_calls_functions<Model>) {
        gather_from(Codec::own(access_.view(value)));  // decoded once for all of them
      } else {
        gather_from(access_.view(value));
      }
    }
  }

  void gather_after(const Record& record, Bytes record_key) {
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
      gather<Index>(record, record_key, scratch_.indexes[place].after);
    });
  }

  template <class Index, class AnyRecord>
  void gather(const AnyRecord& record, Bytes record_key, ByteStrings& out) {
    out.clear();
    each_entry<Index>(record, record_key, scratch_.entry,
                      [&](const Entry& entry) { out.add(entry.key, !entry.value.empty()); });
    out.sort_unique();
  }

  void replace(Bytes existing, const Record& record, Bytes record_key, const record::Extent& extent) {
    // One of the same length is written aside first: what is the same need not be stored again.
    std::byte* aside = nullptr;
    if (extent.bytes == existing.size() && extent.bytes <= most_aside) {
      aside = scratch_.record(extent.bytes);
      record::write<Codec>(aside, extent, record, Model::schema_version);
      if (std::memcmp(aside, existing.data(), extent.bytes) == 0) return;
    }
    std::array<bool, Model::Indexes::size + 1> changed{};
    gather_changed(existing, record, record_key, changed);
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
      if (!changed[place]) return;
      if constexpr (IsLink<Index>) check_changed_link<Index>(record, scratch_.indexes[place]);
      if constexpr (Index::unique) check_unique<Index>(record, record_key, scratch_.indexes[place]);
    });
    scratch_.writing = true;
    if (is_newer<Model>(existing)) [[unlikely]] {
      put_carried(transaction_, access_.records(), record_key, carried<Model>(existing, record));
    } else if (aside != nullptr) {
      std::memcpy(transaction_.overwrite(access_.records(), record_key, existing), aside, extent.bytes);
    } else {
      const engine::Reserved reserved =
          transaction_.reserve(access_.records(), record_key, extent.bytes, engine::PutMode::upsert);
      record::write<Codec>(reserved.space, extent, record, Model::schema_version);
    }
    for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
      if (!changed[place]) return;
      const Scratch::Entries& entries = scratch_.indexes[place];
      each_only_in(entries.before, entries.after, [&](std::size_t gone) {
        transaction_.erase(access_.template table<Index>(), entries.before[gone]);
      });
      each_only_in(entries.after, entries.before, [&](std::size_t made) {
        make_entry<Index>({entries.after[made], entries.after.flag(made) ? record_key : Bytes{}}, record_key);
      });
    });
  }

  /// Gathers the entries, before and after, of the indexes whose keys may have changed, and says which these are. Where
  /// functions are called, those after are gathered already.
  template <std::size_t size>
  void gather_changed(Bytes existing, const Record& record, Bytes record_key, std::array<bool, size>& changed) {
    if constexpr (model_calls_functions<Model>) {
      gather_before(existing, record_key);
      changed.fill(true);
    } else if constexpr (Model::Indexes::size != 0) {
      const typename Model::Ref old = access_.view(existing);
      for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t place) {
        if (has_same_keys<Index>(old, record)) return;
        changed[place] = true;
        gather<Index>(old, record_key, scratch_.indexes[place].before);
        gather<Index>(record, record_key, scratch_.indexes[place].after);
      });
    }
  }

  /// A link that names nothing new needs no look.
  template <class Link>
  void check_changed_link(const Record& record, const Scratch::Entries& entries) const {
    bool names_more = false;
    each_only_in(entries.after, entries.before, [&](std::size_t) { names_more = true; });
    if (names_more) check_targets<Link, Engine>(access_, record);
  }

  template <class Index>
  void check_unique(const Record& record, Bytes record_key, const Scratch::Entries& entries) const {
    each_only_in(entries.after, entries.before, [&](std::size_t made) {
      const Bytes wanted = entries.after[made];
      Bytes owner;
      if (!access_.transaction().get(access_.template table<Index>(), wanted, owner)) return;
      if (compare(owner, record_key) == 0) return;
      throw_owned<Index>(record, wanted, owner);
    });
  }

  /// Throws what a unique key of `record`, stored as `wanted`, deserves when the record `owner` has it.
  template <class Index>
  [[noreturn]] void throw_owned(const Record& record, Bytes wanted, Bytes owner) const {
    const typename Model::Ref existing = owner_record<Index>(owner);
    key::Buffer buffer;
    Index::each_key(record, [&](const auto&... parts) {
      buffer.clear();
      Index::Parts::append(buffer, parts...);
      key::seal_unique_key(buffer);
      if (compare(buffer.bytes(), wanted) == 0) throw_taken<Index>(existing, wanted, parts...);
    });
    // Only a function that gives another key each time it is called comes here.
    throw UniqueViolation(std::string(Index::table), "(a key that its function did not give again)",
                          to_string(primary_key_of<PrimaryIndex>(existing)));
  }

  /// Bytes of the longest record that is written aside.
  static constexpr std::size_t most_aside = 4096;

  const Access<Model, Engine>& access_;
  Transaction& transaction_;
  Scratch& scratch_;
};

}  // namespace netabase::detail
