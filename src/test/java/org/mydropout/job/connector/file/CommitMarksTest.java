package org.mydropout.job.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mydropout.job.connector.CommitLog;
import org.mydropout.job.connector.CommitLog.Commit;

/** Tests for {@link CommitMarks}. */
class CommitMarksTest {

    private static final String JOB = "0123456789abcdef0123456789abcdef";

    @TempDir private Path directory;

    private CommitMarks marks() {
        return new CommitMarks(new org.apache.flink.core.fs.Path(output().toUri()));
    }

    private Path output() {
        return directory.resolve("out");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(output())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void holdTheLastCommit() throws IOException {
        CommitMarks marks = marks();
        assertThat(marks.commits()).isEmpty();

        marks.add(new Commit(JOB, 9));
        marks.add(new Commit(JOB, 10));

        assertThat(marks().commits()).containsExactly(new Commit(JOB, 10));
        assertThat(files()).containsExactly(".committed-" + JOB + "-10");
    }

    @Test
    void areSharedByAllSubtasks() throws IOException {
        CommitMarks some = marks();
        CommitMarks others = marks();
        some.add(new Commit(JOB, 2));
        others.add(new Commit(JOB, 2));
        others.add(new Commit(JOB, 3));
        some.add(new Commit(JOB, 2));

        assertThat(CommitLog.last(marks().commits())).contains(new Commit(JOB, 3));
    }

    /** The snapshot of the earlier job is needed until the job that continues it has its own. */
    @Test
    void holdBothJobsUntilTheSecondCommits() throws IOException {
        Commit restored = new Commit("f".repeat(32), 2);
        marks().add(new Commit(JOB, 1));
        marks().add(new Commit(JOB, 2));
        CommitMarks second = marks();

        second.addRestored(restored);
        assertThat(marks().commits()).containsExactlyInAnyOrder(new Commit(JOB, 2), restored);

        second.add(new Commit(restored.job(), 3));
        assertThat(marks().commits()).containsExactly(new Commit(restored.job(), 3));
    }

    /** The earlier job was lost after a snapshot was complete, and before it was marked. */
    @Test
    void holdTheJobOfASnapshotThatIsNewerThanItsMark() throws IOException {
        Commit restored = new Commit("f".repeat(32), 3);
        marks().add(new Commit(JOB, 2));

        marks().addRestored(restored);

        assertThat(marks().commits()).containsExactlyInAnyOrder(new Commit(JOB, 2), restored);
    }

    @Test
    void ignoreOtherFiles() throws IOException {
        Files.createDirectories(output());
        for (String name :
                new String[] {"part-0.jsonl", ".committed-x-1", "committed-" + JOB + "-1"}) {
            Files.createFile(output().resolve(name));
        }

        assertThat(marks().commits()).isEmpty();
    }

    @Test
    void areDeletedWithAnEarlierOutput() throws IOException {
        marks().add(new Commit(JOB, 1));
        OutputDirectory found =
                OutputDirectory.at(new org.apache.flink.core.fs.Path(output().toUri()), List.of());

        assertThat(found.foreignEntry()).isEmpty();
        found.clear();
        assertThat(files()).isEmpty();
    }
}
