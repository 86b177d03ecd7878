package shop;

import io.github.libcloudauth.CloudAuth;
import io.github.libcloudauth.CloudAuthClient;
import io.github.libcloudauth.CloudAuthException;
import io.github.libcloudauth.InitializeRequest;
import io.github.libcloudauth.Kind;
import io.github.libcloudauth.Started;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class VerificationController {
    private static final Logger LOG = LoggerFactory.getLogger(VerificationController.class);

    private final CloudAuthClient client;
    private final Flows flows;
    private final Results results;
    private final String url;

    VerificationController(CloudAuthClient client, Flows flows, Results results, @Value("${shop.url}") String url) {
        this.client = client;
        this.flows = flows;
        this.results = results;
        this.url = url;
    }

    /** Begins a verification. It is stored before the person is sent on: no callback can come too early. */
    @GetMapping("/start")
    ResponseEntity<Void> start(@RequestParam String metaInfo) throws IOException {
        try {
            Started started = client.initialize(InitializeRequest.builder("eKYC_PRO", metaInfo)
                .docType("GLB03002").callbackUrl(url + "/verified").build());
            flows.write(started.transactionId().orElseThrow(), Flows.BEGUN, started.toJson());
            return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(started.transactionUrl().orElseThrow())).build();
        } catch (CloudAuthException refused) {
            LOG.warn("start: {}", refused.getMessage());
            return ResponseEntity.status(refused.kind() == Kind.INVALID_ARGUMENT ? 400 : 502).build();
        }
    }

    /** Takes the callback: verify, answer, and only then fetch, for the service waits for the answer. */
    @RequestMapping("/verified")
    ResponseEntity<Void> verified(HttpServletRequest request) {
        try {
            results.finish(CloudAuth.parseCallback(request.getQueryString(), flows::token).transactionId());
            return ResponseEntity.ok().build();
        } catch (CloudAuthException refused) {
            return ResponseEntity.status(refused.kind() == Kind.AUTHENTICATION ? 403 : 400).build();
        }
    }
}
