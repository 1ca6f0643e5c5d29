/** The language that both nodes speak; knows neither node. */
@NullMarked
package io.tidemark;

import org.jspecify.annotations.NullMarked;
