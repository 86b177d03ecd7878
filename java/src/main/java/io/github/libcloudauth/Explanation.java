package io.github.libcloudauth;

import java.util.List;
import java.util.Optional;

/** What a code means, and what to do about it. */
public final class Explanation extends ValueObject {
    private final Subject subject;
    private final String code;
    private final String meaning;
    private final String cause;
    private final String advice;
    private final Action action;
    private final Boolean billed;
    private final Kind kind;
    private final String retry;
    private final Long httpStatus;
    private final List<String> products;

    Explanation(WireReader in) {
        subject = Subject.of(in.text());
        code = in.text();
        meaning = in.text();
        cause = in.optionalText();
        advice = in.text();
        action = in.optional(reader -> Action.of(reader.text()));
        billed = in.optionalFlag();
        kind = in.optional(reader -> Kind.of(reader.text()));
        retry = in.optionalText();
        httpStatus = in.optionalNumber();
        products = in.list(WireReader::text);
    }

    /** What is explained. */
    public Subject subject() {
        return subject;
    }

    /** The code, a family of them such as {@code Throttling.*}, or a kind's name. */
    public String code() {
        return code;
    }

    /** What it means, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** How it comes about, where there is more to say. */
    public Optional<String> cause() {
        return Optional.ofNullable(cause);
    }

    /** What a person can do about it. */
    public String advice() {
        return advice;
    }

    /** What to do first after a SubCode. */
    public Optional<Action> action() {
        return Optional.ofNullable(action);
    }

    /** Whether the verification with a SubCode or a code of the client is paid for. */
    public Optional<Boolean> billed() {
        return Optional.ofNullable(billed);
    }

    /** The kind of an error with this response code. */
    public Optional<Kind> kind() {
        return Optional.ofNullable(kind);
    }

    /** Whether a request that met a response code is sent again, e.g. {@code never} or {@code after_pause}. */
    public Optional<String> retry() {
        return Optional.ofNullable(retry);
    }

    /** The HTTP status that a response code comes with. */
    public Optional<Integer> httpStatus() {
        return Optional.ofNullable(httpStatus).map(Long::intValue);
    }

    /** The products that document it, by their ProductCode; empty for what concerns all of them. */
    public List<String> products() {
        return products;
    }

    @Override
    void describe(Fields out) {
        out.add("subject", subject)
            .add("code", code)
            .add("meaning", meaning)
            .add("cause", cause)
            .add("advice", advice)
            .add("action", action)
            .add("billed", billed)
            .add("kind", kind)
            .add("retry", retry)
            .add("http_status", httpStatus)
            .add("products", products);
    }

    @Override
    public String toString() {
        return code + ": " + meaning + " " + advice;
    }
}
