// The right to have a connection of a pool open. There are as many places as the pool may have
// connections in use; one that is given up goes to whoever has waited longest.

#ifndef RUFF_DATABASE_POOL_PLACE_H_
#define RUFF_DATABASE_POOL_PLACE_H_

#include <memory>
#include <utility>

namespace ruff {

class Pool;

class PoolPlace {
 public:
  PoolPlace() = default;  // of no pool
  // Takes a place of `pool`.
  explicit PoolPlace(std::shared_ptr<Pool> pool);
  PoolPlace(PoolPlace&&) noexcept = default;
  PoolPlace& operator=(PoolPlace&& other) noexcept {
    std::swap(pool_, other.pool_);
    return *this;
  }
  // Gives it up.
  ~PoolPlace();

  // Null: there is none.
  Pool* pool() const { return pool_.get(); }

 private:
  std::shared_ptr<Pool> pool_;
};

}  // namespace ruff

#endif  // RUFF_DATABASE_POOL_PLACE_H_
