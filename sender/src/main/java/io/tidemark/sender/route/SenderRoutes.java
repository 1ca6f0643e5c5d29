package io.tidemark.sender.route;

import static io.tidemark.sender.route.RouteIds.BEAT;
import static io.tidemark.sender.route.RouteIds.COMPLETE;
import static io.tidemark.sender.route.RouteIds.LINK_CHECK;
import static io.tidemark.sender.route.RouteIds.PARTIAL;
import static io.tidemark.sender.route.RouteIds.PUSH;
import static io.tidemark.sender.route.RouteIds.RECEIPTS;
import static io.tidemark.sender.route.RouteIds.RECEIPTS_TIMER;
import static io.tidemark.sender.route.RouteIds.RETENTION;
import static io.tidemark.sender.route.RouteIds.ROOM;
import static io.tidemark.sender.route.RouteIds.SEQUENCE;
import static io.tidemark.sender.route.RouteIds.WATCH;

import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.route.link.RemoteFolder;
import io.tidemark.transfer.Pulse;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** What connects the steps. */
final class SenderRoutes {
    /** Takes a volume's name. A failure is answered by its {@link TidemarkException}, here and below. */
    static final String PUSH_VOLUME = "direct:push";
    /** Takes nothing. */
    static final String READ_RECEIPTS = "direct:receipts";

    /** Takes nothing. */
    static final String LEARN_SEQUENCE = "direct:sequence";

    private static final String VOLUME = "volume";
    private static final String RECEIPTS_TICK = "timer:receipts?fixedRate=false&delay=0&period=10000";
    private static final String ROOM_TICK = "timer:room?fixedRate=false&delay=20000&period=600000";
    private static final String WATCH_TICK = "timer:watch?fixedRate=false&delay=5000&period=5000";
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(5);

    private SenderRoutes() {}

    /** @param pushed is told of each volume that lies in the remote folder */
    static RouteBuilder push(Delivery delivery, Endpoint inbox, Incidents incidents, Consumer<VolumeName> pushed) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(PUSH_VOLUME)
                        .routeId(PUSH)
                        .setProperty(VOLUME, body())
                        .filter(method(delivery, "isMissing"))
                        .setHeader(Exchange.FILE_NAME, method(delivery, "partName"))
                        .bean(delivery, "content")
                        .to(inbox)
                        .setBody(exchangeProperty(VOLUME))
                        .bean(delivery, "publish")
                        .end()
                        .bean(delivery, "finish")
                        .bean(delivery, "sweep")
                        .process(exchange -> incidents.succeeded(PUSH))
                        .process(exchange -> pushed.accept(exchange.getProperty(VOLUME, VolumeName.class)));
            }
        };
    }

    static RouteBuilder receipts(Receipts receipts, Incidents incidents) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(READ_RECEIPTS)
                        .routeId(RECEIPTS)
                        .bean(receipts, "read")
                        .process(exchange -> incidents.succeeded(RECEIPTS));
            }
        };
    }

    static RouteBuilder sequence(Sequences sequences, Incidents incidents) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(LEARN_SEQUENCE)
                        .routeId(SEQUENCE)
                        .bean(sequences, "learn")
                        .process(exchange -> incidents.succeeded(SEQUENCE));
            }
        };
    }

    static RouteBuilder receiptsTimer(Pace pace) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(RECEIPTS_TICK)
                        .routeId(RECEIPTS_TIMER)
                        .filter(exchange -> pace.isDue())
                        .to(READ_RECEIPTS)
                        .process(exchange -> pace.note(!failed(exchange)));
            }
        };
    }

    static RouteBuilder complete(Pulse pulse, ScheduledComplete complete, Incidents incidents) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(pulse.timer(COMPLETE, Duration.ZERO, SECOND))
                        .routeId(COMPLETE)
                        .filter(exchange -> complete.isDue())
                        .process(exchange -> complete.run())
                        .process(exchange -> incidents.succeeded(COMPLETE));
            }
        };
    }

    static RouteBuilder partial(Pulse pulse, ScheduledPartial partial, Incidents incidents) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(pulse.timer(PARTIAL, Duration.ZERO, OFTEN))
                        .routeId(PARTIAL)
                        .choice()
                        .when(exchange -> partial.isDue())
                        .process(exchange -> partial.run())
                        .process(exchange -> incidents.succeeded(PARTIAL))
                        .otherwise()
                        .process(exchange -> partial.readAhead());
            }
        };
    }

    static RouteBuilder linkCheck(Pulse pulse, LinkTrial trial, Incidents incidents) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(pulse.timer(LINK_CHECK, Duration.ZERO, SECOND))
                        .routeId(LINK_CHECK)
                        .filter(exchange -> trial.isDue())
                        .process(exchange -> trial.run())
                        .process(exchange -> incidents.succeeded(LINK_CHECK));
            }
        };
    }

    static RouteBuilder beat(Pulse pulse, Heart heart, RemoteFolder inbox, Incidents incidents) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(pulse.timer(BEAT, SECOND, SECOND))
                        .routeId(BEAT)
                        .filter(exchange -> heart.isDue())
                        .process(exchange -> heart.beat(inbox))
                        .process(exchange -> incidents.succeeded(BEAT));
            }
        };
    }

    static RouteBuilder room(RoomWatch room) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(ROOM_TICK).routeId(ROOM).bean(room, "look");
            }
        };
    }

    static RouteBuilder watch(Watch watch, MediaWatch media) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(WATCH_TICK).routeId(WATCH).bean(watch, "look").bean(media, "look");
            }
        };
    }

    static RouteBuilder retention(Pulse pulse, Retention retention) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(pulse.timer(RETENTION, SELDOM, SELDOM))
                        .routeId(RETENTION)
                        .filter(exchange -> retention.isDue())
                        .process(exchange -> retention.look());
            }
        };
    }

    private static boolean failed(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof TidemarkException;
    }
}
