#pragma once

/// \file
/// Integers of 128 bits, where the compiler has them, by names that no compiler warns about.

namespace netabase {

__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

}  // namespace netabase
