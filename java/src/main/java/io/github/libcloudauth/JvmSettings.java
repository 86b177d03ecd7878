package io.github.libcloudauth;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The virtual machine's network settings, in the form of the library's own options. */
final class JvmSettings {
    private JvmSettings() {}

    /** Certificates of the default trust store as PEM; {@code null} where it is empty. */
    static String trustStore() {
        StringBuilder pem = new StringBuilder();
        Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                for (X509Certificate certificate : ((X509TrustManager) manager).getAcceptedIssuers()) {
                    pem.append("-----BEGIN CERTIFICATE-----\n").append(encoder.encodeToString(certificate.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
                }
            }
        } catch (GeneralSecurityException refused) {
            throw CloudAuthException.invalidArgument("jvmTrustStore", "the trust store cannot be read: " + refused.getMessage());
        }
        return pem.length() == 0 ? null : pem.toString();
    }

    /** The proxy that the default selector has for that server, as the option {@code proxy} names it. */
    static String proxy(String endpoint) {
        ProxySelector selector = ProxySelector.getDefault();
        Proxy first = selector == null ? Proxy.NO_PROXY : selector.select(URI.create(endpoint)).get(0);
        if (first.type() == Proxy.Type.DIRECT) {
            return "none";
        }
        InetSocketAddress address = (InetSocketAddress) first.address();
        String host = address.getHostString();
        return (first.type() == Proxy.Type.SOCKS ? "socks5h" : "http") + "://" + (host.contains(":") ? "[" + host + "]" : host)
            + ":" + address.getPort();
    }
}
