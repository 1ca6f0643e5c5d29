package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.alarm.Condition;
import io.tidemark.cli.Console;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.receiver.cli.ReceiverCommand;
import io.tidemark.receiver.inbox.ImportStep;
import io.tidemark.receiver.load.LoadStep;
import io.tidemark.receiver.load.partial.ApplyStep;
import io.tidemark.receiver.media.MediaStep;
import io.tidemark.receiver.retention.ExpireStep;
import io.tidemark.sender.capture.CaptureStep;
import io.tidemark.sender.cli.SenderCommand;
import io.tidemark.sender.outbox.OutboxStep;
import io.tidemark.sender.partial.PartialStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DocsTest {
    private static final Pattern KEY = Pattern.compile("reader\\s*\\.\\w+\\(\\s*\"([^\"]+)\"");
    private static final Pattern REQUIRED_KEY = Pattern.compile("reader\\s*\\.required\\(\\s*\"([^\"]+)\"");
    /** Of a step of post-processing, whose number stands before it. */
    private static final Pattern STEP_KEY = Pattern.compile("= reader\\s*\\.\\w+\\(prefix \\+ \"([^\"]+)\"");

    private static final Pattern SECRET_KEY = Pattern.compile("reader\\s*\\.secret\\(\\s*\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");
    private static final Pattern COMMAND = Pattern.compile("tidemark-(sender|receiver) +([a-z][a-z-]*)([^|#]*)");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(--[a-z][a-z-]*)");

    @ParameterizedTest
    @CsvSource({
        "Sender, sender/src/main/java/io/tidemark/sender/settings",
        "Receiver, receiver/src/main/java/io/tidemark/receiver/settings"
    })
    void theReadmeListsEveryKeyThatANodeKnowsAndNoOther(String node, String folder) throws IOException {
        List<String> documented = new ArrayList<>();
        List<String> required = new ArrayList<>();
        for (List<String> row : Page.read("README.md").section("### " + node).rows()) {
            documented.addAll(Page.quoted(row.get(0)));
            if (row.get(1).equals("required")) {
                required.addAll(Page.quoted(row.get(0)));
            }
        }
        List<Page> sources = sources(folder);
        assertThat(documented).as("keys").containsExactlyInAnyOrderElementsOf(known(sources));
        assertThat(required).as("required keys").containsExactlyInAnyOrderElementsOf(found(sources, REQUIRED_KEY));
    }

    /** All classes of keys, those that both nodes share included. */
    private static List<Page> sources(String folder) throws IOException {
        List<Page> sources = new ArrayList<>();
        for (String shared : List.of("settings/DatabaseSettings", "alarm/AlarmKeys", "logging/LogKeys")) {
            sources.add(Page.read("shared/src/main/java/io/tidemark/" + shared + ".java"));
        }
        try (Stream<Path> files = Files.list(Page.ROOT.resolve(folder))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith("Keys.java")) {
                    sources.add(Page.read(folder + "/" + name));
                }
            }
        }
        return sources;
    }

    private static List<String> known(List<Page> sources) {
        List<String> known =
                new ArrayList<>(found(sources, KEY).stream().distinct().toList());
        found(sources, STEP_KEY).stream().distinct().forEach(word -> known.add("post.N." + word));
        found(sources, SECRET_KEY).forEach(secret -> known.add(secret + "-file"));
        return known;
    }

    private static List<String> found(List<Page> sources, Pattern pattern) {
        return sources.stream()
                .flatMap(source -> source.found(pattern).stream())
                .toList();
    }

    @Test
    void theReadmeListsEveryExitCode() throws IOException {
        List<String> documented = Page.read("README.md").section("## Exit codes").rows().stream()
                .filter(row -> !row.get(0).equals("0"))
                .map(row -> row.get(0) + " " + Page.quoted(row.get(1)).get(0) + " " + row.get(3))
                .toList();
        List<String> codes = Arrays.stream(FailureCode.values())
                .map(code -> code.exitCode() + " " + code + " " + (code.retryable() ? "yes" : "no"))
                .toList();
        assertThat(documented).isEqualTo(codes);
    }

    @Test
    void everyFileThatIsLinkedIsThere() throws IOException {
        for (Page page : Page.all()) {
            assertThat(page.found(LINK))
                    .as(page.file().toString())
                    .allSatisfy(link -> assertThat(link.startsWith("https://")
                                    || Files.exists(page.file().resolveSibling(link)))
                            .as(link)
                            .isTrue());
        }
    }

    @Test
    void everyCommandInTheDocsExistsWithItsOptions() throws IOException {
        for (Page page : Page.all()) {
            for (String code : page.code()) {
                COMMAND.matcher(code).results().forEach(command -> {
                    CommandLine program = program(command.group(1));
                    assertHasOptions(command(program, command.group(2), page.file() + ": " + code), command.group(3));
                });
            }
        }
    }

    @Test
    void somebodyAtThreeInTheMorningFindsEveryAlarm() throws IOException {
        String headings = Page.read("docs/OPERATIONS.md")
                .text()
                .lines()
                .filter(line -> line.startsWith("### "))
                .reduce("", (all, line) -> all + line + ",");
        Stream<String> conditions = Arrays.stream(Condition.values()).map(Condition::word);
        Stream<String> failures = Arrays.stream(FailureCode.values())
                .filter(code -> code != FailureCode.BUSY)
                .map(CrashPoints::word);
        assertThat(Stream.concat(conditions, failures))
                .allSatisfy(word -> assertThat(headings).contains("." + word + ","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sender", "receiver"})
    void theReadmeListsEveryCommand(String node) throws IOException {
        String text = Page.read("README.md").section("## Commands").text();
        int head = text.indexOf("| `tidemark-" + node + "` |");
        int end = text.indexOf("\n\n", head);
        CommandLine program = program(node);
        List<String> documented = new ArrayList<>();
        for (List<String> row : new Page(Page.ROOT, text.substring(head, end)).rows()) {
            String command = Page.quoted(row.get(0)).get(0);
            documented.add(command);
            assertHasOptions(command(program, command, "README.md"), row.get(1));
        }
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(program.getSubcommands().keySet());
    }

    private static void assertHasOptions(CommandLine command, String text) {
        for (String option : new Page(Page.ROOT, text).found(OPTION)) {
            assertThat(command.getCommandSpec().findOption(option))
                    .as(command.getCommandName() + " " + option)
                    .isNotNull();
        }
    }

    private static CommandLine command(CommandLine program, String name, String where) {
        assertThat(program.getSubcommands()).as(where).containsKey(name);
        return Objects.requireNonNull(program.getSubcommands().get(name));
    }

    private static CommandLine program(String node) {
        Console console = Console.ofProcess(Map.of());
        return node.equals("sender")
                ? SenderCommand.commandLine(console, Map.of())
                : ReceiverCommand.commandLine(console, Map.of());
    }

    @Test
    void theArchitectureTellsWhatEveryHaltedStepLeavesBehind() throws IOException {
        List<String> told = Page.quoted(Page.read("docs/ARCHITECTURE.md").text());
        Stream<Enum<?>> points = Stream.<Enum<?>[]>of(
                        CaptureStep.values(),
                        PartialStep.values(),
                        OutboxStep.values(),
                        ImportStep.values(),
                        LoadStep.values(),
                        ApplyStep.values(),
                        ExpireStep.values(),
                        MediaStep.values())
                .flatMap(Arrays::stream);
        assertThat(points.map(CrashPoints::word)).isSubsetOf(told);
    }

    @ParameterizedTest
    @CsvSource({"shared, io/tidemark", "sender, io/tidemark/sender", "receiver, io/tidemark/receiver"})
    void theArchitectureNamesEveryPackage(String module, String root) throws IOException {
        List<String> told = Page.quoted(Page.read("docs/ARCHITECTURE.md").text());
        Path top = Page.ROOT.resolve(module).resolve("src/main/java").resolve(root);
        try (Stream<Path> files = Files.walk(top)) {
            List<String> packages = files.filter(file -> file.endsWith("package-info.java"))
                    .map(file ->
                            top.relativize(file.resolveSibling("")).toString().replace('/', '.'))
                    .filter(name -> !name.isEmpty())
                    .toList();
            assertThat(packages).isNotEmpty().isSubsetOf(told);
        }
    }
}
