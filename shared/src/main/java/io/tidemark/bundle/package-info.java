/** Bundles, their manifests and their volumes. */
@NullMarked
package io.tidemark.bundle;

import org.jspecify.annotations.NullMarked;
