/** The kit does what the tests that use it rely on. */
@NullMarked
package io.tidemark.deploy.kit;

import org.jspecify.annotations.NullMarked;
