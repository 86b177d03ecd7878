package io.github.libcloudauth.testing;

import io.github.libcloudauth.CloudAuthClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link CloudAuthEmulator} does. */
final class EmulatorExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(EmulatorExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Emulator.class || type == CloudAuthClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = running(context);
        return parameter.getParameter().getType() == Emulator.class ? running.emulator : running.client;
    }

    /** That of the innermost element which carries the annotation. */
    private static Running running(ExtensionContext context) {
        for (ExtensionContext at = context; ; at = at.getParent().orElseThrow()) {
            CloudAuthEmulator asked = at.getElement()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, CloudAuthEmulator.class))
                .orElse(null);
            if (asked != null) {
                // By element: a store also shows what lies in those around it.
                return at.getStore(NAMESPACE)
                    .getOrComputeIfAbsent(at.getElement().orElseThrow(), ignored -> new Running(asked), Running.class);
            }
        }
    }

    /** An emulator and a client of it, closed by JUnit with the store that holds them: before 5.13, only what has this interface. */
    @SuppressWarnings("deprecation")
    private static final class Running implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        private final Emulator emulator;
        private final CloudAuthClient client;

        private Running(CloudAuthEmulator asked) {
            EmulatorOptions options = EmulatorOptions.defaults();
            options = asked.tls() ? options.tls() : options;
            options = asked.qps() == 0 ? options : options.qps(asked.qps());
            options = asked.finishAfterSeconds() == 0
                ? options
                : options.finishAfter(Duration.ofMillis(Math.round(asked.finishAfterSeconds() * 1000)));
            options = asked.securityToken().isEmpty() ? options : options.securityToken(asked.securityToken());
            options = asked.cases().isEmpty() ? options : options.cases(Path.of(asked.cases()));
            emulator = Emulator.start(options);
            client = emulator.client();
        }

        @Override
        public void close() {
            client.close();
            emulator.close();
        }
    }
}
