package io.github.libcloudauth.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts an {@link Emulator} for the tests of a class, or for one test method, and ends it after them. Tests ask for it by a
 * parameter, or for a {@link io.github.libcloudauth.CloudAuthClient} that calls it. JUnit 5.8 and later; a program that does not use this annotation
 * needs no JUnit.
 *
 * <pre>{@code
 * @CloudAuthEmulator
 * class CheckoutTest {
 *     @Test
 *     void aPersonPasses(CloudAuthClient client) {
 *         assertEquals(Optional.of(true), client.checkResult(CheckRequest.of("demo", "ekycpro200")).passed());
 *     }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(EmulatorExtension.class)
public @interface CloudAuthEmulator {
    /** Whether it serves HTTPS. */
    boolean tls() default false;

    /** More calls per second than this are throttled; 0 for no limit. */
    int qps() default 0;

    /** Verifications end by themselves after so many seconds; 0 for never. */
    double finishAfterSeconds() default 0;

    /** A token that calls must carry; empty for none. */
    String securityToken() default "";

    /** A folder of recorded replies; empty for none. */
    String cases() default "";
}
