//go:build linux && cgo

package cloudauth

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// CanonicalJSON is the result on one line, the same text for the same result in every language: RFC 8785, but for the named
// keys, which are all there and in their own order. Images stand by length and SHA-256. It is made from what the result
// holds now, also where the program has changed it; a value that JSON cannot hold is null.
func (r *Result) CanonicalJSON() string {
	w := writer{out: make([]byte, 0, 2048)}
	w.value(reflect.ValueOf(r))
	return string(w.out)
}

// ToJSON is the result with its pictures, on one line, for [FromJSON] and its likes in every language, and for
// [encoding/json.Unmarshal]. It is made as [Result.CanonicalJSON] is. It holds all of the person's data: protect it.
func (r *Result) ToJSON() []byte {
	if r == nil {
		return []byte("null")
	}
	const version = `{"version":1`
	w := writer{out: []byte(version), images: true}
	w.value(reflect.ValueOf(r))
	w.out[len(version)] = ',' // where the fields' own brace was
	return w.out
}

// writer is canonical JSON in the making, or a stored result where it has images. The fields of a struct are its keys: in
// their order, by their tags.
type writer struct {
	out    []byte
	images bool
}

var (
	imageType  = reflect.TypeFor[Image]()
	numberType = reflect.TypeFor[json.Number]()
)

func (w *writer) add(text string) {
	w.out = append(w.out, text...)
}

func (w *writer) value(value reflect.Value) {
	switch value.Kind() {
	case reflect.Bool:
		w.out = strconv.AppendBool(w.out, value.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.out = strconv.AppendInt(w.out, value.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		w.out = strconv.AppendUint(w.out, value.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		w.double(value.Float())
	case reflect.String:
		if value.Type() == numberType {
			w.number(json.Number(value.String()))
		} else {
			w.text(value.String())
		}
	case reflect.Struct:
		if value.Type() == imageType {
			w.image(value.Interface().(Image))
		} else {
			w.object(value)
		}
	case reflect.Pointer, reflect.Interface:
		w.value(value.Elem())
	case reflect.Slice:
		w.list(value)
	case reflect.Map:
		w.sorted(value)
	default:
		w.add("null")
	}
}

func (w *writer) object(value reflect.Value) {
	separator := "{"
	for index := range value.NumField() {
		field := value.Type().Field(index)
		if field.IsExported() {
			w.add(separator)
			w.text(field.Tag.Get("json"))
			w.add(":")
			w.value(value.Field(index))
			separator = ","
		}
	}
	w.add("}")
}

func (w *writer) list(list reflect.Value) {
	if list.IsNil() {
		w.add("null")
		return
	}
	w.add("[")
	for index := range list.Len() {
		if index > 0 {
			w.add(",")
		}
		w.value(list.Index(index))
	}
	w.add("]")
}

// sorted prints a map, whose keys are the service's, by their UTF-16 code units.
func (w *writer) sorted(entries reflect.Value) {
	if entries.IsNil() || entries.Type().Key().Kind() != reflect.String {
		w.add("null")
		return
	}
	keys := entries.MapKeys()
	slices.SortFunc(keys, func(left, right reflect.Value) int {
		return slices.Compare(utf16.Encode([]rune(left.String())), utf16.Encode([]rune(right.String())))
	})
	w.add("{")
	for index, key := range keys {
		if index > 0 {
			w.add(",")
		}
		w.text(key.String())
		w.add(":")
		w.value(entries.MapIndex(key))
	}
	w.add("}")
}

func (w *writer) image(image Image) {
	if w.images {
		w.add(`{"base64":"`)
		w.out = base64.StdEncoding.AppendEncode(w.out, image.Bytes)
		w.add(`","format":`)
	} else {
		w.out = fmt.Appendf(w.out, `{"length":%d,"sha256":"%x","format":`, len(image.Bytes), sha256.Sum256(image.Bytes))
	}
	w.text(image.Format)
	w.add("}")
}

// text escapes no more than must be.
func (w *writer) text(text string) {
	w.add(`"`)
	for _, char := range []byte(strings.ToValidUTF8(text, "\uFFFD")) {
		if short := strings.IndexByte("\"\\\b\t\n\f\r", char); short >= 0 {
			w.out = append(w.out, '\\', `"\btnfr`[short])
		} else if char < ' ' {
			w.out = fmt.Appendf(w.out, `\u%04x`, char)
		} else {
			w.out = append(w.out, char)
		}
	}
	w.add(`"`)
}

// number prints an integer as it is written, any other number as a double, and as text what no double can hold.
func (w *writer) number(number json.Number) {
	if number == "-0" {
		w.add("0")
	} else if !strings.ContainsAny(string(number), ".eE") {
		w.add(string(number))
	} else if double, err := number.Float64(); err == nil {
		w.double(double)
	} else {
		w.text(string(number))
	}
}

// double prints as ECMAScript does: the shortest digits that read back as the same number, exponents from 1e21 on and
// below 1e-6.
func (w *writer) double(double float64) {
	magnitude := math.Abs(double)
	switch {
	case math.IsNaN(double) || math.IsInf(double, 0):
		w.add("null")
	case double == 0:
		w.add("0") // of either sign
	case magnitude >= 1e21 || magnitude < 1e-6:
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(double, 'e', -1, 64), "e")
		w.add(mantissa + "e" + exponent[:1] + strings.TrimLeft(exponent[1:], "0"))
	default:
		w.out = strconv.AppendFloat(w.out, double, 'f', -1, 64)
	}
}
