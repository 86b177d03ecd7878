// Generated from core/schema/counters.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

/** What a client has done since it was made. */
public final class Stats extends ValueObject {
    private final long calls;
    private final long succeeded;
    private final long failed;
    private final long requests;
    private final long retries;
    private final long throttled;
    private final long connections;
    private final long bytesReceived;
    private final long eventsDropped;
    private final long keepalives;
    private final long backgroundFailures;
    private final long sharedPermits;
    private final long ownPermits;
    private final long quotaLosses;

    Stats(WireReader in) {
        calls = in.number();
        succeeded = in.number();
        failed = in.number();
        requests = in.number();
        retries = in.number();
        throttled = in.number();
        connections = in.number();
        bytesReceived = in.number();
        eventsDropped = in.number();
        keepalives = in.number();
        backgroundFailures = in.number();
        sharedPermits = in.number();
        ownPermits = in.number();
        quotaLosses = in.number();
    }

    /** Calls that were begun. */
    public long calls() {
        return calls;
    }

    /** Calls that gave a result. */
    public long succeeded() {
        return succeeded;
    }

    /** Calls that gave an error. Those begun and neither are under way, or were given up by their caller. */
    public long failed() {
        return failed;
    }

    /** Requests that were sent. */
    public long requests() {
        return requests;
    }

    /** Requests that were sent because an earlier one of the same call failed. */
    public long retries() {
        return retries;
    }

    /** Replies that throttled. */
    public long throttled() {
        return throttled;
    }

    /** Connections that were made. */
    public long connections() {
        return connections;
    }

    /** Bytes of replies' bodies. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /** Events that were dropped, because too many waited for the listener. */
    public long eventsDropped() {
        return eventsDropped;
    }

    /** Keepalive requests that `keep_warm` sent. They count neither as calls nor as requests. */
    public long keepalives() {
        return keepalives;
    }

    /** Connections and requests of `keep_warm` and connections of `connect_ahead` that failed. */
    public long backgroundFailures() {
        return backgroundFailures;
    }

    /** Permits that the shared `quota` gave. */
    public long sharedPermits() {
        return sharedPermits;
    }

    /** Permits of this client's share, while the shared `quota` did not answer. */
    public long ownPermits() {
        return ownPermits;
    }

    /** Times that the shared `quota` stopped to answer, or did not answer from the beginning. */
    public long quotaLosses() {
        return quotaLosses;
    }

    @Override
    void describe(Fields out) {
        out.add("calls", calls)
            .add("succeeded", succeeded)
            .add("failed", failed)
            .add("requests", requests)
            .add("retries", retries)
            .add("throttled", throttled)
            .add("connections", connections)
            .add("bytes_received", bytesReceived)
            .add("events_dropped", eventsDropped)
            .add("keepalives", keepalives)
            .add("background_failures", backgroundFailures)
            .add("shared_permits", sharedPermits)
            .add("own_permits", ownPermits)
            .add("quota_losses", quotaLosses);
    }
}
