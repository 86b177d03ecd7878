/* Text, bytes and lists, and the helpers that turn C views into them. */
#ifndef CLOUDAUTH_TEXT_HPP
#define CLOUDAUTH_TEXT_HPP

#include "../cloudauth.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cloudauth {

/* Text that goes in: a C string or a std::string, not copied on the way. NULL is "not given". A std::string that holds a NUL
 * is an invalid_argument of whatever takes it. */
class zstring {
public:
    zstring(const char *text) noexcept : text_(text) {}
    /* C would take what is before the NUL; the library knows this text for one that holds it. */
    zstring(const std::string &text) noexcept : text_(text.find('\0') == std::string::npos ? text.c_str() : "\xC0\x80") {}
    const char *c_str() const noexcept { return text_; }

private:
    const char *text_;
};

/* Bytes that belong to somebody else. */
struct bytes {
    const std::uint8_t *data = nullptr;
    std::size_t size = 0;

    const std::uint8_t *begin() const noexcept { return data; }
    const std::uint8_t *end() const noexcept { return size > 0 ? data + size : data; }
};

namespace detail {

template <auto Free>
struct release {
    template <class Handle>
    void operator()(Handle *handle) const noexcept { Free(handle); }
};

template <class Handle, auto Free>
using owned = std::unique_ptr<Handle, release<Free>>;

inline std::string_view view(const cloudauth_text &text) noexcept
{
    return text.data ? std::string_view(text.data, text.len) : std::string_view();
}

inline std::optional<std::string_view> text(const cloudauth_text *text) noexcept
{
    return text ? std::optional<std::string_view>(view(*text)) : std::nullopt;
}

inline std::optional<std::string_view> text(const char *text) noexcept
{
    return text ? std::optional<std::string_view>(text) : std::nullopt;
}

template <class Value>
std::optional<Value> value(const Value *value) noexcept
{
    return value ? std::optional<Value>(*value) : std::nullopt;
}

template <class View, class Raw>
std::optional<View> wrap(const Raw *raw) noexcept
{
    return raw ? std::optional<View>(View(raw)) : std::nullopt;
}

/* C has no negative durations; 0 is "the default" there. */
inline std::uint64_t milliseconds(std::chrono::milliseconds time) noexcept
{
    return time.count() > 0 ? static_cast<std::uint64_t>(time.count()) : 0;
}

template <class List, class Raw>
std::optional<List> wrap_list(const Raw *raw) noexcept
{
    return raw ? std::optional<List>(std::in_place, raw->items, raw->count) : std::nullopt;
}

} // namespace detail

/* Views in the order of the reply, to loop over: of whole structs or, for texts, of std::string_view. */
template <class View, class Item>
class list {
public:
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = View;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = View;

        explicit iterator(const Item *item) noexcept : item_(item) {}
        View operator*() const noexcept { return make(*item_); }
        iterator &operator++() noexcept { return ++item_, *this; }
        iterator operator++(int) noexcept { return iterator(item_++); }
        friend bool operator==(iterator a, iterator b) noexcept { return a.item_ == b.item_; }
        friend bool operator!=(iterator a, iterator b) noexcept { return a.item_ != b.item_; }

    private:
        const Item *item_;
    };

    list(const Item *items, std::size_t count) noexcept : items_(items), count_(count) {}
    std::size_t size() const noexcept { return count_; }
    bool empty() const noexcept { return count_ == 0; }
    View operator[](std::size_t index) const noexcept { return make(items_[index]); }
    iterator begin() const noexcept { return iterator(items_); }
    iterator end() const noexcept { return iterator(count_ > 0 ? items_ + count_ : items_); }

private:
    static View make(const cloudauth_text &text) noexcept { return detail::view(text); }
    template <class Raw>
    static View make(const Raw *raw) noexcept { return View(raw); }

    const Item *items_;
    std::size_t count_;
};

using texts = list<std::string_view, cloudauth_text>;

} // namespace cloudauth

#endif
