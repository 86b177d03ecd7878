package io.github.libcloudauth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Options of a client. What is not set, or zero, is the library's choice; all is validated by {@link #build()}.
 * {@code docs/options.md} has the defaults.
 */
public final class CloudAuthClientBuilder extends BuilderOptions {
    /** Where one of them is given, the virtual machine's properties are not looked at. */
    private static final List<String> SOURCES = List.of("accessKeyId", "accessKeySecret", "securityToken", "profile");

    /** By name. */
    private final Map<String, Object> options = new LinkedHashMap<>();
    private CredentialsProvider credentials;
    private Limiter limiter;
    private Supplier<?> capture;
    private BiConsumer<Object, CallEvent> listener;
    private boolean jvmTrustStore;
    private boolean jvmProxy;
    private Executor executor;

    CloudAuthClientBuilder() {}

    /** A source of keys, in place of an AccessKey. */
    public CloudAuthClientBuilder credentials(CredentialsProvider credentials) {
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        return this;
    }

    /**
     * Says when each request may go out, in place of {@link #qps} and {@link #quota}. A client that is throttled all the same slows
     * down by itself.
     */
    public CloudAuthClientBuilder limiter(Limiter limiter) {
        this.limiter = Objects.requireNonNull(limiter, "limiter");
        return this;
    }

    /**
     * Trusts what the virtual machine trusts, beside the system: the store that {@code javax.net.ssl.trustStore} names, or its
     * own {@code cacerts}. It is read by {@link #build()}.
     */
    public CloudAuthClientBuilder jvmTrustStore(boolean jvmTrustStore) {
        this.jvmTrustStore = jvmTrustStore;
        return this;
    }

    /**
     * Without a {@link #proxy}, goes the way that {@link java.net.ProxySelector#getDefault()} has for the endpoint, by
     * {@code https.proxyHost}, {@code socksProxyHost} and {@code http.nonProxyHosts} most often, instead of that of the
     * environment. It is asked by {@link #build()}. A proxy that asks for a password is given by {@link #proxy}.
     */
    public CloudAuthClientBuilder jvmProxy(boolean jvmProxy) {
        this.jvmProxy = jvmProxy;
        return this;
    }

    /**
     * Completes futures, and with that runs what comes after them, in place of the library's own threads. What it does not take
     * is completed on one of those.
     */
    public CloudAuthClientBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Gets the events of the client's calls when they end: those of a call's attempts and, right behind them on the same thread, the
     * call's own. The thread is one on which a call ends: the caller's for a call that blocks, a callback thread for a future, and
     * at times that of another call. It must not make calls by the same client. What it throws is logged.
     */
    public CloudAuthClientBuilder onEvent(Consumer<? super CallEvent> listener) {
        Objects.requireNonNull(listener, "listener");
        return onEvent(() -> null, (captured, event) -> listener.accept(event));
    }

    /**
     * As {@link #onEvent(Consumer)}, with what {@code capture} gave on the thread that made the call: the current span, for
     * instance; {@code null} where that was closed, as a stream of {@link CloudAuthClient#checkMany} may be, before its calls
     * ended. A call fails with what {@code capture} throws.
     */
    @SuppressWarnings("unchecked")
    public <C> CloudAuthClientBuilder onEvent(Supplier<? extends C> capture, BiConsumer<? super C, ? super CallEvent> listener) {
        Objects.requireNonNull(capture, "capture");
        Objects.requireNonNull(listener, "listener");
        this.capture = capture;
        this.listener = (captured, event) -> listener.accept((C) captured, event);
        return this;
    }

    /**
     * The client. Nothing is sent.
     *
     * @throws CloudAuthException which option breaks which rule, or where keys are missing
     */
    public CloudAuthClient build() {
        NativeLibrary.require();
        Log.listen();
        try {
            return made();
        } finally {
            Log.deliver();
        }
    }

    private CloudAuthClient made() {
        String pem = jvmTrustStore ? JvmSettings.trustStore() : null;
        String way = null;
        if (jvmProxy && !options.containsKey("proxy")) {
            String endpoint = Reply.of(encoded(null, null, null, null, null).<Object[]>handOver(Native::endpoint)).value(WireReader::text);
            way = JvmSettings.proxy(endpoint);
        }
        Events.Listener events = listener == null ? null : new Events.Listener(capture, listener);
        Long listens = events == null ? null : events.number;
        Limits limits = limiter == null ? null : new Limits(limiter);
        Long limited = limits == null ? null : limits.number;
        Long number = credentials == null ? null : Callbacks.number();
        Source source = credentials == null ? null : new Source(credentials);
        try {
            if (limits != null) {
                Callbacks.register(limits);
            }
            if (source != null) {
                Callbacks.register(number, source);
            }
            return new DefaultCloudAuthClient(encoded(number, listens, limited, pem, way), source, events, limits, executor);
        } catch (RuntimeException | Error refused) {
            Callbacks.unregister(number);
            Limits.forget(limited);
            throw refused;
        }
    }

    @Override
    CloudAuthClientBuilder option(String name, Object value) {
        options.put(name, Objects.requireNonNull(value, name));
        return this;
    }

    /** As {@code java/native/src/arguments.rs} reads it. */
    private WireWriter encoded(Long source, Long listener, Long limiter, String caPem, String proxy) {
        WireWriter out = new WireWriter();
        for (Long number : new Long[] {source, listener, limiter}) {
            out.flag(number != null);
            if (number != null) {
                out.number(number);
            }
        }
        out.optionalText("jvmTrustStore", caPem);
        options.forEach(out::option);
        if (proxy != null) {
            out.option("proxy", proxy);
        }
        if (credentials == null && SOURCES.stream().noneMatch(options::containsKey)) {
            Keys.ofProperties().forEach(out::option);
        }
        return out;
    }
}
