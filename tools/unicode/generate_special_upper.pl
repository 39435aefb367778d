#!/usr/bin/env perl
# Writes the table of ruff/runtime/builtins/case_mapping.cc: the characters whose uppercase is more than one
# character, from the Unicode data that comes with Perl.
#
#   tools/unicode/generate_special_upper.pl > ruff/runtime/builtins/special_upper.inc
use strict;
use warnings;
use feature 'unicode_strings';
use Unicode::UCD;

print "// Written by tools/unicode/generate_special_upper.pl from Unicode ",
    Unicode::UCD::UnicodeVersion(), "; do not edit.\n";
for my $code (0x80 .. 0x10FFFF) {
  next if $code >= 0xD800 && $code <= 0xDFFF;
  my $upper = uc chr $code;
  next if length $upper < 2;
  printf "{0x%X, U\"%s\"},\n", $code, join '', map { sprintf '\\x%04X', ord } split //, $upper;
}
