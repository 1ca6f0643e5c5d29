package io.tidemark.sender.cli;

import io.tidemark.receipt.Receipt;
import io.tidemark.sender.state.SentBundle;
import java.util.Locale;

/** How far a bundle came, on both sides, in one word. */
final class SentState {
    private SentState() {}

    static String word(SentBundle bundle) {
        if (bundle.receipt().isPresent()) {
            return bundle.receipt().get().state().name().toLowerCase(Locale.ROOT);
        }
        return switch (bundle.state()) {
            case CAPTURING -> "capturing";
            case GIVEN_UP -> "given up";
            case SEALED -> bundle.pushed() ? "sent" : "waiting";
        };
    }

    /** Whether the replica was proven equal; a dash where nobody knows yet. */
    static String equal(SentBundle bundle) {
        return bundle.receipt()
                .filter(receipt -> receipt.state() == Receipt.State.LOADED)
                .map(receipt -> receipt.equal() ? "yes" : "NO")
                .orElse("-");
    }
}
