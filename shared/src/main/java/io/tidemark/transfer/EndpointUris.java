package io.tidemark.transfer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Camel endpoints as text; the one place that knows them, so that another transport is added here. Only what Tidemark itself chooses
 * stands in the text: Camel decodes it twice, resolves placeholders in it, logs it and takes no absolute SFTP path. Who resolves such an
 * endpoint sets user, folder, key, passphrase and known hosts on it.
 */
public final class EndpointUris {
    /** Unanswered questions after which a silent server counts as gone. */
    private static final int ALIVE_QUESTIONS = 3;
    /** Writes under way at once; with 32 kB each they fill the 2 MB window that OpenSSH grants. */
    private static final int WRITES_UNDER_WAY = 64;

    private EndpointUris() {}

    /** A local folder, or one on a mounted share. */
    public static String file(String name) {
        return "file:" + name + query(folder());
    }

    /**
     * A folder on an SFTP server.
     *
     * @param connection name of the bean ({@code com.jcraft.jsch.Proxy}) that opens the network connection; endpoints with different
     *     names share no connection
     */
    public static String sftp(RemoteLocation location, SftpAccess access, String connection) {
        Map<String, String> options = folder();
        options.put("proxy", "#bean:" + connection);
        options.put("strictHostKeyChecking", "yes");
        options.put("useUserKnownHostsFile", "false");
        options.put("preferredAuthentications", "publickey");
        options.put("connectTimeout", milliseconds(access.connectTimeout().toMillis()));
        options.put("soTimeout", milliseconds(access.stall().toMillis()));
        // The first question goes out after one silent interval, hence one interval more than questions.
        options.put("serverAliveInterval", milliseconds(access.stall().toMillis() / (ALIVE_QUESTIONS + 1)));
        options.put("serverAliveCountMax", String.valueOf(ALIVE_QUESTIONS));
        options.put("bulkRequests", String.valueOf(WRITES_UNDER_WAY));
        options.put("maximumReconnectAttempts", "0");
        options.put("reconnectDelay", "0");
        options.put("stepwise", "false");
        options.put("streamDownload", "true");
        options.put("jschLoggingLevel", "OFF");
        return "sftp://" + location.host() + ":" + location.port() + query(options);
    }

    private static Map<String, String> folder() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("fileExist", "Override");
        options.put("autoCreate", "false");
        return options;
    }

    private static String milliseconds(long value) {
        return String.valueOf(Math.max(1, value));
    }

    private static String query(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining("&", "?", ""));
    }
}
