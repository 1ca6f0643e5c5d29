package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class IncidentsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Incidents.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Incidents incidents = new Incidents(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private void fail(String text) {
        incidents.failed("push", new TidemarkException(FailureCode.TRANSFER, text, "do something"));
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aLastingFailureIsToldOnceWithItsHintAndItsEndOnce() {
        fail("host is down");
        fail("host is down");
        fail("host is down");
        incidents.succeeded("push");
        incidents.succeeded("push");
        assertThat(lines())
                .containsExactly(
                        "push: host is down\n    hint: do something", "push: works again after 3 failures in 0 s");
    }

    @Test
    void anotherFailureIsToldToo() {
        fail("host is down");
        fail("folder is missing");
        assertThat(lines()).hasSize(2);
    }

    @Test
    void aStopTellsNothingOfWhatItCutsOff() {
        incidents.end();
        fail("socket closed");
        assertThat(lines()).isEmpty();
    }
}
