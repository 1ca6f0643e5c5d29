package io.tidemark.receiver.media;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which files there were and which there are to be.
 *
 * @param previous {@code media.jsonl.zst} of what was there before; without it nothing is ever removed
 * @param next what there is to be
 * @param files how many {@code next} lists, for progress
 */
public record MediaLists(Optional<Path> previous, Path next, long files) {}
