package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.failure.TidemarkException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleReferenceTest {
    private static final BundleId FIRST = bundle("a", 1, "2025-01-01T00:00:00Z");
    private static final BundleId SECOND = bundle("a", 2, "2025-01-02T00:00:00Z");
    private static final BundleId OTHER = bundle("b", 2, "2025-01-01T12:00:00Z");
    private static final List<BundleId> ALL = List.of(FIRST, SECOND, OTHER);

    @Test
    void findsByNameByNumberAndTheLatest() {
        assertThat(new BundleReference(OTHER.name()).among(ALL)).isEqualTo(OTHER);
        assertThat(new BundleReference("1").among(ALL)).isEqualTo(FIRST);
        assertThat(new BundleReference("0000000001").among(ALL)).isEqualTo(FIRST);
        assertThat(new BundleReference("latest").among(ALL)).isEqualTo(SECOND);
    }

    @Test
    void refusesWhatIsUnknownOrMeansTwo() {
        assertThatThrownBy(() -> new BundleReference("2").among(ALL))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("2 bundles");
        assertThatThrownBy(() -> new BundleReference("3").among(ALL)).isInstanceOf(TidemarkException.class);
        assertThatThrownBy(() -> new BundleReference("x").among(ALL)).isInstanceOf(TidemarkException.class);
        assertThatThrownBy(() -> new BundleReference("latest").among(List.of())).isInstanceOf(TidemarkException.class);
    }

    private static BundleId bundle(String source, long sequence, String created) {
        return new BundleId(source, sequence, BundleKind.COMPLETE, Instant.parse(created));
    }
}
