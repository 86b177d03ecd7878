package io.github.libcloudauth;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An object that does not change, and equals another one with the same fields. */
public abstract class ValueObject {
    ValueObject() {}

    /** Names each field and gives its value, {@code null} where it is absent. */
    abstract void describe(Fields out);

    /** The fields of one object. */
    static final class Fields {
        final List<String> names = new ArrayList<>();
        final List<Object> values = new ArrayList<>();
        private final Set<String> shown = new HashSet<>();

        Fields add(String name, Object value) {
            names.add(name);
            values.add(value);
            return this;
        }

        /** A field that {@code toString} shows with its value. */
        Fields show(String name, Object value) {
            shown.add(name);
            return add(name, value);
        }

        private String described(String name) {
            return shown.contains(name) ? name + "=" + values.get(names.indexOf(name)) : name;
        }
    }

    final Fields parts() {
        Fields fields = new Fields();
        describe(fields);
        return fields;
    }

    /**
     * All fields by their names in JSON, {@code null} where absent: maps, lists, texts, numbers and flags. A picture is its
     * {@link Image#toMap()}. Jackson writes an object of this library so. A result's map holds the person's data.
     */
    @JsonValue
    public Map<String, @Nullable Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        Fields fields = parts();
        for (int index = 0; index < fields.names.size(); index++) {
            map.put(fields.names.get(index), plain(fields.values.get(index)));
        }
        return map;
    }

    private static Object plain(Object value) {
        if (value instanceof ValueObject) {
            return ((ValueObject) value).toMap();
        } else if (value instanceof Image) {
            return ((Image) value).toMap();
        } else if (value instanceof Enum) {
            return value.toString();
        } else if (value instanceof List) {
            return ((List<?>) value).stream().map(ValueObject::plain).collect(Collectors.toList());
        } else if (value instanceof Map) {
            // By UTF-16 code units, as canonical JSON has it.
            Map<String, Object> sorted = new TreeMap<>();
            ((Map<?, ?>) value).forEach((name, item) -> sorted.put((String) name, plain(item)));
            return sorted;
        }
        return value;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other
            || other != null && getClass() == other.getClass() && parts().values.equals(((ValueObject) other).parts().values);
    }

    @Override
    public final int hashCode() {
        return parts().values.hashCode();
    }

    /** Which fields are there; what is in them is nobody's business in a log, unless it is a status. */
    @Override
    public String toString() {
        Fields fields = parts();
        return fields.names.stream()
            .filter(name -> fields.values.get(fields.names.indexOf(name)) != null)
            .map(fields::described)
            .collect(Collectors.joining(", ", getClass().getSimpleName() + "[", "]"));
    }
}
