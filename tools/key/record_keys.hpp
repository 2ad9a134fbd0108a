#pragma once

/// \file
/// The keys of a record, and those that a user names, through the stored schema: the same bytes as the generated
/// code's.

#include <capnp/dynamic.h>

#include <functional>
#include <string>
#include <vector>

#include "netabase/bytes.hpp"
#include "netabase/key/buffer.hpp"
#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// Calls `use(whole)` with each whole encoded key of the record in `key`, in the record's order; one may come twice. A
/// sparse key of an absent optional has none, nor has a record that the index's field of `where` leaves out; a function
/// of `where` is taken to say yes. Throws kj::Exception for damaged bytes, Corrupt, and KeyTooLong when a
/// value is longer than the schema allows. `key` must be readable and not computed.
void each_key(capnp::DynamicStruct::Reader record, const Key& key, const std::function<void(key::Buffer&)>& use);

/// Appends the whole encoded primary key.
void append_primary(key::Buffer& out, capnp::DynamicStruct::Reader record, const Model& model);

/// An index entry: its key, and its value when that is not empty: the record's key.
struct IndexEntry {
  Bytes key;
  Bytes value;
};

/// Calls `use(entry)` for each entry that the record has in the index. `record_key`: its stored one.
void each_entry(capnp::DynamicStruct::Reader record, const Key& index, Bytes record_key,
                const std::function<void(const IndexEntry&)>& use);

/// Whether the record has the whole encoded key.
bool has_key(capnp::DynamicStruct::Reader record, const Key& key, Bytes whole);

/// Appends the encoded parts that the words name, the first ones of the key. Throws UsageError when there are more
/// words than parts, or one is no value of its part.
void append_words(key::Buffer& out, const Key& key, const std::vector<std::string>& words);

/// Appends what each key begins with whose next part, behind those of `words`, is a text or bytes that begin with
/// `prefix`. Throws UsageError when that part is neither.
void append_text_prefix(key::Buffer& out, const Key& key, const std::vector<std::string>& words,
                        const std::string& prefix);

/// The record's key as JSON: the value of its only part, or an array of them. Throws kj::Exception, Corrupt.
std::string key_json(capnp::DynamicStruct::Reader record, const Model& model);
/// The same from a stored record key; the first bytes in hexadecimal when it cannot be told from them.
std::string key_json(Bytes record_key, const Model& model);
/// A whole encoded key as JSON.
std::string whole_key_json(Bytes whole, const Key& key);

}  // namespace netabase::tools
