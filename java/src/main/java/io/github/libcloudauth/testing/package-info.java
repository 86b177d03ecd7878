/** An emulator of the service for tests, and a JUnit extension that starts it. */
@NullMarked
package io.github.libcloudauth.testing;

import org.jspecify.annotations.NullMarked;
