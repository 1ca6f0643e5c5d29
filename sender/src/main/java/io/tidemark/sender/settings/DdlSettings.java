package io.tidemark.sender.settings;

/** Whether ownership and grants travel with the schema. */
public record DdlSettings(boolean owners, boolean grants) {}
