//go:build linux && cgo

package cloudauth

// Result is the outcome of one verification. The order and the tags of the fields are those of canonical JSON. A nil pointer, slice or map, Extra and Pages aside, stands for what the service
// did not send. Numbers inside values of any shape are [encoding/json.Number], so that long integers stay as they are.
type Result struct {
	// RequestID is the service's id of this call; empty where it sent none.
	RequestID string `json:"request_id"`
	// Passed is the verdict.
	Passed *bool `json:"passed"`
	// SubCode says why, such as "200" or "212"; [Explain] knows more.
	SubCode  *string   `json:"sub_code"`
	Face     *Face     `json:"face"`
	Document *Document `json:"document"`
	// Source is what the authoritative source said.
	Source any `json:"source"`
	// Extra holds every other field of the result, by the service's names.
	Extra map[string]any `json:"extra"`
	// Problems lists what could not be decoded; the rest of the result stands.
	Problems []Problem `json:"problems"`
}

// Face is what the face step found. Scores run from 0 to 100.
type Face struct {
	// Passed is the verdict of this step.
	Passed *bool `json:"passed"`
	// ComparisonScore is the likeness to the reference face; the service's own threshold is 90.
	ComparisonScore *float64 `json:"comparison_score"`
	// Image is the captured face; only where images were asked for.
	Image *Image `json:"image"`
	// Attack says that a presentation attack was seen.
	Attack  *bool    `json:"attack"`
	Quality *float64 `json:"quality"`
	// Occlusion says that the face is covered.
	Occlusion *bool `json:"occlusion"`
	// VideoURL leads to the evidence video; the URL lives 15 minutes, the video 30.
	VideoURL *string `json:"video_url"`
	// Age is an estimate, in years.
	Age *int64 `json:"age"`
	// Gender is an estimate, "M" or "F".
	Gender *string `json:"gender"`
	// AttackScore is the likelihood of an attack.
	AttackScore *float64 `json:"attack_score"`
	// GuardRiskScore is the likelihood of a risky device.
	GuardRiskScore *float64 `json:"guard_risk_score"`
	// Registered says that the face is in the library now.
	Registered     *bool   `json:"registered"`
	RegistrationID *string `json:"registration_id"`
	// Duplicates are similar faces in the library.
	Duplicates []Duplicate `json:"duplicates"`
	// DeviceToken is for the device risk service; valid 7 days.
	DeviceToken *string `json:"device_token"`
	// Extra holds every other field of the step, by the service's names.
	Extra map[string]any `json:"extra"`
}

// Duplicate is one similar face in the face library. Score runs from 0 to 100.
type Duplicate struct {
	FaceGroupCode  *string  `json:"face_group_code"`
	FaceID         *string  `json:"face_id"`
	MerchantUserID *string  `json:"merchant_user_id"`
	Score          *float64 `json:"score"`
}

// Document is what the document step found.
type Document struct {
	// Passed is the verdict of this step.
	Passed *bool `json:"passed"`
	// Pages has the document's pages by the service's numbers, "01" and "02".
	Pages map[string]Page `json:"pages"`
	// EditedFields are the fields as the person corrected them, by the service's names.
	EditedFields map[string]any `json:"edited_fields"`
	// EditedIdentity is the same person as in EditedFields, in one vocabulary.
	EditedIdentity *Identity `json:"edited_identity"`
	// Extra holds every other field of the step, by the service's names.
	Extra map[string]any `json:"extra"`
}

// Page is one page or side of a document.
type Page struct {
	// Passed says whether this page was read.
	Passed *bool `json:"passed"`
	// Image is there only where images were asked for.
	Image *Image `json:"image"`
	// Fields is what was read, by the service's names.
	Fields map[string]any `json:"fields"`
	// Identity is the same person as in Fields, in one vocabulary.
	Identity *Identity `json:"identity"`
	Spoof    *Spoof    `json:"spoof"`
	// Extra holds every other field of the page, by the service's names.
	Extra map[string]any `json:"extra"`
}

// Identity is a person in one vocabulary, whatever the document. Dates are ISO 8601 where the service's text is a full date,
// else as it was.
type Identity struct {
	FullName         *string `json:"full_name"`
	LatinName        *string `json:"latin_name"`
	Surname          *string `json:"surname"`
	GivenNames       *string `json:"given_names"`
	NativeSurname    *string `json:"native_surname"`
	NativeGivenNames *string `json:"native_given_names"`
	// NameCode is a Chinese name code (Hong Kong).
	NameCode *string `json:"name_code"`
	// Sex is "M", "F", or the document's own word.
	Sex              *string `json:"sex"`
	BirthDate        *string `json:"birth_date"`
	DocumentNumber   *string `json:"document_number"`
	Nationality      *string `json:"nationality"`
	CountryCode      *string `json:"country_code"`
	IssueDate        *string `json:"issue_date"`
	FirstIssueDate   *string `json:"first_issue_date"`
	ExpiryDate       *string `json:"expiry_date"`
	PlaceOfIssue     *string `json:"place_of_issue"`
	IssuingAuthority *string `json:"issuing_authority"`
	PlaceOfBirth     *string `json:"place_of_birth"`
	Address          *string `json:"address"`
	Ethnicity        *string `json:"ethnicity"`
	// Permanent says that it is a permanent resident's card (Hong Kong).
	Permanent *bool `json:"permanent"`
	// Symbols are remarks such as "**AZ" (Hong Kong).
	Symbols *string `json:"symbols"`
}

// Spoof says whether the document looks like a copy or a forgery. Detected is false also where the verification was begun
// without IdSpoof=Y: then it means "not checked".
type Spoof struct {
	Detected *bool `json:"detected"`
	// Types are "SCREEN_REMARK" (photo of a screen or photo), "PHOTO_COPY" (copy), "TAMPER" (tampered), others as given.
	Types []string `json:"types"`
}

// Image is a picture's file, as the service holds it.
type Image struct {
	Bytes []byte `json:"bytes"`
	// Format is "jpeg", "png", "webp", "gif", "bmp" or "unknown", by the first bytes.
	Format string `json:"format"`
	// Extension is the usual ending of such a file's name: "jpg", "png", and "bin" for the unknown.
	Extension string `json:"extension"`
}

// Problem is one value of a reply that is not what it should be.
type Problem struct {
	// Path says where, in the service's names, such as "ExtFaceInfo.faceImg".
	Path string `json:"path"`
	// Reason is from a closed list, such as "not base64".
	Reason string `json:"reason"`
	// Text is the value as it came. Personal data, most often.
	Text string `json:"text"`
}
