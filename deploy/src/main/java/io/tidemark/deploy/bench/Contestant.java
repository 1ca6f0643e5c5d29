package io.tidemark.deploy.bench;

/** A way to bring the primary's database into an empty one on the other server. */
interface Contestant {

    String name();

    /** Whether once is enough, because it takes long and is not what the goals are about. */
    default boolean onlyOnce() {
        return false;
    }

    /** Finds an empty target database. */
    Measured run();
}
