package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.libcloudauth.testing.Emulator;
import io.github.libcloudauth.testing.EmulatorOptions;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding J12: a client takes the trust store and the proxy of the virtual machine where its options say so. */
class JvmSettingsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    static final class Calls {
        public static void main(String[] arguments) {
            for (boolean own : new boolean[] {false, true}) {
                try (CloudAuthClient client = Shared.at(arguments[0]).jvmTrustStore(own).maxAttempts(1).build()) {
                    client.call("CheckResult", java.util.Map.of());
                    System.out.println("answered");
                } catch (CloudAuthException error) {
                    System.out.println(error.kind() == Kind.INVALID_ARGUMENT ? error.getMessage().split(": ")[1] : error.kind());
                }
            }
        }
    }

    @Test
    void aCertificateInTheTrustStoreIsTrusted() throws Exception {
        try (Emulator emulator = Emulator.start(EmulatorOptions.defaults().tls())) {
            Path store = store(emulator.caFile().orElseThrow());
            assertEquals("tls\nauthentication\n", trusting(store, PASSWORD, emulator.endpoint()));
            // The store of the JDK, which does not know the emulator.
            assertEquals("tls\ntls\n", new Jvm().run(Calls.class.getName(), emulator.endpoint()).out);
            assertEquals("tls\nthe trust store cannot be read\n", trusting(store, "wrong", emulator.endpoint()));
        }
    }

    private static String trusting(Path store, String password, String endpoint) throws Exception {
        return new Jvm().option("-Djavax.net.ssl.trustStore=" + store).option("-Djavax.net.ssl.trustStorePassword=" + password)
            .run(Calls.class.getName(), endpoint).out;
    }

    private Path store(Path ca) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(ca)) {
            store.setCertificateEntry("emulator", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        Path file = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    static final class Region {
        public static void main(String[] arguments) {
            try (CloudAuthClient client = CloudAuthClient.builder().region("ap-southeast-1").accessKeyId("id").accessKeySecret("secret")
                .jvmProxy(true).maxAttempts(1).build()) {
                client.checkResult(Shared.request("transaction"));
            } catch (CloudAuthException error) {
                System.out.println(error.kind());
            }
        }
    }

    @Test
    void aRegionIsCalledThroughTheProxy() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> refuse(proxy));
            Jvm.Ended ended = new Jvm().option("-Dhttps.proxyHost=127.0.0.1").option("-Dhttps.proxyPort=" + proxy.getLocalPort())
                .run(Region.class.getName());
            assertEquals("network\n", ended.out, ended.toString());
            String line = asked.get(10, TimeUnit.SECONDS);
            assertTrue(line.matches("CONNECT cloudauth-intl\\.ap-southeast-1\\.aliyuncs\\.com:443 HTTP/1\\.1"), line);
        }
    }

    private static String refuse(ServerSocket proxy) {
        try (Socket caller = proxy.accept()) {
            BufferedReader in = new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
            String first = in.readLine();
            while (!in.readLine().isEmpty()) {
                // The rest of the request's head.
            }
            caller.getOutputStream().write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return first;
        } catch (java.io.IOException refused) {
            throw new java.io.UncheckedIOException(refused);
        }
    }

    static final class Selected {
        public static void main(String[] arguments) {
            System.out.println(JvmSettings.proxy("https://host.example:443"));
        }
    }

    @Test
    void theSelectorsAnswerIsAProxyInTheOptionsWords() throws Exception {
        assertEquals("none\n", selected());
        assertEquals("http://proxy.example:3128\n", selected("https.proxyHost=proxy.example", "https.proxyPort=3128"));
        assertEquals("http://[::1]:3128\n", selected("https.proxyHost=::1", "https.proxyPort=3128"));
        assertEquals("none\n", selected("https.proxyHost=proxy.example", "http.nonProxyHosts=*.example"));
        assertEquals("socks5h://proxy.example:1080\n", selected("socksProxyHost=proxy.example"));
    }

    private static String selected(String... properties) throws Exception {
        Jvm jvm = new Jvm();
        for (String property : properties) {
            jvm.option("-D" + property);
        }
        return jvm.run(Selected.class.getName()).out;
    }
}
