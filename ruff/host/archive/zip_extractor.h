// Takes an archive apart on the disk, distrusting all that it says.

#ifndef RUFF_HOST_ARCHIVE_ZIP_EXTRACTOR_H_
#define RUFF_HOST_ARCHIVE_ZIP_EXTRACTOR_H_

#include <string>
#include <vector>

namespace ruff {

// Extracts the archive `path` into the directory `out`, which is created; files that exist are
// overwritten. Stops at the first entry that is not acceptable: what came before it stays. The
// paths of the files go to `*files`, in the order of the archive. The message of the failure; empty
// when there was none.
std::string ExtractZip(const std::string& path, const std::string& out,
                       std::vector<std::string>* files);

}  // namespace ruff

#endif  // RUFF_HOST_ARCHIVE_ZIP_EXTRACTOR_H_
