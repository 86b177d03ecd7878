// cloudauth.hpp against an emulator, with and without exceptions: hpp ERROR_TRANSACTION TRANSACTION
#include <cloudauth.hpp>
#include <cloudauth.hpp> // twice: it guards itself

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <type_traits>

using namespace cloudauth;

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            std::exit(1); \
        } \
    } while (false)

static_assert(std::is_nothrow_move_constructible_v<client> && !std::is_copy_constructible_v<client>);
static_assert(std::is_nothrow_move_assignable_v<result> && !std::is_copy_constructible_v<result>);
static_assert(std::is_nothrow_move_constructible_v<expected<result>> && !std::is_copy_constructible_v<expected<result>>);

// Finding H10: no view can be taken of a temporary, which is gone by the next statement; every view can be of a variable.
#define VIEW_OF(owner, name, arguments) \
    template <class Owner, class = void> \
    struct owner##_##name##_gives : std::false_type {}; \
    template <class Owner> \
    struct owner##_##name##_gives<Owner, std::void_t<decltype(std::declval<Owner>().name arguments)>> : std::true_type {}; \
    static_assert(owner##_##name##_gives<const owner &>::value && owner##_##name##_gives<owner &>::value); \
    static_assert(!owner##_##name##_gives<owner>::value && !owner##_##name##_gives<const owner>::value)
VIEW_OF(result, request_id, ());
VIEW_OF(result, sub_code, ());
VIEW_OF(result, face, ());
VIEW_OF(result, document, ());
VIEW_OF(result, page, ("01"));
VIEW_OF(result, source, ());
VIEW_OF(result, extra, ());
VIEW_OF(result, problems, ());
VIEW_OF(result, canonical_json, ());
VIEW_OF(result, to_json, ());
VIEW_OF(result, raw, ());
VIEW_OF(decision, reasons, ());
VIEW_OF(callback, transaction_id, ());
VIEW_OF(callback, parameter, ("passed"));
VIEW_OF(reply, json, ());
VIEW_OF(error, message, ());
VIEW_OF(error, advice, ());
VIEW_OF(error, code, ());
VIEW_OF(error, request_id, ());
template <class Owner, class = void>
struct gives_arrow : std::false_type {};
template <class Owner>
struct gives_arrow<Owner, std::void_t<decltype(std::declval<Owner>().operator->())>> : std::true_type {};
static_assert(gives_arrow<expected<result> &>::value && !gives_arrow<expected<result>>::value);

static std::atomic<int> asked, dropped, lines;

static config callback_keys()
{
    struct counted {
        std::shared_ptr<int> alive{ new int(0), [](int *number) { delete number, dropped++; } };
        void operator()(credentials &answer) const
        {
            asked++;
            answer.set(std::getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"), std::getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET"));
        }
    };
    config config;
    config.credentials(counted()).timeout(std::chrono::seconds(20));
    return config;
}

static void values(const client &client, const char *transaction)
{
    expected<result> outcome = client.try_check_result(request("test", transaction).return_image(true));
    CHECK(outcome);
    result result = *std::move(outcome);
    // Finding G4: a value that is there is not a yes.
    static_assert(std::is_same_v<decltype(result.passed()), bool> && std::is_same_v<decltype(result.face()->attack()), bool>);
    CHECK(result.passed() && result.passed_state() == true && result.face()->attack_state() == false && !result.face()->attack());
    CHECK(result.sub_code() == "200" && !result.request_id().empty());
    const auto face = result.face();
    CHECK(face && face->comparison_score() > 90 && face->image() && face->image()->format == "jpeg");
    CHECK(face->image()->bytes.size > 2 && *face->image()->bytes.begin() == 0xFF && !face->duplicates());
    const auto document = result.document();
    CHECK(document && !document->pages().empty() && document->pages()[0].number() == "01");
    std::size_t pages = 0;
    for (page page : document->pages())
        pages += page.identity().has_value() && page.identity()->document_number().has_value() ? 1U : 0U;
    CHECK(pages > 0 && result.page("01") && !result.page("77") && result.problems().empty());
    CHECK(result.canonical_json().substr(0, 2) == "{\"");
    CHECK(!result.raw());
    const auto again = cloudauth::result::try_from_json(result.to_json());
    CHECK(again && again->to_json() == result.to_json() && again->face()->image()->bytes.size == face->image()->bytes.size);
    CHECK(cloudauth::result::try_from_json({}).error().kind() == kind::invalid_argument);
    expected<decision> decision = result.try_decision(100.0);
    CHECK(decision && decision->action() == action::review && !decision->reasons().empty());

    expected<cloudauth::result> moved = std::move(result);
    CHECK(moved->passed() == true);
    const std::string body = R"({"Code":"Success","Result":{"Passed":"Y","ExtFaceInfo":"{\"faceAge\":\"x\"}"}})";
    auto decoded = result::try_decode({ reinterpret_cast<const std::uint8_t *>(body.data()), body.size() });
    CHECK(decoded && decoded->problems().size() == 1 && (*decoded->problems().begin()).path == "ExtFaceInfo.faceAge");
}

static void failures(const client &client, const char *transaction)
{
    auto outcome = client.try_check_result({ "test", transaction });
    CHECK(!outcome && outcome.error().kind() == kind::throttled && outcome.error().code() == "Throttling.Api");
    CHECK(outcome.error().http_status() == 403 && outcome.error().attempts() > 0 && outcome.error().retryable());
    CHECK(!outcome.error().message().empty() && !outcome.error().advice().empty() && name(kind::tls) == "tls");
    CHECK(client.try_check_result({ "not a biz id", "t" }).error().kind() == kind::invalid_argument);
    auto unstarted = client.try_check_result_async({ "test", nullptr }); // judged before it starts
    CHECK(unstarted.future.get().error().kind() == kind::invalid_argument && !unstarted.operation.get());
    CHECK(client::try_make(config().endpoint("not a host")).error().kind() == kind::invalid_argument);
    CHECK((*try_explain("212")).subject() == subject::sub_code && !(*try_explain("212")).products().empty() && !try_explain("?"));
}

static void futures(const client &client, const char *transaction)
{
    auto [future, operation] = client.try_check_result_async({ "test", transaction });
    CHECK((*future.get()).passed() == true);
    operation.cancel(); // done already
    std::promise<bool> called;
    auto begun = client.try_call_start(call("CheckResult").parameter("MerchantBizId", "test").parameter("TransactionId", transaction),
        [&](expected<reply> reply) { called.set_value(reply && reply->json().find("\"Passed\":\"Y\"") != std::string_view::npos); });
    CHECK(begun && called.get_future().get());
    const std::string_view text = "[\"01\"] and more";
    call newer("NewerOperation");
    newer.parameter("A", text.substr(0, 6));
    CHECK(client.try_call(newer).error().kind() == kind::invalid_argument);
    CHECK(client.try_call(newer.unchecked()).error().http_status() == 501);
    cloudauth::request wider("test", transaction);
    CHECK((*client.try_check_result(wider.unchecked())).passed() == true);
}

static void waiting(const client &client)
{
    using namespace std::chrono_literals;
    // The emulator counts how often it was asked for each id, and serves several runs.
    auto number = std::chrono::system_clock::now().time_since_epoch() / 1us;
    const auto request = [&number](const char *pending) {
        cloudauth::request made("test", pending + ("-no" + std::to_string(number++)));
        made.wait_first_pause(10ms).wait_longest_pause(20ms).wait_timeout(10s);
        return made;
    };
    const auto before = client.counter(CLOUDAUTH_COUNTER_REQUESTS);
    CHECK((*client.try_wait_for_result(request("pending2"))).passed() == true);
    CHECK(client.counter(CLOUDAUTH_COUNTER_REQUESTS) == before + 3);
    CHECK(client.try_wait_for_result(request("pending900").wait_timeout(50ms)).error().kind() == kind::not_completed);
    CHECK((*client.try_wait_for_result_async(request("pending2")).future.get()).passed() == true);
    auto [future, operation] = client.try_wait_for_result_async({ "test", "pending900-no0" }); // pauses of seconds
    operation.cancel();
    CHECK(future.get().error().kind() == kind::cancelled);
    std::promise<bool> called;
    auto begun = client.try_wait_for_result_start(request("pending2"), [&](expected<result> result) { called.set_value(bool(result)); });
    CHECK(begun && called.get_future().get());
#ifdef __cpp_exceptions
    CHECK(client.wait_for_result(request("pending2")).passed() == true);
    CHECK(client.wait_for_result_async(request("pending2")).future.get().passed() == true);
#endif
}

#ifdef __cpp_exceptions
static void exceptions(const char *refused, const char *transaction)
{
    const client client(callback_keys());
    const result good = client.check_result({ "test", transaction });
    CHECK(good.decision().action() == action::accept);
    /* Finding G3 */
    CHECK(good.try_decision(0.9).error().kind() == kind::invalid_argument);
    CHECK(client.check_result_async({ "test", transaction }).future.get().passed() == true);
    int caught = 0;
    try {
        client.check_result_async({ "test", refused }).future.get();
    } catch (const exception &error) {
        const exception copy = error;
        caught += copy.kind() == kind::throttled && copy.code() == "Throttling.Api" && copy.error().attempts() > 0;
    }
    try {
        (void)cloudauth::client(config().region("nowhere").endpoint(" "));
    } catch (const std::runtime_error &) {
        caught++;
    }
    CHECK(caught == 2 && !explain("200").meaning().empty());
    const reply reply = client.call(call("CheckResult").parameter("MerchantBizId", "test").parameter("TransactionId", transaction));
    CHECK(!reply.json().empty());
}
#endif

static std::atomic<int> attempts{0}, whole{0};

static void listening(const char *transaction)
{
    config options;
    options.on_event([](const event &reported) {
        CHECK(reported.operation == "CheckResult" && !reported.kind && reported.http_status == 200u && reported.bytes_received > 0);
        (reported.attempt ? attempts : whole)++;
        CHECK(reported.duration < std::chrono::minutes(1));
        CHECK(reported.context == &whole && reported.server_address == "127.0.0.1" && reported.server_port > 0);
        CHECK(std::chrono::system_clock::now() - reported.ended < std::chrono::minutes(1));
    });
    expected<client> made = client::try_make(options);
    request observed("test", transaction);
    CHECK(made && made->try_check_result(observed.event_context(&whole)));
}

int main(int argc, char **argv)
{
    CHECK(argc == 3 && abi_version() == CLOUDAUTH_ABI_VERSION && !version().empty());
    CHECK(!try_set_log_callback(log_level::debug, [](void *, std::uint32_t, const char *) { lines++; }));
    {
        expected<client> made = client::try_make(callback_keys());
        CHECK(made && made->max_concurrency() == 16);
        values(*made, argv[2]);
        failures(*made, argv[1]);
        futures(*made, argv[2]);
        waiting(*made);
        listening(argv[2]);
    }
#ifdef __cpp_exceptions
    exceptions(argv[1], argv[2]);
#endif
    cloudauth::shutdown(std::chrono::seconds(5));
    CHECK(attempts == 1 && whole == 1);
    CHECK(!try_set_log_callback(log_level::off, nullptr));
    CHECK(live_handles() == 0 && asked > 0 && lines > 0);
#ifdef __cpp_exceptions
    CHECK(dropped == 2);
#else
    CHECK(dropped == 1);
#endif
    return 0;
}
