package io.tidemark.receiver.media;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which files there were and which there are to be.
 *
 * @param previous {@code media.jsonl.zst} of the bundle loaded before; without it nothing is ever removed
 * @param next {@code media.jsonl.zst} of a verified bundle
 * @param files how many {@code next} lists, for progress
 */
public record MediaLists(Optional<Path> previous, Path next, long files) {}
