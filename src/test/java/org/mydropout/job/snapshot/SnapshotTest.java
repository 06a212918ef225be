package org.mydropout.job.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@link Snapshot}, on the savepoint of version 0.1.0. */
class SnapshotTest {

    private static final Path GOLDEN =
            Path.of("src", "test", "resources", "golden", "job-v1", "_metadata");

    @TempDir private Path directory;

    @Test
    void readsItsNumber() throws IOException {
        assertThat(Snapshot.at(GOLDEN.getParent().toString()).number()).isEqualTo(3);
    }

    /** In a few lengths, Flink reads the number of a class beyond the end, as -1. */
    @Test
    void refusesMetadataThatIsCutShortAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(GOLDEN);
        for (int length = 0; length < whole.length; length++) {
            Files.write(directory.resolve("_metadata"), Arrays.copyOf(whole, length));

            Throwable failure = catchThrowable(() -> Snapshot.at(directory.toString()));

            assertThat(failure).as("length %d", length).isInstanceOf(IOException.class);
            assertThat(failure.getMessage())
                    .isIn(
                            "its file _metadata is cut short",
                            "Unknown implementation of StreamStateHandle, code: -1");
        }
    }
}
