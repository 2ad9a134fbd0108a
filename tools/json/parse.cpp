#include "tools/json/parse.hpp"

#include <algorithm>

#include "tools/errors.hpp"
#include "tools/json/text.hpp"

namespace netabase::tools::json {

// Here, where the type that the members hold is complete.
Value::Value() = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

const Value* Value::find(std::string_view name) const {
  for (const auto& [key, value] : members) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string_view name_of(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::null:
      return "null";
    case Value::Kind::boolean:
      return "a boolean";
    case Value::Kind::number:
      return "a number";
    case Value::Kind::string:
      return "a string";
    case Value::Kind::array:
      return "an array";
    case Value::Kind::object:
      return "an object";
  }
  return "nothing";
}

namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Value parse() {
    Value value = parse_value(0);
    skip_space();
    if (at_ != text_.size()) fail("something follows the value");
    return value;
  }

 private:
  static constexpr int deepest = 200;

  [[noreturn]] void fail(const std::string& what) const {
    throw InputError("not JSON: " + what + " (column " + std::to_string(at_ + 1) + ")");
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  bool take(char wanted) {
    skip_space();
    if (peek() != wanted || at_ == text_.size()) return false;
    ++at_;
    return true;
  }

  void take_word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) fail("a value is expected here");
    at_ += word.size();
  }

  Value parse_value(int depth) {
    if (depth > deepest) fail("values are nested more than 200 deep");
    skip_space();
    Value value;
    switch (peek()) {
      case '{':
        parse_object(value, depth);
        break;
      case '[':
        parse_array(value, depth);
        break;
      case '"':
        value.kind = Value::Kind::string;
        value.text = parse_string();
        break;
      case 't':
        take_word("true");
        value.kind = Value::Kind::boolean;
        value.boolean = true;
        break;
      case 'f':
        take_word("false");
        value.kind = Value::Kind::boolean;
        break;
      case 'n':
        take_word("null");
        break;
      default:
        value.kind = Value::Kind::number;
        value.text = parse_number();
    }
    return value;
  }

  void parse_object(Value& value, int depth) {
    value.kind = Value::Kind::object;
    ++at_;
    if (take('}')) return;
    do {
      skip_space();
      if (peek() != '"') fail("a name in quotes is expected here");
      std::string name = parse_string();
      if (value.find(name) != nullptr) fail("the name \"" + name + "\" is there twice");
      if (!take(':')) fail("a colon is expected here");
      Value member = parse_value(depth + 1);
      value.members.emplace_back(std::move(name), std::move(member));
    } while (take(','));
    if (!take('}')) fail("a comma or } is expected here");
  }

  void parse_array(Value& value, int depth) {
    value.kind = Value::Kind::array;
    ++at_;
    if (take(']')) return;
    do {
      value.items.push_back(parse_value(depth + 1));
    } while (take(','));
    if (!take(']')) fail("a comma or ] is expected here");
  }

  std::string parse_number() {
    const std::size_t begin = at_;
    const auto digits = [&] {
      const std::size_t first = at_;
      while (peek() >= '0' && peek() <= '9') ++at_;
      if (at_ == first) fail(first == begin ? "a value is expected here" : "a digit is expected here");
    };
    if (peek() == '-') ++at_;
    if (peek() == '0') {
      ++at_;
    } else {
      digits();
    }
    if (peek() == '.') {
      ++at_;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      digits();
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string parse_string() {
    ++at_;
    std::string out;
    for (;;) {
      const std::size_t plain = at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' &&
             static_cast<unsigned char>(text_[at_]) >= 0x20) {
        ++at_;
      }
      out.append(text_, plain, at_ - plain);
      if (at_ == text_.size()) fail("the string does not end");
      if (text_[at_] == '"') break;
      if (text_[at_] != '\\') fail("a control character stands in a string: escape it");
      ++at_;
      parse_escape(out);
    }
    ++at_;
    return out;
  }

  void parse_escape(std::string& out) {
    static constexpr std::string_view escapes = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char c = peek();
    if (const std::size_t place = escapes.find(c); place != std::string_view::npos && at_ < text_.size()) {
      ++at_;
      out += meanings[place];
      return;
    }
    if (c != 'u') fail("there is no such escape");
    ++at_;
    std::uint32_t code = parse_hex();
    if (code >= 0xd800 && code < 0xdc00 && text_.substr(at_, 2) == "\\u") {
      at_ += 2;
      const std::uint32_t low = parse_hex();
      if (low < 0xdc00 || low > 0xdfff) fail("half a surrogate pair");
      code = 0x10000 + ((code - 0xd800) << 10U) + (low - 0xdc00);
    } else if (code >= 0xd800 && code < 0xe000) {
      fail("half a surrogate pair");
    }
    append_utf8(out, code);
  }

  std::uint32_t parse_hex() {
    std::uint32_t code = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = peek();
      std::uint32_t digit = 0;
      if (c >= '0' && c <= '9') {
        digit = static_cast<std::uint32_t>(c - '0');
      } else if (c >= 'a' && c <= 'f') {
        digit = static_cast<std::uint32_t>(c - 'a') + 10;
      } else if (c >= 'A' && c <= 'F') {
        digit = static_cast<std::uint32_t>(c - 'A') + 10;
      } else {
        fail("four hexadecimal digits are expected after \\u");
      }
      code = code << 4U | digit;
      ++at_;
    }
    return code;
  }

  static void append_utf8(std::string& out, std::uint32_t code) {
    if (code < 0x80) {
      out += static_cast<char>(code);
    } else if (code < 0x800) {
      out += static_cast<char>(0xc0U | code >> 6U);
      out += static_cast<char>(0x80U | (code & 63U));
    } else if (code < 0x10000) {
      out += static_cast<char>(0xe0U | code >> 12U);
      out += static_cast<char>(0x80U | (code >> 6U & 63U));
      out += static_cast<char>(0x80U | (code & 63U));
    } else {
      out += static_cast<char>(0xf0U | code >> 18U);
      out += static_cast<char>(0x80U | (code >> 12U & 63U));
      out += static_cast<char>(0x80U | (code >> 6U & 63U));
      out += static_cast<char>(0x80U | (code & 63U));
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Value parse(std::string_view text) {
  if (!is_utf8(text)) throw InputError("not JSON: the text is not UTF-8");
  return Parser(text).parse();
}

}  // namespace netabase::tools::json
