//go:build linux && cgo

package cloudauth

import (
	"fmt"
	"io"
	"log/slog"
)

// What holds keys or a person's data is printed, logged and marshalled as one line that shows neither, whatever holds it in
// turn. The methods have value receivers, so that they stand for values and for pointers alike; MarshalText serves JSON, YAML
// and XML. [Result.ToJSON] and [Result.CanonicalJSON] are for what is to be stored.

// hidden is a type that shows nothing of what it holds.
func hidden(name string) string { return "cloudauth." + name + "{…}" }

func printed(state fmt.State, text string) { _, _ = io.WriteString(state, text) }

// String shows the outcome and nothing of the person.
func (r Result) String() string {
	return fmt.Sprintf("result of request %s: passed %s, SubCode %s, %d problems", r.RequestID, shown(r.Passed), shown(r.SubCode), len(r.Problems))
}

func shown[T any](value *T) string {
	if value == nil {
		return "not said"
	}
	return fmt.Sprint(*value)
}

func shownLines(lines []string) string {
	if lines == nil {
		return "not said"
	}
	return fmt.Sprint(lines)
}

// Format prints [Result.String], whatever the verb.
func (r Result) Format(state fmt.State, _ rune) { printed(state, r.String()) }

// MarshalText gives [Result.String]: JSON of a result that is made by accident holds no person.
func (r Result) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// LogValue gives [Result.String].
func (r *Result) LogValue() slog.Value {
	if r == nil {
		return slog.Value{}
	}
	return slog.StringValue(r.String())
}

// String shows the place of the request and its result's [Result.String].
func (o Outcome) String() string {
	result := "no result"
	if o.Result != nil {
		result = o.Result.String()
	}
	return fmt.Sprintf("outcome %d: %s", o.Position, result)
}

// Format prints [Outcome.String], whatever the verb.
func (o Outcome) Format(state fmt.State, _ rune) { printed(state, o.String()) }

// MarshalText gives [Outcome.String].
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// LogValue gives [Outcome.String].
func (o Outcome) LogValue() slog.Value { return slog.StringValue(o.String()) }

// String shows the format and the size.
func (i Image) String() string { return fmt.Sprintf("image of %d bytes, %s", len(i.Bytes), i.Format) }

// GoString gives [Image.String]. The field Format leaves no name for a method that covers every verb.
func (i Image) GoString() string { return i.String() }

// MarshalText gives [Image.String].
func (i Image) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// String shows where it is and why, and not the value.
func (p Problem) String() string { return p.Path + ": " + p.Reason }

// Format prints [Problem.String], whatever the verb.
func (p Problem) Format(state fmt.State, _ rune) { printed(state, p.String()) }

// MarshalText gives [Problem.String].
func (p Problem) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// String shows that it is a key.
func (Credentials) String() string { return hidden("Credentials") }

// Format prints [Credentials.String], whatever the verb.
func (c Credentials) Format(state fmt.State, _ rune) { printed(state, c.String()) }

// MarshalText gives [Credentials.String].
func (c Credentials) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// LogValue gives [Credentials.String].
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// String shows that it is a request. JSON has its fields: programs put requests into queues.
func (Request) String() string { return hidden("Request") }

// Format prints [Request.String], whatever the verb.
func (r Request) Format(state fmt.State, _ rune) { printed(state, r.String()) }

// LogValue gives [Request.String].
func (r Request) LogValue() slog.Value { return slog.StringValue(r.String()) }

// String shows that it is a callback.
func (Callback) String() string { return hidden("Callback") }

// Format prints [Callback.String], whatever the verb.
func (c Callback) Format(state fmt.State, _ rune) { printed(state, c.String()) }

// MarshalText gives [Callback.String].
func (c Callback) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// LogValue gives [Callback.String].
func (c Callback) LogValue() slog.Value { return slog.StringValue(c.String()) }
