//go:build linux && cgo

package cloudauth

/*
#include "native.h"

#cgo noescape cloudauth_go_look
#cgo nocallback cloudauth_go_look
*/
import "C"

import "unsafe"

// What follows copies the library's views of a result. Each struct comes with room for the values that its pointers lead to,
// so that it is one piece of memory and not a dozen.

func readResult(native *C.cloudauth_result) *Result {
	var view C.cloudauth_go_view
	C.cloudauth_go_look(native, &view)
	room := new(struct {
		Result
		passed  bool
		subCode string
	})
	room.Result = Result{
		RequestID: goText(view.request_id),
		Passed:    flag(view.passed, &room.passed),
		SubCode:   optional(view.sub_code, &room.subCode),
		Face:      readFace(view.face),
		Document:  readDocument(view.document),
		Extra:     object(view.extra),
		Problems:  make([]Problem, 0, view.problems.count),
	}
	if view.source != nil {
		room.Source = decodeJSON(*view.source)
	}
	for _, problem := range unsafe.Slice(view.problems.items, view.problems.count) {
		room.Problems = append(room.Problems, Problem{goText(problem.path), goText(problem.reason), goText(problem.text)})
	}
	return &room.Result
}

func readFace(view *C.cloudauth_face) *Face {
	if view == nil {
		return nil
	}
	room := new(struct {
		Face
		passed, attack, occlusion, registered        bool
		comparison, quality, attackScore, guardScore float64
		age                                          int64
		video, gender, registration, device          string
	})
	room.Face = Face{
		Passed:          flag(view.passed_state, &room.passed),
		ComparisonScore: number(view.comparison_score, &room.comparison),
		Image:           readImage(view.image),
		Attack:          flag(view.attack_state, &room.attack),
		Quality:         number(view.quality, &room.quality),
		Occlusion:       flag(view.occlusion_state, &room.occlusion),
		VideoURL:        optional(view.video_url, &room.video),
		Gender:          optional(view.gender, &room.gender),
		AttackScore:     number(view.attack_score, &room.attackScore),
		GuardRiskScore:  number(view.guard_risk_score, &room.guardScore),
		Registered:      flag(view.registered_state, &room.registered),
		RegistrationID:  optional(view.registration_id, &room.registration),
		Duplicates:      readDuplicates(view.duplicates),
		DeviceToken:     optional(view.device_token, &room.device),
		Extra:           object(view.extra),
	}
	if view.age != nil {
		room.age = int64(*view.age)
		room.Age = &room.age
	}
	return &room.Face
}

func readDuplicates(list *C.cloudauth_duplicate_list) []Duplicate {
	if list == nil {
		return nil
	}
	duplicates := make([]Duplicate, 0, list.count)
	for _, view := range unsafe.Slice(list.items, list.count) {
		duplicates = append(duplicates, Duplicate{
			FaceGroupCode:  optional(view.face_group_code, new(string)),
			FaceID:         optional(view.face_id, new(string)),
			MerchantUserID: optional(view.merchant_user_id, new(string)),
			Score:          number(view.score, new(float64)),
		})
	}
	return duplicates
}

func readDocument(view *C.cloudauth_document) *Document {
	if view == nil {
		return nil
	}
	room := new(struct {
		Document
		passed bool
	})
	room.Document = Document{
		Passed:         flag(view.passed_state, &room.passed),
		Pages:          make(map[string]Page, view.pages.count),
		EditedFields:   optionalObject(view.edited_fields),
		EditedIdentity: readIdentity(view.edited_identity),
		Extra:          object(view.extra),
	}
	for _, page := range unsafe.Slice(view.pages.items, view.pages.count) {
		room.Pages[goText(page.number)] = Page{
			Passed:   flag(page.passed_state, new(bool)),
			Image:    readImage(page.image),
			Fields:   optionalObject(page.fields),
			Identity: readIdentity(page.identity),
			Spoof:    readSpoof(page.spoof),
			Extra:    object(page.extra),
		}
	}
	return &room.Document
}

func readIdentity(view *C.cloudauth_identity) *Identity {
	if view == nil {
		return nil
	}
	room := new(struct {
		Identity
		texts     [21]string
		permanent bool
	})
	places := room.texts[:]
	text := func(view *C.cloudauth_text) *string {
		place := &places[0]
		places = places[1:]
		return optional(view, place)
	}
	room.Identity = Identity{
		FullName:         text(view.full_name),
		LatinName:        text(view.latin_name),
		Surname:          text(view.surname),
		GivenNames:       text(view.given_names),
		NativeSurname:    text(view.native_surname),
		NativeGivenNames: text(view.native_given_names),
		NameCode:         text(view.name_code),
		Sex:              text(view.sex),
		BirthDate:        text(view.birth_date),
		DocumentNumber:   text(view.document_number),
		Nationality:      text(view.nationality),
		CountryCode:      text(view.country_code),
		IssueDate:        text(view.issue_date),
		FirstIssueDate:   text(view.first_issue_date),
		ExpiryDate:       text(view.expiry_date),
		PlaceOfIssue:     text(view.place_of_issue),
		IssuingAuthority: text(view.issuing_authority),
		PlaceOfBirth:     text(view.place_of_birth),
		Address:          text(view.address),
		Ethnicity:        text(view.ethnicity),
		Permanent:        flag(view.permanent_state, &room.permanent),
		Symbols:          text(view.symbols),
	}
	return &room.Identity
}

func readSpoof(view *C.cloudauth_spoof) *Spoof {
	if view == nil {
		return nil
	}
	spoof := &Spoof{Detected: flag(view.detected_state, new(bool))}
	if view.types != nil {
		spoof.Types = texts(*view.types)
	}
	return spoof
}

func readImage(view *C.cloudauth_image) *Image {
	if view == nil {
		return nil
	}
	return &Image{
		Bytes:     append([]byte{}, unsafe.Slice((*byte)(unsafe.Pointer(view.data)), view.len)...),
		Format:    C.GoString(view.format),
		Extension: C.GoString(view.extension),
	}
}

func flag(view *C.bool, place *bool) *bool {
	if view == nil {
		return nil
	}
	*place = bool(*view)
	return place
}

func number(view *C.double, place *float64) *float64 {
	if view == nil {
		return nil
	}
	*place = float64(*view)
	return place
}
