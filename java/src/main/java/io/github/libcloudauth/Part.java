package io.github.libcloudauth;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An object of the result's tree: its fields by name, in the order of canonical JSON, which also make it equal to another. */
abstract class Part {
    /** Names each field and gives its value, {@code null} where it is absent. */
    abstract void describe(Fields out);

    /** The fields of one part. */
    static final class Fields {
        final List<String> names = new ArrayList<>();
        final List<Object> values = new ArrayList<>();

        Fields add(String name, Object value) {
            names.add(name);
            values.add(value);
            return this;
        }
    }

    final Fields parts() {
        Fields fields = new Fields();
        describe(fields);
        return fields;
    }

    @Override
    public final boolean equals(Object other) {
        return this == other
            || other != null && getClass() == other.getClass() && parts().values.equals(((Part) other).parts().values);
    }

    @Override
    public final int hashCode() {
        return parts().values.hashCode();
    }

    /** Which fields are there; what is in them is nobody's business in a log. */
    @Override
    public final String toString() {
        Fields fields = parts();
        return fields.names.stream()
            .filter(name -> fields.values.get(fields.names.indexOf(name)) != null)
            .collect(Collectors.joining(", ", getClass().getSimpleName() + "[", "]"));
    }
}
