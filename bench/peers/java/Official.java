import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;

/**
 * The official runtime core, told what the generated client for {@code CheckResult} of 2022-08-09 tells it. That client hands
 * over ExtFaceInfo and ExtIdInfo as text; what a program then does with them is done here with the JSON library that it brings.
 */
final class Official implements Client {
    private final com.aliyun.teaopenapi.Client client;
    private final Params params;
    private final Map<String, String> query;

    Official(String endpoint, String transaction, boolean images, int inFlight, String caFile) throws Exception {
        String[] place = endpoint.split("://");
        if (caFile != null) {
            trust(Path.of(caFile));
        }
        client = new com.aliyun.teaopenapi.Client(new Config()
            .setEndpoint(place[1])
            .setProtocol(place[0].toUpperCase())
            .setAccessKeyId("bench-key-id")
            .setAccessKeySecret("bench-key-secret"));
        params = new Params()
            .setAction("CheckResult")
            .setVersion("2022-08-09")
            .setProtocol("HTTPS")
            .setPathname("/")
            .setMethod("POST")
            .setAuthType("AK")
            .setStyle("RPC")
            .setReqBodyType("formData")
            .setBodyType("json");
        query = Map.of("IsReturnImage", images ? "Y" : "N", "MerchantBizId", "bench", "TransactionId", transaction);
    }

    @Override
    public Outcome check() throws Exception {
        Map<String, ?> reply = client.callApi(params, new OpenApiRequest().setQuery(query), new RuntimeOptions());
        Map<?, ?> body = (Map<?, ?>) reply.get("body");
        if (!"Success".equals(body.get("Code"))) {
            throw new IllegalStateException("the service answered " + body.get("Code"));
        }
        Map<?, ?> result = (Map<?, ?>) body.get("Result");
        Outcome outcome = new Outcome();
        outcome.passed = "Y".equals(result.get("Passed"));
        JsonObject face = JsonParser.parseString((String) result.get("ExtFaceInfo")).getAsJsonObject();
        outcome.comparisonScore = face.get("faceComparisonScore").getAsDouble();
        take(outcome, face.get("faceImg"));
        JsonObject document = JsonParser.parseString((String) result.get("ExtIdInfo")).getAsJsonObject();
        JsonObject page = document.getAsJsonObject("ocrIdInfoData").getAsJsonObject("01");
        outcome.surname = JsonParser.parseString(page.get("ocrIdInfo").getAsString()).getAsJsonObject().get("surname").getAsString();
        take(outcome, page.get("idImage"));
        return outcome;
    }

    private static void take(Outcome outcome, JsonElement image) {
        if (image != null) {
            outcome.take(Base64.getDecoder().decode(image.getAsString()));
        }
    }

    /** The core looks for authorities where the virtual machine does. */
    private static void trust(Path caFile) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(caFile)) {
            store.setCertificateEntry("bench", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        Path file = Files.createTempFile("cloudauth-bench-", ".p12");
        file.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "bench-store".toCharArray());
        }
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "bench-store");
    }
}
