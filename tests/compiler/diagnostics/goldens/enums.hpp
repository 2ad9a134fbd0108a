#include <cstdint>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

enum class Empty {};
enum class Later : std::int32_t;
enum class Wide : char16_t { a };
enum Loose { left, right };
enum LooseSigned { below = -1 };
enum LooseWide { many = 0x100000000 };
enum [[deprecated("old : { new")]] LooseOld { older };
enum [[deprecated("old : { new")]] Firm : std::int8_t { firm };
enum FirmAlso : int { also };

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Empty empty{};
  Later later{};
  Wide wide{};
  Loose loose{};
  std::vector<LooseSigned> loose_signed;
  LooseWide loose_wide{};
  LooseOld loose_old{};
  Firm firm{};
  FirmAlso firm_also{};
};

}  // namespace blog
