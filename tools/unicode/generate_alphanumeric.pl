#!/usr/bin/env perl
# Writes the table of ruff/base/unicode.cc: the ranges of characters above ASCII that are Alphabetic
# or have a number category (Nd, Nl, No), from the Unicode data that comes with Perl.
#
#   tools/unicode/generate_alphanumeric.pl > ruff/base/unicode_alphanumeric.inc
use strict;
use warnings;
use Unicode::UCD;

print "// Written by tools/unicode/generate_alphanumeric.pl from Unicode ",
    Unicode::UCD::UnicodeVersion(), "; do not edit.\n";
my $start;
for my $code (0x80 .. 0x110000) {
  my $surrogate = $code >= 0xD800 && $code <= 0xDFFF;
  my $inside = $code <= 0x10FFFF && !$surrogate && chr($code) =~ /[\p{Alphabetic}\p{N}]/;
  if ($inside) {
    $start //= $code;
  } elsif (defined $start) {
    printf "{0x%X, 0x%X},\n", $start, $code - 1;
    undef $start;
  }
}
