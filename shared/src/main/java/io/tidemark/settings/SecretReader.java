package io.tidemark.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one secret; the environment goes before the settings file, whichever of the two keys it uses. */
final class SecretReader {
    private final RawSettings raw;
    private final String key;
    private final String fileKey;
    private final List<Problem> problems = new ArrayList<>();

    SecretReader(RawSettings raw, String key, String fileKey) {
        this.raw = raw;
        this.key = key;
        this.fileKey = fileKey;
    }

    List<Problem> problems() {
        return problems;
    }

    Optional<Secret> read() {
        Optional<String> value = raw.fromEnvironment(key);
        Optional<String> file = raw.fromEnvironment(fileKey);
        if (value.isEmpty() && file.isEmpty()) {
            value = raw.fromFile(key);
            file = raw.fromFile(fileKey);
            if (value.isPresent() && othersMayRead(raw.file())) {
                problem(key, "stands in " + raw.file() + ", which everybody may read", "chmod o-r " + raw.file());
            }
        }
        if (value.isPresent() && file.isPresent()) {
            problem(key, "is given twice, also by " + fileKey, "keep one of them");
            return Optional.empty();
        }
        return file.isPresent() ? fromFile(file.get().strip()) : value.map(Secret::new);
    }

    private Optional<Secret> fromFile(String name) {
        Path path = Path.of(name);
        if (!path.isAbsolute()) {
            problem(fileKey, "\"" + name + "\" is not an absolute path", "begin it with /");
            return Optional.empty();
        }
        try {
            String text = withoutNewline(Files.readString(path));
            if (othersMayRead(path)) {
                problem(fileKey, "everybody may read " + path, "chmod 600 " + path);
            }
            if (text.isEmpty()) {
                problem(fileKey, path + " is empty", "write the secret into it");
            }
            return Optional.of(new Secret(text));
        } catch (NoSuchFileException e) {
            problem(
                    fileKey,
                    path + " does not exist",
                    "create it with the secret as its only line, readable by its owner alone");
        } catch (CharacterCodingException e) {
            problem(fileKey, path + " is not UTF-8", "write the secret as UTF-8 text");
        } catch (IOException e) {
            problem(fileKey, path + " cannot be read", "let the user that runs Tidemark own it, with mode 600");
        }
        return Optional.empty();
    }

    private static String withoutNewline(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** False where the file system knows no such thing. */
    private static boolean othersMayRead(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void problem(String about, String what, String remedy) {
        problems.add(new Problem(about, what, remedy));
    }
}
