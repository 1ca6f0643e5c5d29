package io.tidemark.receiver.retention;

import java.util.List;

/**
 * What an expiry came to, or would come to.
 *
 * @param swept contents; 0 where they were not looked for this time
 * @param refused names of things that left the quarantine
 * @param receipts how many receipts were removed
 */
public record ExpiryReport(RetentionPlan plan, Swept swept, List<String> refused, long receipts) {
    public ExpiryReport {
        refused = List.copyOf(refused);
    }

    public boolean removesNothing() {
        return plan.removed().isEmpty() && swept.contents() == 0 && refused.isEmpty() && receipts == 0;
    }
}
