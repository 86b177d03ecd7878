package shop;

import io.github.libcloudauth.Action;
import io.github.libcloudauth.CheckRequest;
import io.github.libcloudauth.CheckResult;
import io.github.libcloudauth.CloudAuthClient;
import io.github.libcloudauth.Decision;
import io.github.libcloudauth.DeleteResultRequest;
import io.github.libcloudauth.StatusRequest;
import io.github.libcloudauth.WaitOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Fetches, files and deletes results. */
@Service
class Results {
    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    private final CloudAuthClient client;
    private final Flows flows;
    /** The ids that are being finished. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    Results(CloudAuthClient client, Flows flows) {
        this.client = client;
        this.flows = flows;
    }

    /** Done once for each transaction, however often it is called back. */
    @Async
    public void finish(String id) {
        if (!busy.add(id)) {
            return;
        }
        try {
            if (!flows.has(id, Flows.ENDED)) {
                fetch(id);
            }
        } catch (IOException | RuntimeException failure) {
            LOG.warn("{}: {}; asked again later", id, failure.getMessage());
        } finally {
            busy.remove(id);
        }
    }

    /** Goes on where a crash broke off: what is filed is not fetched again. */
    private void fetch(String id) throws IOException {
        if (!flows.has(id, Flows.FILED)) {
            CheckRequest request =
                CheckRequest.builder(flows.started(id).merchantBizId().orElseThrow(), id).returnImage(true).build();
            // The callback may come before the result is there.
            CheckResult result = client.waitForResult(request, WaitOptions.defaults().timeout(Duration.ofMinutes(1)));
            if (result.passed().isEmpty()) {
                throw new IllegalStateException("the verdict is still to come");
            }
            flows.write(id, Flows.FILED, result.toJson());
            Decision decision = result.decision();
            LOG.info("{}: {}: {}", id, decision.action() == Action.ACCEPT ? "accepted" : "not accepted", decision.reasons().get(0));
        }
        // Only what is on disk is deleted at the service.
        if (!client.deleteResult(DeleteResultRequest.of(id, "All")).deleted().orElse(false)) {
            throw new IllegalStateException("not deleted");
        }
        flows.write(id, Flows.ENDED, "finished\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Asks for what no callback told of: a person who walks away causes none, and a crash may have lost one. */
    @Scheduled(fixedDelay = 15, timeUnit = TimeUnit.MINUTES)
    public void resume() throws IOException {
        for (String id : flows.unfinished()) {
            try {
                String state = client.status(StatusRequest.of(flows.started(id))).state().orElseThrow();
                if (state.equals("finished")) {
                    finish(id);
                } else if (Set.of("abandoned", "expired", "gone").contains(state)) {
                    flows.write(id, Flows.ENDED, (state + "\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException | RuntimeException failure) {
                LOG.warn("{}: {}; asked again later", id, failure.getMessage());
            }
        }
    }
}
