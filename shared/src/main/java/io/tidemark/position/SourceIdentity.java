package io.tidemark.position;

/**
 * Which database a bundle comes from, whatever it is named.
 *
 * @param system PostgreSQL's system identifier, a 64-bit number in decimal
 * @param database the database's oid
 */
public record SourceIdentity(String system, long database, int timeline) {}
