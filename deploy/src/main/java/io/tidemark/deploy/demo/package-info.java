/** {@code deploy/demo}: both nodes at work on this machine, for somebody to watch or for a script to check. */
@NullMarked
package io.tidemark.deploy.demo;

import org.jspecify.annotations.NullMarked;
