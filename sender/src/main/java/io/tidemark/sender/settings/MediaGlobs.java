package io.tidemark.sender.settings;

import io.tidemark.settings.BadValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Comma-separated globs over paths of media files, relative to the media folder, case-sensitive. {@code *} stands for any characters within
 * one name, {@code ?} for one of them, {@code **} between slashes for any number of folders, none included. A glob without a slash is held
 * against the file's name, in whatever folder it lies; one with a slash against the whole path. A backslash takes the next character as it is.
 */
public record MediaGlobs(List<String> texts, List<Pattern> paths, List<Pattern> names, List<Pattern> folders) {
    public static final MediaGlobs NONE = new MediaGlobs(List.of(), List.of(), List.of(), List.of());

    private static final String ALL_BELOW = "/**";

    public MediaGlobs {
        texts = List.copyOf(texts);
        paths = List.copyOf(paths);
        names = List.copyOf(names);
        folders = List.copyOf(folders);
    }

    public static MediaGlobs parse(String text) throws BadValue {
        List<String> texts = new ArrayList<>();
        List<Pattern> paths = new ArrayList<>();
        List<Pattern> names = new ArrayList<>();
        List<Pattern> folders = new ArrayList<>();
        for (String glob : split(text)) {
            problem(glob, text);
            texts.add(glob);
            (glob.indexOf('/') < 0 ? names : paths).add(pattern(glob));
            if (glob.endsWith(ALL_BELOW)) {
                folders.add(pattern(glob.substring(0, glob.length() - ALL_BELOW.length())));
            }
        }
        return new MediaGlobs(texts, paths, names, folders);
    }

    private static void problem(String glob, String text) throws BadValue {
        if (glob.isEmpty()) {
            throw new BadValue("\"" + text + "\" has an empty glob in it", "write it like *.jpeg, reports/**");
        }
        if (glob.startsWith("/") || glob.endsWith("/") || glob.contains("//")) {
            throw new BadValue(
                    "\"" + glob + "\" is no path below media.folder",
                    "write it without a slash at either end; thumbs/** is all that lies below thumbs");
        }
        if (glob.endsWith("\\") && !glob.endsWith("\\\\")) {
            throw new BadValue("\"" + glob + "\" ends in a backslash", "write it twice if a name has one");
        }
    }

    private static List<String> split(String text) {
        List<String> globs = new ArrayList<>();
        StringBuilder glob = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                glob.append(c).append(text.charAt(++i));
            } else if (c == ',') {
                globs.add(glob.toString().strip());
                glob.setLength(0);
            } else {
                glob.append(c);
            }
        }
        globs.add(glob.toString().strip());
        return globs;
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            boolean begins = i == 0 || glob.charAt(i - 1) == '/';
            if (begins && glob.startsWith("**/", i)) {
                regex.append("(?:[^/]+/)*");
                i += 2;
            } else if (begins && glob.startsWith("**", i) && i + 2 == glob.length()) {
                regex.append(".+");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '\\') {
                regex.append(Pattern.quote(String.valueOf(glob.charAt(++i))));
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    public boolean matches(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return matches(names, name) || matches(paths, path);
    }

    /** Whether all that lies below a folder, however deep, is named. */
    public boolean coversFolder(String path) {
        return matches(folders, path);
    }

    private static boolean matches(List<Pattern> patterns, String text) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(text).matches()) {
                return true;
            }
        }
        return false;
    }

    public Optional<String> text() {
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", texts));
    }
}
