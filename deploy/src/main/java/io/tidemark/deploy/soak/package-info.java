/** A seeded generator of schemas, workloads and trouble, and two nodes that have to stay equal through it for as long as one likes. */
@NullMarked
package io.tidemark.deploy.soak;

import org.jspecify.annotations.NullMarked;
