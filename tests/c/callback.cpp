// As callback.c, through the C++ wrapper.
#include "check.hpp"
#include "cloudauth.hpp"

#include <cstring>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

void print(std::string_view text) { std::cout << text << '\0'; }

// What the list cannot say: tokens and functions of every sort, and exceptions that pass through.
void tokens()
{
    const char *query = "transactionId=hks1&callbackToken=s3cr3t";
    const auto callback = cloudauth::parse_callback(query, std::string("s3cr3t"));
    CHECK(callback.transaction_id() == "hks1" && callback.parameter("transactionId") == "hks1" && !callback.parameter("passed"));
    CHECK(cloudauth::try_parse_callback(query, [](std::string_view) { return "s3cr3t"; }));
    const std::map<std::string, std::string> decoded{ { "transactionId", "hks1" }, { "callbackToken", "s3cr3t" } };
    CHECK(cloudauth::try_parse_callback(decoded, "s3cr3t"));
    const auto refused = cloudauth::try_parse_callback(query, nullptr);
    CHECK(!refused && refused.error().kind() == cloudauth::kind::authentication);
    try {
        (void)cloudauth::parse_callback(query, [](std::string_view) -> std::string { throw std::runtime_error("no database"); });
        CHECK(false);
    } catch (const std::runtime_error &error) {
        CHECK(std::strcmp(error.what(), "no database") == 0);
    }
    try {
        (void)cloudauth::parse_callback(query, "guess");
        CHECK(false);
    } catch (const cloudauth::exception &error) {
        CHECK(error.kind() == cloudauth::kind::authentication);
    }
}

template <class Query>
void run(const Query &query, const std::map<std::string, std::string> &known)
{
    const auto read = cloudauth::try_parse_callback(query, [&](std::string_view transaction_id) -> std::optional<std::string> {
        const auto any = known.find(""), own = known.find(std::string(transaction_id));
        const auto found = any != known.end() ? any : own;
        return found != known.end() ? std::optional(found->second) : std::nullopt;
    });
    if (!read) {
        print(cloudauth::name(read.error().kind()));
        return print(read.error().message());
    }
    print(read->transaction_id());
    for (const auto &[name, value] : read->parameters()) {
        print(name);
        print(value);
    }
}

} // namespace

int main(int argc, char **argv)
{
    CHECK(argc >= 3);
    tokens();
    std::map<std::string, std::string> known;
    char **given = argv + 2;
    for (int tokens = std::atoi(argv[1]); tokens > 0; tokens--, given += 2)
        known.emplace(given[0], given[1]);
    if (argv + argc - given == 1) {
        run(*given, known);
    } else {
        std::vector<std::pair<std::string, std::string>> pairs;
        for (; given < argv + argc; given += 2)
            pairs.emplace_back(given[0], given[1]);
        run(pairs, known);
    }
    CHECK(cloudauth_live_handles() == 0);
}
