package io.tidemark.database;

import io.tidemark.table.TableShape;

/** A table with rows: its place in the catalogue, its shape, and whether all its copied columns are safe in binary form. */
public record TableInfo(Relation relation, TableShape shape, boolean binarySafe) {}
