package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {

    @Test
    void namesTheVersionThatTheBuildFilledIn() {
        assertThat(Version.current()).as("version").matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }
}
