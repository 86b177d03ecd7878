// A std::string that holds a NUL is refused wherever C++ takes one: as a C string it would be cut short.
#include "check.hpp"
#include "cloudauth.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

using namespace cloudauth;
using namespace std::string_literals;

namespace {

const std::string cut = "x\0y"s;

void refused(const error &error, const std::string &argument)
{
    const std::string message(error.message());
    if (error.kind() != kind::invalid_argument || message != argument + ": must not hold a NUL character" || error.attempts() != 0)
        std::fprintf(stderr, "%s, not of %s\n", message.c_str(), argument.c_str()), std::abort();
}

template <class Value>
void refused(const expected<Value> &outcome, const std::string &argument)
{
    CHECK(!outcome);
    refused(outcome.error(), argument);
}

config nowhere()
{
    config options;
    options.endpoint("http://127.0.0.1:1").access_key_id("id").access_key_secret("secret");
    return options;
}

void options()
{
    refused(client::try_make(nowhere().region(cut)), "region");
    refused(client::try_make(nowhere().access_key_secret(cut)), "access_key_secret");
    refused(client::try_make(nowhere().set_text("user_agent", cut)), "user_agent");
    CHECK(client::try_make(nowhere().user_agent(cut).user_agent("shop/1")));
    const auto unknown = client::try_make(nowhere().set_text("user_agent\0"s, "shop/1"));
    CHECK(!unknown && unknown.error().kind() == kind::invalid_argument);
}

void requests(const client &client)
{
    refused(client.try_check_result(request(cut, "hks1")), "merchant_biz_id");
    refused(client.try_wait_for_result(request("order1", cut)), "transaction_id");
    refused(client.try_check_result(request("order1", "hks1").extra_image_control_list(cut)), "ExtraImageControlList");
    refused(client.try_check_result(request("order1", "hks1").parameter("A", cut).unchecked()), "A");
    refused(client.try_check_result(request("order1", "hks1").parameter(cut, "B").parameter("C", "D").unchecked()), "parameter");
    try {
        (void)client.check_result(request(cut, "hks1"));
        CHECK(false);
    } catch (const exception &error) {
        CHECK(error.kind() == kind::invalid_argument);
    }
}

void calls(const client &client)
{
    refused(client.try_call(call(cut)), "action");
    refused(client.try_call(call("Initialize").parameter("MetaInfo", cut)), "MetaInfo");
    refused(client.try_call(call("Initialize").parameter("MetaInfo", std::string_view(cut))), "MetaInfo");
    refused(client.try_call(call("Initialize").parameter(cut, "{}").parameter("MetaInfo", "{}")), "parameter");
    refused(client.try_initialize(initialize_request("eKYC_PRO", "{}\0{}"s)), "meta_info");
    refused(client.try_initialize(initialize_request("eKYC_PRO", "{}").style_config("{}\0"s)), "style_config");
    refused(client.try_initialize(initialize_request("eKYC_PRO", "{}").doc_page_config({ cut, "OCR_ID_BACK" })), "doc_page_config");
    refused(client.try_run_async(delete_result_request(cut, "All")).future.get(), "transaction_id");
}

void callbacks()
{
    const std::string query = "transactionId=hks1&callbackToken=x";
    using pairs = std::map<std::string, std::string>;
    refused(try_parse_callback(query, cut), "expected_token");
    refused(try_parse_callback(query, std::string_view(cut)), "expected_token");
    refused(try_parse_callback(query, [](std::string_view) { return cut; }), "expected_token");
    refused(try_parse_callback(query, [](std::string_view) { return std::optional(cut); }), "expected_token");
    refused(try_parse_callback(query + '\0', "x"), "query");
    refused(try_parse_callback(std::string_view("transactionId=hks1&callbackToken=x\0y", 36), "x"), "query");
    refused(try_parse_callback(pairs{ { "callbackToken", cut }, { "transactionId", "hks1" } }, "x"), "values[0]");
    refused(try_parse_callback(pairs{ { "callbackToken", "x" }, { "transactionId\0"s, "hks1" } }, "x"), "names[1]");
    const auto callback = parse_callback(query, "x");
    CHECK(callback.parameter("transactionId") && !callback.parameter("transactionId\0"s));
}

void results()
{
    refused(try_explain("200\0"s), "code");
    const std::string body = R"({"Code":"Success","RequestId":"R","Result":{"Passed":"Y","SubCode":"200"}})";
    const auto result = cloudauth::result::decode({ reinterpret_cast<const std::uint8_t *>(body.data()), body.size() });
    CHECK(!result.page("01\0"s));
    refused(result.try_save_images("nowhere\0"s), "folder");
    CHECK(!std::filesystem::exists("nowhere"));
}

void keys()
{
    const client client(config().endpoint("http://127.0.0.1:1").credentials([](credentials &answer) { answer.set("id", cut); }));
    const auto outcome = client.try_check_result(request("order1", "hks1"));
    CHECK(!outcome && outcome.error().kind() == kind::credentials);
    CHECK(outcome.error().message() == "from the credentials callback, access_key_secret: must not hold a NUL character");
}

} // namespace

int main()
{
    options();
    const client client(nowhere());
    requests(client);
    calls(client);
    callbacks();
    results();
    keys();
    return 0;
}
