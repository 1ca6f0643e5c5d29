/** {@code deploy/bench}: measures both nodes beside the usual tools, on servers of its own. */
@NullMarked
package io.tidemark.deploy.bench;

import org.jspecify.annotations.NullMarked;
