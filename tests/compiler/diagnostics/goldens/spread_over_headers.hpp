// gen: parts/one_half.hpp parts/other_half.hpp
