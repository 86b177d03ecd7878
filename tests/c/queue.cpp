// Finding H11, through the C++ wrapper: queue ENDPOINT.
#include "check.hpp"
#include "cloudauth.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <poll.h>
#include <variant>

using namespace std::chrono_literals;

namespace {

void outcomes(const cloudauth::client &client)
{
    const cloudauth::queue queue;
    CHECK(!queue.next_within(0ms));
    queue.check_result(client, cloudauth::request("biz", "ekycpro200"), 1);
    pollfd readable{ queue.descriptor(), POLLIN, 0 };
    CHECK(poll(&readable, 1, 30000) == 1);
    const auto checked = queue.next_within(0ms);
    CHECK(checked && checked->id == 1 && std::get<cloudauth::result>(checked->outcome).passed());
    queue.call(client,
        cloudauth::call("CheckResult").parameter("MerchantBizId", "biz").parameter("TransactionId", "ekycpro200"), 2);
    const auto called = queue.next();
    CHECK(called && called->id == 2 && !std::get<cloudauth::reply>(called->outcome).json().empty());
    queue.wait_for_result(client, cloudauth::request("biz", "pending99"), 3).cancel();
    const auto cancelled = queue.next();
    CHECK(cancelled && std::get<cloudauth::error>(cancelled->outcome).kind() == cloudauth::kind::cancelled);
    queue.check_result(client, cloudauth::request("biz", "a b"), 4);
    const auto refused = queue.next_within(30s);
    CHECK(refused && std::get<cloudauth::error>(refused->outcome).kind() == cloudauth::kind::invalid_argument);
    CHECK(!queue.next_within(1ms));
}

} // namespace

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    {
        const cloudauth::client client(cloudauth::config()
                .endpoint(argv[1])
                .access_key_id("emulator-key-id")
                .access_key_secret("emulator-key-secret"));
        outcomes(client);
    }
    CHECK(cloudauth_live_handles() == 0);
}
