//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"unsafe"
)

// Ptr gives a pointer to a value, for fields where nil differs: AfterQuery: cloudauth.Ptr(false).
func Ptr[T any](value T) *T { return &value }

// ask makes a call of a typed operation. Until the library has it, its name in the API is action.
func ask[Reply any](ctx context.Context, c *Client, action string, o *callSpec) (reply *Reply, err error) {
	if report := c.tell(ctx); report != nil {
		defer func() { report(action, err) }()
	}
	defer o.forget()
	f, err := c.call(ctx, o)
	if err != nil {
		return nil, err
	}
	action = C.GoString(&f.native.action[0])
	read := new(Reply)
	if err := f.typedReply(ctx, read); err != nil {
		return nil, err
	}
	return read, nil
}

// typedReply gives what a typed operation that is done ended in.
func (f *inflight) typedReply(ctx context.Context, reply any) error {
	var unread error
	if f.native.reply != nil {
		unread = readReply(f.native.reply, reply)
	}
	if err := f.end(ctx); err != nil {
		return err
	}
	return unread
}

// readReply reads a reply's JSON, which has the names and kinds of the type's own fields.
func readReply(native *C.cloudauth_reply, reply any) error {
	text := C.cloudauth_reply_json(native)
	decoder := json.NewDecoder(bytes.NewReader(unsafe.Slice((*byte)(unsafe.Pointer(text.data)), text.len)))
	decoder.UseNumber()
	if decoder.Decode(reply) != nil {
		// What the decoder says may hold a value.
		return made(KindInternal, "the library's reply does not have the fields of its type")
	}
	return nil
}

// typedSpec begins a call of a typed operation. Its arguments follow, as cloudauth_go_start takes them.
func typedSpec(operation string) *callSpec {
	o := &callSpec{flags: C.CLOUDAUTH_GO_CALL | C.CLOUDAUTH_GO_TYPED}
	o.texts.add("operation", operation)
	return o
}

// argument appends one of a kind, which is called field in an error.
func (o *callSpec) argument(kind byte, name, field, value string) {
	o.texts.bytes = append(o.texts.bytes, kind)
	o.texts.add("argument", name)
	o.texts.add(field, value)
}

func (o *callSpec) text(name, field, value string) { o.argument('t', name, field, value) }

func (o *callSpec) optionalText(name, field, value string) {
	if value != "" {
		o.text(name, field, value)
	}
}

func (o *callSpec) flag(name string, value *bool) {
	if value != nil {
		o.argument('f', name, name, strconv.FormatBool(*value))
	}
}

func (o *callSpec) integer(name string, value *int64) {
	if value != nil {
		o.argument('i', name, name, strconv.FormatInt(*value, 10))
	}
}

func (o *callSpec) list(name, field string, values []string) {
	for _, value := range values {
		o.argument('l', name, field, value)
	}
}

func (o *callSpec) picture(name string, value []byte) {
	if value != nil {
		o.argument('b', name, name, strconv.Itoa(len(value)))
		o.texts.bytes = append(o.texts.bytes, value...)
	}
}

func (o *callSpec) json(name, field string, value any) {
	if stored, ok := value.(interface{ ToJSON() ([]byte, error) }); ok {
		data, err := stored.ToJSON()
		if err != nil {
			o.texts.refuse(field, "must be what Initialize gave, or its JSON")
		}
		value = data
	}
	if data, ok := value.([]byte); ok {
		// Else it would be written in base64.
		value = string(data)
	}
	if text, given := o.texts.value(field, value); given {
		o.text(name, field, text)
	}
}

// finish ends the arguments.
func (o *callSpec) finish(parameters map[string]string, unchecked bool) {
	o.texts.add("argument", "")
	if unchecked {
		o.flags |= C.CLOUDAUTH_GO_UNCHECKED
	}
	for name, value := range parameters {
		o.addParameter(name, value)
	}
}

// described is a type's name with some of its fields.
func described(name string, fields ...string) string {
	var text strings.Builder
	text.WriteString("cloudauth." + name + "{")
	for at := 0; at < len(fields); at += 2 {
		text.WriteString(fields[at] + ": " + oneLine(fields[at+1]) + ", ")
	}
	return text.String() + "…}"
}
