package io.github.libcloudauth;

import java.util.Map;
import java.util.Optional;

/** What the document step found ({@code ExtIdInfo}). */
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

    /** {@code ocrIdPassed}: the verdict of this step. */
    public Optional<Boolean> passed() {
        return Optional.ofNullable(passed);
    }

    /** Whether this step was passed. True for a yes alone; {@link #passed()} tells a no from what was not said. */
    public boolean isPassed() {
        return Boolean.TRUE.equals(passed);
    }

    /** {@code ocrIdInfoData}: {@code "01"} is the front, {@code "02"} the back or second page. A reply without pages is page {@code "01"}. */
    public Map<String, Page> pages() {
        return pages;
    }

    /** {@code ocrIdEditInfo}: the fields as the person corrected them, by the service's names. */
    public Optional<Map<String, Object>> editedFields() {
        return Optional.ofNullable(editedFields);
    }

    /** The same person as in {@link #editedFields()}, in one vocabulary. */
    public Optional<Identity> editedIdentity() {
        return Optional.ofNullable(editedIdentity);
    }

    /** Every other field, by the service's names. */
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
