/** Incidents, told once when they open and once when they are over, and the channels that carry the news. */
@NullMarked
package io.tidemark.alarm;

import org.jspecify.annotations.NullMarked;
