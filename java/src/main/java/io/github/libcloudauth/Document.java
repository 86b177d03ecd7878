// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the document step found. */
public final class Document extends ValueObject {
    private final Boolean passed;
    private final Map<String, Page> pages;
    private final Map<String, @Nullable Object> editedFields;
    private final Identity editedIdentity;
    private final Map<String, @Nullable Object> extra;

    Document(WireReader in) {
        passed = in.optionalFlag();
        pages = in.map(Page::new);
        editedFields = in.optional(reader -> reader.map(WireReader::value));
        editedIdentity = in.optional(Identity::new);
        extra = in.map(WireReader::value);
    }

    private Document(Builder given) {
        passed = given.passed;
        pages = given.pages;
        editedFields = given.editedFields;
        editedIdentity = given.editedIdentity;
        extra = given.extra;
    }

    /** Makes one by hand, for tests. */
    public static Builder builder() {
        return new Builder();
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
    public Optional<Map<String, @Nullable Object>> editedFields() {
        return Optional.ofNullable(editedFields);
    }

    /** {@code ocrIdEditInfo}: the same in one vocabulary. */
    public Optional<Identity> editedIdentity() {
        return Optional.ofNullable(editedIdentity);
    }

    /** every other field of the step, by the service's names. */
    public Map<String, @Nullable Object> extra() {
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

    /** Makes a {@link Document}; what is not given is absent. */
    public static final class Builder {
        private Boolean passed;
        private Map<String, Page> pages = Map.of();
        private Map<String, @Nullable Object> editedFields;
        private Identity editedIdentity;
        private Map<String, @Nullable Object> extra = Map.of();

        private Builder() {}

        /** {@link Document#passed()}. */
        public Builder passed(boolean passed) {
            this.passed = passed;
            return this;
        }

        /** {@link Document#pages()}. */
        public Builder pages(Map<String, Page> pages) {
            this.pages = Values.copy(Objects.requireNonNull(pages, "pages"), Objects::requireNonNull);
            return this;
        }

        /** {@link Document#editedFields()}. */
        public Builder editedFields(Map<String, ?> editedFields) {
            this.editedFields = Values.copy(Objects.requireNonNull(editedFields, "editedFields"), Values::copy);
            return this;
        }

        /** {@link Document#editedIdentity()}. */
        public Builder editedIdentity(Identity editedIdentity) {
            this.editedIdentity = Objects.requireNonNull(editedIdentity, "editedIdentity");
            return this;
        }

        /** {@link Document#extra()}. */
        public Builder extra(Map<String, ?> extra) {
            this.extra = Values.copy(Objects.requireNonNull(extra, "extra"), Values::copy);
            return this;
        }

        /** What was given, as one. */
        public Document build() {
            return new Document(this);
        }
    }
}
