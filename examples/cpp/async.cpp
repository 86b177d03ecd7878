// Twenty calls in flight, one of them cancelled: async TRANSACTION. The environment says where to call, and the keys.
#include <cloudauth.hpp>

#include <chrono>
#include <iostream>
#include <vector>

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::cerr << "usage: async TRANSACTION\n";
        return 2;
    }
    int done = 0, cancelled = 0, failed = 0;
    try {
        const cloudauth::client client{ cloudauth::config() };
        const cloudauth::request request("example", argv[1]);
        std::vector<cloudauth::in_flight<cloudauth::result>> calls;
        while (calls.size() < 20)
            calls.push_back(client.check_result_async(request));
        calls.back().operation.cancel();

        for (auto &call : calls) {
            try {
                call.future.get();
                done++;
            } catch (const cloudauth::exception &error) {
                if (error.kind() == cloudauth::kind::cancelled)
                    cancelled++;
                else if (failed++ == 0)
                    std::cerr << error.what() << '\n';
            }
        }
        std::cout << done << " done, " << cancelled << " cancelled\n";
    } catch (const cloudauth::exception &error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    cloudauth::shutdown(std::chrono::seconds(1));
    return failed > 0 ? 2 : 0;
}
