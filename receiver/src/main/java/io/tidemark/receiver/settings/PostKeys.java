package io.tidemark.receiver.settings;

import io.tidemark.settings.Setting;
import io.tidemark.settings.SettingType;
import io.tidemark.settings.SettingTypes;
import io.tidemark.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of post-processing steps, {@code post.1.sql} to {@code post.99.sql} and the like. */
final class PostKeys {
    private static final int MOST = 99;
    private static final List<String> WORDS =
            List.of("sql", "command", "name", "every", "timeout", "retry", "required");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");

    private final List<Numbered> steps = new ArrayList<>();

    PostKeys(SettingsReader reader) {
        Set<String> names = new HashSet<>();
        for (int number = 1; number <= MOST; number++) {
            String prefix = "post." + number + ".";
            if (WORDS.stream().anyMatch(word -> reader.given(prefix + word))) {
                steps.add(new Numbered(reader, number, prefix, names));
            }
        }
    }

    List<PostStep> get() {
        return steps.stream().map(Numbered::step).toList();
    }

    private static final class Numbered {
        private final int number;
        private final Setting<Path> sql;
        private final Setting<List<String>> command;
        private final Setting<String> name;
        private final Setting<Duration> every;
        private final Setting<Duration> timeout;
        private final Setting<Duration> retry;
        private final Setting<Boolean> required;

        private Numbered(SettingsReader reader, int number, String prefix, Set<String> names) {
            this.number = number;
            sql = reader.optional(prefix + "sql", SettingTypes.existingFile());
            command = reader.optional(prefix + "command", command());
            name = reader.or(prefix + "name", SettingTypes.source(), "step-" + number);
            every = reader.optional(prefix + "every", SettingTypes.duration());
            timeout = reader.or(prefix + "timeout", SettingTypes.duration(), Duration.ofMinutes(10));
            retry = reader.or(prefix + "retry", SettingTypes.duration(), Duration.ofSeconds(10));
            required = reader.or(prefix + "required", SettingTypes.yesOrNo(), false);
            if (reader.given(prefix + "sql") == reader.given(prefix + "command")) {
                reader.add(
                        prefix + "sql",
                        reader.given(prefix + "sql") ? "stands beside " + prefix + "command" : "is missing",
                        "give the step either an SQL file or a command");
            }
            name.optional()
                    .filter(known -> !names.add(known))
                    .ifPresent(twice -> reader.add(
                            prefix + "name", '"' + twice + "\" is the name of another step", "choose another"));
        }

        private PostStep step() {
            return new PostStep(
                    number,
                    name.get(),
                    sql.optional(),
                    command.optional().orElse(List.of()),
                    every.optional().orElse(Duration.ZERO),
                    timeout.get(),
                    retry.get(),
                    required.get());
        }
    }

    /** Words apart by blanks; what is in double quotes is one word. There is no shell, so nothing else has a meaning. */
    private static SettingType<List<String>> command() {
        return text -> {
            List<String> words = new ArrayList<>();
            Matcher word = WORD.matcher(text);
            while (word.find()) {
                words.add(word.group(1) == null ? word.group() : word.group(1));
            }
            SettingTypes.path().read(words.isEmpty() ? "" : words.get(0));
            return words;
        };
    }
}
