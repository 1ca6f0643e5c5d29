package io.tidemark.sender.log;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the log told of tables: what holds for every transaction, or over that what holds within one that has not ended yet. */
public final class Relations {
    private final @Nullable Relations everybodys;
    private final Map<Integer, LogMessage.Relation> told = new HashMap<>();

    Relations() {
        this.everybodys = null;
    }

    private Relations(Relations everybodys) {
        this.everybodys = everybodys;
    }

    /** Those of a transaction that has not ended yet. */
    public Relations within() {
        return new Relations(this);
    }

    void put(LogMessage.Relation relation) {
        told.put(relation.id(), relation);
    }

    /** Null where the log did not tell of it. */
    public LogMessage.@Nullable Relation find(int id) {
        LogMessage.Relation own = told.get(id);
        return own != null || everybodys == null ? own : everybodys.find(id);
    }

    /** The transaction has been committed: from now on everybody goes by what it was told. */
    public void committed() {
        if (everybodys != null) {
            everybodys.told.putAll(told);
        }
    }
}
