package io.tidemark.sender.watermark;

import io.tidemark.check.Finding;
import io.tidemark.database.Database;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.settings.WatermarkColumns;
import io.tidemark.settings.TableSelection;
import java.util.ArrayList;
import java.util.List;

/** Whether partials can be made by watermark, and of which tables. Changes nothing. */
public final class WatermarkCheck {
    private static final String KEY = "watermark.columns";

    private WatermarkCheck() {}

    public static List<Finding> findings(Database database, TableSelection wanted, WatermarkColumns columns) {
        try (WatermarkSource source = WatermarkSource.open(database, wanted, columns)) {
            WatermarkPlan plan = source.plan();
            List<Finding> findings = new ArrayList<>();
            String followed = "by watermark " + plan.followed().size() + " tables can be followed";
            findings.add(
                    plan.followed().isEmpty()
                            ? Finding.problem(KEY, followed, "name columns that grow, like public.*:updated_at")
                            : Finding.ok(KEY, followed));
            plan.excluded()
                    .forEach(table -> findings.add(Finding.note(
                            KEY,
                            table.object() + " travels with completes only: " + table.reason(),
                            "name a column that grows with every change, and give the table a primary key")));
            return findings;
        } catch (TidemarkException failure) {
            return List.of(Finding.problem(KEY, failure.text(), failure.hint()));
        }
    }
}
