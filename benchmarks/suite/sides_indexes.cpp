#include "row_indexes.hpp"
#include "sides.hpp"

namespace suite {

template Contest<indexes0::Row> open_sides(const Suite&, const Place&, const std::string&);
template Contest<indexes1::Row> open_sides(const Suite&, const Place&, const std::string&);
template Contest<indexes2::Row> open_sides(const Suite&, const Place&, const std::string&);
template Contest<indexes5::Row> open_sides(const Suite&, const Place&, const std::string&);
template Contest<indexes10::Row> open_sides(const Suite&, const Place&, const std::string&);

}  // namespace suite
