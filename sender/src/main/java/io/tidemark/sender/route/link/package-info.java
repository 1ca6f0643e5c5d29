/** The remote as the sender's routes reach it: connections, folders, and what their failures mean. */
@NullMarked
package io.tidemark.sender.route.link;

import org.jspecify.annotations.NullMarked;
