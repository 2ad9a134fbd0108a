#pragma once

/// \file
/// Found through the target `currency`, which also says how many decimals there are.

#include <cstdint>

#ifndef CURRENCY_DECIMALS
#error "the target currency gives CURRENCY_DECIMALS"
#endif

enum class Currency : std::uint8_t { euro, franc };
