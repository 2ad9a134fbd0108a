// gen: parts/first.hpp parts/second.hpp
