#pragma once
#include "shared.hpp"
