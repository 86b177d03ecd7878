package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Finding C9: what is left of keys and pictures in memory, which {@code tests/memory/run.py} looks for. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MemoryTest {
    /** Calls with each kind of keys, lets everything go, and waits. */
    static final class Program {
        public static void main(String[] arguments) throws Exception {
            FileChannel in = new FileInputStream("/dev/stdin").getChannel();
            String[] keys = keys(in);
            CredentialsProvider provider = () -> Credentials.of("id", keys[2], keys[3]);
            for (String signature : new String[] {"acs3", "rpc1"}) {
                CloudAuthClientBuilder builder = CloudAuthClient.builder().endpoint(arguments[0]).signature(signature);
                call(builder.accessKeyId("id").accessKeySecret(keys[0]).securityToken(keys[1]), Integer.parseInt(arguments[1]) / 6 + 1);
                builder = CloudAuthClient.builder().endpoint(arguments[0]).signature(signature);
                call(builder.credentials(provider), Integer.parseInt(arguments[1]) / 6 + 1);
                builder = CloudAuthClient.builder().endpoint(arguments[0]).signature(signature);
                call(builder.profile("memory"), Integer.parseInt(arguments[1]) / 6 + 1);
            }
            System.out.println("ready");
            in.read(ByteBuffer.allocateDirect(1));
        }

        /** Each in one text of this program's, and nowhere else. */
        private static String[] keys(FileChannel in) throws IOException {
            ByteBuffer line = ByteBuffer.allocateDirect(1024);
            while (line.position() == 0 || line.get(line.position() - 1) != '\n') {
                in.read(line);
            }
            line.flip();
            String[] keys = new String[4];
            for (int key = 0; key < keys.length; key++) {
                byte[] bytes = new byte[key % 2 == 0 ? 30 : 200];
                line.get(bytes).get();
                keys[key] = new String(bytes, StandardCharsets.ISO_8859_1);
                Arrays.fill(bytes, (byte) 0);
            }
            line.clear();
            line.put(new byte[line.capacity()]);
            return keys;
        }

        private static void call(CloudAuthClientBuilder builder, int calls) {
            try (CloudAuthClient client = builder.build()) {
                for (int call = 0; call < calls; call++) {
                    CheckRequest request = CheckRequest.builder("biz", "t").returnImage(call % 20 == 0).build();
                    CheckResult result = call / 20 % 2 == 0 ? client.checkResult(request) : client.checkResultAsync(request).join();
                    assertTrue(result.passed().orElseThrow());
                }
            }
        }
    }

    /** By a collector that never moves an object nor reuses its room, so that every array ever made is still there. */
    @Test
    void noCopyOfASecretIsLeft() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", Shared.ROOT.resolve("tests/memory/run.py").toString()));
        command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-cp", Jvm.classPath(), "-Xmx512m",
            "-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xlog:disable", "-Xlog:gc+heap+coops=debug", Program.class.getName()));
        Process scan = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(scan.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, scan.waitFor(), said);
        System.out.print(said);
    }
}
