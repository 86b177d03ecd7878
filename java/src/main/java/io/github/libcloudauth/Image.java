package io.github.libcloudauth;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/** A picture's file, as the service holds it. */
public final class Image {
    private final byte[] bytes;
    private final ImageFormat format;
    private final String extension;

    Image(WireReader in) {
        format = ImageFormat.valueOf(in.text().toUpperCase(Locale.ROOT));
        extension = in.text();
        bytes = in.image();
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

    @Override
    public boolean equals(Object other) {
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
