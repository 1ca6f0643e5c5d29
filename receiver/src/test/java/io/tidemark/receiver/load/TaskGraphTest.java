package io.tidemark.receiver.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.failure.TidemarkException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskGraphTest {
    private final List<Object> ran = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger aborted = new AtomicInteger();
    private final TaskGraph graph = new TaskGraph();

    @Test
    void theWeightiestTaskGoesFirst() {
        graph.add(task("light", 1, Set.of()));
        graph.add(task("heavy", 9, Set.of()));
        graph.add(task("middle", 5, Set.of()));
        graph.run(connections(1));
        assertThat(ran).as("order").containsExactly("heavy", "middle", "light");
    }

    @Test
    void aTaskWaitsForThoseItNeedsHoweverHeavyItIs() {
        graph.add(task("last", 9, Set.of("first", "second")));
        graph.add(task("second", 5, Set.of("first")));
        graph.add(task("first", 1, Set.of("no task has this id")));
        graph.run(connections(3));
        assertThat(ran).as("order").containsExactly("first", "second", "last");
    }

    @Test
    void everyTaskRunsOnce() {
        for (int i = 0; i < 200; i++) {
            graph.add(task(i, i % 7, Set.of(i - 10)));
        }
        graph.run(connections(4));
        assertThat(ran).as("tasks").hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void exclusiveTasksOnOneLockRunOneAtATime() {
        AtomicInteger inside = new AtomicInteger();
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 50; i++) {
            graph.add(new TaskGraph.Task(i, "task", 0, Set.of(), Set.of("table"), true, connection -> {
                seen.add(inside.incrementAndGet());
                Thread.onSpinWait();
                inside.decrementAndGet();
            }));
        }
        graph.run(connections(4));
        assertThat(seen).as("tasks within the lock").hasSize(50).containsOnly(1);
    }

    @Test
    void tasksThatShareALockRunTogether() {
        CountDownLatch both = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            graph.add(new TaskGraph.Task(i, "task", 0, Set.of(), Set.of("table"), false, connection -> {
                both.countDown();
                ran.add(await(both));
            }));
        }
        graph.run(connections(2));
        assertThat(ran).as("each met the other").containsExactly(true, true);
    }

    @Test
    void aFailureStopsTheRestAndClosesTheConnections() {
        graph.add(failing(new SQLException("disk full", "53100")));
        graph.add(task("later", 1, Set.of()));
        graph.add(task("dependent", 8, Set.of("failing")));
        TidemarkException failure = catchThrowableOfType(TidemarkException.class, () -> graph.run(connections(1)));
        assertThat(failure).as("failure").hasMessageContaining("table public.a").hasRootCauseMessage("disk full");
        assertThat(ran).as("begun after it").isEmpty();
        assertThat(aborted).as("connections closed").hasValue(1);
    }

    @Test
    void aWorkerThatDiesOfAnythingFailsTheWhole() {
        graph.add(failing(new NoSuchElementException("bug")));
        graph.add(task("dependent", 8, Set.of("failing")));
        IllegalStateException failure =
                catchThrowableOfType(IllegalStateException.class, () -> graph.run(connections(2)));
        assertThat(failure).as("failure").hasMessage("a load worker died").hasRootCauseMessage("bug");
        assertThat(ran).as("begun after it").isEmpty();
        assertThat(aborted).as("connections closed").hasValue(2);
    }

    private TaskGraph.Task task(Object id, long weight, Set<Object> needs) {
        return new TaskGraph.Task(id, "task " + id, weight, needs, Set.of(), false, connection -> ran.add(id));
    }

    private static TaskGraph.Task failing(Exception failure) {
        return new TaskGraph.Task("failing", "table public.a", 9, Set.of(), Set.of(), false, connection -> {
            if (failure instanceof SQLException broken) {
                throw broken;
            }
            throw (RuntimeException) failure;
        });
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Connections that can only be closed. */
    private List<Connection> connections(int count) {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add((Connection) Proxy.newProxyInstance(
                    TaskGraphTest.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (!method.getName().equals("abort")) {
                            throw new UnsupportedOperationException(method.getName());
                        }
                        return aborted.incrementAndGet();
                    }));
        }
        return connections;
    }
}
