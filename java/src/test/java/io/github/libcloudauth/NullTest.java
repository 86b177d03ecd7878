package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.libcloudauth.testing.Emulator;
import io.github.libcloudauth.testing.EmulatorOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Finding J12: a parameter that is marked takes {@code null}, and every other one refuses it. */
class NullTest {
    private static final Map<Class<?>, Object> ARGUMENTS = new HashMap<>(Map.ofEntries(
        Map.entry(String.class, "text"), Map.entry(boolean.class, true), Map.entry(int.class, 1), Map.entry(long.class, 1L),
        Map.entry(double.class, 1.0), Map.entry(Map.class, Map.of()), Map.entry(List.class, List.of()), Map.entry(Iterable.class, List.of()),
        Map.entry(byte[].class, new byte[0]), Map.entry(Object.class, "text"), Map.entry(Duration.class, Duration.ZERO),
        Map.entry(Path.class, Path.of("file")), Map.entry(Throwable.class, new Exception()), Map.entry(Kind.class, Kind.TIMEOUT),
        Map.entry(Function.class, (Function<String, String>) id -> "token"), Map.entry(CheckRequest.class, Shared.request("transaction")), Map.entry(CallOptions.class, CallOptions.defaults()),
        Map.entry(ManyOptions.class, ManyOptions.defaults()), Map.entry(WaitOptions.class, WaitOptions.defaults()),
        Map.entry(CheckResult.class, CheckResult.builder().build()), Map.entry(Face.class, Face.builder().build()),
        Map.entry(Document.class, Document.builder().build()), Map.entry(Identity.class, Identity.builder().build()),
        Map.entry(Spoof.class, Spoof.builder().build()), Map.entry(Image.class, Image.of(new byte[0])),
        Map.entry(CloudAuthException.class, CloudAuthException.builder(Kind.TIMEOUT, "text").build()),
        Map.entry(Executor.class, (Executor) Runnable::run), Map.entry(CredentialsProvider.class, (CredentialsProvider) () -> null),
        Map.entry(TypedRequest.class, KeepAliveRequest.of())));

    static {
        TypedRequests.examples().forEach(builder -> ARGUMENTS.put(builder.build().getClass(), builder.build()));
    }

    private static int tried;

    @Test
    void markedParametersAloneTakeNull() throws ReflectiveOperationException {
        List<String> wrong = new ArrayList<>();
        try (CloudAuthClient client = Shared.at("http://127.0.0.1:9").maxAttempts(1).build()) {
            for (Object of : Stream.of(client, CloudAuthClient.builder(), CallOptions.defaults(), ManyOptions.defaults(),
                WaitOptions.defaults(), EmulatorOptions.defaults(), CheckRequest.builder("b", "t"), CheckResult.builder(), Face.builder(),
                Document.builder(), Page.builder(), Identity.builder(), Spoof.builder(), Duplicate.builder(), Problem.builder(),
                CloudAuthException.builder(Kind.TIMEOUT, "text"), CheckResult.builder().build(),
                CheckRequest.class, CloudAuth.class, Credentials.class, Image.class, CheckOutcome.class, CloudAuthException.class)
                .toArray()) {
                tryAll(of, wrong);
            }
            for (TypedRequest.Builder<?> builder : TypedRequests.examples()) {
                tryAll(builder, wrong);
                tryAll(builder.build().getClass(), wrong);
            }
            for (Object builder : TypedRequests.replies()) {
                tryAll(builder, wrong);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(tried > 100, "tried " + tried);
    }

    @Test
    void packagesAreMarked() {
        assertTrue(CloudAuth.class.getPackage().isAnnotationPresent(NullMarked.class));
        assertTrue(Emulator.class.getPackage().isAnnotationPresent(NullMarked.class));
    }

    /** All methods of an object, or all static ones of a class. */
    private static void tryAll(Object of, List<String> wrong) throws ReflectiveOperationException {
        Class<?> type = of instanceof CloudAuthClient ? CloudAuthClient.class : of instanceof Class ? (Class<?>) of : of.getClass();
        for (Method method : type.getMethods()) {
            if (method.getDeclaringClass() == Object.class || method.isSynthetic() || Modifier.isStatic(method.getModifiers()) != (of == type)) {
                continue;
            }
            for (int index = 0; index < method.getParameterCount(); index++) {
                if (!method.getParameterTypes()[index].isPrimitive()) {
                    boolean marked = method.getAnnotatedParameterTypes()[index].isAnnotationPresent(Nullable.class);
                    if (refuses(of, method, index) == marked) {
                        wrong.add(method + ", parameter " + index);
                    }
                    tried++;
                }
            }
        }
    }

    private static boolean refuses(Object of, Method method, int index) throws ReflectiveOperationException {
        Object[] arguments = Stream.of(method.getParameterTypes()).map(ARGUMENTS::get).toArray();
        arguments[index] = null;
        try {
            Object made = method.invoke(of, arguments);
            if (made instanceof CompletableFuture) {
                ((CompletableFuture<?>) made).join();
            }
            return false;
        } catch (InvocationTargetException thrown) {
            return thrown.getCause() instanceof NullPointerException;
        } catch (CompletionException failed) {
            return failed.getCause() instanceof NullPointerException;
        }
    }
}
