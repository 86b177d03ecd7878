// Code generated from core/schema/result.toml by `cargo xtask generate`. DO NOT EDIT.

//go:build linux && cgo

package cloudauth

// #include "native.h"
import "C"

import "unsafe"

// What follows copies the library's views of a result. Each struct comes with room for the values that its pointers lead to,
// so that it is one piece of memory and not a dozen.

func readResult(view *C.cloudauth_go_check_result) *Result {
	if view == nil {
		return nil
	}
	room := new(struct {
		Result
		flags [1]bool
		texts [1]string
	})
	room.Result = Result{
		RequestID: goText(view.request_id),
		Passed:    flag(view.passed_state, &room.flags[0]),
		SubCode:   optional(view.sub_code, &room.texts[0]),
		Face:      readFace(view.face),
		Document:  readDocument(view.document),
		Source:    anyValue(view.source),
		Extra:     object(view.extra),
		Problems:  readProblems(&view.problems),
	}
	return &room.Result
}

func readFace(view *C.cloudauth_face) *Face {
	if view == nil {
		return nil
	}
	room := new(struct {
		Face
		flags   [4]bool
		texts   [4]string
		wholes  [1]int64
		numbers [4]float64
	})
	room.Face = Face{
		Passed:          flag(view.passed_state, &room.flags[0]),
		ComparisonScore: number(view.comparison_score, &room.numbers[0]),
		Image:           readImage(view.image),
		Attack:          flag(view.attack_state, &room.flags[1]),
		Quality:         number(view.quality, &room.numbers[1]),
		Occlusion:       flag(view.occlusion_state, &room.flags[2]),
		VideoURL:        optional(view.video_url, &room.texts[0]),
		Age:             whole(view.age, &room.wholes[0]),
		Gender:          optional(view.gender, &room.texts[1]),
		AttackScore:     number(view.attack_score, &room.numbers[2]),
		GuardRiskScore:  number(view.guard_risk_score, &room.numbers[3]),
		Registered:      flag(view.registered_state, &room.flags[3]),
		RegistrationID:  optional(view.registration_id, &room.texts[2]),
		Duplicates:      readDuplicates(view.duplicates),
		DeviceToken:     optional(view.device_token, &room.texts[3]),
		Extra:           object(view.extra),
	}
	return &room.Face
}

func readDuplicate(view *C.cloudauth_duplicate) *Duplicate {
	if view == nil {
		return nil
	}
	room := new(struct {
		Duplicate
		texts   [3]string
		numbers [1]float64
	})
	room.Duplicate = Duplicate{
		FaceGroupCode:  optional(view.face_group_code, &room.texts[0]),
		FaceID:         optional(view.face_id, &room.texts[1]),
		MerchantUserID: optional(view.merchant_user_id, &room.texts[2]),
		Score:          number(view.score, &room.numbers[0]),
	}
	return &room.Duplicate
}

func readDuplicates(list *C.cloudauth_duplicate_list) []Duplicate {
	if list == nil {
		return nil
	}
	all := make([]Duplicate, 0, list.count)
	for _, view := range unsafe.Slice(list.items, list.count) {
		all = append(all, *readDuplicate(view))
	}
	return all
}

func readDocument(view *C.cloudauth_document) *Document {
	if view == nil {
		return nil
	}
	room := new(struct {
		Document
		flags [1]bool
	})
	room.Document = Document{
		Passed:         flag(view.passed_state, &room.flags[0]),
		Pages:          readPages(&view.pages),
		EditedFields:   optionalObject(view.edited_fields),
		EditedIdentity: readIdentity(view.edited_identity),
		Extra:          object(view.extra),
	}
	return &room.Document
}

func readPage(view *C.cloudauth_page) *Page {
	if view == nil {
		return nil
	}
	room := new(struct {
		Page
		flags [1]bool
	})
	room.Page = Page{
		Passed:   flag(view.passed_state, &room.flags[0]),
		Image:    readImage(view.image),
		Fields:   optionalObject(view.fields),
		Identity: readIdentity(view.identity),
		Spoof:    readSpoof(view.spoof),
		Extra:    object(view.extra),
	}
	return &room.Page
}

func readPages(list *C.cloudauth_page_list) map[string]Page {
	all := make(map[string]Page, list.count)
	for _, view := range unsafe.Slice(list.items, list.count) {
		all[goText(view.number)] = *readPage(view)
	}
	return all
}

func readSpoof(view *C.cloudauth_spoof) *Spoof {
	if view == nil {
		return nil
	}
	room := new(struct {
		Spoof
		flags [1]bool
	})
	room.Spoof = Spoof{
		Detected: flag(view.detected_state, &room.flags[0]),
		Types:    optionalTexts(view.types),
	}
	return &room.Spoof
}

func readIdentity(view *C.cloudauth_identity) *Identity {
	if view == nil {
		return nil
	}
	room := new(struct {
		Identity
		flags [1]bool
		texts [21]string
	})
	room.Identity = Identity{
		FullName:         optional(view.full_name, &room.texts[0]),
		LatinName:        optional(view.latin_name, &room.texts[1]),
		Surname:          optional(view.surname, &room.texts[2]),
		GivenNames:       optional(view.given_names, &room.texts[3]),
		NativeSurname:    optional(view.native_surname, &room.texts[4]),
		NativeGivenNames: optional(view.native_given_names, &room.texts[5]),
		NameCode:         optional(view.name_code, &room.texts[6]),
		Sex:              optional(view.sex, &room.texts[7]),
		BirthDate:        optional(view.birth_date, &room.texts[8]),
		DocumentNumber:   optional(view.document_number, &room.texts[9]),
		Nationality:      optional(view.nationality, &room.texts[10]),
		CountryCode:      optional(view.country_code, &room.texts[11]),
		IssueDate:        optional(view.issue_date, &room.texts[12]),
		FirstIssueDate:   optional(view.first_issue_date, &room.texts[13]),
		ExpiryDate:       optional(view.expiry_date, &room.texts[14]),
		PlaceOfIssue:     optional(view.place_of_issue, &room.texts[15]),
		IssuingAuthority: optional(view.issuing_authority, &room.texts[16]),
		PlaceOfBirth:     optional(view.place_of_birth, &room.texts[17]),
		Address:          optional(view.address, &room.texts[18]),
		Ethnicity:        optional(view.ethnicity, &room.texts[19]),
		Permanent:        flag(view.permanent_state, &room.flags[0]),
		Symbols:          optional(view.symbols, &room.texts[20]),
	}
	return &room.Identity
}

func readProblem(view *C.cloudauth_problem) *Problem {
	if view == nil {
		return nil
	}
	return &Problem{
		Path:   goText(view.path),
		Reason: goText(view.reason),
		Text:   goText(view.text),
	}
}

func readProblems(list *C.cloudauth_problem_list) []Problem {
	all := make([]Problem, 0, list.count)
	for _, view := range unsafe.Slice(list.items, list.count) {
		all = append(all, *readProblem(view))
	}
	return all
}
