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

    /** Where, in the service's names from {@code Result} down, e.g. {@code ExtIdInfo.ocrIdInfoData.01.idImage}. */
    public String path() {
        return path;
    }

    /** What is wrong, from a closed list, e.g. {@code not base64}. */
    public String reason() {
        return reason;
    }

    /** The value as it came. Personal data, most often: keep it out of logs. */
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
