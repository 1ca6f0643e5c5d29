package io.tidemark.sender.settings;

import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.BadValue;
import io.tidemark.settings.Setting;
import io.tidemark.settings.SettingType;
import io.tidemark.transfer.RemoteLocation;

/** What {@code remote.url} and {@code remote.receipts} may be. */
final class RemoteUrl {
    private static final RemoteLocation ANY = RemoteLocation.parse("file:/");

    private RemoteUrl() {}

    static RemoteLocation read(String text) throws BadValue {
        try {
            return RemoteLocation.parse(text);
        } catch (TidemarkException refused) {
            throw new BadValue(refused.text(), refused.hint());
        }
    }

    /** The same remote, another path; judged by itself where the remote is no good. */
    static SettingType<RemoteLocation> receiptsBeside(Setting<RemoteLocation> inbox) {
        return text -> {
            try {
                return inbox.optional().orElse(ANY).withPath(text);
            } catch (TidemarkException refused) {
                throw new BadValue(refused.text(), refused.hint());
            }
        };
    }
}
