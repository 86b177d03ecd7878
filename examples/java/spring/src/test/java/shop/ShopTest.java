package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The application as a process, by HTTP alone: what the servers in other languages are tested by. */
class ShopTest {
    @Test
    void callbacks() throws IOException, InterruptedException {
        String java = System.getProperty("java.home") + "/bin/java -XX:TieredStopAtLevel=1 -cp " + System.getProperty("surefire.test.class.path");
        Process test = new ProcessBuilder("../../../tests/callback/run.sh", "sh", "-c",
            "exec " + java + " shop.ShopApplication --server.port=$1 --shop.url=$2 --shop.folder=$3", "sh").redirectErrorStream(true).start();
        String said = new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, test.waitFor(), said);
    }
}
