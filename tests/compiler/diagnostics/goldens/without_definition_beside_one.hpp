// gen: parts/one_half.hpp parts/with_error.hpp
