#include "tools/store/begin_write.hpp"

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <ostream>
#include <thread>
#include <utility>

#include "netabase/detail/schema_check.hpp"
#include "tools/errors.hpp"

namespace netabase::tools {

namespace {

class Watch {
 public:
  Watch(const StoreFile& file, const Context& context) : thread_([this, &file, &context] { wait(file, context); }) {}
  ~Watch() {
    {
      const std::lock_guard lock(mutex_);
      begun_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  void wait(const StoreFile& file, const Context& context) {
    const auto patience = std::min<std::chrono::milliseconds>(std::chrono::seconds(1), context.wait);
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, patience, [this] { return begun_; })) return;
    if (context.wait > patience) {
      context.err << "netabase: another process is writing to " << file.path() << ": waiting for it" << std::endl;
      if (changed_.wait_for(lock, context.wait - patience, [this] { return begun_; })) return;
    }
    context.err << "netabase: another process is still writing to " << file.path()
                << ": nothing was changed; end it, or wait longer with --wait SECONDS" << std::endl;
    std::_Exit(exit_file);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool begun_ = false;
  std::thread thread_;
};

}  // namespace

Lmdb::WriteTransaction begin_write(const StoreFile& file, const Context& context) {
  std::optional<Lmdb::WriteTransaction> transaction;
  {
    const Watch watch(file, context);
    transaction = file.engine().begin_write();
  }
  const Table meta = table_of(*transaction, std::string(detail::meta_table), file);
  detail::check_no_upgrade(file.path(), detail::read_identity(*transaction, meta));
  return std::move(*transaction);
}

}  // namespace netabase::tools
