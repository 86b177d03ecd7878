/*
 * libcloudauth for C++17: cloudauth.h with owners, optionals and exceptions. Header only; it calls cloudauth.h alone.
 *
 *     cloudauth::client client(cloudauth::config().region("ap-southeast-1"));
 *     cloudauth::result result = client.check_result(cloudauth::request("biz", "transaction").return_image(true));
 *     if (auto face = result.face())
 *         if (auto image = face->image()) write("face.jpg", image->bytes.data, image->bytes.size);
 *
 * Owners (config, client, many, queue, request, call, result, reply, the requests and replies of typed operations, decision, callback, operation, error,
 * credentials_question, permit) are moved, not copied, and free what they own. get() is the C handle, which stays theirs; a constructor
 * takes one over.
 *
 * Views (face, document, page, ..., every string_view and bytes) point into the result, reply, decision, callback or error
 * that gave them and live as long as it does. They cannot be taken from a temporary: keep what a function returns in a variable.
 *
 * Failures are thrown as cloudauth::exception. Each function that throws has a try_ form, which returns an expected instead
 * and is all there is under -fno-exceptions.
 *
 * Threads, fork and shutdown are as cloudauth.h has them. Callbacks must not throw, but for credentials functions and
 * limiters: an exception that leaves any other ends the program.
 */
#ifndef CLOUDAUTH_HPP
#define CLOUDAUTH_HPP

#if defined(_MSVC_LANG) ? _MSVC_LANG < 201703L : __cplusplus < 201703L
#error "cloudauth.hpp needs C++17: compile with -std=c++17 or later"
#else

#include "cloudauth/archive.hpp"
#include "cloudauth/callback.hpp"
#include "cloudauth/client.hpp"
#include "cloudauth/error.hpp"
#include "cloudauth/event.hpp"
#include "cloudauth/many.hpp"
#include "cloudauth/operation.hpp"
#include "cloudauth/permit.hpp"
#include "cloudauth/queue.hpp"
#include "cloudauth/request.hpp"
#include "cloudauth/result.hpp"
#include "cloudauth/runtime.hpp"
#include "cloudauth/started.hpp"
#include "cloudauth/text.hpp"
#include "cloudauth/typed.hpp"
#include "cloudauth/views.hpp"

#endif
#endif
