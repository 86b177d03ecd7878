package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.libcloudauth.testing.CloudAuthEmulator;
import io.github.libcloudauth.testing.Emulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The JUnit extension, as a program's own tests use it. */
@CloudAuthEmulator
class EmulatorTest {
    @Test
    void aPersonPasses(CloudAuthClient client) {
        assertEquals(Optional.of(true), client.checkResult(CheckRequest.of("demo", "ekycpro200")).passed());
    }

    @Test
    void oneEmulatorServesAClass(Emulator emulator, CloudAuthClient client) {
        assertEquals(emulator.endpoint(), client.endpoint());
    }

    @Test
    @CloudAuthEmulator(tls = true, securityToken = "token", qps = 50)
    void aTestMayHaveItsOwn(Emulator emulator, CloudAuthClient client) {
        assertTrue(emulator.endpoint().startsWith("https://"));
        assertEquals(Optional.of("token"), emulator.securityToken());
        assertEquals(Optional.of(true), client.checkResult(CheckRequest.of("demo", "ekycpro200")).passed());
    }

    /** Starts an emulator and prints where it is. */
    static final class Program {
        public static void main(String[] arguments) {
            System.out.println(Emulator.start().endpoint());
        }
    }

    @Test
    void theCommandIsLookedForAndMissed() throws IOException, InterruptedException {
        Jvm.Ended wrong = new Jvm().environment(Map.of("CLOUDAUTH_BIN", "/nowhere/cloudauth")).run(Program.class.getName());
        assertTrue(wrong.err.contains("CLOUDAUTH_BIN names /nowhere/cloudauth, which is no program that can be run"), wrong.err);
        Jvm.Ended none = new Jvm().option("-Duser.dir=/").environment(Map.of("CLOUDAUTH_BIN", "", "PATH", "")).run(Program.class.getName());
        assertTrue(none.err.contains("the command cloudauth was not found: set CLOUDAUTH_BIN to its path"), none.err);
    }

    /** Starts an emulator, prints its process, and waits to be killed. */
    static final class Killed {
        public static void main(String[] arguments) throws InterruptedException {
            Emulator.start();
            ProcessHandle.current().children().forEach(child -> System.out.println(child.pid()));
            System.out.flush();
            Thread.sleep(60_000);
        }
    }

    /** Finding J8: no shutdown hook runs in a virtual machine that is killed. */
    @Test
    void anEmulatorEndsWithAKilledParent() throws IOException, InterruptedException {
        Process parent = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp", Jvm.classPath(), Killed.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        long pid = Long.parseLong(new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8)).readLine());
        assertTrue(ProcessHandle.of(pid).orElseThrow().isAlive());
        parent.destroyForcibly().waitFor();
        for (int turn = 0; ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false); turn++) {
            assertTrue(turn < 1000, "the emulator lives on");
            Thread.sleep(10);
        }
    }

    /** Finding J8: JUnit before 5.13 closes only what has this interface. */
    @Test
    @SuppressWarnings("deprecation")
    void everyJUnitClosesIt() throws ClassNotFoundException {
        Class<?> running = Class.forName("io.github.libcloudauth.testing.EmulatorExtension$Running");
        assertTrue(ExtensionContext.Store.CloseableResource.class.isAssignableFrom(running));
        assertTrue(AutoCloseable.class.isAssignableFrom(running));
    }
}
