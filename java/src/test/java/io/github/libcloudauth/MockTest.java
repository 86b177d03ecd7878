package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Finding J12: programs test what they do with a client, its results and its errors, without a server. */
class MockTest {
    @Test
    void aClientIsMocked() {
        CloudAuthClient client = mock(CloudAuthClient.class);
        when(client.call(any(), any())).thenReturn(Map.of("TransactionId", "invented"));
        assertEquals("invented", client.call("Initialize", Map.of()).get("TransactionId"));
    }

    @Test
    void aClientIsMadeOfTheEnvironmentAlone() throws Exception {
        Map<String, String> environment = Map.of("CLOUDAUTH_ENDPOINT", "http://127.0.0.1:9",
            "ALIBABA_CLOUD_ACCESS_KEY_ID", "id", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "secret");
        Jvm.Ended ended = new Jvm().environment(environment).run(Program.class.getName());
        assertEquals("http://127.0.0.1:9\n", ended.out, ended.toString());
    }

    static final class Program {
        public static void main(String[] arguments) {
            try (CloudAuthClient client = CloudAuthClient.create()) {
                System.out.println(client.endpoint());
            }
        }
    }
}
