// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.Map;
import java.util.Optional;

/** What the document step found. */
public final class Document extends Part {
    private final Boolean passed;
    private final Map<String, Page> pages;
    private final Map<String, Object> editedFields;
    private final Identity editedIdentity;
    private final Map<String, Object> extra;

    Document(WireReader in) {
        passed = in.optionalFlag();
        pages = in.map(Page::new);
        editedFields = in.optional(reader -> reader.map(WireReader::value));
        editedIdentity = in.optional(Identity::new);
        extra = in.map(WireReader::value);
    }

    /** {@code ocrIdPassed}: this step was passed. */
    public Optional<Boolean> passed() {
        return Optional.ofNullable(passed);
    }

    /** True for a yes alone: this step was passed. {@link #passed()} tells a no from what was not said. */
    public boolean isPassed() {
        return Boolean.TRUE.equals(passed);
    }

    /** {@code ocrIdInfoData}: the pages by the service's numbers: {@code 01} is the front, {@code 02} the back or second page; the fields of a flat document (O) are page {@code 01}. */
    public Map<String, Page> pages() {
        return pages;
    }

    /** {@code ocrIdEditInfo}: the fields as the person corrected them, by the service's names. */
    public Optional<Map<String, Object>> editedFields() {
        return Optional.ofNullable(editedFields);
    }

    /** {@code ocrIdEditInfo}: the same in one vocabulary. */
    public Optional<Identity> editedIdentity() {
        return Optional.ofNullable(editedIdentity);
    }

    /** every other field of the step, by the service's names. */
    public Map<String, Object> extra() {
        return extra;
    }

    @Override
    void describe(Fields out) {
        out.add("passed", passed)
            .add("pages", pages)
            .add("edited_fields", editedFields)
            .add("edited_identity", editedIdentity)
            .add("extra", extra);
    }
}
