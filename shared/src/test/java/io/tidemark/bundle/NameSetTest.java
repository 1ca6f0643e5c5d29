package io.tidemark.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameSetTest {
    @Test
    void remembersAsManyNamesAsAVolumeMayHave() {
        NameSet names = new NameSet();
        for (int i = 0; i < Limits.MAX_ENTRIES; i++) {
            assertThat(names.add("name " + i)).isTrue();
        }
        assertThat(names.add("name 77")).isFalse();
        assertThat(names.size()).isEqualTo(Limits.MAX_ENTRIES);
    }
}
