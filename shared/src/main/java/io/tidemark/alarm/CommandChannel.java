package io.tidemark.alarm;

import io.tidemark.alarm.AlarmSettings.CommandSettings;
import io.tidemark.text.Human;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Any program: news on its standard input, the parts in its environment, never on its command line. */
final class CommandChannel implements Channel {
    private final CommandSettings settings;

    CommandChannel(CommandSettings settings) {
        this.settings = settings;
    }

    @Override
    public String key() {
        return "alarm.command";
    }

    @Override
    public void deliver(Notice notice) throws IOException {
        Process process = start(notice);
        try {
            write(process, notice);
            if (!process.waitFor(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DeliveryException(
                        program() + " did not end within " + Human.duration(settings.timeout()),
                        "let it end sooner, or raise alarm.command-timeout");
            }
            if (process.exitValue() != 0) {
                throw new DeliveryException(
                        program() + " ended with exit code " + process.exitValue(),
                        "run it by hand as the user that runs Tidemark, to see why");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new DeliveryException(program() + " was stopped", "it is run again", stopping);
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private Process start(Notice notice) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(settings.words())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        // Settings may come by the environment, and secrets with them.
        environment.keySet().removeIf(name -> name.startsWith("TIDEMARK_"));
        environment.put("ALARM_EVENT", Condition.word(notice.event()));
        environment.put("ALARM_ID", notice.alarm());
        environment.put("ALARM_SUBJECT", notice.subject());
        environment.put("ALARM_MESSAGE", notice.message());
        environment.put("ALARM_HINT", notice.hint());
        environment.put("ALARM_SINCE", notice.since().toString());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new DeliveryException(
                    program() + " cannot be started: " + e.getMessage(), "correct alarm.command", e);
        }
    }

    /** A program that reads nothing has not failed by that; one that stops reading must not hold us, and a notice fits into a pipe. */
    private static void write(Process process, Notice notice) {
        try (OutputStream input = process.getOutputStream()) {
            input.write(notice.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // It says how it went by its exit code.
        }
    }

    private String program() {
        return settings.words().get(0);
    }
}
