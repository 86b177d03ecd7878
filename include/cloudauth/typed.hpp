/* Generated from core/schema/typed by `cargo xtask generate`; do not edit. */
/* Typed operations: requests, replies, and the functions of a client. */
#ifndef CLOUDAUTH_TYPED_HPP
#define CLOUDAUTH_TYPED_HPP

#include "operation.hpp"
#include "typed_call.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cloudauth {

/* What archive_request gave. */
class archive : public detail::typed_reply<cloudauth_archive, cloudauth_reply_archive> {
public:
    using typed_reply::typed_reply;

    /* "archived": this run made the archive whole. "unchanged": it was, and is as it was written. */
    std::optional<std::string_view> outcome() const & noexcept { return detail::text(raw().outcome); }
    std::optional<std::string_view> outcome() const && = delete;
    /* Of the archive. */
    std::optional<std::string_view> folder() const & noexcept { return detail::text(raw().folder); }
    std::optional<std::string_view> folder() const && = delete;
    /* When the archive was whole, in UTC. */
    std::optional<std::string_view> archived_at() const & noexcept { return detail::text(raw().archived_at); }
    std::optional<std::string_view> archived_at() const && = delete;
    /* Of "manifest.json", in 64 hexadecimal digits. Keep it elsewhere: whoever can write to the folder can write
     * another manifest, and has another hash. */
    std::optional<std::string_view> manifest_sha256() const & noexcept { return detail::text(raw().manifest_sha256); }
    std::optional<std::string_view> manifest_sha256() const && = delete;
    /* What is not there, of "raw", "face", "document", "video" and "verdict", and why: "not_asked", "none_sent",
     * "none_offered", "gone", "too_late", "pending", as JSON. */
    std::optional<std::string_view> missing() const & noexcept { return detail::text(raw().missing); }
    std::optional<std::string_view> missing() const && = delete;
    /* The result as in "result.json", with length and hash in the place of pictures, as JSON. */
    std::optional<std::string_view> result() const & noexcept { return detail::text(raw().result); }
    std::optional<std::string_view> result() const && = delete;
    /* "deleted": the service says that it is. "refused": it says that it is not. "unknown": no reply came, and it is
     * not asked for again. "withheld": the service was not asked. */
    std::optional<std::string_view> deletion() const & noexcept { return detail::text(raw().deletion); }
    std::optional<std::string_view> deletion() const && = delete;
    /* What stands against it; "even_so" accepts it. */
    std::optional<texts> withheld_for() const & noexcept { return detail::wrap_list<texts>(raw().withheld_for); }
    std::optional<texts> withheld_for() const && = delete;
    /* What CheckResult answered then: "absent", "without_pictures", "still_there" or "unknown". Deletion may take the
     * service minutes; a later run asks again. */
    std::optional<std::string_view> afterwards() const & noexcept { return detail::text(raw().afterwards); }
    std::optional<std::string_view> afterwards() const && = delete;
    /* What "receipt.json" has: each request and each answer, with ids, codes and times, as JSON. */
    std::optional<std::string_view> receipt() const & noexcept { return detail::text(raw().receipt); }
    std::optional<std::string_view> receipt() const && = delete;
};

/* Fetches a verification's result, pictures and video, and files them in a folder of their own. Call it as soon as the
 * person is done, and as often as you like: it completes what an earlier run left, and sends nothing where the archive
 * is whole. What it is given is checked by the call. */
class archive_request : public detail::typed_request<archive_request> {
public:
    using reply_type = cloudauth::archive;

    /* started: what "initialize" gave at the same region or endpoint: its JSON, or the reply as an object. */
    /* into: the folder of this archive alone; it is made where it is missing, with mode 0700. */
    archive_request(zstring started, zstring into) noexcept : typed_request("archive")
    {
        set_text("started", started);
        set_text("into", into);
    }
    /* Keep the reply's bytes as "raw.json"; yes unless told otherwise. */
    archive_request &raw(bool raw) noexcept
    {
        return set_flag("raw", raw);
    }
    /* Ask for the pictures; yes unless told otherwise. */
    archive_request &images(bool images) noexcept
    {
        return set_flag("images", images);
    }
    /* Fetch the video, if the result has one; yes unless told otherwise. */
    archive_request &video(bool video) noexcept
    {
        return set_flag("video", video);
    }
    /* The largest video to take, from 1 to 4294967296; 268435456 (256 MiB) unless given. */
    archive_request &max_video_bytes(std::int64_t max_video_bytes) noexcept
    {
        return set_integer("max_video_bytes", max_video_bytes);
    }
    /* Hosts to fetch the video from beside those below "aliyuncs.com", as for "download_video". */
    archive_request &video_hosts(const std::vector<std::string> &video_hosts) noexcept
    {
        return set_list("video_hosts", video_hosts);
    }
    /* Once the archive is whole, delete at the service: "Img" all pictures, "Text" all the rest, "All" both. It stays
     * where something stands against it, which "withheld_for" names. Without it, nothing is deleted. */
    archive_request &then_delete(zstring then_delete) noexcept
    {
        return set_text("then_delete", then_delete);
    }
    /* What does not keep it from being deleted: "pending", the verdict is still to come; "no_pictures", they were not
     * asked for; "no_video", one was offered and is not in the archive; "problems", part of the result could not be
     * decoded. */
    archive_request &even_so(const std::vector<std::string> &even_so) noexcept
    {
        return set_list("even_so", even_so);
    }
};

/* What delete_result_request gave. */
class deletion : public detail::typed_reply<cloudauth_deletion, cloudauth_reply_deletion> {
public:
    using typed_reply::typed_reply;

    /* The service's id of the verification. */
    std::optional<std::string_view> transaction_id() const & noexcept { return detail::text(raw().transaction_id); }
    std::optional<std::string_view> transaction_id() const && = delete;
    /* It is deleted; this, and not the reply's code, says so. */
    bool deleted() const noexcept { return raw().deleted; }
    std::optional<bool> deleted_state() const noexcept { return detail::value(raw().deleted_state); }
    /* Why it is not, such as "NEED_QUERY_VERIFY_RESULT"; only a sibling service documents it. NOT_DELETE_REPEATEDLY
     * after a lost reply: the first call did it. */
    std::optional<std::string_view> fail_reason() const & noexcept { return detail::text(raw().fail_reason); }
    std::optional<std::string_view> fail_reason() const && = delete;
};

/* Deletes what the service keeps of a verification, for good. Store the result first. It is never sent twice: where no
 * reply came, nobody knows whether it was done. What it is given is checked by the call. */
class delete_result_request : public detail::typed_request<delete_result_request> {
public:
    using reply_type = cloudauth::deletion;

    /* transaction_id: the service's id of the verification, as the start gave it to the server. */
    /* delete_type: what to delete: "Img" all pictures, "Text" all the rest, "All" both. */
    delete_result_request(zstring transaction_id, zstring delete_type) noexcept : typed_request("delete_result")
    {
        set_text("transaction_id", transaction_id);
        set_text("delete_type", delete_type);
    }
    /* Delete only if the result was fetched before; yes unless told otherwise. */
    delete_result_request &after_query(bool after_query) noexcept
    {
        return set_flag("after_query", after_query);
    }
};

/* What download_video_request gave. */
class video : public detail::typed_reply<cloudauth_video, cloudauth_reply_video> {
public:
    using typed_reply::typed_reply;

    /* "fetched": the video is there, whole. "none_offered": the result has no video; the network may have been bad, or
     * none was asked for. "gone": it was there, and is deleted or its URL too old. */
    std::optional<std::string_view> outcome() const & noexcept { return detail::text(raw().outcome); }
    std::optional<std::string_view> outcome() const && = delete;
    /* Of the file, where there is one. */
    std::optional<std::string_view> path() const & noexcept { return detail::text(raw().path); }
    std::optional<std::string_view> path() const && = delete;
    /* Of the video, in bytes. */
    std::optional<std::int64_t> length() const noexcept { return detail::value(raw().length); }
    /* Of the video, in 64 hexadecimal digits. */
    std::optional<std::string_view> sha256() const & noexcept { return detail::text(raw().sha256); }
    std::optional<std::string_view> sha256() const && = delete;
};

/* Fetches a verification's evidence video into a file, or hands its bytes over as they come. Call it as soon as the
 * person is done: the service deletes the video 30 minutes later, and often there is none. What it is given is checked
 * by the call. */
class download_video_request : public detail::typed_request<download_video_request> {
public:
    using reply_type = cloudauth::video;

    /* to: the path of the file; it appears there once it is whole, with mode 0600. */
    explicit download_video_request(zstring to) noexcept : typed_request("download_video")
    {
        set_text("to", to);
    }
    /* receiver: what gets the bytes in place of a file: in order, as they come, on the download's thread, which waits
     * until it returns. An error of its own ends the call and is its cause. Where the call fails, it may have part of
     * the video, and nothing else. */
    explicit download_video_request(cloudauth::receiver function) : typed_request("download_video")
    {
        set_receiver("receiver", std::move(function));
    }
    /* What "initialize" gave at the same region or endpoint: its JSON, or the reply as an object. CheckResult is asked
     * where the video is. */
    download_video_request &started(zstring started) noexcept
    {
        return set_text("started", started);
    }
    /* A result that has the video's URL, as JSON or as an object. The URL lives 15 minutes; with "started" beside it,
     * CheckResult is asked for a new one. */
    download_video_request &result(zstring result) noexcept
    {
        return set_text("result", result);
    }
    /* The largest video to take, from 1 to 4294967296; 268435456 (256 MiB) unless given. */
    download_video_request &max_bytes(std::int64_t max_bytes) noexcept
    {
        return set_integer("max_bytes", max_bytes);
    }
    /* Replace a file that is there already; no unless given. */
    download_video_request &overwrite(bool overwrite) noexcept
    {
        return set_flag("overwrite", overwrite);
    }
    /* Hears how many bytes have come, and of how many: at most ten times a second, and once all have come, on the
     * download's thread. An error of its own ends the call as kind "cancelled" and is its cause. */
    download_video_request &progress(cloudauth::progress function)
    {
        return set_progress("progress", std::move(function));
    }
    /* Hosts to fetch from beside those below "aliyuncs.com": "video.example", ".example" for all below it, or an
     * address. They may be in a private network and have any port. */
    download_video_request &video_hosts(const std::vector<std::string> &video_hosts) noexcept
    {
        return set_list("video_hosts", video_hosts);
    }
};

/* What initialize_request gave. */
class started : public detail::typed_reply<cloudauth_started, cloudauth_reply_started> {
public:
    using typed_reply::typed_reply;

    /* The region whose data it is; absent where "endpoint" is there. */
    std::optional<std::string_view> region() const & noexcept { return detail::text(raw().region); }
    std::optional<std::string_view> region() const && = delete;
    /* The server whose data it is, where that is no region's. */
    std::optional<std::string_view> endpoint() const & noexcept { return detail::text(raw().endpoint); }
    std::optional<std::string_view> endpoint() const && = delete;
    /* The service's id of the verification: store it, and trust no other. */
    std::optional<std::string_view> transaction_id() const & noexcept { return detail::text(raw().transaction_id); }
    std::optional<std::string_view> transaction_id() const && = delete;
    /* Where the browser goes: once, and as it is; Web. */
    std::optional<std::string_view> transaction_url() const & noexcept { return detail::text(raw().transaction_url); }
    std::optional<std::string_view> transaction_url() const && = delete;
    /* For an iframe's "startVerify". */
    std::optional<std::string_view> protocol() const & noexcept { return detail::text(raw().protocol); }
    std::optional<std::string_view> protocol() const && = delete;
    /* For the client; pass it on unread. */
    std::optional<std::string_view> client_cfg() const & noexcept { return detail::text(raw().client_cfg); }
    std::optional<std::string_view> client_cfg() const && = delete;
    /* Your own id of the verification. */
    std::optional<std::string_view> merchant_biz_id() const & noexcept { return detail::text(raw().merchant_biz_id); }
    std::optional<std::string_view> merchant_biz_id() const && = delete;
    /* What the callback must carry. */
    std::optional<std::string_view> callback_token() const & noexcept { return detail::text(raw().callback_token); }
    std::optional<std::string_view> callback_token() const && = delete;
    /* The product. */
    std::optional<std::string_view> product_code() const & noexcept { return detail::text(raw().product_code); }
    std::optional<std::string_view> product_code() const && = delete;
    /* The document is checked for forgery. */
    bool id_spoof() const noexcept { return raw().id_spoof; }
    std::optional<bool> id_spoof_state() const noexcept { return detail::value(raw().id_spoof_state); }
    /* A video is kept. */
    bool doc_video() const noexcept { return raw().doc_video; }
    std::optional<bool> doc_video_state() const noexcept { return detail::value(raw().doc_video_state); }
    /* The authoritative source is asked. */
    std::optional<std::string_view> authorize() const & noexcept { return detail::text(raw().authorize); }
    std::optional<std::string_view> authorize() const && = delete;
    /* When, in UTC, such as "2026-03-01T10:00:00Z". */
    std::optional<std::string_view> initialized_at() const & noexcept { return detail::text(raw().initialized_at); }
    std::optional<std::string_view> initialized_at() const && = delete;
};

/* Starts a verification, for one attempt within 30 minutes. Store what it gives before the person is sent on. It is
 * never sent twice: where no reply came, start anew. What it is given is checked by the call. */
class initialize_request : public detail::typed_request<initialize_request> {
public:
    using reply_type = cloudauth::started;

    /* product_code: the product, such as "eKYC_PRO". */
    /* meta_info: what "getMetaInfo()" of the page or the app gave, unchanged. */
    initialize_request(zstring product_code, zstring meta_info) noexcept : typed_request("initialize")
    {
        set_text("product_code", product_code);
        set_text("meta_info", meta_info);
    }
    /* Which of the two operations to call; the one that the product's documents have unless given. */
    initialize_request &operation(zstring operation) noexcept
    {
        return set_text("operation", operation);
    }
    /* Your own id of the verification: 1 to 32 letters and digits; one is made where none is given. */
    initialize_request &merchant_biz_id(zstring merchant_biz_id) noexcept
    {
        return set_text("merchant_biz_id", merchant_biz_id);
    }
    /* Your id of the person; hash it. */
    initialize_request &merchant_user_id(zstring merchant_user_id) noexcept
    {
        return set_text("merchant_user_id", merchant_user_id);
    }
    /* To find the verification in the console: at most 10 letters, digits and "_". */
    initialize_request &scene_code(zstring scene_code) noexcept
    {
        return set_text("scene_code", scene_code);
    }
    /* Where the service announces the end, by "https". */
    initialize_request &callback_url(zstring callback_url) noexcept
    {
        return set_text("callback_url", callback_url);
    }
    /* What the callback must carry; one of 128 bits is made where "callback_url" is given without it. */
    initialize_request &callback_token(zstring callback_token) noexcept
    {
        return set_text("callback_token", callback_token);
    }
    /* Where the browser goes at the end, by "https"; Web. */
    initialize_request &return_url(zstring return_url) noexcept
    {
        return set_text("return_url", return_url);
    }
    /* "02": safe mode, which can end in SubCode 206; "01" unless given. */
    initialize_request &security_level(zstring security_level) noexcept
    {
        return set_text("security_level", security_level);
    }
    /* For a phone's browser that cannot: "url" shows the URL for another one, "keep" ends with the reason; "url" unless
     * given. */
    initialize_request &procedure_priority(zstring procedure_priority) noexcept
    {
        return set_text("procedure_priority", procedure_priority);
    }
    /* Of the interface, such as "en". */
    initialize_request &language_config(zstring language_config) noexcept
    {
        return set_text("language_config", language_config);
    }
    /* The look of the interface, as JSON. */
    initialize_request &style_config(zstring style_config) noexcept
    {
        return set_text("style_config", style_config);
    }
    /* For a trial. */
    initialize_request &experience_code(zstring experience_code) noexcept
    {
        return set_text("experience_code", experience_code);
    }
    /* Begin with a guide; yes unless given. */
    initialize_request &show_guide_page(bool show_guide_page) noexcept
    {
        return set_flag("show_guide_page", show_guide_page);
    }
    /* Let the person upload a picture from the album; yes unless given. */
    initialize_request &show_album_icon(bool show_album_icon) noexcept
    {
        return set_flag("show_album_icon", show_album_icon);
    }
    /* Show what was read of the document; yes unless given. */
    initialize_request &show_ocr_result(bool show_ocr_result) noexcept
    {
        return set_flag("show_ocr_result", show_ocr_result);
    }
    /* Let the person edit what was read; yes unless given. */
    initialize_request &edit_ocr_result(bool edit_ocr_result) noexcept
    {
        return set_flag("edit_ocr_result", edit_ocr_result);
    }
    /* Which comes first; "KYC_GLOBAL" only, "DOC_FACE" unless given. */
    initialize_request &product_flow(zstring product_flow) noexcept
    {
        return set_text("product_flow", product_flow);
    }
    /* The document, such as "GLB03002", a passport, or "01000000" for the products whose codes have eight digits. */
    initialize_request &doc_type(zstring doc_type) noexcept
    {
        return set_text("doc_type", doc_type);
    }
    /* "01": the page with the portrait; "01,02": both. */
    initialize_request &pages(zstring pages) noexcept
    {
        return set_text("pages", pages);
    }
    /* More pages, such as "OCR_ID_BACK". */
    initialize_request &doc_page_config(const std::vector<std::string> &doc_page_config) noexcept
    {
        return set_list("doc_page_config", doc_page_config);
    }
    /* Automatic classification; its values are not documented. */
    initialize_request &auto_doc_page_config(zstring auto_doc_page_config) noexcept
    {
        return set_text("auto_doc_page_config", auto_doc_page_config);
    }
    /* How the picture is taken; "auto" unless given. */
    initialize_request &doc_scan_mode(zstring doc_scan_mode) noexcept
    {
        return set_text("doc_scan_mode", doc_scan_mode);
    }
    /* Check whether the document is forged: without it, the result's "spoof" says nothing. */
    initialize_request &id_spoof(bool id_spoof) noexcept
    {
        return set_flag("id_spoof", id_spoof);
    }
    /* How good the document's picture must be: "0" standard, "1" strict, "2" loose, "3" off; "3" unless given. */
    initialize_request &id_threshold(zstring id_threshold) noexcept
    {
        return set_text("id_threshold", id_threshold);
    }
    /* Check the quality of the portrait. */
    initialize_request &id_face_quality(bool id_face_quality) noexcept
    {
        return set_flag("id_face_quality", id_face_quality);
    }
    /* Read the document's fields. */
    initialize_request &ocr(bool ocr) noexcept
    {
        return set_flag("ocr", ocr);
    }
    /* Crop the picture to the document. */
    initialize_request &crop(bool crop) noexcept
    {
        return set_flag("crop", crop);
    }
    /* Give the fields in cleaned form too. */
    initialize_request &ocr_value_standard(bool ocr_value_standard) noexcept
    {
        return set_flag("ocr_value_standard", ocr_value_standard);
    }
    /* Ask the authoritative source: "T" or "Y", on which the documents disagree. */
    initialize_request &authorize(zstring authorize) noexcept
    {
        return set_text("authorize", authorize);
    }
    /* The person's number for Indonesia's source: "+62" and 9 to 11 digits; with "authorize" only. */
    initialize_request &mobile(zstring mobile) noexcept
    {
        return set_text("mobile", mobile);
    }
    /* The person's address for Indonesia's source; with "authorize" only. */
    initialize_request &email(zstring email) noexcept
    {
        return set_text("email", email);
    }
    /* The name to check. */
    initialize_request &doc_name(zstring doc_name) noexcept
    {
        return set_text("doc_name", doc_name);
    }
    /* The document's number to check. */
    initialize_request &doc_no(zstring doc_no) noexcept
    {
        return set_text("doc_no", doc_no);
    }
    /* Read a passport's chip. */
    initialize_request &use_nfc(bool use_nfc) noexcept
    {
        return set_flag("use_nfc", use_nfc);
    }
    /* Whence the key to the chip comes: "0" the person types it, "1" from the picture, "2" from this request. */
    initialize_request &mrtd_input(zstring mrtd_input) noexcept
    {
        return set_text("mrtd_input", mrtd_input);
    }
    /* Of the passport; with "mrtd_input" 2. */
    initialize_request &document_number(zstring document_number) noexcept
    {
        return set_text("document_number", document_number);
    }
    /* Of the passport's holder; with "mrtd_input" 2. */
    initialize_request &date_of_birth(zstring date_of_birth) noexcept
    {
        return set_text("date_of_birth", date_of_birth);
    }
    /* Of the passport; with "mrtd_input" 2. */
    initialize_request &date_of_expiry(zstring date_of_expiry) noexcept
    {
        return set_text("date_of_expiry", date_of_expiry);
    }
    /* The liveness check: "LIVENESS" blink, "PHOTINUS_LIVENESS" blink and coloured light, "TEMPLATE" own actions;
     * "LIVENESS" unless given. */
    initialize_request &model(zstring model) noexcept
    {
        return set_text("model", model);
    }
    /* The actions of "TEMPLATE", by comma: "01" blink, "02" mouth, "03" head left, "04" right, "05" farther, "06"
     * closer, "07" light. */
    initialize_request &template_config(zstring template_config) noexcept
    {
        return set_text("template_config", template_config);
    }
    /* The actions in sequence, or at random. */
    initialize_request &template_type(zstring template_type) noexcept
    {
        return set_text("template_type", template_type);
    }
    /* How many of the actions at random; all unless given. */
    initialize_request &template_ran_count(std::int64_t template_ran_count) noexcept
    {
        return set_integer("template_ran_count", template_ran_count);
    }
    /* Be strict about the face's quality; App, yes unless given. */
    initialize_request &app_quality_check(bool app_quality_check) noexcept
    {
        return set_flag("app_quality_check", app_quality_check);
    }
    /* A frame that changes colour. */
    initialize_request &chameleon_frame_enable(bool chameleon_frame_enable) noexcept
    {
        return set_flag("chameleon_frame_enable", chameleon_frame_enable);
    }
    /* Keep a video of 1 to 2 seconds; it may be missing all the same. No unless given. */
    initialize_request &doc_video(bool doc_video) noexcept
    {
        return set_flag("doc_video", doc_video);
    }
    /* The face to compare with: JPEG or PNG, at most 1 MiB. */
    initialize_request &face_picture(bytes face_picture) noexcept
    {
        return set_bytes("face_picture", face_picture);
    }
    /* The same by a public "http" or "https" URL. */
    initialize_request &face_picture_url(zstring face_picture_url) noexcept
    {
        return set_text("face_picture_url", face_picture_url);
    }
    /* The same by a file that was uploaded before; InitializeV2. */
    initialize_request &face_picture_file(zstring face_picture_file) noexcept
    {
        return set_text("face_picture_file", face_picture_file);
    }
    /* The reference face of FACE_IDU: JPEG or PNG, at most 1 MiB. */
    initialize_request &target_face_picture(bytes target_face_picture) noexcept
    {
        return set_bytes("target_face_picture", target_face_picture);
    }
    /* The same by a public "http" or "https" URL. */
    initialize_request &target_face_picture_url(zstring target_face_picture_url) noexcept
    {
        return set_text("target_face_picture_url", target_face_picture_url);
    }
    /* The same by a file that was uploaded before; InitializeV2. */
    initialize_request &target_face_picture_file(zstring target_face_picture_file) noexcept
    {
        return set_text("target_face_picture_file", target_face_picture_file);
    }
    /* "0" search in libraries, "1" compare with the reference face, "2" both; FACE_IDU. */
    initialize_request &verify_model(zstring verify_model) noexcept
    {
        return set_text("verify_model", verify_model);
    }
    /* The libraries to search, by comma. */
    initialize_request &face_group_codes(zstring face_group_codes) noexcept
    {
        return set_text("face_group_codes", face_group_codes);
    }
    /* Put the face into a library where none like it was found. */
    initialize_request &auto_registration(bool auto_registration) noexcept
    {
        return set_flag("auto_registration", auto_registration);
    }
    /* That library. */
    initialize_request &face_register_group_code(zstring face_register_group_code) noexcept
    {
        return set_text("face_register_group_code", face_register_group_code);
    }
    /* Replace the face of this "merchant_user_id". */
    initialize_request &update_face_if_user_exists(bool update_face_if_user_exists) noexcept
    {
        return set_flag("update_face_if_user_exists", update_face_if_user_exists);
    }
    /* How many duplicates to return; 1 unless given. */
    initialize_request &return_faces(std::int64_t return_faces) noexcept
    {
        return set_integer("return_faces", return_faces);
    }
    /* "0" the picture, "1" its features; reserved. */
    initialize_request &save_face_picture(zstring save_face_picture) noexcept
    {
        return set_text("save_face_picture", save_face_picture);
    }
    /* Reserved. */
    initialize_request &face_verify_threshold(zstring face_verify_threshold) noexcept
    {
        return set_text("face_verify_threshold", face_verify_threshold);
    }
    /* Not documented. */
    initialize_request &face_attribute_check(zstring face_attribute_check) noexcept
    {
        return set_text("face_attribute_check", face_attribute_check);
    }
    /* Not documented. */
    initialize_request &need_multi_face_check(zstring need_multi_face_check) noexcept
    {
        return set_text("need_multi_face_check", need_multi_face_check);
    }
};

/* What keep_alive_request gave. */
class keep_alive : public detail::typed_reply<cloudauth_keep_alive, cloudauth_reply_keep_alive> {
public:
    using typed_reply::typed_reply;

    /* "SUCCESS". */
    std::optional<std::string_view> answer() const & noexcept { return detail::text(raw().answer); }
    std::optional<std::string_view> answer() const && = delete;
};

/* Does nothing but answer. It keeps a connection ready; the service advises one every 5 seconds where calls are rare.
 * What it is given is checked by the call. */
class keep_alive_request : public detail::typed_request<keep_alive_request> {
public:
    using reply_type = cloudauth::keep_alive;

    keep_alive_request() noexcept : typed_request("keep_alive") {}
};

/* What status_request gave. */
class status : public detail::typed_reply<cloudauth_status, cloudauth_reply_status> {
public:
    using typed_reply::typed_reply;

    /* "not_begun": the log has no beginning yet; it may be late. "in_progress": the person has not finished. "pending":
     * the verdict is still to come. "finished": the result is there. "abandoned": the person broke off. "expired": the
     * person never began, and the time is over. "gone": the service knows no such transaction, or no longer. "unknown":
     * it cannot be told. */
    std::optional<std::string_view> state() const & noexcept { return detail::text(raw().state); }
    std::optional<std::string_view> state() const && = delete;
    /* Of an abandoned one, the page where the person stopped, such as "OCR_SCAN", where the log has it. */
    std::optional<std::string_view> page() const & noexcept { return detail::text(raw().page); }
    std::optional<std::string_view> page() const && = delete;
    /* Of an abandoned one, the client's code, such as "1006", where the log has it; "explain" knows more. */
    std::optional<std::string_view> error_code() const & noexcept { return detail::text(raw().error_code); }
    std::optional<std::string_view> error_code() const && = delete;
    /* Why this is said of it, in one line. */
    std::optional<std::string_view> reason() const & noexcept { return detail::text(raw().reason); }
    std::optional<std::string_view> reason() const && = delete;
};

/* Says where a verification stands, by CheckResult. Where that leaves it open, CheckVerifyLog is asked as well, within
 * the same call. What it is given is checked by the call. */
class status_request : public detail::typed_request<status_request> {
public:
    using reply_type = cloudauth::status;

    /* started: what "initialize" gave at the same region or endpoint: its JSON, or the reply as an object. */
    explicit status_request(zstring started) noexcept : typed_request("status")
    {
        set_text("started", started);
    }
};

/* What verify_log_request gave. */
class verify_log : public detail::typed_reply<cloudauth_verify_log, cloudauth_reply_verify_log> {
public:
    using typed_reply::typed_reply;

    /* 0 finished, 1 broken off, 2 not begun. */
    std::optional<std::int64_t> verify_status() const noexcept { return detail::value(raw().verify_status); }
    /* The person passed, as in the result; only "check_result" decides. */
    bool passed() const noexcept { return raw().passed; }
    std::optional<bool> passed_state() const noexcept { return detail::value(raw().passed_state); }
    /* The reason behind the verdict, as in the result; "explain" knows more. */
    std::optional<std::string_view> sub_code() const & noexcept { return detail::text(raw().sub_code); }
    std::optional<std::string_view> sub_code() const && = delete;
    /* Why it ended, by the client's codes, such as "1006": the person left. */
    std::optional<std::string_view> verify_error_code() const & noexcept { return detail::text(raw().verify_error_code); }
    std::optional<std::string_view> verify_error_code() const && = delete;
    /* The last page, in Chinese. */
    std::optional<std::string_view> interrupt_page() const & noexcept { return detail::text(raw().interrupt_page); }
    std::optional<std::string_view> interrupt_page() const && = delete;
    /* The last page: LOADING, GUIDE, OCR_SCAN, OCR_RESULT, NFC_INPUT, NFC_READ or FACE. */
    std::optional<std::string_view> interrupt_page_en() const & noexcept { return detail::text(raw().interrupt_page_en); }
    std::optional<std::string_view> interrupt_page_en() const && = delete;
    /* What happened, a line each, in Chinese. */
    std::optional<texts> log() const & noexcept { return detail::wrap_list<texts>(raw().log); }
    std::optional<texts> log() const && = delete;
    /* What happened, a line each, such as "2026-03-01 10:00:00 FACE_ENTER"; no time zone is documented. */
    std::optional<texts> log_en() const & noexcept { return detail::wrap_list<texts>(raw().log_en); }
    std::optional<texts> log_en() const && = delete;
    /* How often and how long, by the service's names, as JSON. */
    std::optional<std::string_view> statistics() const & noexcept { return detail::text(raw().statistics); }
    std::optional<std::string_view> statistics() const && = delete;
    /* Further data, as JSON. */
    std::optional<std::string_view> ext_info() const & noexcept { return detail::text(raw().ext_info); }
    std::optional<std::string_view> ext_info() const && = delete;
};

/* Fetches what the end user did. The service has it about 30 minutes after the start, for 30 days, and only for
 * products with a client. What it is given is checked by the call. */
class verify_log_request : public detail::typed_request<verify_log_request> {
public:
    using reply_type = cloudauth::verify_log;

    /* merchant_biz_id: the merchant's own id of the verification, as it was given at the start. */
    /* transaction_id: the service's id of the verification, as the start gave it to the server. */
    verify_log_request(zstring merchant_biz_id, zstring transaction_id) noexcept : typed_request("verify_log")
    {
        set_text("merchant_biz_id", merchant_biz_id);
        set_text("transaction_id", transaction_id);
    }
};

namespace detail {

/* What a client does with the requests above; done gets an expected of the reply. */
template <class Client> class typed_calls {
public:
    /* Fetches a verification's result, pictures and video, and files them in a folder of their own. Call it as soon as
     * the person is done, and as often as you like: it completes what an earlier run left, and sends nothing where the
     * archive is whole. */
    expected<cloudauth::archive> try_archive(const archive_request &request) const noexcept
    {
        return self().try_run(request);
    }
    template <class Done>
    expected<operation> try_archive_start(const archive_request &request, Done done) const
    {
        return self().try_run_start(request, std::move(done));
    }
    in_flight<expected<cloudauth::archive>> try_archive_async(const archive_request &request) const
    {
        return self().try_run_async(request);
    }
#ifdef __cpp_exceptions
    cloudauth::archive archive(const archive_request &request) const { return self().run(request); }
    in_flight<cloudauth::archive> archive_async(const archive_request &request) const
    {
        return self().run_async(request);
    }
#endif
    /* Deletes what the service keeps of a verification, for good. Store the result first. It is never sent twice: where
     * no reply came, nobody knows whether it was done. */
    expected<cloudauth::deletion> try_delete_result(const delete_result_request &request) const noexcept
    {
        return self().try_run(request);
    }
    template <class Done>
    expected<operation> try_delete_result_start(const delete_result_request &request, Done done) const
    {
        return self().try_run_start(request, std::move(done));
    }
    in_flight<expected<cloudauth::deletion>> try_delete_result_async(const delete_result_request &request) const
    {
        return self().try_run_async(request);
    }
#ifdef __cpp_exceptions
    cloudauth::deletion delete_result(const delete_result_request &request) const { return self().run(request); }
    in_flight<cloudauth::deletion> delete_result_async(const delete_result_request &request) const
    {
        return self().run_async(request);
    }
#endif
    /* Fetches a verification's evidence video into a file, or hands its bytes over as they come. Call it as soon as the
     * person is done: the service deletes the video 30 minutes later, and often there is none. */
    expected<cloudauth::video> try_download_video(const download_video_request &request) const noexcept
    {
        return self().try_run(request);
    }
    template <class Done>
    expected<operation> try_download_video_start(const download_video_request &request, Done done) const
    {
        return self().try_run_start(request, std::move(done));
    }
    in_flight<expected<cloudauth::video>> try_download_video_async(const download_video_request &request) const
    {
        return self().try_run_async(request);
    }
#ifdef __cpp_exceptions
    cloudauth::video download_video(const download_video_request &request) const { return self().run(request); }
    in_flight<cloudauth::video> download_video_async(const download_video_request &request) const
    {
        return self().run_async(request);
    }
#endif
    /* Starts a verification, for one attempt within 30 minutes. Store what it gives before the person is sent on. It is
     * never sent twice: where no reply came, start anew. */
    expected<cloudauth::started> try_initialize(const initialize_request &request) const noexcept
    {
        return self().try_run(request);
    }
    template <class Done>
    expected<operation> try_initialize_start(const initialize_request &request, Done done) const
    {
        return self().try_run_start(request, std::move(done));
    }
    in_flight<expected<cloudauth::started>> try_initialize_async(const initialize_request &request) const
    {
        return self().try_run_async(request);
    }
#ifdef __cpp_exceptions
    cloudauth::started initialize(const initialize_request &request) const { return self().run(request); }
    in_flight<cloudauth::started> initialize_async(const initialize_request &request) const
    {
        return self().run_async(request);
    }
#endif
    /* Does nothing but answer. It keeps a connection ready; the service advises one every 5 seconds where calls are
     * rare. */
    expected<cloudauth::keep_alive> try_keep_alive(const keep_alive_request &request = {}) const noexcept
    {
        return self().try_run(request);
    }
    template <class Done>
    expected<operation> try_keep_alive_start(const keep_alive_request &request, Done done) const
    {
        return self().try_run_start(request, std::move(done));
    }
    in_flight<expected<cloudauth::keep_alive>> try_keep_alive_async(const keep_alive_request &request = {}) const
    {
        return self().try_run_async(request);
    }
#ifdef __cpp_exceptions
    cloudauth::keep_alive keep_alive(const keep_alive_request &request = {}) const { return self().run(request); }
    in_flight<cloudauth::keep_alive> keep_alive_async(const keep_alive_request &request = {}) const
    {
        return self().run_async(request);
    }
#endif
    /* Says where a verification stands, by CheckResult. Where that leaves it open, CheckVerifyLog is asked as well,
     * within the same call. */
    expected<cloudauth::status> try_status(const status_request &request) const noexcept
    {
        return self().try_run(request);
    }
    template <class Done>
    expected<operation> try_status_start(const status_request &request, Done done) const
    {
        return self().try_run_start(request, std::move(done));
    }
    in_flight<expected<cloudauth::status>> try_status_async(const status_request &request) const
    {
        return self().try_run_async(request);
    }
#ifdef __cpp_exceptions
    cloudauth::status status(const status_request &request) const { return self().run(request); }
    in_flight<cloudauth::status> status_async(const status_request &request) const
    {
        return self().run_async(request);
    }
#endif
    /* Fetches what the end user did. The service has it about 30 minutes after the start, for 30 days, and only for
     * products with a client. */
    expected<cloudauth::verify_log> try_verify_log(const verify_log_request &request) const noexcept
    {
        return self().try_run(request);
    }
    template <class Done>
    expected<operation> try_verify_log_start(const verify_log_request &request, Done done) const
    {
        return self().try_run_start(request, std::move(done));
    }
    in_flight<expected<cloudauth::verify_log>> try_verify_log_async(const verify_log_request &request) const
    {
        return self().try_run_async(request);
    }
#ifdef __cpp_exceptions
    cloudauth::verify_log verify_log(const verify_log_request &request) const { return self().run(request); }
    in_flight<cloudauth::verify_log> verify_log_async(const verify_log_request &request) const
    {
        return self().run_async(request);
    }
#endif

private:
    const Client &self() const noexcept { return *static_cast<const Client *>(this); }
};

} // namespace detail

} // namespace cloudauth

#endif
