//go:build linux && cgo

package cloudauth

import (
	"reflect"
	"testing"
)

// Finding G4: the shortest way to ask let rejected people in.
func TestFlagsAreTrueForAYesAlone(t *testing.T) {
	names := map[string]string{"Occlusion": "Occluded"}
	for _, part := range []any{&Result{}, &Face{}, &Document{}, &Page{}, &Spoof{}, &Identity{}, &Deletion{}, &VerifyLog{}} {
		value := reflect.ValueOf(part)
		ask := func(receiver reflect.Value, field string) bool {
			name := field
			if other, ok := names[field]; ok {
				name = other
			}
			method := receiver.MethodByName("Is" + name)
			if !method.IsValid() {
				t.Fatalf("%s lacks Is%s", value.Type(), name)
			}
			return method.Call(nil)[0].Bool()
		}
		for _, field := range reflect.VisibleFields(value.Elem().Type()) {
			if field.Type != reflect.TypeFor[*bool]() {
				continue
			}
			set := func(flag *bool) { value.Elem().FieldByIndex(field.Index).Set(reflect.ValueOf(flag)) }
			yes, no := true, false
			for _, state := range []struct {
				flag *bool
				want bool
			}{{nil, false}, {&no, false}, {&yes, true}} {
				set(state.flag)
				if ask(value, field.Name) != state.want {
					t.Errorf("%s.%s: not %t", value.Type(), field.Name, state.want)
				}
			}
			if ask(reflect.Zero(value.Type()), field.Name) {
				t.Errorf("%s.%s: true of nil", value.Type(), field.Name)
			}
		}
	}
}
