package io.tidemark.receiver.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.position.Lsn;
import io.tidemark.receiver.retention.RetentionPlan.Verdict;
import io.tidemark.receiver.settings.Lifetimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetentionPolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("America/Santiago");

    static List<Integer> seeds() {
        return new Random(4711).ints(300).boxed().toList();
    }

    private static StoredBundle complete(long sequence, Instant time, boolean good) {
        return new StoredBundle(
                new BundleId("shop", sequence, BundleKind.COMPLETE, time),
                new Lsn(sequence * 10),
                time,
                good,
                false,
                1);
    }

    private static StoredBundle partial(long sequence, Instant time) {
        return new StoredBundle(
                new BundleId("shop", sequence, BundleKind.PARTIAL, time), new Lsn(sequence * 10), time, true, false, 1);
    }

    private static Lifetimes lifetimes(
            @Nullable Duration complete, @Nullable Duration partial, int daily, int weekly, int monthly) {
        return new Lifetimes(
                Optional.ofNullable(complete),
                Optional.ofNullable(partial),
                daily,
                weekly,
                monthly,
                ZONE,
                Lifetimes.OF_REFUSED,
                Lifetimes.OF_REFUSED,
                Lifetimes.WARN);
    }

    private static Set<Long> kept(Lifetimes lifetimes, List<StoredBundle> bundles) {
        return kept(new RetentionPolicy(lifetimes).plan(bundles, NOW));
    }

    private static Set<Long> kept(RetentionPlan plan) {
        return plan.verdicts().stream()
                .filter(Verdict::keep)
                .map(verdict -> verdict.bundle().id().sequence())
                .collect(Collectors.toSet());
    }

    @Test
    void completesAndPartialsLiveAsLongAsTheSettingsSay() {
        List<StoredBundle> bundles = new ArrayList<>();
        for (int day = 0; day < 10; day++) {
            bundles.add(complete(10L * day + 1, NOW.minus(Duration.ofDays(10 - day)), true));
            bundles.add(
                    partial(10L * day + 2, NOW.minus(Duration.ofDays(10 - day)).plusSeconds(300)));
        }
        RetentionPlan plan =
                new RetentionPolicy(lifetimes(Duration.ofDays(4), Duration.ofDays(2), 0, 0, 0)).plan(bundles, NOW);
        assertThat(kept(plan)).containsExactlyInAnyOrder(61L, 71L, 81L, 91L, 82L, 92L);
        assertThat(plan.removed())
                .as("partials first, newest first: what is left restores as far as it reaches")
                .extracting(BundleId::sequence)
                .containsExactly(72L, 62L, 52L, 42L, 32L, 22L, 12L, 2L, 51L, 41L, 31L, 21L, 11L, 1L);
        assertThat(plan.verdicts().get(0).reason()).contains("lifetime.complete, 4 d");
    }

    @Test
    void theOnlyGoodCompleteStaysWhenItIsTheOldest() {
        List<StoredBundle> bundles = new ArrayList<>();
        bundles.add(complete(1, NOW.minus(Duration.ofDays(300)), true));
        for (int day = 1; day < 100; day++) {
            bundles.add(complete(2L * day, NOW.minus(Duration.ofDays(300 - day)), false));
            bundles.add(partial(2L * day + 1, NOW.minus(Duration.ofDays(300 - day))));
        }
        assertThat(kept(lifetimes(Duration.ofDays(4), Duration.ofDays(2), 7, 4, 0), bundles))
                .as("it, and all that came after it")
                .hasSize(bundles.size());
    }

    @Test
    void sevenDailyAndTheNewestOfEachWeek() {
        List<StoredBundle> bundles = new ArrayList<>();
        LocalDate first = LocalDate.parse("2026-01-01");
        for (int day = 0; day < 87; day++) {
            Instant night = first.plusDays(day).atTime(1, 0).atZone(ZONE).toInstant();
            bundles.add(complete(day + 1, night, day != 80));
        }
        Set<LocalDate> days = new HashSet<>();
        Set<Long> kept = kept(lifetimes(null, null, 7, 3, 2), bundles);
        kept.forEach(sequence -> days.add(first.plusDays(sequence - 1)));
        assertThat(days)
                .containsExactlyInAnyOrder(
                        LocalDate.parse("2026-03-28"),
                        LocalDate.parse("2026-03-27"),
                        LocalDate.parse("2026-03-26"),
                        LocalDate.parse("2026-03-25"),
                        LocalDate.parse("2026-03-24"),
                        LocalDate.parse("2026-03-23"),
                        // The 22nd, which is the newest of its week, was never proven good: the 21st takes its place.
                        LocalDate.parse("2026-03-21"),
                        LocalDate.parse("2026-03-15"),
                        LocalDate.parse("2026-02-28"));
    }

    @Test
    void whatIsReadJustNowStays() {
        StoredBundle old = complete(1, NOW.minus(Duration.ofDays(300)), true);
        StoredBundle read = new StoredBundle(old.id(), old.position(), old.since(), true, true, 1);
        StoredBundle good = complete(2, NOW, true);
        Lifetimes lifetimes = lifetimes(Duration.ofDays(1), null, 0, 0, 0);
        assertThat(kept(lifetimes, List.of(old, good))).containsExactly(2L);
        assertThat(kept(lifetimes, List.of(read, good))).containsExactlyInAnyOrder(1L, 2L);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdsWhateverThereIs(int seed) {
        Random random = new Random(seed);
        List<StoredBundle> bundles = random(random);
        Lifetimes lifetimes = lifetimes(
                random.nextBoolean() ? null : Duration.ofHours(1 + random.nextInt(400)),
                random.nextBoolean() ? null : Duration.ofHours(1 + random.nextInt(100)),
                random.nextInt(4),
                random.nextInt(4),
                random.nextInt(3));
        RetentionPlan plan = new RetentionPolicy(lifetimes).plan(bundles, NOW);
        Set<Long> kept = kept(plan);

        assertThat(plan.verdicts()).as("every bundle is judged").hasSameSizeAs(bundles);
        assertThat(plan.verdicts()).allMatch(verdict -> !verdict.reason().isEmpty());
        theLastChainStays(bundles, kept);
        assertThat(kept(unlimited(), bundles)).hasSameSizeAs(bundles);
        List<StoredBundle> left = bundles.stream()
                .filter(bundle -> kept.contains(bundle.id().sequence()))
                .toList();
        assertThat(kept(lifetimes, left)).as("done twice is done once").isEqualTo(kept);
        assertThat(kept)
                .as("time alone brings nothing back")
                .containsAll(kept(new RetentionPolicy(lifetimes).plan(bundles, NOW.plus(Duration.ofDays(3)))));
        notGoodDoesNotCount(lifetimes, bundles, kept);
        removalLeavesWhatRestores(plan, bundles);
    }

    private static Lifetimes unlimited() {
        return Lifetimes.unlimited();
    }

    private static void theLastChainStays(List<StoredBundle> bundles, Set<Long> kept) {
        Optional<StoredBundle> last = bundles.stream()
                .filter(bundle -> bundle.isComplete() && bundle.good())
                .max(Comparator.comparing(StoredBundle::id));
        for (StoredBundle bundle : bundles) {
            boolean chain = last.isEmpty()
                    || bundle.id().sequence() >= last.get().id().sequence()
                    || (!bundle.isComplete()
                            && bundle.position().compareTo(last.get().position()) > 0);
            if (chain || bundle.inUse()) {
                assertThat(kept).as("%s", bundle).contains(bundle.id().sequence());
            }
        }
    }

    /** Completes that were never proven good change nothing for those that were. */
    private static void notGoodDoesNotCount(Lifetimes lifetimes, List<StoredBundle> bundles, Set<Long> kept) {
        List<StoredBundle> good = bundles.stream()
                .filter(bundle -> !bundle.isComplete() || bundle.good())
                .toList();
        Set<Long> without = kept(lifetimes, good);
        good.forEach(bundle -> assertThat(without.contains(bundle.id().sequence()))
                .as("%s", bundle)
                .isEqualTo(kept.contains(bundle.id().sequence())));
    }

    /** Wherever a removal is cut off, no partial that is left has lost a complete before it that was still there when it was judged. */
    private static void removalLeavesWhatRestores(RetentionPlan plan, List<StoredBundle> bundles) {
        boolean completes = false;
        for (BundleId id : plan.removed()) {
            completes |= id.kind() == BundleKind.COMPLETE;
            assertThat(completes && id.kind() == BundleKind.PARTIAL)
                    .as("a partial after a complete, of %s", bundles.size())
                    .isFalse();
        }
    }

    private static List<StoredBundle> random(Random random) {
        List<StoredBundle> bundles = new ArrayList<>();
        Instant time = NOW.minus(Duration.ofDays(60));
        int count = random.nextInt(60);
        for (int i = 1; i <= count; i++) {
            time = time.plus(Duration.ofMinutes(random.nextInt(60 * 36)));
            boolean complete = random.nextInt(3) == 0;
            bundles.add(new StoredBundle(
                    new BundleId("shop", i, complete ? BundleKind.COMPLETE : BundleKind.PARTIAL, time),
                    // A complete that is long under way has a position before those of partials with lower numbers.
                    new Lsn(Math.max(1, i * 10L - (complete ? random.nextInt(50) : 0))),
                    time.plusSeconds(random.nextInt(10_000)),
                    random.nextInt(4) > 0,
                    random.nextInt(15) == 0,
                    1));
        }
        return bundles;
    }
}
