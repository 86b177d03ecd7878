package io.github.libcloudauth;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A picture's file, as the service holds it. */
public final class Image {
    private final byte[] bytes;
    private final ImageFormat format;
    private final String extension;

    Image(WireReader in) {
        this(in, in.bytes());
    }

    private Image(WireReader in, byte[] bytes) {
        this.bytes = bytes;
        format = ImageFormat.of(in.text());
        extension = in.text();
    }

    /** Makes one by hand, for tests, of a copy of these bytes. */
    public static Image of(byte[] bytes) {
        byte[] copy = bytes.clone();
        NativeLibrary.require();
        return Reply.of(Native.imageFormat(copy)).value(in -> new Image(in, copy));
    }

    /**
     * The file. The array is the image's own, for copying megabytes takes longer than decoding them: do not write to it where
     * others use the result, too, or hand out {@link #buffer()} instead.
     */
    public byte[] bytes() {
        return bytes;
    }

    /** A view of the file that cannot be written to, and copies nothing. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** What the first bytes say it is. */
    public ImageFormat format() {
        return format;
    }

    /** The usual ending of such a file's name, without the dot: {@code jpg}, {@code png}, …, and {@code bin} for the unknown. */
    public String extension() {
        return extension;
    }

    /** Its length, SHA-256 and format, as they stand in canonical JSON. Jackson writes this, and never the picture. */
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("length", (long) bytes.length);
        map.put("sha256", sha256());
        map.put("format", format.toString());
        return map;
    }

    private String sha256() {
        StringBuilder text = new StringBuilder();
        try {
            for (byte one : MessageDigest.getInstance("SHA-256").digest(bytes)) {
                text.append(Character.forDigit(one >> 4 & 0xF, 16)).append(Character.forDigit(one & 0xF, 16));
            }
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
        return text.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Image && Arrays.equals(bytes, ((Image) other).bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Image[" + format + ", " + bytes.length + " bytes]";
    }
}
