/** Results of Alibaba Cloud ID Verification: signed, sent and decoded. */
module io.github.libcloudauth {
    // Annotations, which whoever has these modules reads.
    requires static com.fasterxml.jackson.annotation;
    requires static org.jspecify;
    // For the package of tests alone.
    requires static org.junit.jupiter.api;

    exports io.github.libcloudauth;
    exports io.github.libcloudauth.testing;

    // JUnit makes the extension.
    opens io.github.libcloudauth.testing to org.junit.platform.commons;
}
