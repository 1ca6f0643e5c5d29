/** The soak notices what it is there for. */
@NullMarked
package io.tidemark.deploy.soak;

import org.jspecify.annotations.NullMarked;
