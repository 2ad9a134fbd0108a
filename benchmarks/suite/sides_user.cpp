#include "row_user.hpp"
#include "sides.hpp"

namespace suite {

template Contest<users::User> open_sides(const Suite&, const Place&, const std::string&);

}  // namespace suite
