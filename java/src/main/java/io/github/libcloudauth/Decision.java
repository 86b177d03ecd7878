package io.github.libcloudauth;

import java.util.List;

/** Advice on a finished verification. The verdict itself is {@link CheckResult#passed()}. */
public final class Decision extends ValueObject {
    private final Action action;
    private final List<String> reasons;

    Decision(WireReader in) {
        action = Action.of(in.text());
        reasons = in.list(WireReader::text);
    }

    /** What to do first. */
    public Action action() {
        return action;
    }

    /** Why: one line each, at least one, and no personal data. */
    public List<String> reasons() {
        return reasons;
    }

    @Override
    void describe(Fields out) {
        out.add("action", action).add("reasons", reasons);
    }

    @Override
    public String toString() {
        return action + " (" + String.join(" ", reasons) + ")";
    }
}
