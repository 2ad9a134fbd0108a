#pragma once

/// \file
/// The whole runtime, as generated headers include it.

#include "netabase/bound.hpp"
#include "netabase/codec/record.hpp"
#include "netabase/codec/wire.hpp"
#include "netabase/config.hpp"
#include "netabase/error.hpp"
#include "netabase/key/parts.hpp"
#include "netabase/key/text.hpp"
#include "netabase/link.hpp"
#include "netabase/migration.hpp"
#include "netabase/model.hpp"
#include "netabase/store.hpp"
