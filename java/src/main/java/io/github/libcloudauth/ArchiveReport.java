package io.github.libcloudauth;

import java.util.List;
import java.util.Optional;

/** What {@link CloudAuth#verifyArchive} found. */
public final class ArchiveReport extends ValueObject {
    private final boolean complete;
    private final String manifestSha256;
    private final List<FileProblem> problems;

    ArchiveReport(WireReader in) {
        complete = in.flag();
        manifestSha256 = in.optionalText();
        problems = in.list(FileProblem::new);
    }

    /** Whether the archive is whole and unchanged. */
    public boolean isComplete() {
        return complete;
    }

    /** Of {@code manifest.json}, if there is one that is as it was written. */
    public Optional<String> manifestSha256() {
        return Optional.ofNullable(manifestSha256);
    }

    /** Each file that is not as the manifest says. */
    public List<FileProblem> problems() {
        return problems;
    }

    @Override
    void describe(Fields out) {
        out.show("complete", complete).show("manifest_sha256", manifestSha256).show("problems", problems);
    }
}
