/** Both nodes together, driven by their commands as a user drives them: real PostgreSQL, a real SSH server, real crashes. */
@NullMarked
package io.tidemark.deploy.twonode;

import org.jspecify.annotations.NullMarked;
