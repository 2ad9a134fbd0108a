#include "netabase/detail/store_opening.hpp"
#include "netabase/engine/lmdb.hpp"
#include "netabase/engine/memory.hpp"

namespace netabase::detail {

template Opened<Lmdb> open_store(const DefinitionDescriptor&, const Config&);
template Opened<Memory> open_store(const DefinitionDescriptor&, const Config&);
template UpgradeReport dry_run_upgrade<Lmdb>(const DefinitionDescriptor&, const Config&);
template UpgradeReport dry_run_upgrade<Memory>(const DefinitionDescriptor&, const Config&);

}  // namespace netabase::detail
