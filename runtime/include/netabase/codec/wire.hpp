#pragma once

/// \file
/// All wire types, for generated code. Those of the standard library's larger headers are included by the generated
/// headers that have such fields: chrono.hpp, path.hpp.

#include "netabase/codec/array.hpp"
#include "netabase/codec/int128.hpp"
#include "netabase/codec/list.hpp"
#include "netabase/codec/list_view.hpp"
#include "netabase/codec/map.hpp"
#include "netabase/codec/struct.hpp"
#include "netabase/codec/struct_view.hpp"
#include "netabase/codec/struct_writer.hpp"
#include "netabase/codec/text.hpp"
