/** An SSH server, keys and a bad network for tests. */
@NullMarked
package io.tidemark.sender.sftp;

import org.jspecify.annotations.NullMarked;
