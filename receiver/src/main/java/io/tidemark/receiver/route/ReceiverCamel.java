package io.tidemark.receiver.route;

import io.tidemark.alarm.Alarms;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.transfer.Pulse;
import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Camel as the receiver uses it. */
final class ReceiverCamel implements Closeable {
    /** The route that polls the inbox. */
    static final String POLL = "poll";

    /** The route that runs post-processing steps. */
    static final String POST_PROCESS = "post-process";

    /** The route that removes what has outlived its time. */
    static final String EXPIRE = "expire";

    private static final Duration EXPIRE_FIRST = Duration.ofSeconds(30);
    private static final Duration EXPIRE_REST = Duration.ofMinutes(1);
    /** The route that notices what does not come. */
    static final String WATCH = "watch";

    private static final int STOP_SECONDS = 5;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final CountDownLatch stopped = new CountDownLatch(1);

    ReceiverCamel(
            ReceiverNode node,
            Duration pollInterval,
            Pulse pulse,
            Alarms alarms,
            Watch watch,
            DiskWatch disks,
            boolean postProcesses) {
        context.disableJMX();
        context.getCamelContextExtension().setName("tidemark-receiver");
        context.setLoadTypeConverters(false);
        context.setUseMDCLogging(true);
        context.getShutdownStrategy().setTimeout(STOP_SECONDS);
        context.getShutdownStrategy().setShutdownNowOnTimeout(true);
        context.getManagementStrategy().addEventNotifier(new Stopped(stopped));
        try {
            context.addRoutes(failures(alarms));
            context.addRoutes(poll(new Poll(node), pollInterval, alarms));
            context.addRoutes(watch(watch, disks, alarms));
            context.addRoutes(expire(node, pulse, alarms));
            if (postProcesses) {
                context.addRoutes(postProcess(node, pollInterval, alarms));
            }
        } catch (Exception failure) {
            throw RuntimeCamelException.wrapRuntimeException(failure);
        }
        context.start();
    }

    CamelContext context() {
        return context;
    }

    void awaitStop() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        context.stop();
    }

    /** The step itself knows when it is due; a turn that it misses, as something is loaded, comes again soon. */
    private static RouteBuilder expire(ReceiverNode node, Pulse pulse, Alarms alarms) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(pulse.timer(EXPIRE, EXPIRE_FIRST, EXPIRE_REST))
                        .routeId(EXPIRE)
                        .process(exchange -> {
                            if (node.expireWhenDue()) {
                                alarms.succeeded(EXPIRE);
                            }
                        });
            }
        };
    }

    /** On its own thread: loading goes on while steps run, fail or hang. */
    private static RouteBuilder postProcess(ReceiverNode node, Duration interval, Alarms alarms) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:post-process?fixedRate=false&delay=0&period=" + interval.toMillis())
                        .routeId(POST_PROCESS)
                        .process(exchange -> node.postProcess(false))
                        .process(exchange -> alarms.succeeded(POST_PROCESS));
            }
        };
    }

    private static RouteBuilder poll(Poll poll, Duration interval, Alarms alarms) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:poll?fixedRate=false&delay=0&period=" + interval.toMillis())
                        .routeId(POLL)
                        .bean(poll, "once")
                        .process(exchange -> alarms.succeeded(POLL));
            }
        };
    }

    private static RouteBuilder watch(Watch watch, DiskWatch disks, Alarms alarms) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:watch?fixedRate=false&delay=5000&period=5000")
                        .routeId(WATCH)
                        .process(exchange -> watch.look())
                        .process(exchange -> disks.whenDue())
                        .process(exchange -> alarms.succeeded(WATCH));
            }
        };
    }

    /** A round that fails is told and tried again by a later one; nothing is lost by that. */
    private static RouteConfigurationBuilder failures(Alarms alarms) {
        return new RouteConfigurationBuilder() {
            @Override
            public void configuration() {
                routeConfiguration()
                        .onException(TidemarkException.class)
                        .handled(true)
                        .process(
                                exchange -> alarms.failed(routeOf(exchange), caught(exchange, TidemarkException.class)))
                        .log(LoggingLevel.ERROR, "${exception.message} (hint: ${exception.hint})");
                routeConfiguration()
                        .onException(Exception.class)
                        .handled(true)
                        .process(exchange -> alarms.failed(routeOf(exchange), defect(exchange)))
                        .log(LoggingLevel.ERROR, "a round failed: ${exception.stacktrace}");
            }
        };
    }

    private static String routeOf(Exchange exchange) {
        return exchange.getProperty(Exchange.FAILURE_ROUTE_ID, POLL, String.class);
    }

    private static <T extends Throwable> T caught(Exchange exchange, Class<T> type) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, type);
    }

    private static TidemarkException defect(Exchange exchange) {
        Throwable cause = caught(exchange, Throwable.class);
        return new TidemarkException(
                FailureCode.FAILED,
                "a round failed: " + cause,
                "check inbox.folder and work.folder; else this is a defect, and the log has more of it",
                cause);
    }

    /** Lets the service end when the context is stopped from elsewhere. */
    private static final class Stopped extends EventNotifierSupport {
        private final CountDownLatch latch;

        private Stopped(CountDownLatch latch) {
            this.latch = latch;
        }

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.CamelContextStoppedEvent) {
                latch.countDown();
            }
        }
    }
}
