// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

/** One value of a reply that is not what it should be. The rest of the result stands. */
public final class Problem extends Part {
    private final String path;
    private final String reason;
    private final String text;

    Problem(WireReader in) {
        path = in.text();
        reason = in.text();
        text = in.text();
    }

    /** where, from {@code Result} down, in the service's names: {@code ExtFaceInfo.faceImg}, {@code ExtIdInfo.ocrIdInfoData.01.idImage}, {@code Passed}, {@code Result}. */
    public String path() {
        return path;
    }

    /** one of a closed list, such as {@code not base64}. */
    public String reason() {
        return reason;
    }

    /** the value: text as it was, anything else as canonical JSON. Personal data, most often. */
    public String text() {
        return text;
    }

    @Override
    void describe(Fields out) {
        out.add("path", path)
            .add("reason", reason)
            .add("text", text);
    }
}
