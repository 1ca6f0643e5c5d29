package io.tidemark.receiver.settings;

import io.tidemark.settings.TableGlobs;

/**
 * How bundles are loaded.
 *
 * @param workers connections that load at the same time; 1 and up
 * @param adopt tables that were there before Tidemark and that it may take over
 * @param rowDrop the share of its rows that a table must keep; 0 switches the guard off
 */
public record LoadSettings(int workers, TableGlobs adopt, double rowDrop) {}
