/* Makes one call of a typed operation through the C++ wrapper, as typed.c does through the header:

       typed ENDPOINT WAY checked|unchecked OPERATION [KIND NAME VALUE]...

   WAY is blocking, async, start or queue. */
#include "check.hpp"
#include "cloudauth.hpp"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <future>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace {

/* An object that grows. */
class json {
public:
    template <class Value>
    void value(const char *name, const std::optional<Value> &value)
    {
        key(name);
        if (value) put(*value);
        else text_ += "null";
    }
    void raw(const char *name, std::optional<std::string_view> whole)
    {
        key(name);
        text_ += whole.value_or("null");
    }
    void problems(cloudauth::problems problems)
    {
        key("problems");
        std::string list;
        for (const cloudauth::problem problem : problems) {
            json one;
            one.value("path", std::optional(problem.path));
            one.value("reason", std::optional(problem.reason));
            one.value("text", std::optional(problem.text));
            list += (list.empty() ? "" : ",") + one.whole();
        }
        text_ += "[" + list + "]";
    }
    std::string whole() const { return text_ + "}"; }

private:
    void key(const char *name)
    {
        if (text_.size() > 1) text_ += ",";
        put(std::string_view(name));
        text_ += ":";
    }
    void put(std::string_view text)
    {
        text_ += '"';
        for (const char letter : text) {
            char escape[8];
            const auto byte = static_cast<unsigned char>(letter);
            std::snprintf(escape, sizeof escape, byte < 32 || letter == '"' || letter == '\\' ? "\\u%04x" : "%c", byte);
            text_ += escape;
        }
        text_ += '"';
    }
    void put(bool flag) { text_ += flag ? "true" : "false"; }
    void put(std::int64_t number) { text_ += std::to_string(number); }
    void put(double number) { text_ += std::to_string(number); }
    void put(const cloudauth::texts &texts)
    {
        text_ += "[";
        for (std::size_t i = 0; i < texts.size(); i++) {
            if (i) text_ += ",";
            put(texts[i]);
        }
        text_ += "]";
    }

    std::string text_ = "{";
};

/* The arguments of one request. */
class given_arguments {
public:
    void add(const std::string &kind, const std::string &name, const std::string &value)
    {
        if (kind == "bytes") {
            auto &bytes = bytes_[name];
            for (std::size_t i = 0; i < value.size(); i += 2)
                bytes.push_back(static_cast<std::uint8_t>(std::stoi(value.substr(i, 2), nullptr, 16)));
        }
        (kind == "parameter" ? parameters : values_)[name].push_back(value);
    }
    bool has(const char *name) const { return values_.count(name) > 0; }
    const std::string &text(const char *name) const { return values_.at(name).front(); }
    bool flag(const char *name) const { return text(name) == "true"; }
    std::int64_t integer(const char *name) const { return std::stoll(text(name)); }
    const std::vector<std::string> &list(const char *name) const { return values_.at(name); }
    cloudauth::bytes bytes(const char *name) const { return { bytes_.at(name).data(), bytes_.at(name).size() }; }

    std::map<std::string, std::vector<std::string>> parameters;

private:
    std::map<std::string, std::vector<std::string>> values_;
    std::map<std::string, std::vector<std::uint8_t>> bytes_;
};

#include "typed_calls.hpp"

template <class Request>
cloudauth::expected<typename Request::reply_type> from_queue(const cloudauth::client &client, const Request &request)
{
    const cloudauth::queue queue;
    auto begun = queue.try_run(client, request, 7);
    if (!begun) return std::move(begun).error();
    auto completion = queue.next();
    CHECK(completion && completion->id == 7);
    if (auto *error = std::get_if<cloudauth::error>(&completion->outcome)) return std::move(*error);
    typename Request::reply_type reply(std::get<cloudauth::reply>(std::move(completion->outcome)));
    CHECK(reply.has_value());
    return reply;
}

/* What comes of a request, in one of the ways. */
template <class Request>
cloudauth::expected<typename Request::reply_type> outcome_of(
    const cloudauth::client &client, const std::string &way, const Request &request)
{
    using reply = typename Request::reply_type;
    if (way == "blocking") return client.try_run(request);
    if (way == "async") return client.try_run_async(request).future.get();
    if (way == "queue") return from_queue(client, request);
    std::promise<cloudauth::expected<reply>> promise;
    auto future = promise.get_future();
    auto begun = client.try_run_start(request, [&](cloudauth::expected<reply> outcome) { promise.set_value(std::move(outcome)); });
    if (!begun) return std::move(begun).error();
    return future.get();
}

/* The named functions, which do the same. */
void names(const cloudauth::client &refused)
{
    const cloudauth::delete_result_request request("", "All");
    try {
        static_cast<void>(refused.delete_result(request));
        CHECK(false);
    } catch (const cloudauth::exception &error) {
        CHECK(error.kind() == cloudauth::kind::invalid_argument);
    }
    CHECK(!refused.try_delete_result(request));
    CHECK(!refused.try_verify_log(cloudauth::verify_log_request("", "t")));
    // Without arguments there need be no request.
    static_cast<void>([&] { return refused.keep_alive(); });
    CHECK(!refused.try_delete_result_async(request).future.get());
    try {
        static_cast<void>(refused.delete_result_async(request).future.get());
        CHECK(false);
    } catch (const cloudauth::exception &error) {
        CHECK(std::string(error.what()) == "transaction_id: must not be empty");
    }
}

} // namespace

/* A start is stored and read again, also what another language wrote. */
void stored()
{
    const std::string_view text =
        R"({"version":1,"region":null,"endpoint":"http://127.0.0.1:1","transaction_id":"hks1","transaction_url":null,"protocol":null,)"
        R"("client_cfg":null,"merchant_biz_id":"order1","callback_token":"t0ken","product_code":"eKYC_PRO","id_spoof":true,)"
        R"("doc_video":null,"authorize":null,"initialized_at":"2026-03-01T10:00:00Z"})";
    const cloudauth::started started = cloudauth::started_from_json(text);
    CHECK(started.transaction_id() == "hks1" && started.callback_token() == "t0ken" && started.id_spoof() == true);
    CHECK(cloudauth::to_json(started) == text);
    const auto refused = cloudauth::try_started_from_json("{}");
    CHECK(!refused && refused.error().kind() == cloudauth::kind::invalid_argument);
}

int main(int argc, char **argv)
{
    CHECK(argc >= 5 && (argc - 5) % 3 == 0);
    stored();
    {
        const cloudauth::client client(cloudauth::config()
                .endpoint(argv[1])
                .access_key_id("emulator-key-id")
                .access_key_secret("emulator-key-secret")
                .max_attempts(1));
        const std::string way = argv[2];
        given_arguments arguments;
        for (int i = 5; i < argc; i += 3) arguments.add(argv[i], argv[i + 1], argv[i + 2]);
        dispatch(argv[4], arguments, [&](auto request) {
            request.unchecked(std::strcmp(argv[3], "unchecked") == 0);
            for (const auto &[name, values] : arguments.parameters) request.parameter(name, values.front());
            const auto outcome = outcome_of(client, way, request);
            if (!outcome) {
                const auto &error = outcome.error();
                std::printf("%s %s %s\n", std::string(name(error.kind())).c_str(), std::string(error.code().value_or("-")).c_str(),
                    std::string(error.message()).c_str());
                return;
            }
            json out = as_json(*outcome);
            out.value("request_id", std::optional(outcome->request_id()));
            out.raw("extra", outcome->extra());
            out.problems(outcome->problems());
            std::puts(out.whole().c_str());
        });
        names(client);
    }
    // The thread that settled a future may be at it still.
    CHECK(cloudauth_shutdown(10000));
    CHECK(cloudauth_live_handles() == 0);
}
