package io.github.libcloudauth;

/** A file of an archive that is not as the manifest says. */
public final class FileProblem extends ValueObject {
    private final String file;
    private final String problem;

    FileProblem(WireReader in) {
        file = in.text();
        problem = in.text();
    }

    /** Its name in the folder. */
    public String file() {
        return file;
    }

    /** {@code missing}, {@code changed}, {@code unknown} to the manifest, {@code not_regular} or {@code unreadable}. */
    public String problem() {
        return problem;
    }

    @Override
    void describe(Fields out) {
        out.add("file", file).show("problem", problem);
    }
}
