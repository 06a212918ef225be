package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The text in a savepoint or checkpoint, which contains the name and the serializer snapshot of
 * each state.
 */
public final class SavepointText {

    private SavepointText() {}

    /**
     * Fails unless these states exist and no state uses Kryo, whose name is part of the class name
     * of Flink's snapshot for it.
     *
     * @param directory the savepoint, or the checkpoint
     */
    public static void assertNotThroughKryo(Path directory, String... states) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(text).contains(states).doesNotContainIgnoringCase("kryo");
    }
}
