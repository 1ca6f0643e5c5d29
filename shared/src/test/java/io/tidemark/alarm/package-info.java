@NullMarked
package io.tidemark.alarm;

import org.jspecify.annotations.NullMarked;
