package io.tidemark.cli;

import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.text.Human;
import java.util.List;

/** What a bundle did to each table, for people. */
public final class ResultTable {
    private ResultTable() {}

    public static TextTable of(List<TableResult> results) {
        TextTable table = new TextTable("TABLE", ">ROWS", ">INSERTED", ">UPDATED", ">DELETED", "EQUAL", "PROVEN BY");
        for (TableResult result : results) {
            table.row(
                    result.schema() + "." + result.name(),
                    Human.count(result.rows()),
                    Human.count(result.inserted()),
                    Human.count(result.updated()),
                    Human.count(result.deleted()),
                    result.equal() ? "yes" : "NO",
                    result.proof());
        }
        return table;
    }
}
