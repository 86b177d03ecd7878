package io.github.libcloudauth;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes canonical JSON, or a stored result, from the types of this package; {@code docs/result.md} defines both. */
final class CanonicalJson {
    private static final int MAX_DIGITS_OF_A_DOUBLE = 17;

    private final StringBuilder out = new StringBuilder(1024);
    /** Of a stored result: what stands before {@code out}, pictures apart from text, so that each is copied once more only. */
    private List<byte[]> written;

    static String of(Object value) {
        CanonicalJson json = new CanonicalJson();
        json.any(value);
        return json.out.toString();
    }

    /** Canonical JSON but for the version in front and the pictures, which are whole. */
    static byte[] withPictures(ValueObject result) {
        CanonicalJson json = new CanonicalJson();
        json.written = new ArrayList<>();
        json.out.append("{\"version\":1");
        json.object(result.parts(), ',');
        json.endText();
        ByteBuffer all = ByteBuffer.allocate(json.written.stream().mapToInt(part -> part.length).reduce(0, Math::addExact));
        json.written.forEach(all::put);
        return all.array();
    }

    private void endText() {
        written.add(out.toString().getBytes(StandardCharsets.UTF_8));
        out.setLength(0);
    }

    private void any(Object value) {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof BigInteger) {
            out.append(value);
        } else if (value instanceof String) {
            text((String) value);
        } else if (value instanceof Double) {
            number((Double) value);
        } else if (value instanceof ValueObject) {
            object(((ValueObject) value).parts(), '{');
        } else if (value instanceof Image && written != null) {
            picture((Image) value);
        } else if (value instanceof Image) {
            map(((Image) value).toMap());
        } else if (value instanceof List) {
            list((List<?>) value);
        } else if (value instanceof Map) {
            // By UTF-16 code units, as String.compareTo does.
            map(new TreeMap<>((Map<?, ?>) value));
        } else {
            throw new AssertionError("a result holds no " + value.getClass().getName());
        }
    }

    /** One after the other: maps of all of them would take as much memory again. */
    private void object(ValueObject.Fields fields, char first) {
        char separator = first;
        for (int index = 0; index < fields.names.size(); index++) {
            out.append(separator).append('"').append(fields.names.get(index)).append("\":");
            any(fields.values.get(index));
            separator = ',';
        }
        out.append('}');
    }

    private void picture(Image image) {
        out.append("{\"base64\":\"");
        endText();
        written.add(Base64.getEncoder().encode(image.bytes()));
        out.append("\",\"format\":\"").append(image.format()).append("\"}");
    }

    private void list(List<?> items) {
        out.append('[');
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            any(item);
            separator = ",";
        }
        out.append(']');
    }

    private void map(Map<?, ?> entries) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            out.append(separator);
            text((String) entry.getKey());
            out.append(':');
            any(entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void text(String text) {
        out.append('"');
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            switch (unit) {
                case '"':
                case '\\':
                    out.append('\\').append(unit);
                    break;
                case '\b':
                    out.append("\\b");
                    break;
                case '\t':
                    out.append("\\t");
                    break;
                case '\n':
                    out.append("\\n");
                    break;
                case '\f':
                    out.append("\\f");
                    break;
                case '\r':
                    out.append("\\r");
                    break;
                default:
                    if (unit < ' ') {
                        out.append(String.format("\\u%04x", (int) unit));
                    } else {
                        out.append(unit);
                    }
            }
        }
        out.append('"');
    }

    /** As ECMAScript prints it. Not {@link Double#toString}, whose digits are not always the fewest before JDK 19. */
    private void number(double number) {
        if (number == 0) {
            out.append('0');
            return;
        }
        if (number < 0) {
            out.append('-');
        }
        BigDecimal shortest = shortest(Math.abs(number));
        String digits = shortest.unscaledValue().toString();
        // Where the point stands, counted from the first digit.
        int point = digits.length() - shortest.scale();
        if (digits.length() <= point && point <= 21) {
            out.append(digits).append("0".repeat(point - digits.length()));
        } else if (0 < point && point <= 21) {
            out.append(digits, 0, point).append('.').append(digits, point, digits.length());
        } else if (-6 < point && point <= 0) {
            out.append("0.").append("0".repeat(-point)).append(digits);
        } else {
            out.append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.').append(digits, 1, digits.length());
            }
            out.append('e').append(point > 0 ? "+" : "").append(point - 1);
        }
    }

    /** The fewest digits that read back as the same double, without zeros at the end. */
    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < MAX_DIGITS_OF_A_DOUBLE; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MAX_DIGITS_OF_A_DOUBLE, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
