package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.libcloudauth.testing.CloudAuthEmulator;
import io.github.libcloudauth.testing.Emulator;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
