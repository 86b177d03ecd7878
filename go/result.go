// Code generated from core/schema/result.toml by `cargo xtask generate`. DO NOT EDIT.

//go:build linux && cgo

package cloudauth

import "fmt"

// The order and the tags of the fields are those of canonical JSON. A nil pointer, slice or map stands for what the service
// did not say; Extra, Pages and Problems are never nil. Numbers inside values of any shape are [encoding/json.Number], so that
// long integers stay as they are.

// Result is the outcome of one verification.
type Result struct {
	// RequestID: the service's id of this call; empty where it sent none.
	RequestID string `json:"request_id"`
	// Passed: the person passed.
	Passed *bool `json:"passed"`
	// SubCode: the reason behind the verdict, such as "200" or "212"; "explain" knows more.
	SubCode *string `json:"sub_code"`
	// Face: the face step.
	Face *Face `json:"face"`
	// Document: the document step.
	Document *Document `json:"document"`
	// Source: the authoritative source's answer: decoded JSON, or the text where it is not JSON.
	Source any `json:"source"`
	// Extra: every other field of "Result", JSON text in it decoded.
	Extra map[string]any `json:"extra"`
	// Problems: what could not be decoded; the rest of the result stands.
	Problems []Problem `json:"problems"`
	// raw: see Raw.
	raw []byte
}

// IsPassed is true for a yes alone: the person passed.
func (r *Result) IsPassed() bool { return r != nil && yes(r.Passed) }

// Face is what the face step found. Scores run from 0 to 100.
type Face struct {
	// Passed: this step was passed.
	Passed *bool `json:"passed"`
	// ComparisonScore: likeness to the face on the document, or to the reference; the service's own threshold is 90.
	ComparisonScore *float64 `json:"comparison_score"`
	// Image: the captured face; only where images were asked for.
	Image *Image `json:"image"`
	// Attack: a presentation attack was seen.
	Attack *bool `json:"attack"`
	// Quality: quality of the image.
	Quality *float64 `json:"quality"`
	// Occlusion: the face is covered.
	Occlusion *bool `json:"occlusion"`
	// VideoURL: the evidence video; the URL lives 15 minutes, the video 30 minutes after completion.
	VideoURL *string `json:"video_url"`
	// Age: an estimate, in years.
	Age *int64 `json:"age"`
	// Gender: an estimate, "M" or "F".
	Gender *string `json:"gender"`
	// AttackScore: likelihood of an attack.
	AttackScore *float64 `json:"attack_score"`
	// GuardRiskScore: likelihood of a risky device.
	GuardRiskScore *float64 `json:"guard_risk_score"`
	// Registered: the face is in the face library now.
	Registered *bool `json:"registered"`
	// RegistrationID: its id there.
	RegistrationID *string `json:"registration_id"`
	// Duplicates: similar faces that the library already holds.
	Duplicates []Duplicate `json:"duplicates"`
	// DeviceToken: token for the device risk service; valid 7 days.
	DeviceToken *string `json:"device_token"`
	// Extra: every other field of the step, by the service's names.
	Extra map[string]any `json:"extra"`
}

// IsPassed is true for a yes alone: this step was passed.
func (f *Face) IsPassed() bool { return f != nil && yes(f.Passed) }

// IsAttack is true for a yes alone: a presentation attack was seen.
func (f *Face) IsAttack() bool { return f != nil && yes(f.Attack) }

// IsOccluded is true for a yes alone: the face is covered.
func (f *Face) IsOccluded() bool { return f != nil && yes(f.Occlusion) }

// IsRegistered is true for a yes alone: the face is in the face library now.
func (f *Face) IsRegistered() bool { return f != nil && yes(f.Registered) }

// String shows nothing of what it holds.
func (Face) String() string { return hidden("Face") }

// Format prints [Face.String], whatever the verb.
func (f Face) Format(state fmt.State, _ rune) { printed(state, f.String()) }

// MarshalText gives [Face.String].
func (f Face) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// Duplicate is one similar face in the face library.
type Duplicate struct {
	// FaceGroupCode: the library.
	FaceGroupCode *string `json:"face_group_code"`
	// FaceID: the face in it.
	FaceID *string `json:"face_id"`
	// MerchantUserID: the merchant's own id of that person.
	MerchantUserID *string `json:"merchant_user_id"`
	// Score: likeness, 0 to 100.
	Score *float64 `json:"score"`
}

// String shows nothing of what it holds.
func (Duplicate) String() string { return hidden("Duplicate") }

// Format prints [Duplicate.String], whatever the verb.
func (d Duplicate) Format(state fmt.State, _ rune) { printed(state, d.String()) }

// MarshalText gives [Duplicate.String].
func (d Duplicate) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Document is what the document step found.
type Document struct {
	// Passed: this step was passed.
	Passed *bool `json:"passed"`
	// Pages: the pages by the service's numbers: "01" is the front, "02" the back or second page; the fields of a flat document (O) are page "01".
	Pages map[string]Page `json:"pages"`
	// EditedFields: the fields as the person corrected them, by the service's names.
	EditedFields map[string]any `json:"edited_fields"`
	// EditedIdentity: the same in one vocabulary.
	EditedIdentity *Identity `json:"edited_identity"`
	// Extra: every other field of the step, by the service's names.
	Extra map[string]any `json:"extra"`
}

// IsPassed is true for a yes alone: this step was passed.
func (d *Document) IsPassed() bool { return d != nil && yes(d.Passed) }

// String shows nothing of what it holds.
func (Document) String() string { return hidden("Document") }

// Format prints [Document.String], whatever the verb.
func (d Document) Format(state fmt.State, _ rune) { printed(state, d.String()) }

// MarshalText gives [Document.String].
func (d Document) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Page is one page or side of a document.
type Page struct {
	// Passed: this page was read.
	Passed *bool `json:"passed"`
	// Image: the picture of the page; only where images were asked for.
	Image *Image `json:"image"`
	// Fields: what was read, by the service's names, values as they are.
	Fields map[string]any `json:"fields"`
	// Identity: the same in one vocabulary; absent where no field has a place there.
	Identity *Identity `json:"identity"`
	// Spoof: the check against copies.
	Spoof *Spoof `json:"spoof"`
	// Extra: every other field of the page, by the service's names.
	Extra map[string]any `json:"extra"`
}

// IsPassed is true for a yes alone: this page was read.
func (p *Page) IsPassed() bool { return p != nil && yes(p.Passed) }

// String shows nothing of what it holds.
func (Page) String() string { return hidden("Page") }

// Format prints [Page.String], whatever the verb.
func (p Page) Format(state fmt.State, _ rune) { printed(state, p.String()) }

// MarshalText gives [Page.String].
func (p Page) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Spoof is the check of a document against copies and forgeries.
type Spoof struct {
	// Detected: a risk was found; a no also stands for "not checked" where the verification was begun without "IdSpoof=Y".
	Detected *bool `json:"detected"`
	// Types: "SCREEN_REMARK" (photo of a screen or photo), "PHOTO_COPY" (copy), "TAMPER" (changed); others as given.
	Types []string `json:"types"`
}

// IsDetected is true for a yes alone: a risk was found; a no also stands for "not checked" where the verification was begun without "IdSpoof=Y".
func (s *Spoof) IsDetected() bool { return s != nil && yes(s.Detected) }

// Identity is a person in one vocabulary, whatever the document. Dates are ISO 8601 where the service's text is a full date, else as it was.
type Identity struct {
	FullName *string `json:"full_name"`
	// LatinName: "name" only beside a "name_cn"; pinyin on some permits.
	LatinName        *string `json:"latin_name"`
	Surname          *string `json:"surname"`
	GivenNames       *string `json:"given_names"`
	NativeSurname    *string `json:"native_surname"`
	NativeGivenNames *string `json:"native_given_names"`
	// NameCode: Chinese name code (Hong Kong).
	NameCode *string `json:"name_code"`
	// Sex: "M" (also for "Male", "男"), "F" ("Female", "女"), else as given.
	Sex *string `json:"sex"`
	// BirthDate: a date.
	BirthDate      *string `json:"birth_date"`
	DocumentNumber *string `json:"document_number"`
	Nationality    *string `json:"nationality"`
	CountryCode    *string `json:"country_code"`
	// IssueDate: a date.
	IssueDate *string `json:"issue_date"`
	// FirstIssueDate: a date; often month and year only, then as given.
	FirstIssueDate *string `json:"first_issue_date"`
	// ExpiryDate: a date.
	ExpiryDate       *string `json:"expiry_date"`
	PlaceOfIssue     *string `json:"place_of_issue"`
	IssuingAuthority *string `json:"issuing_authority"`
	// PlaceOfBirth: a code such as "AS" on the Macao card.
	PlaceOfBirth *string `json:"place_of_birth"`
	Address      *string `json:"address"`
	Ethnicity    *string `json:"ethnicity"`
	// Permanent: the card is a permanent resident's (Hong Kong).
	Permanent *bool `json:"permanent"`
	// Symbols: remarks such as "**AZ" (Hong Kong).
	Symbols *string `json:"symbols"`
}

// IsPermanent is true for a yes alone: the card is a permanent resident's (Hong Kong).
func (i *Identity) IsPermanent() bool { return i != nil && yes(i.Permanent) }

// String shows nothing of what it holds.
func (Identity) String() string { return hidden("Identity") }

// Format prints [Identity.String], whatever the verb.
func (i Identity) Format(state fmt.State, _ rune) { printed(state, i.String()) }

// MarshalText gives [Identity.String].
func (i Identity) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// Problem is one value of a reply that is not what it should be. The rest of the result stands.
type Problem struct {
	// Path: where, from "Result" down, in the service's names: "ExtFaceInfo.faceImg", "ExtIdInfo.ocrIdInfoData.01.idImage", "Passed", "Result".
	Path string `json:"path"`
	// Reason: one of a closed list, such as "not base64".
	Reason string `json:"reason"`
	// Text: the value: text as it was, anything else as canonical JSON. Personal data, most often.
	Text string `json:"text"`
}

func yes(flag *bool) bool { return flag != nil && *flag }
