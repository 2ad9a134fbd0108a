#include "row_article.hpp"
#include "sides.hpp"

namespace suite {

template Contest<articles::Article> open_sides(const Suite&, const Place&, const std::string&);

}  // namespace suite
