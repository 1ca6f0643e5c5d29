/** What both nodes' command lines share: output for people and for scripts, exit codes, the log, progress. */
@NullMarked
package io.tidemark.cli;

import org.jspecify.annotations.NullMarked;
