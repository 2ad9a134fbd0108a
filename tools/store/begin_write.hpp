#pragma once

#include "tools/output/context.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools {

/// Begins the write transaction. LMDB cannot be asked whether another process is writing, nor can waiting for it be
/// ended: after a second it is said on standard error that there is somebody to wait for, and after Context::wait the
/// *process* ends with exit_file. Nothing has been written by then. Throws UpgradeUnderWay.
Lmdb::WriteTransaction begin_write(const StoreFile& file, const Context& context);

}  // namespace netabase::tools
