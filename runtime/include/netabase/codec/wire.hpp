#pragma once

/// \file
/// All wire types, for generated code.

#include "netabase/codec/list.hpp"
#include "netabase/codec/list_view.hpp"
#include "netabase/codec/struct.hpp"
#include "netabase/codec/struct_view.hpp"
#include "netabase/codec/struct_writer.hpp"
#include "netabase/codec/text.hpp"
