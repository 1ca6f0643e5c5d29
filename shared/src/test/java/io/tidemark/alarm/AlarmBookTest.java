package io.tidemark.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.alarm.AlarmBook.Patience;
import io.tidemark.alarm.AlarmBook.Step;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmBookTest {
    private static final Step PUSH = new Step("push", "");
    private static final Step RECEIPTS = new Step("receipts", "");
    private static final AlarmId GAP = AlarmId.of("load", Condition.GAP).about("shop");

    private final List<String> told = new ArrayList<>();
    private AlarmBook book = new AlarmBook(new Patience(Duration.ofSeconds(60), Duration.ofSeconds(300)), List.of(), 0);
    private long second;
    private Instant wall = Instant.parse("2026-03-02T03:30:00Z");

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            second++;
            wall = wall.plusSeconds(1);
            listen();
        }
    }

    private void listen() {
        book.news(now()).ifPresent(news -> {
            news.opened().forEach(incident -> told.add("open " + incident.id()));
            news.over().forEach(incident -> told.add("over " + incident.id() + " x" + incident.times()));
        });
    }

    private long now() {
        return Duration.ofSeconds(second).toNanos();
    }

    private void fails(Step step, FailureCode code) {
        book.failed(step, new TidemarkException(code, "down", "wait"), wall, now());
        listen();
    }

    private void works(Step step) {
        book.succeeded(step, wall, now());
        listen();
    }

    @Test
    void aLinkThatIsDownForADayIsToldOnceAndItsEndOnce() {
        for (int minute = 0; minute < 24 * 60; minute++) {
            fails(PUSH, FailureCode.TRANSFER);
            fails(RECEIPTS, FailureCode.TRANSFER);
            pass(60);
        }
        works(PUSH);
        works(RECEIPTS);
        pass(3600);
        assertThat(told).containsExactly("open link.transfer", "over link.transfer x2880");
    }

    @Test
    void whatPassesWithinAMinuteIsToldToNobody() {
        fails(PUSH, FailureCode.TRANSFER);
        pass(30);
        works(PUSH);
        pass(3600);
        assertThat(told).isEmpty();
        assertThat(book.incidents()).isEmpty();
    }

    @Test
    void whatNoRetryHelpsIsToldAtOnce() {
        fails(PUSH, FailureCode.HOST_KEY);
        assertThat(told).containsExactly("open link.host-key");
    }

    @Test
    void aLinkThatFailsAndWorksInTurnIsOneIncident() {
        for (int i = 0; i < 100; i++) {
            fails(PUSH, FailureCode.TRANSFER);
            pass(20);
            works(PUSH);
            pass(20);
        }
        pass(3600);
        assertThat(told).containsExactly("open link.transfer", "over link.transfer x100");
    }

    @Test
    void isOpenAsLongAsOneRouteMeetsIt() {
        fails(PUSH, FailureCode.TRANSFER);
        fails(RECEIPTS, FailureCode.TRANSFER);
        pass(61);
        works(PUSH);
        pass(600);
        assertThat(told).containsExactly("open link.transfer");
        works(RECEIPTS);
        pass(301);
        assertThat(told).hasSize(2);
    }

    @Test
    void aRouteThatFailsOtherwiseHasLeftItsFirstFailure() {
        fails(PUSH, FailureCode.TRANSFER);
        pass(61);
        fails(PUSH, FailureCode.DISK_FULL);
        pass(61);
        fails(PUSH, FailureCode.DISK_FULL);
        pass(300);
        assertThat(told).containsExactly("open link.transfer", "open push.disk-full", "over link.transfer x1");
    }

    @Test
    void aRestartTellsNothingTwiceAndForgetsNothing() {
        book.raise(GAP, "load", "bundle 7 has not come", "send it", wall, now());
        listen();
        AlarmBook after =
                new AlarmBook(new Patience(Duration.ofSeconds(60), Duration.ofSeconds(300)), book.incidents(), now());
        book = after;
        book.raise(GAP, "load", "bundle 7 has not come", "send it", wall, now());
        pass(100);
        assertThat(told).containsExactly("open load.gap (shop)");
        book.clear(GAP, wall, now());
        pass(301);
        assertThat(told).containsExactly("open load.gap (shop)", "over load.gap (shop) x2");
    }

    @Test
    void aClockThatIsSetTellsNothing() {
        fails(PUSH, FailureCode.TRANSFER);
        wall = wall.plus(Duration.ofDays(1));
        listen();
        wall = wall.minus(Duration.ofDays(2));
        listen();
        assertThat(told).isEmpty();
        pass(61);
        works(PUSH);
        wall = wall.plus(Duration.ofDays(9));
        listen();
        assertThat(told).containsExactly("open link.transfer");
    }

    @Test
    void severalThingsOfOneRouteAreSeveralIncidents() {
        fails(new Step("load", "shop"), FailureCode.DRIFT);
        fails(new Step("load", "crm"), FailureCode.DRIFT);
        works(new Step("load", "shop"));
        pass(301);
        assertThat(told)
                .containsExactly("open load.drift (shop)", "open load.drift (crm)", "over load.drift (shop) x1");
    }
}
