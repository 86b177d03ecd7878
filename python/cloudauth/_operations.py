# Generated from core/schema/typed by `cargo xtask generate`; do not edit.
"""The clients' methods for typed operations."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, cast

from ._replies import Archive, Deletion, Video, Started, KeepAlive, Status, VerifyLog
from ._typed import AsyncTyped, Typed, Writer


class Operations(Typed):
    """Those of the client that blocks."""

    def archive(
        self,
        *,
        started: str | Mapping[str, object] | list[Any],
        into: str | os.PathLike[str],
        raw: bool | None = None,
        images: bool | None = None,
        video: bool | None = None,
        max_video_bytes: int | None = None,
        video_hosts: list[str] | tuple[str, ...] | None = None,
        then_delete: str | None = None,
        even_so: list[str] | tuple[str, ...] | None = None,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> Archive:
        """Fetches a verification's result, pictures and video, and files them in a folder of their own. Call it as soon as
        the person is done, and as often as you like: it completes what an earlier run left, and sends nothing where the
        archive is whole.

        :param started: What ``initialize`` gave at the same region or endpoint: its JSON, or the reply as an object.
        :param into: The folder of this archive alone; it is made where it is missing, with mode 0700.
        :param raw: Keep the reply's bytes as ``raw.json``; yes unless told otherwise.
        :param images: Ask for the pictures; yes unless told otherwise.
        :param video: Fetch the video, if the result has one; yes unless told otherwise.
        :param max_video_bytes: The largest video to take, from 1 to 4294967296; 268435456 (256 MiB) unless given.
        :param video_hosts: Hosts to fetch the video from beside those below ``aliyuncs.com``, as for ``download_video``.
        :param then_delete: Once the archive is whole, delete at the service: ``Img`` all pictures, ``Text`` all the rest,
            ``All`` both. It stays where something stands against it, which ``withheld_for`` names. Without it, nothing is
            deleted.
        :param even_so: What does not keep it from being deleted: ``pending``, the verdict is still to come;
            ``no_pictures``, they were not asked for; ``no_video``, one was offered and is not in the archive; ``problems``,
            part of the result could not be decoded.
        :param parameters: further parameters of the operation, by their names in the API; see :meth:`call`.
        :param unchecked: let through what the rules of this version refuse: values, combinations and parameters.
        :param timeout: seconds for the whole call; the client's, unless given.

        Raises :class:`cloudauth.Error`.
        """
        given: dict[str, Any] = {
            "started": started,
            "into": into,
            "raw": raw,
            "images": images,
            "video": video,
            "max_video_bytes": max_video_bytes,
            "video_hosts": video_hosts,
            "then_delete": then_delete,
            "even_so": even_so,
        }
        return cast("Archive", self._typed("archive", given, parameters, unchecked, timeout))

    def delete_result(
        self,
        *,
        transaction_id: str,
        delete_type: str,
        after_query: bool | None = None,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> Deletion:
        """Deletes what the service keeps of a verification, for good. Store the result first. It is never sent twice: where
        no reply came, nobody knows whether it was done.

        :param transaction_id: ``TransactionId``: the service's id of the verification, as the start gave it to the
            server.
        :param delete_type: ``DeleteType``: what to delete: ``Img`` all pictures, ``Text`` all the rest, ``All`` both.
        :param after_query: ``DeleteAfterQuery``: delete only if the result was fetched before; yes unless told otherwise.
        :param parameters: further parameters of the operation, by their names in the API; see :meth:`call`.
        :param unchecked: let through what the rules of this version refuse: values, combinations and parameters.
        :param timeout: seconds for the whole call; the client's, unless given.

        Raises :class:`cloudauth.Error`.
        """
        given: dict[str, Any] = {
            "transaction_id": transaction_id,
            "delete_type": delete_type,
            "after_query": after_query,
        }
        return cast("Deletion", self._typed("delete_result", given, parameters, unchecked, timeout))

    def download_video(
        self,
        *,
        to: str | os.PathLike[str] | Writer | Callable[[bytes], object],
        started: str | Mapping[str, object] | list[Any] | None = None,
        result: str | Mapping[str, object] | list[Any] | None = None,
        max_bytes: int | None = None,
        overwrite: bool | None = None,
        progress: Callable[[int, int], object] | None = None,
        video_hosts: list[str] | tuple[str, ...] | None = None,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> Video:
        """Fetches a verification's evidence video into a file, or hands its bytes over as they come. Call it as soon as the
        person is done: the service deletes the video 30 minutes later, and often there is none.

        :param to: The path of the file; it appears there once it is whole, with mode 0600. Or what gets the bytes in
            place of a file: in order, as they come, on the download's thread, which waits until it returns. An error of its
            own ends the call and is its cause. Where the call fails, it may have part of the video, and nothing else.
        :param started: What ``initialize`` gave at the same region or endpoint: its JSON, or the reply as an object.
            CheckResult is asked where the video is.
        :param result: A result that has the video's URL, as JSON or as an object. The URL lives 15 minutes; with
            ``started`` beside it, CheckResult is asked for a new one.
        :param max_bytes: The largest video to take, from 1 to 4294967296; 268435456 (256 MiB) unless given.
        :param overwrite: Replace a file that is there already; no unless given.
        :param progress: Hears how many bytes have come, and of how many: at most ten times a second, and once all have
            come, on the download's thread. An error of its own ends the call as kind ``cancelled`` and is its cause.
        :param video_hosts: Hosts to fetch from beside those below ``aliyuncs.com``: ``video.example``, ``.example`` for
            all below it, or an address. They may be in a private network and have any port.
        :param parameters: further parameters of the operation, by their names in the API; see :meth:`call`.
        :param unchecked: let through what the rules of this version refuse: values, combinations and parameters.
        :param timeout: seconds for the whole call; the client's, unless given.

        Raises :class:`cloudauth.Error`.
        """
        given: dict[str, Any] = {
            "to": to,
            "started": started,
            "result": result,
            "max_bytes": max_bytes,
            "overwrite": overwrite,
            "progress": progress,
            "video_hosts": video_hosts,
        }
        return cast("Video", self._typed("download_video", given, parameters, unchecked, timeout))

    def initialize(
        self,
        *,
        product_code: str,
        meta_info: str,
        operation: str | None = None,
        merchant_biz_id: str | None = None,
        merchant_user_id: str | None = None,
        scene_code: str | None = None,
        callback_url: str | None = None,
        callback_token: str | None = None,
        return_url: str | None = None,
        security_level: str | None = None,
        procedure_priority: str | None = None,
        language_config: str | None = None,
        style_config: str | Mapping[str, object] | list[Any] | None = None,
        experience_code: str | None = None,
        show_guide_page: bool | None = None,
        show_album_icon: bool | None = None,
        show_ocr_result: bool | None = None,
        edit_ocr_result: bool | None = None,
        product_flow: str | None = None,
        doc_type: str | None = None,
        pages: str | None = None,
        doc_page_config: list[str] | tuple[str, ...] | None = None,
        auto_doc_page_config: str | None = None,
        doc_scan_mode: str | None = None,
        id_spoof: bool | None = None,
        id_threshold: str | None = None,
        id_face_quality: bool | None = None,
        ocr: bool | None = None,
        crop: bool | None = None,
        ocr_value_standard: bool | None = None,
        authorize: str | None = None,
        mobile: str | None = None,
        email: str | None = None,
        doc_name: str | None = None,
        doc_no: str | None = None,
        use_nfc: bool | None = None,
        mrtd_input: str | None = None,
        document_number: str | None = None,
        date_of_birth: str | None = None,
        date_of_expiry: str | None = None,
        model: str | None = None,
        template_config: str | None = None,
        template_type: str | None = None,
        template_ran_count: int | None = None,
        app_quality_check: bool | None = None,
        chameleon_frame_enable: bool | None = None,
        doc_video: bool | None = None,
        face_picture: bytes | None = None,
        face_picture_url: str | None = None,
        face_picture_file: str | None = None,
        target_face_picture: bytes | None = None,
        target_face_picture_url: str | None = None,
        target_face_picture_file: str | None = None,
        verify_model: str | None = None,
        face_group_codes: str | None = None,
        auto_registration: bool | None = None,
        face_register_group_code: str | None = None,
        update_face_if_user_exists: bool | None = None,
        return_faces: int | None = None,
        save_face_picture: str | None = None,
        face_verify_threshold: str | None = None,
        face_attribute_check: str | None = None,
        need_multi_face_check: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> Started:
        """Starts a verification, for one attempt within 30 minutes. Store what it gives before the person is sent on. It is
        never sent twice: where no reply came, start anew.

        :param product_code: ``ProductCode``: the product, such as ``eKYC_PRO``.
        :param meta_info: ``MetaInfo``: what ``getMetaInfo()`` of the page or the app gave, unchanged.
        :param operation: Which of the two operations to call; the one that the product's documents have unless given.
        :param merchant_biz_id: ``MerchantBizId``: your own id of the verification: 1 to 32 letters and digits; one is
            made where none is given.
        :param merchant_user_id: ``MerchantUserId``: your id of the person; hash it.
        :param scene_code: ``SceneCode``: to find the verification in the console: at most 10 letters, digits and ``_``.
        :param callback_url: ``CallbackUrl``: where the service announces the end, by ``https``.
        :param callback_token: ``CallbackToken``: what the callback must carry; one of 128 bits is made where
            ``callback_url`` is given without it.
        :param return_url: ``ReturnUrl``: where the browser goes at the end, by ``https``; Web.
        :param security_level: ``SecurityLevel``: ``02``: safe mode, which can end in SubCode 206; ``01`` unless given.
        :param procedure_priority: ``ProcedurePriority``: for a phone's browser that cannot: ``url`` shows the URL for
            another one, ``keep`` ends with the reason; ``url`` unless given.
        :param language_config: ``LanguageConfig``: of the interface, such as ``en``.
        :param style_config: ``StyleConfig``: the look of the interface, as JSON.
        :param experience_code: ``ExperienceCode``: for a trial.
        :param show_guide_page: ``ShowGuidePage``: begin with a guide; yes unless given.
        :param show_album_icon: ``ShowAlbumIcon``: let the person upload a picture from the album; yes unless given.
        :param show_ocr_result: ``ShowOcrResult``: show what was read of the document; yes unless given.
        :param edit_ocr_result: ``EditOcrResult``: let the person edit what was read; yes unless given.
        :param product_flow: ``ProductFlow``: which comes first; ``KYC_GLOBAL`` only, ``DOC_FACE`` unless given.
        :param doc_type: ``DocType``: the document, such as ``GLB03002``, a passport, or ``01000000`` for the products
            whose codes have eight digits.
        :param pages: ``Pages``: ``01``: the page with the portrait; ``01,02``: both.
        :param doc_page_config: ``DocPageConfig``: more pages, such as ``OCR_ID_BACK``.
        :param auto_doc_page_config: ``AutoDocPageConfig``: automatic classification; its values are not documented.
        :param doc_scan_mode: ``DocScanMode``: how the picture is taken; ``auto`` unless given.
        :param id_spoof: ``IdSpoof``: check whether the document is forged: without it, the result's ``spoof`` says
            nothing.
        :param id_threshold: ``IdThreshold``: how good the document's picture must be: ``0`` standard, ``1`` strict, ``2``
            loose, ``3`` off; ``3`` unless given.
        :param id_face_quality: ``IdFaceQuality``: check the quality of the portrait.
        :param ocr: ``Ocr``: read the document's fields.
        :param crop: ``Crop``: crop the picture to the document.
        :param ocr_value_standard: ``OcrValueStandard``: give the fields in cleaned form too.
        :param authorize: ``Authorize``: ask the authoritative source: ``T`` or ``Y``, on which the documents disagree.
        :param mobile: ``Mobile``: the person's number for Indonesia's source: ``+62`` and 9 to 11 digits; with
            ``authorize`` only.
        :param email: ``Email``: the person's address for Indonesia's source; with ``authorize`` only.
        :param doc_name: ``DocName``: the name to check.
        :param doc_no: ``DocNo``: the document's number to check.
        :param use_nfc: ``UseNFC``: read a passport's chip.
        :param mrtd_input: ``MRTDInput``: whence the key to the chip comes: ``0`` the person types it, ``1`` from the
            picture, ``2`` from this request.
        :param document_number: ``DocumentNumber``: of the passport; with ``mrtd_input`` 2.
        :param date_of_birth: ``DateOfBirth``: of the passport's holder; with ``mrtd_input`` 2.
        :param date_of_expiry: ``DateOfExpiry``: of the passport; with ``mrtd_input`` 2.
        :param model: ``Model``: the liveness check: ``LIVENESS`` blink, ``PHOTINUS_LIVENESS`` blink and coloured light,
            ``TEMPLATE`` own actions; ``LIVENESS`` unless given.
        :param template_config: ``TemplateConfig``: the actions of ``TEMPLATE``, by comma: ``01`` blink, ``02`` mouth,
            ``03`` head left, ``04`` right, ``05`` farther, ``06`` closer, ``07`` light.
        :param template_type: ``TemplateType``: the actions in sequence, or at random.
        :param template_ran_count: ``TemplateRanCount``: how many of the actions at random; all unless given.
        :param app_quality_check: ``AppQualityCheck``: be strict about the face's quality; App, yes unless given.
        :param chameleon_frame_enable: ``ChameleonFrameEnable``: a frame that changes colour.
        :param doc_video: ``DocVideo``: keep a video of 1 to 2 seconds; it may be missing all the same. No unless given.
        :param face_picture: ``FacePictureBase64``: the face to compare with: JPEG or PNG, at most 1 MiB.
        :param face_picture_url: ``FacePictureUrl``: the same by a public ``http`` or ``https`` URL.
        :param face_picture_file: ``FacePictureFile``: the same by a file that was uploaded before; InitializeV2.
        :param target_face_picture: ``TargetFacePicture``: the reference face of FACE_IDU: JPEG or PNG, at most 1 MiB.
        :param target_face_picture_url: ``TargetFacePictureUrl``: the same by a public ``http`` or ``https`` URL.
        :param target_face_picture_file: ``TargetFacePictureFile``: the same by a file that was uploaded before;
            InitializeV2.
        :param verify_model: ``VerifyModel``: ``0`` search in libraries, ``1`` compare with the reference face, ``2``
            both; FACE_IDU.
        :param face_group_codes: ``FaceGroupCodes``: the libraries to search, by comma.
        :param auto_registration: ``AutoRegistration``: put the face into a library where none like it was found.
        :param face_register_group_code: ``FaceRegisterGroupCode``: that library.
        :param update_face_if_user_exists: ``UpdateFaceIfUserExists``: replace the face of this ``merchant_user_id``.
        :param return_faces: ``ReturnFaces``: how many duplicates to return; 1 unless given.
        :param save_face_picture: ``SaveFacePicture``: ``0`` the picture, ``1`` its features; reserved.
        :param face_verify_threshold: ``FaceVerifyThreshold``: reserved.
        :param face_attribute_check: ``FaceAttributeCheck``: not documented.
        :param need_multi_face_check: ``NeedMultiFaceCheck``: not documented.
        :param parameters: further parameters of the operation, by their names in the API; see :meth:`call`.
        :param unchecked: let through what the rules of this version refuse: values, combinations and parameters.
        :param timeout: seconds for the whole call; the client's, unless given.

        Raises :class:`cloudauth.Error`.
        """
        given: dict[str, Any] = {
            "product_code": product_code,
            "meta_info": meta_info,
            "operation": operation,
            "merchant_biz_id": merchant_biz_id,
            "merchant_user_id": merchant_user_id,
            "scene_code": scene_code,
            "callback_url": callback_url,
            "callback_token": callback_token,
            "return_url": return_url,
            "security_level": security_level,
            "procedure_priority": procedure_priority,
            "language_config": language_config,
            "style_config": style_config,
            "experience_code": experience_code,
            "show_guide_page": show_guide_page,
            "show_album_icon": show_album_icon,
            "show_ocr_result": show_ocr_result,
            "edit_ocr_result": edit_ocr_result,
            "product_flow": product_flow,
            "doc_type": doc_type,
            "pages": pages,
            "doc_page_config": doc_page_config,
            "auto_doc_page_config": auto_doc_page_config,
            "doc_scan_mode": doc_scan_mode,
            "id_spoof": id_spoof,
            "id_threshold": id_threshold,
            "id_face_quality": id_face_quality,
            "ocr": ocr,
            "crop": crop,
            "ocr_value_standard": ocr_value_standard,
            "authorize": authorize,
            "mobile": mobile,
            "email": email,
            "doc_name": doc_name,
            "doc_no": doc_no,
            "use_nfc": use_nfc,
            "mrtd_input": mrtd_input,
            "document_number": document_number,
            "date_of_birth": date_of_birth,
            "date_of_expiry": date_of_expiry,
            "model": model,
            "template_config": template_config,
            "template_type": template_type,
            "template_ran_count": template_ran_count,
            "app_quality_check": app_quality_check,
            "chameleon_frame_enable": chameleon_frame_enable,
            "doc_video": doc_video,
            "face_picture": face_picture,
            "face_picture_url": face_picture_url,
            "face_picture_file": face_picture_file,
            "target_face_picture": target_face_picture,
            "target_face_picture_url": target_face_picture_url,
            "target_face_picture_file": target_face_picture_file,
            "verify_model": verify_model,
            "face_group_codes": face_group_codes,
            "auto_registration": auto_registration,
            "face_register_group_code": face_register_group_code,
            "update_face_if_user_exists": update_face_if_user_exists,
            "return_faces": return_faces,
            "save_face_picture": save_face_picture,
            "face_verify_threshold": face_verify_threshold,
            "face_attribute_check": face_attribute_check,
            "need_multi_face_check": need_multi_face_check,
        }
        return cast("Started", self._typed("initialize", given, parameters, unchecked, timeout))

    def keep_alive(
        self,
        *,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> KeepAlive:
        """Does nothing but answer. It keeps a connection ready; the service advises one every 5 seconds where calls are rare.

        :param parameters: further parameters of the operation, by their names in the API; see :meth:`call`.
        :param unchecked: let through what the rules of this version refuse: values, combinations and parameters.
        :param timeout: seconds for the whole call; the client's, unless given.

        Raises :class:`cloudauth.Error`.
        """
        given: dict[str, Any] = {}
        return cast("KeepAlive", self._typed("keep_alive", given, parameters, unchecked, timeout))

    def status(
        self,
        *,
        started: str | Mapping[str, object] | list[Any],
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> Status:
        """Says where a verification stands, by CheckResult. Where that leaves it open, CheckVerifyLog is asked as well,
        within the same call.

        :param started: What ``initialize`` gave at the same region or endpoint: its JSON, or the reply as an object.
        :param parameters: further parameters of the operation, by their names in the API; see :meth:`call`.
        :param unchecked: let through what the rules of this version refuse: values, combinations and parameters.
        :param timeout: seconds for the whole call; the client's, unless given.

        Raises :class:`cloudauth.Error`.
        """
        given: dict[str, Any] = {
            "started": started,
        }
        return cast("Status", self._typed("status", given, parameters, unchecked, timeout))

    def verify_log(
        self,
        *,
        merchant_biz_id: str,
        transaction_id: str,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> VerifyLog:
        """Fetches what the end user did. The service has it about 30 minutes after the start, for 30 days, and only for
        products with a client.

        :param merchant_biz_id: ``MerchantBizId``: the merchant's own id of the verification, as it was given at the
            start.
        :param transaction_id: ``TransactionId``: the service's id of the verification, as the start gave it to the
            server.
        :param parameters: further parameters of the operation, by their names in the API; see :meth:`call`.
        :param unchecked: let through what the rules of this version refuse: values, combinations and parameters.
        :param timeout: seconds for the whole call; the client's, unless given.

        Raises :class:`cloudauth.Error`.
        """
        given: dict[str, Any] = {
            "merchant_biz_id": merchant_biz_id,
            "transaction_id": transaction_id,
        }
        return cast("VerifyLog", self._typed("verify_log", given, parameters, unchecked, timeout))


class AsyncOperations(AsyncTyped):
    """Those of the client for event loops."""

    async def archive(
        self,
        *,
        started: str | Mapping[str, object] | list[Any],
        into: str | os.PathLike[str],
        raw: bool | None = None,
        images: bool | None = None,
        video: bool | None = None,
        max_video_bytes: int | None = None,
        video_hosts: list[str] | tuple[str, ...] | None = None,
        then_delete: str | None = None,
        even_so: list[str] | tuple[str, ...] | None = None,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> Archive:
        """Fetches a verification's result, pictures and video, and files them in a folder of their own. Call it as soon as
        the person is done, and as often as you like: it completes what an earlier run left, and sends nothing where the
        archive is whole. See :meth:`cloudauth.Client.archive`.
        """
        given: dict[str, Any] = {
            "started": started,
            "into": into,
            "raw": raw,
            "images": images,
            "video": video,
            "max_video_bytes": max_video_bytes,
            "video_hosts": video_hosts,
            "then_delete": then_delete,
            "even_so": even_so,
        }
        return cast("Archive", await self._typed("archive", given, parameters, unchecked, timeout))

    async def delete_result(
        self,
        *,
        transaction_id: str,
        delete_type: str,
        after_query: bool | None = None,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> Deletion:
        """Deletes what the service keeps of a verification, for good. Store the result first. It is never sent twice: where
        no reply came, nobody knows whether it was done. See :meth:`cloudauth.Client.delete_result`.
        """
        given: dict[str, Any] = {
            "transaction_id": transaction_id,
            "delete_type": delete_type,
            "after_query": after_query,
        }
        return cast("Deletion", await self._typed("delete_result", given, parameters, unchecked, timeout))

    async def download_video(
        self,
        *,
        to: str | os.PathLike[str] | Writer | Callable[[bytes], object],
        started: str | Mapping[str, object] | list[Any] | None = None,
        result: str | Mapping[str, object] | list[Any] | None = None,
        max_bytes: int | None = None,
        overwrite: bool | None = None,
        progress: Callable[[int, int], object] | None = None,
        video_hosts: list[str] | tuple[str, ...] | None = None,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> Video:
        """Fetches a verification's evidence video into a file, or hands its bytes over as they come. Call it as soon as the
        person is done: the service deletes the video 30 minutes later, and often there is none. See
        :meth:`cloudauth.Client.download_video`.
        """
        given: dict[str, Any] = {
            "to": to,
            "started": started,
            "result": result,
            "max_bytes": max_bytes,
            "overwrite": overwrite,
            "progress": progress,
            "video_hosts": video_hosts,
        }
        return cast("Video", await self._typed("download_video", given, parameters, unchecked, timeout))

    async def initialize(
        self,
        *,
        product_code: str,
        meta_info: str,
        operation: str | None = None,
        merchant_biz_id: str | None = None,
        merchant_user_id: str | None = None,
        scene_code: str | None = None,
        callback_url: str | None = None,
        callback_token: str | None = None,
        return_url: str | None = None,
        security_level: str | None = None,
        procedure_priority: str | None = None,
        language_config: str | None = None,
        style_config: str | Mapping[str, object] | list[Any] | None = None,
        experience_code: str | None = None,
        show_guide_page: bool | None = None,
        show_album_icon: bool | None = None,
        show_ocr_result: bool | None = None,
        edit_ocr_result: bool | None = None,
        product_flow: str | None = None,
        doc_type: str | None = None,
        pages: str | None = None,
        doc_page_config: list[str] | tuple[str, ...] | None = None,
        auto_doc_page_config: str | None = None,
        doc_scan_mode: str | None = None,
        id_spoof: bool | None = None,
        id_threshold: str | None = None,
        id_face_quality: bool | None = None,
        ocr: bool | None = None,
        crop: bool | None = None,
        ocr_value_standard: bool | None = None,
        authorize: str | None = None,
        mobile: str | None = None,
        email: str | None = None,
        doc_name: str | None = None,
        doc_no: str | None = None,
        use_nfc: bool | None = None,
        mrtd_input: str | None = None,
        document_number: str | None = None,
        date_of_birth: str | None = None,
        date_of_expiry: str | None = None,
        model: str | None = None,
        template_config: str | None = None,
        template_type: str | None = None,
        template_ran_count: int | None = None,
        app_quality_check: bool | None = None,
        chameleon_frame_enable: bool | None = None,
        doc_video: bool | None = None,
        face_picture: bytes | None = None,
        face_picture_url: str | None = None,
        face_picture_file: str | None = None,
        target_face_picture: bytes | None = None,
        target_face_picture_url: str | None = None,
        target_face_picture_file: str | None = None,
        verify_model: str | None = None,
        face_group_codes: str | None = None,
        auto_registration: bool | None = None,
        face_register_group_code: str | None = None,
        update_face_if_user_exists: bool | None = None,
        return_faces: int | None = None,
        save_face_picture: str | None = None,
        face_verify_threshold: str | None = None,
        face_attribute_check: str | None = None,
        need_multi_face_check: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> Started:
        """Starts a verification, for one attempt within 30 minutes. Store what it gives before the person is sent on. It is
        never sent twice: where no reply came, start anew. See :meth:`cloudauth.Client.initialize`.
        """
        given: dict[str, Any] = {
            "product_code": product_code,
            "meta_info": meta_info,
            "operation": operation,
            "merchant_biz_id": merchant_biz_id,
            "merchant_user_id": merchant_user_id,
            "scene_code": scene_code,
            "callback_url": callback_url,
            "callback_token": callback_token,
            "return_url": return_url,
            "security_level": security_level,
            "procedure_priority": procedure_priority,
            "language_config": language_config,
            "style_config": style_config,
            "experience_code": experience_code,
            "show_guide_page": show_guide_page,
            "show_album_icon": show_album_icon,
            "show_ocr_result": show_ocr_result,
            "edit_ocr_result": edit_ocr_result,
            "product_flow": product_flow,
            "doc_type": doc_type,
            "pages": pages,
            "doc_page_config": doc_page_config,
            "auto_doc_page_config": auto_doc_page_config,
            "doc_scan_mode": doc_scan_mode,
            "id_spoof": id_spoof,
            "id_threshold": id_threshold,
            "id_face_quality": id_face_quality,
            "ocr": ocr,
            "crop": crop,
            "ocr_value_standard": ocr_value_standard,
            "authorize": authorize,
            "mobile": mobile,
            "email": email,
            "doc_name": doc_name,
            "doc_no": doc_no,
            "use_nfc": use_nfc,
            "mrtd_input": mrtd_input,
            "document_number": document_number,
            "date_of_birth": date_of_birth,
            "date_of_expiry": date_of_expiry,
            "model": model,
            "template_config": template_config,
            "template_type": template_type,
            "template_ran_count": template_ran_count,
            "app_quality_check": app_quality_check,
            "chameleon_frame_enable": chameleon_frame_enable,
            "doc_video": doc_video,
            "face_picture": face_picture,
            "face_picture_url": face_picture_url,
            "face_picture_file": face_picture_file,
            "target_face_picture": target_face_picture,
            "target_face_picture_url": target_face_picture_url,
            "target_face_picture_file": target_face_picture_file,
            "verify_model": verify_model,
            "face_group_codes": face_group_codes,
            "auto_registration": auto_registration,
            "face_register_group_code": face_register_group_code,
            "update_face_if_user_exists": update_face_if_user_exists,
            "return_faces": return_faces,
            "save_face_picture": save_face_picture,
            "face_verify_threshold": face_verify_threshold,
            "face_attribute_check": face_attribute_check,
            "need_multi_face_check": need_multi_face_check,
        }
        return cast("Started", await self._typed("initialize", given, parameters, unchecked, timeout))

    async def keep_alive(
        self,
        *,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> KeepAlive:
        """Does nothing but answer. It keeps a connection ready; the service advises one every 5 seconds where calls are rare.
        See :meth:`cloudauth.Client.keep_alive`.
        """
        given: dict[str, Any] = {}
        return cast("KeepAlive", await self._typed("keep_alive", given, parameters, unchecked, timeout))

    async def status(
        self,
        *,
        started: str | Mapping[str, object] | list[Any],
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> Status:
        """Says where a verification stands, by CheckResult. Where that leaves it open, CheckVerifyLog is asked as well,
        within the same call. See :meth:`cloudauth.Client.status`.
        """
        given: dict[str, Any] = {
            "started": started,
        }
        return cast("Status", await self._typed("status", given, parameters, unchecked, timeout))

    async def verify_log(
        self,
        *,
        merchant_biz_id: str,
        transaction_id: str,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> VerifyLog:
        """Fetches what the end user did. The service has it about 30 minutes after the start, for 30 days, and only for
        products with a client. See :meth:`cloudauth.Client.verify_log`.
        """
        given: dict[str, Any] = {
            "merchant_biz_id": merchant_biz_id,
            "transaction_id": transaction_id,
        }
        return cast("VerifyLog", await self._typed("verify_log", given, parameters, unchecked, timeout))
