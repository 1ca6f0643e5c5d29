/** What changed by columns that grow: which tables have one, one snapshot of the primary, the rows beyond the marks and those that they refer to. */
@NullMarked
package io.tidemark.sender.watermark;

import org.jspecify.annotations.NullMarked;
