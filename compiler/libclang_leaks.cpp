/// \file
/// For builds with AddressSanitizer: what libclang itself never frees. Clang 14's parser leaves a few template
/// arguments behind where a header uses std::variant; the memory ends with the process either way. Leaks of our own are
/// reported as ever: nothing of ours is allocated by LLVM's vectors.

extern "C" const char* __lsan_default_suppressions();  // the name that the sanitizer's runtime looks for

extern "C" const char* __lsan_default_suppressions() { return "leak:llvm::SmallVectorBase\n"; }
