// gen: parts/one_half.hpp parts/again/one_half.hpp
