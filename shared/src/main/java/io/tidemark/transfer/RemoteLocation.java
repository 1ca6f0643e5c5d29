package io.tidemark.transfer;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder to which bundles are handed over, or from which receipts are read.
 *
 * @param user the login; empty with {@link Scheme#FILE}
 * @param host a name or an IPv4 address; empty with {@link Scheme#FILE}
 * @param port 0 with {@link Scheme#FILE}
 * @param path absolute, or relative to the login's home; {@code .} is the home itself
 */
public record RemoteLocation(Scheme scheme, String user, String host, int port, String path) {
    /** How a folder is reached. */
    public enum Scheme {
        SFTP,
        FILE
    }

    private static final int SSH_PORT = 22;
    private static final String FORM = "write sftp://user@host:22/folder, sftp://user@host/~/folder or file:/folder";
    /** As java.net.URI takes host names: everything behind this class does. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");
    /** SFTP clients expand these in a path. */
    private static final Pattern GLOB = Pattern.compile("[*?\\\\]");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** @throws TidemarkException (USAGE) that says what is wrong with the text, and what to write instead */
    public static RemoteLocation parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw refuse(url, e.getReason(), FORM + "; odd characters as %XX", e);
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refuse(url, "has a ? or # in it", "write them as %3F and %23", null);
        }
        if ("file".equals(uri.getScheme())) {
            return file(url, uri);
        }
        if ("sftp".equals(uri.getScheme())) {
            return sftp(url, uri);
        }
        throw refuse(url, "is neither sftp: nor file:", FORM, null);
    }

    /** A folder beside this one: the same remote, another path, written as in a URL: {@code /receipts} or {@code /~/receipts}. */
    public RemoteLocation withPath(String urlPath) {
        if (!urlPath.startsWith("/")) {
            throw refuse(urlPath, "is not a path", "write /folder, or /~/folder for one in the login's home", null);
        }
        return new RemoteLocation(
                scheme, user, host, port, scheme == Scheme.SFTP ? sftpPath(urlPath, urlPath) : clean(urlPath, urlPath));
    }

    public boolean isSftp() {
        return scheme == Scheme.SFTP;
    }

    /** The path of a file in this folder, as the remote understands it. */
    public String pathOf(String fileName) {
        return path.endsWith("/") ? path + fileName : path + "/" + fileName;
    }

    /** For messages: the URL as an administrator writes it, not escaped. */
    @Override
    public String toString() {
        if (scheme == Scheme.FILE) {
            return "file:" + path;
        }
        String shown = path.startsWith("/") ? path : path.equals(".") ? "/~" : "/~/" + path;
        return "sftp://" + user + "@" + host + (port == SSH_PORT ? "" : ":" + port) + shown;
    }

    private static RemoteLocation file(String url, URI uri) {
        String authority = uri.getRawAuthority();
        String path = uri.getPath();
        if (authority != null && !authority.isEmpty()) {
            throw refuse(url, "names a host", "write file:/folder, with one slash or three", null);
        }
        if (path == null || !path.startsWith("/")) {
            throw refuse(url, "is not an absolute path", "write file:/folder", null);
        }
        return new RemoteLocation(Scheme.FILE, "", "", 0, clean(url, path));
    }

    private static RemoteLocation sftp(String url, URI uri) {
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw refuse(url, "names no host", FORM, null);
        }
        String user = uri.getUserInfo();
        if (user == null || user.isEmpty()) {
            throw refuse(
                    url, uri.getHost() == null ? "has a host that is no host name" : "names no user", hostHint(), null);
        }
        if (user.indexOf(':') >= 0) {
            throw refuse(withoutPassword(url), "carries a password", "log in with remote.private-key", null);
        }
        String host = uri.getHost();
        if (host == null || !HOST.matcher(host).matches()) {
            throw refuse(url, "has a host that is no host name", hostHint(), null);
        }
        int port = uri.getPort() < 0 ? SSH_PORT : uri.getPort();
        if (port < 1 || port > 0xffff) {
            throw refuse(url, "has a port that does not exist", "take 1 to 65535", null);
        }
        return new RemoteLocation(Scheme.SFTP, user, host, port, sftpPath(url, uri.getPath()));
    }

    private static String hostHint() {
        return FORM + "; give a host with an IPv6 address or an underscore a plain name in /etc/hosts";
    }

    private static String sftpPath(String url, @Nullable String path) {
        if (path == null || path.isEmpty()) {
            throw refuse(url, "names no folder", FORM, null);
        }
        if (GLOB.matcher(path).find()) {
            throw refuse(url, "has one of * ? \\ in its path", "give the remote folder another name", null);
        }
        boolean home = path.equals("/~") || path.startsWith("/~/");
        String cleaned = clean(url, home ? path.substring(2) : path);
        return home ? cleaned.equals("/") ? "." : cleaned.substring(1) : cleaned;
    }

    /** One slash between names, none at the end. */
    private static String clean(String url, String path) {
        List<String> names = List.of(path.split("/")).stream()
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.contains("..") || names.contains(".") || CONTROL.matcher(path).find()) {
            throw refuse(
                    url,
                    "has a name in its path that is no folder's",
                    "leave out . and .. and control characters",
                    null);
        }
        return "/" + String.join("/", names);
    }

    private static String withoutPassword(String url) {
        return url.replaceFirst("(//[^:/@]*):[^@/]*@", "$1:********@");
    }

    private static TidemarkException refuse(String url, String reason, String hint, @Nullable Throwable cause) {
        return new TidemarkException(FailureCode.USAGE, "\"" + url + "\" " + reason, hint, cause);
    }
}
