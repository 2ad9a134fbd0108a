#pragma once

/// \file
/// What the trees of one write transaction share.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "netabase/detail/removal.hpp"
#include "netabase/detail/schema_check.hpp"
#include "netabase/detail/upkeep.hpp"

namespace netabase::detail {

/// The next number of a model with an automatic primary key, kept in the file so that no number is given twice, not
/// even that of a record removed long ago.
///
/// In the file: table `netabase`, key "sequence/" + the model's stored name, value the next number as 8 bytes,
/// little-endian.
struct Sequence {
  std::string_view model;  ///< its stored name, once the number is loaded
  std::uint64_t next = 1;  ///< 0: the greatest of all 64-bit numbers was given
  bool loaded = false;
  bool changed = false;
};

template <class Engine>
struct WriteCore {
  WriteCore(typename Engine::WriteTransaction engine_transaction, const engine::Table* definition_tables,
            engine::Table identity)
      : transaction(std::move(engine_transaction)), tables(definition_tables), meta(identity) {}

  /// Before each write, and when the transaction ends: what was borrowed from it is void.
  void advance() noexcept {
    views.advance();
    ++writes;
  }

  typename Engine::WriteTransaction transaction;
  const engine::Table* tables;
  engine::Table meta;
  std::vector<Sequence> sequences;  ///< by the model's place in the definition; empty until one is asked for
  Scratch scratch;
  std::uint64_t writes = 0;      ///< counts the calls of advance()
  LifetimeSource views;          ///< moves on with every write
  LifetimeSource open;           ///< moves on when the transaction ends
  std::exception_ptr half_done;  ///< what cut a write off between two entries: commit() must refuse
};

/// Runs a write of one record. netabase's own errors leave nothing half done, or have the engine refuse the commit;
/// anything else, such as std::bad_alloc, may have struck between two entries once the write has begun to change the
/// store. What functions of the user's struct throw comes before that and goes through.
template <class Engine, class Work>
auto guard_write(WriteCore<Engine>& core, Work&& work) {
  core.scratch.writing = false;
  try {
    return work();
  } catch (const Error&) {
    throw;
  } catch (...) {
    if (core.scratch.writing) core.half_done = std::current_exception();
    throw;
  }
}

/// Runs the part of a write that must be done as a whole: after anything it throws the transaction can only roll back,
/// whether or not the engine sees a reason for that. A thread that may not write is refused at the first entry already,
/// and harms nothing.
template <class Engine, class Work>
void write_whole(WriteCore<Engine>& core, Work&& work) {
  try {
    work();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::wrong_thread && !core.half_done) core.half_done = std::current_exception();
    throw;
  } catch (...) {
    if (!core.half_done) core.half_done = std::current_exception();
    throw;
  }
}

/// For commit(): throws when a write was cut off. An Error is thrown again as it was, so that MapFull stays MapFull.
template <class Engine>
void refuse_half_done(const WriteCore<Engine>& core) {
  if (!core.half_done) return;
  try {
    std::rethrow_exception(core.half_done);
  } catch (const Error&) {
    throw;
  } catch (...) {
    throw Error(
        ErrorCode::io,
        "a write of this transaction was cut off by an exception (out of memory?) and is half done: nothing of the "
        "transaction was stored; run it again");
  }
}

/// The same in `transaction`, which is the core's own or, where undoable() made one, nested in it: then it needs no
/// mark.
template <class Engine, class Work>
void write_part(WriteCore<Engine>& core, typename Engine::WriteTransaction& transaction, Work&& work) {
  if (&transaction != &core.transaction) return work();
  write_whole(core, work);
}

/// Removes the records of a model that `choose(Removal&)` adds, with all that follows from their links.
template <class Model, class Engine, class Choose>
void remove_linked(Access<Model, Engine> access, WriteCore<Engine>& core, Choose&& choose) {
  auto* transaction = &core.transaction;
  undoable(access, transaction, [&] {
    Removal<Model, Engine> removal(access, *transaction, core.scratch);
    choose(removal);
    removal.plan();
    write_part(core, *transaction, [&] { removal.execute(); });
  });
}

template <class Model, class Engine>
Sequence& sequence_of(WriteCore<Engine>& core) {
  if (core.sequences.empty()) core.sequences.resize(Model::Definition::Models::size);
  Sequence& sequence = core.sequences[model_position<Model>];
  if (!sequence.loaded) {
    Bytes value;
    if (core.transaction.get(core.meta, as_bytes(sequence_key(Model::name)), value)) {
      if (value.size() != sizeof(sequence.next)) {
        throw Corrupt("the sequence of " + std::string(Model::name) + " in the store's table netabase has " +
                      std::to_string(value.size()) + " bytes instead of 8: the file is damaged; restore a backup");
      }
      std::memcpy(&sequence.next, value.data(), sizeof(sequence.next));
    }
    sequence.model = Model::name;
    sequence.loaded = true;
  }
  return sequence;
}

/// Gives `record` the next number when its key is still zero, else makes sure that its number is never given.
template <class Model, class Engine>
void number_record(WriteCore<Engine>& core, typename Model::Record& record) {
  auto& id = record.*Model::automatic_member;
  using Id = std::remove_reference_t<decltype(id)>;
  Sequence& sequence = sequence_of<Model>(core);
  if (id == 0) {
    if (sequence.next == 0 || sequence.next > static_cast<std::uint64_t>(std::numeric_limits<Id>::max())) {
      throw Error(ErrorCode::invalid_argument, "every number of the automatic primary key of " +
                                                   std::string(Model::name) + " has been given: use a wider integer");
    }
    id = static_cast<Id>(sequence.next++);
    sequence.changed = true;
  } else if (id > 0 && sequence.next != 0 && static_cast<std::uint64_t>(id) >= sequence.next) {
    sequence.next = static_cast<std::uint64_t>(id) + 1;
    sequence.changed = true;
  }
}

/// Writes the sequences that moved. Before a commit and before a nested transaction begins.
template <class Engine>
void store_sequences(WriteCore<Engine>& core) {
  for (Sequence& sequence : core.sequences) {
    if (!sequence.changed) continue;
    const engine::Reserved reserved = core.transaction.reserve(core.meta, as_bytes(sequence_key(sequence.model)),
                                                               sizeof(sequence.next), engine::PutMode::upsert);
    std::memcpy(reserved.space, &sequence.next, sizeof(sequence.next));
    sequence.changed = false;
  }
}

}  // namespace netabase::detail
