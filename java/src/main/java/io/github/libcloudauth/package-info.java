/** The client, what it is asked, and what it gives. Only what is marked {@code Nullable} takes or gives {@code null}. */
@NullMarked
package io.github.libcloudauth;

import org.jspecify.annotations.NullMarked;
