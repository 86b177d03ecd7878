// Code generated from core/schema/typed by `cargo xtask generate`. DO NOT EDIT.

//go:build linux && cgo

package cloudauth

import (
	"context"
	"fmt"
	"io"
	"log/slog"
)

// Archive fetches a verification's result, pictures and video, and files them in a folder of their own. Call it as soon as
// the person is done, and as often as you like: it completes what an earlier run left, and sends nothing where the archive
// is whole.
//
// An error is an [*Error]. Values of the reply that cannot be decoded stand in Problems, and are no error.
func (c *Client) Archive(ctx context.Context, request ArchiveRequest) (*Archive, error) {
	return ask[Archive](ctx, c, "CheckResult", request.spec())
}

// ArchiveRequest is the request of [Client.Archive]. It is not printed.
type ArchiveRequest struct {
	// Started: what "initialize" gave at the same region or endpoint: its JSON, or the reply as an object.
	Started any
	// Into: the folder of this archive alone; it is made where it is missing, with mode 0700.
	Into string
	// Raw: keep the reply's bytes as "raw.json"; yes unless told otherwise.
	Raw *bool
	// Images: ask for the pictures; yes unless told otherwise.
	Images *bool
	// Video: fetch the video, if the result has one; yes unless told otherwise.
	Video *bool
	// MaxVideoBytes: the largest video to take, from 1 to 4294967296; 268435456 (256 MiB) unless given.
	MaxVideoBytes *int64
	// VideoHosts: hosts to fetch the video from beside those below "aliyuncs.com", as for "download_video".
	VideoHosts []string
	// ThenDelete: once the archive is whole, delete at the service: "Img" all pictures, "Text" all the rest, "All" both. It
	// stays where something stands against it, which "withheld_for" names. Without it, nothing is deleted.
	ThenDelete string
	// EvenSo: what does not keep it from being deleted: "pending", the verdict is still to come; "no_pictures", they were not
	// asked for; "no_video", one was offered and is not in the archive; "problems", part of the result could not be decoded.
	EvenSo []string
	// Parameters are any others of the operation, by their names in the API.
	Parameters map[string]string
	// Unchecked lets through what the rules of this version refuse.
	Unchecked bool
}

// String shows that it is a request; JSON has its fields.
func (ArchiveRequest) String() string { return hidden("ArchiveRequest") }

// Format prints [ArchiveRequest.String], whatever the verb.
func (r ArchiveRequest) Format(state fmt.State, _ rune) { printed(state, r.String()) }

// LogValue gives [ArchiveRequest.String].
func (r ArchiveRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

func (r *ArchiveRequest) spec() *callSpec {
	o := typedSpec("archive")
	o.json("started", "Started", r.Started)
	o.text("into", "Into", r.Into)
	o.flag("raw", r.Raw)
	o.flag("images", r.Images)
	o.flag("video", r.Video)
	o.integer("max_video_bytes", r.MaxVideoBytes)
	o.list("video_hosts", "VideoHosts", r.VideoHosts)
	o.optionalText("then_delete", "ThenDelete", r.ThenDelete)
	o.list("even_so", "EvenSo", r.EvenSo)
	o.finish(r.Parameters, r.Unchecked)
	return o
}

// Archive is the reply of [Client.Archive]. A nil pointer, slice or value stands for what the service did not say.
type Archive struct {
	// RequestID: the service's id of this call; empty where it sent none.
	RequestID string `json:"request_id"`
	// Outcome: "archived": this run made the archive whole. "unchanged": it was, and is as it was written.
	Outcome *string `json:"outcome"`
	// Folder: of the archive.
	Folder *string `json:"folder"`
	// ArchivedAt: when the archive was whole, in UTC.
	ArchivedAt *string `json:"archived_at"`
	// ManifestSHA256: of "manifest.json", in 64 hexadecimal digits. Keep it elsewhere: whoever can write to the folder can
	// write another manifest, and has another hash.
	ManifestSHA256 *string `json:"manifest_sha256"`
	// Missing: what is not there, of Raw, "face", "document", Video and "verdict", and why: "not_asked", "none_sent",
	// "none_offered", "gone", "too_late", "pending".
	Missing any `json:"missing"`
	// Result: the result as in "result.json", with length and hash in the place of pictures.
	Result any `json:"result"`
	// Deletion: "deleted": the service says that it is. "refused": it says that it is not. "unknown": no reply came, and it is
	// not asked for again. "withheld": the service was not asked.
	Deletion *string `json:"deletion"`
	// WithheldFor: what stands against it; EvenSo accepts it.
	WithheldFor []string `json:"withheld_for"`
	// Afterwards: what CheckResult answered then: "absent", "without_pictures", "still_there" or "unknown". Deletion may take
	// the service minutes; a later run asks again.
	Afterwards *string `json:"afterwards"`
	// Receipt: what "receipt.json" has: each request and each answer, with ids, codes and times.
	Receipt any `json:"receipt"`
	// Extra: every other field of "Result", JSON text in it decoded; never nil.
	Extra map[string]any `json:"extra"`
	// Problems: what could not be decoded; the rest of the reply stands.
	Problems []Problem `json:"problems"`
}

// String shows the id of the request, and of the fields those that tell nothing of the person.
func (a Archive) String() string {
	return described("Archive", "RequestID", a.RequestID, "Outcome", shown(a.Outcome), "ArchivedAt", shown(a.ArchivedAt), "ManifestSHA256", shown(a.ManifestSHA256), "Deletion", shown(a.Deletion), "WithheldFor", shownLines(a.WithheldFor), "Afterwards", shown(a.Afterwards))
}

// Format prints [Archive.String], whatever the verb.
func (a Archive) Format(state fmt.State, _ rune) { printed(state, a.String()) }

// MarshalText gives [Archive.String].
func (a Archive) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// DeleteResult deletes what the service keeps of a verification, for good. Store the result first. It is never sent twice:
// where no reply came, nobody knows whether it was done.
//
// An error is an [*Error]. Values of the reply that cannot be decoded stand in Problems, and are no error.
func (c *Client) DeleteResult(ctx context.Context, request DeleteResultRequest) (*Deletion, error) {
	return ask[Deletion](ctx, c, "DeleteVerifyResult", request.spec())
}

// DeleteResultRequest is the request of [Client.DeleteResult]. It is not printed.
type DeleteResultRequest struct {
	// TransactionID (TransactionId): the service's id of the verification, as the start gave it to the server.
	TransactionID string
	// DeleteType: what to delete: "Img" all pictures, "Text" all the rest, "All" both.
	DeleteType string
	// AfterQuery (DeleteAfterQuery): delete only if the result was fetched before; yes unless told otherwise.
	AfterQuery *bool
	// Parameters are any others of the operation, by their names in the API.
	Parameters map[string]string
	// Unchecked lets through what the rules of this version refuse.
	Unchecked bool
}

// String shows that it is a request; JSON has its fields.
func (DeleteResultRequest) String() string { return hidden("DeleteResultRequest") }

// Format prints [DeleteResultRequest.String], whatever the verb.
func (r DeleteResultRequest) Format(state fmt.State, _ rune) { printed(state, r.String()) }

// LogValue gives [DeleteResultRequest.String].
func (r DeleteResultRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

func (r *DeleteResultRequest) spec() *callSpec {
	o := typedSpec("delete_result")
	o.text("transaction_id", "TransactionID", r.TransactionID)
	o.text("delete_type", "DeleteType", r.DeleteType)
	o.flag("after_query", r.AfterQuery)
	o.finish(r.Parameters, r.Unchecked)
	return o
}

// Deletion is the reply of [Client.DeleteResult]. A nil pointer, slice or value stands for what the service did not say.
type Deletion struct {
	// RequestID: the service's id of this call; empty where it sent none.
	RequestID string `json:"request_id"`
	// TransactionID: the service's id of the verification.
	TransactionID *string `json:"transaction_id"`
	// Deleted: it is deleted; this, and not the reply's code, says so.
	Deleted *bool `json:"deleted"`
	// FailReason: why it is not, such as "NEED_QUERY_VERIFY_RESULT"; only a sibling service documents it.
	// NOT_DELETE_REPEATEDLY after a lost reply: the first call did it.
	FailReason *string `json:"fail_reason"`
	// Extra: every other field of "Result", JSON text in it decoded; never nil.
	Extra map[string]any `json:"extra"`
	// Problems: what could not be decoded; the rest of the reply stands.
	Problems []Problem `json:"problems"`
}

// IsDeleted is true for a yes alone: it is deleted; this, and not the reply's code, says so.
func (d *Deletion) IsDeleted() bool { return d != nil && yes(d.Deleted) }

// String shows the id of the request, and of the fields those that tell nothing of the person.
func (d Deletion) String() string {
	return described("Deletion", "RequestID", d.RequestID, "Deleted", shown(d.Deleted))
}

// Format prints [Deletion.String], whatever the verb.
func (d Deletion) Format(state fmt.State, _ rune) { printed(state, d.String()) }

// MarshalText gives [Deletion.String].
func (d Deletion) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// DownloadVideo fetches a verification's evidence video into a file, or hands its bytes over as they come. Call it as soon
// as the person is done: the service deletes the video 30 minutes later, and often there is none.
//
// An error is an [*Error]. Values of the reply that cannot be decoded stand in Problems, and are no error.
func (c *Client) DownloadVideo(ctx context.Context, request DownloadVideoRequest) (*Video, error) {
	return ask[Video](ctx, c, "CheckResult", request.spec())
}

// DownloadVideoRequest is the request of [Client.DownloadVideo]. It is not printed.
type DownloadVideoRequest struct {
	// To: the path of the file; it appears there once it is whole, with mode 0600.
	To string
	// Receiver: what gets the bytes in place of a file: in order, as they come, on the download's thread, which waits until it
	// returns. An error of its own ends the call and is its cause. Where the call fails, it may have part of the video, and
	// nothing else.
	Receiver io.Writer `json:"-"`
	// Started: what "initialize" gave at the same region or endpoint: its JSON, or the reply as an object. CheckResult is
	// asked where the video is.
	Started any
	// Result: a result that has the video's URL, as JSON or as an object. The URL lives 15 minutes; with Started beside it,
	// CheckResult is asked for a new one.
	Result any
	// MaxBytes: the largest video to take, from 1 to 4294967296; 268435456 (256 MiB) unless given.
	MaxBytes *int64
	// Overwrite: replace a file that is there already; no unless given.
	Overwrite *bool
	// Progress: hears how many bytes have come, and of how many: at most ten times a second, and once all have come, on the
	// download's thread. An error of its own ends the call as kind "cancelled" and is its cause.
	Progress func(received, total int64) error `json:"-"`
	// VideoHosts: hosts to fetch from beside those below "aliyuncs.com": "video.example", ".example" for all below it, or an
	// address. They may be in a private network and have any port.
	VideoHosts []string
	// Parameters are any others of the operation, by their names in the API.
	Parameters map[string]string
	// Unchecked lets through what the rules of this version refuse.
	Unchecked bool
}

// String shows that it is a request; JSON has its fields.
func (DownloadVideoRequest) String() string { return hidden("DownloadVideoRequest") }

// Format prints [DownloadVideoRequest.String], whatever the verb.
func (r DownloadVideoRequest) Format(state fmt.State, _ rune) { printed(state, r.String()) }

// LogValue gives [DownloadVideoRequest.String].
func (r DownloadVideoRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

func (r *DownloadVideoRequest) spec() *callSpec {
	o := typedSpec("download_video")
	if r.To != "" || r.Receiver == nil {
		o.text("to", "To", r.To)
	}
	o.receiver("receiver", r.Receiver)
	o.json("started", "Started", r.Started)
	o.json("result", "Result", r.Result)
	o.integer("max_bytes", r.MaxBytes)
	o.flag("overwrite", r.Overwrite)
	o.progress("progress", r.Progress)
	o.list("video_hosts", "VideoHosts", r.VideoHosts)
	o.finish(r.Parameters, r.Unchecked)
	return o
}

// Video is the reply of [Client.DownloadVideo]. A nil pointer, slice or value stands for what the service did not say.
type Video struct {
	// RequestID: the service's id of this call; empty where it sent none.
	RequestID string `json:"request_id"`
	// Outcome: "fetched": the video is there, whole. "none_offered": the result has no video; the network may have been bad,
	// or none was asked for. "gone": it was there, and is deleted or its URL too old.
	Outcome *string `json:"outcome"`
	// Path: of the file, where there is one.
	Path *string `json:"path"`
	// Length: of the video, in bytes.
	Length *int64 `json:"length"`
	// SHA256: of the video, in 64 hexadecimal digits.
	SHA256 *string `json:"sha256"`
	// Extra: every other field of "Result", JSON text in it decoded; never nil.
	Extra map[string]any `json:"extra"`
	// Problems: what could not be decoded; the rest of the reply stands.
	Problems []Problem `json:"problems"`
}

// String shows the id of the request, and of the fields those that tell nothing of the person.
func (v Video) String() string {
	return described("Video", "RequestID", v.RequestID, "Outcome", shown(v.Outcome), "Length", shown(v.Length), "SHA256", shown(v.SHA256))
}

// Format prints [Video.String], whatever the verb.
func (v Video) Format(state fmt.State, _ rune) { printed(state, v.String()) }

// MarshalText gives [Video.String].
func (v Video) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Initialize starts a verification, for one attempt within 30 minutes. Store what it gives before the person is sent on. It
// is never sent twice: where no reply came, start anew.
//
// An error is an [*Error]. Values of the reply that cannot be decoded stand in Problems, and are no error.
func (c *Client) Initialize(ctx context.Context, request InitializeRequest) (*Started, error) {
	return ask[Started](ctx, c, "Initialize", request.spec())
}

// InitializeRequest is the request of [Client.Initialize]. It is not printed.
type InitializeRequest struct {
	// Operation: which of the two operations to call; the one that the product's documents have unless given.
	Operation string
	// ProductCode: the product, such as "eKYC_PRO".
	ProductCode string
	// MerchantBizID (MerchantBizId): your own id of the verification: 1 to 32 letters and digits; one is made where none is
	// given.
	MerchantBizID string
	// MetaInfo: what "getMetaInfo()" of the page or the app gave, unchanged.
	MetaInfo string
	// MerchantUserID (MerchantUserId): your id of the person; hash it.
	MerchantUserID string
	// SceneCode: to find the verification in the console: at most 10 letters, digits and "_".
	SceneCode string
	// CallbackURL (CallbackUrl): where the service announces the end, by "https".
	CallbackURL string
	// CallbackToken: what the callback must carry; one of 128 bits is made where CallbackURL is given without it.
	CallbackToken string
	// ReturnURL (ReturnUrl): where the browser goes at the end, by "https"; Web.
	ReturnURL string
	// SecurityLevel: "02": safe mode, which can end in SubCode 206; "01" unless given.
	SecurityLevel string
	// ProcedurePriority: for a phone's browser that cannot: "url" shows the URL for another one, "keep" ends with the reason;
	// "url" unless given.
	ProcedurePriority string
	// LanguageConfig: of the interface, such as "en".
	LanguageConfig string
	// StyleConfig: the look of the interface, as JSON.
	StyleConfig any
	// ExperienceCode: for a trial.
	ExperienceCode string
	// ShowGuidePage: begin with a guide; yes unless given.
	ShowGuidePage *bool
	// ShowAlbumIcon: let the person upload a picture from the album; yes unless given.
	ShowAlbumIcon *bool
	// ShowOcrResult: show what was read of the document; yes unless given.
	ShowOcrResult *bool
	// EditOcrResult: let the person edit what was read; yes unless given.
	EditOcrResult *bool
	// ProductFlow: which comes first; "KYC_GLOBAL" only, "DOC_FACE" unless given.
	ProductFlow string
	// DocType: the document, such as "GLB03002", a passport, or "01000000" for the products whose codes have eight digits.
	DocType string
	// Pages: "01": the page with the portrait; "01,02": both.
	Pages string
	// DocPageConfig: more pages, such as "OCR_ID_BACK".
	DocPageConfig []string
	// AutoDocPageConfig: automatic classification; its values are not documented.
	AutoDocPageConfig string
	// DocScanMode: how the picture is taken; "auto" unless given.
	DocScanMode string
	// IDSpoof (IdSpoof): check whether the document is forged: without it, the result's "spoof" says nothing.
	IDSpoof *bool
	// IDThreshold (IdThreshold): how good the document's picture must be: "0" standard, "1" strict, "2" loose, "3" off; "3"
	// unless given.
	IDThreshold string
	// IDFaceQuality (IdFaceQuality): check the quality of the portrait.
	IDFaceQuality *bool
	// Ocr: read the document's fields.
	Ocr *bool
	// Crop: crop the picture to the document.
	Crop *bool
	// OcrValueStandard: give the fields in cleaned form too.
	OcrValueStandard *bool
	// Authorize: ask the authoritative source: "T" or "Y", on which the documents disagree.
	Authorize string
	// Mobile: the person's number for Indonesia's source: "+62" and 9 to 11 digits; with Authorize only.
	Mobile string
	// Email: the person's address for Indonesia's source; with Authorize only.
	Email string
	// DocName: the name to check.
	DocName string
	// DocNo: the document's number to check.
	DocNo string
	// UseNFC: read a passport's chip.
	UseNFC *bool
	// MRTDInput: whence the key to the chip comes: "0" the person types it, "1" from the picture, "2" from this request.
	MRTDInput string
	// DocumentNumber: of the passport; with MRTDInput 2.
	DocumentNumber string
	// DateOfBirth: of the passport's holder; with MRTDInput 2.
	DateOfBirth string
	// DateOfExpiry: of the passport; with MRTDInput 2.
	DateOfExpiry string
	// Model: the liveness check: "LIVENESS" blink, "PHOTINUS_LIVENESS" blink and coloured light, "TEMPLATE" own actions;
	// "LIVENESS" unless given.
	Model string
	// TemplateConfig: the actions of "TEMPLATE", by comma: "01" blink, "02" mouth, "03" head left, "04" right, "05" farther,
	// "06" closer, "07" light.
	TemplateConfig string
	// TemplateType: the actions in sequence, or at random.
	TemplateType string
	// TemplateRanCount: how many of the actions at random; all unless given.
	TemplateRanCount *int64
	// AppQualityCheck: be strict about the face's quality; App, yes unless given.
	AppQualityCheck *bool
	// ChameleonFrameEnable: a frame that changes colour.
	ChameleonFrameEnable *bool
	// DocVideo: keep a video of 1 to 2 seconds; it may be missing all the same. No unless given.
	DocVideo *bool
	// FacePicture (FacePictureBase64): the face to compare with: JPEG or PNG, at most 1 MiB.
	FacePicture []byte
	// FacePictureURL (FacePictureUrl): the same by a public "http" or "https" URL.
	FacePictureURL string
	// FacePictureFile: the same by a file that was uploaded before; InitializeV2.
	FacePictureFile string
	// TargetFacePicture: the reference face of FACE_IDU: JPEG or PNG, at most 1 MiB.
	TargetFacePicture []byte
	// TargetFacePictureURL (TargetFacePictureUrl): the same by a public "http" or "https" URL.
	TargetFacePictureURL string
	// TargetFacePictureFile: the same by a file that was uploaded before; InitializeV2.
	TargetFacePictureFile string
	// VerifyModel: "0" search in libraries, "1" compare with the reference face, "2" both; FACE_IDU.
	VerifyModel string
	// FaceGroupCodes: the libraries to search, by comma.
	FaceGroupCodes string
	// AutoRegistration: put the face into a library where none like it was found.
	AutoRegistration *bool
	// FaceRegisterGroupCode: that library.
	FaceRegisterGroupCode string
	// UpdateFaceIfUserExists: replace the face of this MerchantUserID.
	UpdateFaceIfUserExists *bool
	// ReturnFaces: how many duplicates to return; 1 unless given.
	ReturnFaces *int64
	// SaveFacePicture: "0" the picture, "1" its features; reserved.
	SaveFacePicture string
	// FaceVerifyThreshold: reserved.
	FaceVerifyThreshold string
	// FaceAttributeCheck: not documented.
	FaceAttributeCheck string
	// NeedMultiFaceCheck: not documented.
	NeedMultiFaceCheck string
	// Parameters are any others of the operation, by their names in the API.
	Parameters map[string]string
	// Unchecked lets through what the rules of this version refuse.
	Unchecked bool
}

// String shows that it is a request; JSON has its fields.
func (InitializeRequest) String() string { return hidden("InitializeRequest") }

// Format prints [InitializeRequest.String], whatever the verb.
func (r InitializeRequest) Format(state fmt.State, _ rune) { printed(state, r.String()) }

// LogValue gives [InitializeRequest.String].
func (r InitializeRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

func (r *InitializeRequest) spec() *callSpec {
	o := typedSpec("initialize")
	o.optionalText("operation", "Operation", r.Operation)
	o.text("product_code", "ProductCode", r.ProductCode)
	o.optionalText("merchant_biz_id", "MerchantBizID", r.MerchantBizID)
	o.text("meta_info", "MetaInfo", r.MetaInfo)
	o.optionalText("merchant_user_id", "MerchantUserID", r.MerchantUserID)
	o.optionalText("scene_code", "SceneCode", r.SceneCode)
	o.optionalText("callback_url", "CallbackURL", r.CallbackURL)
	o.optionalText("callback_token", "CallbackToken", r.CallbackToken)
	o.optionalText("return_url", "ReturnURL", r.ReturnURL)
	o.optionalText("security_level", "SecurityLevel", r.SecurityLevel)
	o.optionalText("procedure_priority", "ProcedurePriority", r.ProcedurePriority)
	o.optionalText("language_config", "LanguageConfig", r.LanguageConfig)
	o.json("style_config", "StyleConfig", r.StyleConfig)
	o.optionalText("experience_code", "ExperienceCode", r.ExperienceCode)
	o.flag("show_guide_page", r.ShowGuidePage)
	o.flag("show_album_icon", r.ShowAlbumIcon)
	o.flag("show_ocr_result", r.ShowOcrResult)
	o.flag("edit_ocr_result", r.EditOcrResult)
	o.optionalText("product_flow", "ProductFlow", r.ProductFlow)
	o.optionalText("doc_type", "DocType", r.DocType)
	o.optionalText("pages", "Pages", r.Pages)
	o.list("doc_page_config", "DocPageConfig", r.DocPageConfig)
	o.optionalText("auto_doc_page_config", "AutoDocPageConfig", r.AutoDocPageConfig)
	o.optionalText("doc_scan_mode", "DocScanMode", r.DocScanMode)
	o.flag("id_spoof", r.IDSpoof)
	o.optionalText("id_threshold", "IDThreshold", r.IDThreshold)
	o.flag("id_face_quality", r.IDFaceQuality)
	o.flag("ocr", r.Ocr)
	o.flag("crop", r.Crop)
	o.flag("ocr_value_standard", r.OcrValueStandard)
	o.optionalText("authorize", "Authorize", r.Authorize)
	o.optionalText("mobile", "Mobile", r.Mobile)
	o.optionalText("email", "Email", r.Email)
	o.optionalText("doc_name", "DocName", r.DocName)
	o.optionalText("doc_no", "DocNo", r.DocNo)
	o.flag("use_nfc", r.UseNFC)
	o.optionalText("mrtd_input", "MRTDInput", r.MRTDInput)
	o.optionalText("document_number", "DocumentNumber", r.DocumentNumber)
	o.optionalText("date_of_birth", "DateOfBirth", r.DateOfBirth)
	o.optionalText("date_of_expiry", "DateOfExpiry", r.DateOfExpiry)
	o.optionalText("model", "Model", r.Model)
	o.optionalText("template_config", "TemplateConfig", r.TemplateConfig)
	o.optionalText("template_type", "TemplateType", r.TemplateType)
	o.integer("template_ran_count", r.TemplateRanCount)
	o.flag("app_quality_check", r.AppQualityCheck)
	o.flag("chameleon_frame_enable", r.ChameleonFrameEnable)
	o.flag("doc_video", r.DocVideo)
	o.picture("face_picture", r.FacePicture)
	o.optionalText("face_picture_url", "FacePictureURL", r.FacePictureURL)
	o.optionalText("face_picture_file", "FacePictureFile", r.FacePictureFile)
	o.picture("target_face_picture", r.TargetFacePicture)
	o.optionalText("target_face_picture_url", "TargetFacePictureURL", r.TargetFacePictureURL)
	o.optionalText("target_face_picture_file", "TargetFacePictureFile", r.TargetFacePictureFile)
	o.optionalText("verify_model", "VerifyModel", r.VerifyModel)
	o.optionalText("face_group_codes", "FaceGroupCodes", r.FaceGroupCodes)
	o.flag("auto_registration", r.AutoRegistration)
	o.optionalText("face_register_group_code", "FaceRegisterGroupCode", r.FaceRegisterGroupCode)
	o.flag("update_face_if_user_exists", r.UpdateFaceIfUserExists)
	o.integer("return_faces", r.ReturnFaces)
	o.optionalText("save_face_picture", "SaveFacePicture", r.SaveFacePicture)
	o.optionalText("face_verify_threshold", "FaceVerifyThreshold", r.FaceVerifyThreshold)
	o.optionalText("face_attribute_check", "FaceAttributeCheck", r.FaceAttributeCheck)
	o.optionalText("need_multi_face_check", "NeedMultiFaceCheck", r.NeedMultiFaceCheck)
	o.finish(r.Parameters, r.Unchecked)
	return o
}

// Started is the reply of [Client.Initialize]. A nil pointer, slice or value stands for what the service did not say.
type Started struct {
	// RequestID: the service's id of this call; empty where it sent none.
	RequestID string `json:"request_id"`
	// Region: the region whose data it is; absent where "endpoint" is there.
	Region *string `json:"region"`
	// Endpoint: the server whose data it is, where that is no region's.
	Endpoint *string `json:"endpoint"`
	// TransactionID: the service's id of the verification: store it, and trust no other.
	TransactionID *string `json:"transaction_id"`
	// TransactionURL: where the browser goes: once, and as it is; Web.
	TransactionURL *string `json:"transaction_url"`
	// Protocol: for an iframe's "startVerify".
	Protocol *string `json:"protocol"`
	// ClientCfg: for the client; pass it on unread.
	ClientCfg *string `json:"client_cfg"`
	// MerchantBizID: your own id of the verification.
	MerchantBizID *string `json:"merchant_biz_id"`
	// CallbackToken: what the callback must carry.
	CallbackToken *string `json:"callback_token"`
	// ProductCode: the product.
	ProductCode *string `json:"product_code"`
	// IDSpoof: the document is checked for forgery.
	IDSpoof *bool `json:"id_spoof"`
	// DocVideo: a video is kept.
	DocVideo *bool `json:"doc_video"`
	// Authorize: the authoritative source is asked.
	Authorize *string `json:"authorize"`
	// InitializedAt: when, in UTC, such as "2026-03-01T10:00:00Z".
	InitializedAt *string `json:"initialized_at"`
	// Extra: every other field of "Result", JSON text in it decoded; never nil.
	Extra map[string]any `json:"extra"`
	// Problems: what could not be decoded; the rest of the reply stands.
	Problems []Problem `json:"problems"`
}

// String shows the id of the request, and of the fields those that tell nothing of the person.
func (s Started) String() string {
	return described("Started", "RequestID", s.RequestID, "Region", shown(s.Region), "Endpoint", shown(s.Endpoint), "ProductCode", shown(s.ProductCode), "IDSpoof", shown(s.IDSpoof), "DocVideo", shown(s.DocVideo), "Authorize", shown(s.Authorize), "InitializedAt", shown(s.InitializedAt))
}

// Format prints [Started.String], whatever the verb.
func (s Started) Format(state fmt.State, _ rune) { printed(state, s.String()) }

// MarshalText gives [Started.String].
func (s Started) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// KeepAlive does nothing but answer. It keeps a connection ready; the service advises one every 5 seconds where calls are
// rare.
//
// An error is an [*Error]. Values of the reply that cannot be decoded stand in Problems, and are no error.
func (c *Client) KeepAlive(ctx context.Context, request KeepAliveRequest) (*KeepAlive, error) {
	return ask[KeepAlive](ctx, c, "KeepaliveIntl", request.spec())
}

// KeepAliveRequest is the request of [Client.KeepAlive]. It is not printed.
type KeepAliveRequest struct {
	// Parameters are any others of the operation, by their names in the API.
	Parameters map[string]string
	// Unchecked lets through what the rules of this version refuse.
	Unchecked bool
}

// String shows that it is a request; JSON has its fields.
func (KeepAliveRequest) String() string { return hidden("KeepAliveRequest") }

// Format prints [KeepAliveRequest.String], whatever the verb.
func (r KeepAliveRequest) Format(state fmt.State, _ rune) { printed(state, r.String()) }

// LogValue gives [KeepAliveRequest.String].
func (r KeepAliveRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

func (r *KeepAliveRequest) spec() *callSpec {
	o := typedSpec("keep_alive")
	o.finish(r.Parameters, r.Unchecked)
	return o
}

// KeepAlive is the reply of [Client.KeepAlive]. A nil pointer, slice or value stands for what the service did not say.
type KeepAlive struct {
	// RequestID: the service's id of this call; empty where it sent none.
	RequestID string `json:"request_id"`
	// Answer: "SUCCESS".
	Answer *string `json:"answer"`
	// Extra: every other field of "Result", JSON text in it decoded; never nil.
	Extra map[string]any `json:"extra"`
	// Problems: what could not be decoded; the rest of the reply stands.
	Problems []Problem `json:"problems"`
}

// String shows the id of the request, and of the fields those that tell nothing of the person.
func (k KeepAlive) String() string {
	return described("KeepAlive", "RequestID", k.RequestID, "Answer", shown(k.Answer))
}

// Format prints [KeepAlive.String], whatever the verb.
func (k KeepAlive) Format(state fmt.State, _ rune) { printed(state, k.String()) }

// MarshalText gives [KeepAlive.String].
func (k KeepAlive) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Status says where a verification stands, by CheckResult. Where that leaves it open, CheckVerifyLog is asked as well,
// within the same call.
//
// An error is an [*Error]. Values of the reply that cannot be decoded stand in Problems, and are no error.
func (c *Client) Status(ctx context.Context, request StatusRequest) (*Status, error) {
	return ask[Status](ctx, c, "CheckResult", request.spec())
}

// StatusRequest is the request of [Client.Status]. It is not printed.
type StatusRequest struct {
	// Started: what "initialize" gave at the same region or endpoint: its JSON, or the reply as an object.
	Started any
	// Parameters are any others of the operation, by their names in the API.
	Parameters map[string]string
	// Unchecked lets through what the rules of this version refuse.
	Unchecked bool
}

// String shows that it is a request; JSON has its fields.
func (StatusRequest) String() string { return hidden("StatusRequest") }

// Format prints [StatusRequest.String], whatever the verb.
func (r StatusRequest) Format(state fmt.State, _ rune) { printed(state, r.String()) }

// LogValue gives [StatusRequest.String].
func (r StatusRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

func (r *StatusRequest) spec() *callSpec {
	o := typedSpec("status")
	o.json("started", "Started", r.Started)
	o.finish(r.Parameters, r.Unchecked)
	return o
}

// Status is the reply of [Client.Status]. A nil pointer, slice or value stands for what the service did not say.
type Status struct {
	// RequestID: the service's id of this call; empty where it sent none.
	RequestID string `json:"request_id"`
	// State: "not_begun": the log has no beginning yet; it may be late. "in_progress": the person has not finished. "pending":
	// the verdict is still to come. "finished": the result is there. "abandoned": the person broke off. "expired": the person
	// never began, and the time is over. "gone": the service knows no such transaction, or no longer. "unknown": it cannot be
	// told.
	State *string `json:"state"`
	// Page: of an abandoned one, the page where the person stopped, such as "OCR_SCAN", where the log has it.
	Page *string `json:"page"`
	// ErrorCode: of an abandoned one, the client's code, such as "1006", where the log has it; Explain knows more.
	ErrorCode *string `json:"error_code"`
	// Reason: why this is said of it, in one line.
	Reason *string `json:"reason"`
	// Extra: every other field of "Result", JSON text in it decoded; never nil.
	Extra map[string]any `json:"extra"`
	// Problems: what could not be decoded; the rest of the reply stands.
	Problems []Problem `json:"problems"`
}

// String shows the id of the request, and of the fields those that tell nothing of the person.
func (s Status) String() string {
	return described("Status", "RequestID", s.RequestID, "State", shown(s.State), "Reason", shown(s.Reason))
}

// Format prints [Status.String], whatever the verb.
func (s Status) Format(state fmt.State, _ rune) { printed(state, s.String()) }

// MarshalText gives [Status.String].
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// VerifyLog fetches what the end user did. The service has it about 30 minutes after the start, for 30 days, and only for
// products with a client.
//
// An error is an [*Error]. Values of the reply that cannot be decoded stand in Problems, and are no error.
func (c *Client) VerifyLog(ctx context.Context, request VerifyLogRequest) (*VerifyLog, error) {
	return ask[VerifyLog](ctx, c, "CheckVerifyLog", request.spec())
}

// VerifyLogRequest is the request of [Client.VerifyLog]. It is not printed.
type VerifyLogRequest struct {
	// MerchantBizID (MerchantBizId): the merchant's own id of the verification, as it was given at the start.
	MerchantBizID string
	// TransactionID (TransactionId): the service's id of the verification, as the start gave it to the server.
	TransactionID string
	// Parameters are any others of the operation, by their names in the API.
	Parameters map[string]string
	// Unchecked lets through what the rules of this version refuse.
	Unchecked bool
}

// String shows that it is a request; JSON has its fields.
func (VerifyLogRequest) String() string { return hidden("VerifyLogRequest") }

// Format prints [VerifyLogRequest.String], whatever the verb.
func (r VerifyLogRequest) Format(state fmt.State, _ rune) { printed(state, r.String()) }

// LogValue gives [VerifyLogRequest.String].
func (r VerifyLogRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

func (r *VerifyLogRequest) spec() *callSpec {
	o := typedSpec("verify_log")
	o.text("merchant_biz_id", "MerchantBizID", r.MerchantBizID)
	o.text("transaction_id", "TransactionID", r.TransactionID)
	o.finish(r.Parameters, r.Unchecked)
	return o
}

// VerifyLog is the reply of [Client.VerifyLog]. A nil pointer, slice or value stands for what the service did not say.
type VerifyLog struct {
	// RequestID: the service's id of this call; empty where it sent none.
	RequestID string `json:"request_id"`
	// VerifyStatus: 0 finished, 1 broken off, 2 not begun.
	VerifyStatus *int64 `json:"verify_status"`
	// Passed: the person passed, as in the result; only CheckResult decides.
	Passed *bool `json:"passed"`
	// SubCode: the reason behind the verdict, as in the result; Explain knows more.
	SubCode *string `json:"sub_code"`
	// VerifyErrorCode: why it ended, by the client's codes, such as "1006": the person left.
	VerifyErrorCode *string `json:"verify_error_code"`
	// InterruptPage: the last page, in Chinese.
	InterruptPage *string `json:"interrupt_page"`
	// InterruptPageEn: the last page: LOADING, GUIDE, OCR_SCAN, OCR_RESULT, NFC_INPUT, NFC_READ or FACE.
	InterruptPageEn *string `json:"interrupt_page_en"`
	// Log: what happened, a line each, in Chinese.
	Log []string `json:"log"`
	// LogEn: what happened, a line each, such as "2026-03-01 10:00:00 FACE_ENTER"; no time zone is documented.
	LogEn []string `json:"log_en"`
	// Statistics: how often and how long, by the service's names.
	Statistics any `json:"statistics"`
	// ExtInfo: further data.
	ExtInfo any `json:"ext_info"`
	// Extra: every other field of "Result", JSON text in it decoded; never nil.
	Extra map[string]any `json:"extra"`
	// Problems: what could not be decoded; the rest of the reply stands.
	Problems []Problem `json:"problems"`
}

// IsPassed is true for a yes alone: the person passed, as in the result; only CheckResult decides.
func (v *VerifyLog) IsPassed() bool { return v != nil && yes(v.Passed) }

// String shows the id of the request, and of the fields those that tell nothing of the person.
func (v VerifyLog) String() string {
	return described("VerifyLog", "RequestID", v.RequestID, "VerifyStatus", shown(v.VerifyStatus), "Passed", shown(v.Passed))
}

// Format prints [VerifyLog.String], whatever the verb.
func (v VerifyLog) Format(state fmt.State, _ rune) { printed(state, v.String()) }

// MarshalText gives [VerifyLog.String].
func (v VerifyLog) MarshalText() ([]byte, error) { return []byte(v.String()), nil }
