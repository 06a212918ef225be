package org.mydropout.job.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    private Stream<String> files() throws IOException {
        return Files.list(output()).map(file -> file.getFileName().toString());
    }

    @Test
    void tellTheLastCommit() throws IOException {
        CommitMarks marks = marks();
        assertThat(marks.last()).isEmpty();

        marks.add(new Commit(JOB, 9));
        marks.add(new Commit(JOB, 10));

        assertThat(marks().last()).contains(new Commit(JOB, 10));
        assertThat(files()).containsExactly(".committed-" + JOB + "-10");
    }

    @Test
    void areThoseOfAllSubtasks() throws IOException {
        CommitMarks some = marks();
        CommitMarks others = marks();
        some.add(new Commit(JOB, 2));
        others.add(new Commit(JOB, 2));
        others.add(new Commit(JOB, 3));
        some.add(new Commit(JOB, 2));

        assertThat(marks().last()).contains(new Commit(JOB, 3));
    }

    @Test
    void areNotWhatSomethingElseIsNamed() throws IOException {
        Files.createDirectories(output());
        for (String name :
                new String[] {"part-0.jsonl", ".committed-x-1", "committed-" + JOB + "-1"}) {
            Files.createFile(output().resolve(name));
        }

        assertThat(marks().last()).isEmpty();
    }

    /** An earlier output's marks go with it. */
    @Test
    void belongToAnOutputOfOurs() throws IOException {
        marks().add(new Commit(JOB, 1));
        OutputDirectory found =
                OutputDirectory.at(new org.apache.flink.core.fs.Path(output().toUri()));

        assertThat(found.foreignEntry()).isEmpty();
        found.clear();
        assertThat(files()).isEmpty();
    }
}
