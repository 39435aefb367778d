// What libFuzzer programs ask of AddressSanitizer; ASAN_OPTIONS goes before it.
//
// Freed memory waits in quarantine before it is used again, so a program whose every input makes a
// VM grows by the whole quarantine. The default of 256 MiB looks like a leak and is slower.

extern "C" const char* __asan_default_options() {
  return "quarantine_size_mb=16:malloc_context_size=4";
}
