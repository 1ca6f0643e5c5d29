/** Real servers and processes to run both nodes against: PostgreSQL clusters, SSH servers, a TCP proxy, the commands themselves. */
@NullMarked
package io.tidemark.deploy.kit;

import org.jspecify.annotations.NullMarked;
