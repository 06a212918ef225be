package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceFileTest {

    private static final String RECORD = "{\"id\":\"a\",\"features\":[1,2]}\n";

    @TempDir private Path directory;

    @Test
    void refusesAFileThatHasChangedSinceItWasLookedAt() throws Exception {
        Path file = Files.writeString(directory.resolve("set.jsonl"), RECORD);
        ReferenceFile seen = ReferenceFile.at(file.toString());
        Files.writeString(file, RECORD.replace("1", "3"));

        assertThatIllegalArgumentException()
                .isThrownBy(seen::set)
                .withMessageStartingWith(
                        "reference must be the file with the SHA-256 %s, but %s has "
                                .formatted(seen.sha256(), file));
    }

    @Test
    void readsAFileOnce() throws Exception {
        Path file = Files.writeString(directory.resolve("set.jsonl"), RECORD);
        ReferenceFile seen = ReferenceFile.at(file.toString());

        assertThat(seen.set()).isSameAs(ReferenceFile.at(file.toString()).set());
    }
}
