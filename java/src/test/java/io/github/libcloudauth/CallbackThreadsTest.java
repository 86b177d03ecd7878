package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Finding J4: what comes after a call runs on a thread that has nothing of its caller, nor of the callback before. */
class CallbackThreadsTest {
    private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

    /** Three callers, each with its own group, priority and inheritable value; each callback leaves a mess. */
    static final class Program {
        public static void main(String[] arguments) throws Exception {
            CloudAuthClient client = CloudAuthClient.builder().endpoint(arguments[0])
                .accessKeyId("emulator-key-id").accessKeySecret("emulator-key-secret").build();
            for (int caller = 0; caller < 3; caller++) {
                String tenant = "tenant" + caller;
                int priority = Thread.MAX_PRIORITY - caller;
                Thread thread = new Thread(new ThreadGroup(tenant), () -> {
                    TENANT.set(tenant);
                    for (int call = 0; call < 20; call++) {
                        System.out.println(client.checkResultAsync(CheckRequest.of("demo", "ekycpro200")).handle(Program::seen).join());
                    }
                });
                thread.setPriority(priority);
                thread.setContextClassLoader(new ClassLoader() {});
                thread.start();
                thread.join();
            }
        }

        private static String seen(CheckResult result, Throwable error) {
            Thread thread = Thread.currentThread();
            if (!thread.getName().startsWith("cloudauth-callback-") && !thread.getName().equals("renamed")) {
                // It was done before it was asked for what comes after.
                return "clean";
            }
            String seen = TENANT.get() == null ? "" : "inherited ";
            seen += thread.getThreadGroup().getName().equals("cloudauth") ? "" : "group " + thread.getThreadGroup().getName() + " ";
            seen += thread.getPriority() == Thread.NORM_PRIORITY ? "" : "priority ";
            seen += thread.isInterrupted() ? "interrupted " : "";
            seen += thread.getName().equals("renamed") ? "renamed " : "";
            seen += thread.getContextClassLoader() == CloudAuth.class.getClassLoader() ? "" : "class loader ";
            thread.interrupt();
            thread.setName("renamed");
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.setContextClassLoader(null);
            return seen.isEmpty() ? "clean" : seen;
        }
    }

    @Test
    void eachCallbackFindsACleanThread() throws IOException, InterruptedException {
        Jvm.Ended ended = new Jvm().run(Program.class.getName(), Shared.emulator().endpoint());
        assertEquals(List.of("clean"), ended.out.lines().distinct().collect(Collectors.toList()), ended.toString());
        assertEquals(60, ended.out.lines().count());
        assertEquals("", ended.err);
    }

    @Test
    void anExecutorCompletesTheFutures() throws InterruptedException {
        ExecutorService executor = Executors.newSingleThreadExecutor(work -> new Thread(work, "host"));
        try (CloudAuthClient client = Shared.emulator().clientBuilder().executor(executor).build()) {
            List<String> threads = new ArrayList<>();
            for (int call = 0; call < 20; call++) {
                CompletableFuture<CheckResult> future = client.checkResultAsync(Shared.request("ekycpro200"));
                future.thenRun(() -> threads.add(Thread.currentThread().getName())).join();
            }
            assertTrue(threads.contains("host"), threads.toString());
            assertTrue(threads.stream().noneMatch(name -> name.startsWith("cloudauth")), threads.toString());
            // One that is shut down takes nothing; no outcome is lost by that.
            executor.shutdown();
            assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
            assertTrue(client.checkResultAsync(Shared.request("ekycpro200")).orTimeout(10, TimeUnit.SECONDS).join().passed().orElseThrow());
        }
        try (CloudAuthClient client = Shared.emulator().clientBuilder().executor(work -> {
            throw new RejectedExecutionException("full");
        }).build()) {
            assertTrue(client.checkResultAsync(Shared.request("ekycpro200")).orTimeout(10, TimeUnit.SECONDS).join().passed().orElseThrow());
        }
    }

    /** As many threads as callbacks that block, up to a bound. */
    @Test
    void threadsAreBounded() {
        try (CloudAuthClient client = Shared.client()) {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            List<CompletableFuture<Void>> blocked = IntStream.range(0, 600)
                .mapToObj(call -> client.checkResultAsync(Shared.request("ekycpro200")).thenAccept(result -> {
                    if (Thread.currentThread().getName().startsWith("cloudauth-callback-")) {
                        gate.join();
                    }
                })).collect(Collectors.toList());
            assertTrue(await(() -> callbackThreads() >= 256), callbackThreads() + " threads");
            assertTrue(callbackThreads() <= 260, callbackThreads() + " threads");
            gate.complete(null);
            blocked.forEach(CompletableFuture::join);
        }
    }

    private static boolean await(java.util.function.BooleanSupplier condition) {
        for (int turn = 0; turn < 1000 && !condition.getAsBoolean(); turn++) {
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
        return condition.getAsBoolean();
    }

    static long callbackThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("cloudauth-callback-")).count();
    }
}
