/* Calls in flight. */
#ifndef CLOUDAUTH_OPERATION_HPP
#define CLOUDAUTH_OPERATION_HPP

#include "error.hpp"

#include <future>

namespace cloudauth {

/* A call in flight. Letting go of it does not cancel it. */
class operation {
public:
    operation() noexcept = default;
    explicit operation(cloudauth_operation *owned) noexcept : handle_(owned) {}

    void cancel() const noexcept { cloudauth_operation_cancel(handle_.get()); }

    cloudauth_operation *get() const noexcept { return handle_.get(); }

private:
    detail::owned<cloudauth_operation, cloudauth_operation_free> handle_;
};

/* What will be, and the means to cancel it: auto [future, operation] = client.check_result_async(request). */
template <class Value>
struct in_flight {
    std::future<Value> future;
    cloudauth::operation operation;
};

} // namespace cloudauth

#endif
