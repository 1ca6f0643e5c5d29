package io.tidemark.sender.settings;

import io.tidemark.settings.BadValue;
import io.tidemark.settings.SettingTypes;
import java.net.URI;

/** What {@code remote.url} may be. */
final class RemoteUrl {
    private static final String REMEDY = "write sftp://user@host:22/folder or file:/folder";

    private RemoteUrl() {}

    static URI read(String text) throws BadValue {
        URI url = SettingTypes.uri().read(text);
        String user = url.getRawUserInfo();
        if (user != null && user.indexOf(':') >= 0) {
            throw new BadValue("carries a password", "log in with remote.private-key");
        }
        boolean sftp = isSftp(url) && url.getHost() != null && user != null && !user.isEmpty();
        boolean file = "file".equals(url.getScheme()) && url.getHost() == null;
        if (!(sftp || file) || url.getPath() == null || !url.getPath().startsWith("/")) {
            throw new BadValue('"' + text + "\" is not a place for bundles", REMEDY);
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new BadValue('"' + text + "\" has a ? or # in it", "write them as %3F and %23");
        }
        return url;
    }

    static boolean isSftp(URI url) {
        return "sftp".equals(url.getScheme());
    }
}
