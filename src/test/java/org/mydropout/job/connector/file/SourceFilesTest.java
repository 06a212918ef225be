package org.mydropout.job.connector.file;

import static java.nio.file.Files.createDirectories;
import static java.nio.file.Files.createSymbolicLink;
import static java.nio.file.Files.writeString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link SourceFiles}. */
class SourceFilesTest {

    @TempDir private Path temporary;

    private Path data;

    @BeforeEach
    void createFiles() throws IOException {
        data = createDirectories(temporary.resolve("data"));
        for (String name : List.of("b.jsonl", "a.jsonl", "_SUCCESS", ".hidden")) {
            writeString(data.resolve(name), "{}");
        }
        writeString(createDirectories(data.resolve("2026-11-27")).resolve("c.jsonl"), "{}");
        writeString(createDirectories(data.resolve("_temporary")).resolve("d.jsonl"), "{}");
    }

    private List<String> names(String path) throws IOException {
        return SourceFiles.of(flinkPath(path)).files().stream()
                .map(file -> data.relativize(Path.of(file.path().getPath())).toString())
                .toList();
    }

    private org.apache.flink.core.fs.Path flinkPath(String path) {
        return new org.apache.flink.core.fs.Path(temporary + "/" + path);
    }

    @Test
    void findsAllFilesBelowADirectoryThatAreNotHidden() throws IOException {
        assertThat(names("data")).containsExactly("2026-11-27/c.jsonl", "a.jsonl", "b.jsonl");
        assertThat(SourceFiles.of(flinkPath("data")).leftOut().hiddenFiles()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_SUCCESS", ".hidden", "_temporary/d.jsonl", "a.jsonl"})
    void findsAFileThatIsNamedWhateverItsName(String name) throws IOException {
        assertThat(names("data/" + name)).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    data/*.jsonl         | a.jsonl,b.jsonl
                    data/*/*.jsonl       | 2026-11-27/c.jsonl
                    data/**.jsonl        | 2026-11-27/c.jsonl,a.jsonl,b.jsonl
                    data/{a,c}.jsonl     | a.jsonl
                    data/[b-z].jsonl     | b.jsonl
                    data/*.csv           | ''
                    """)
    void expandsPatterns(String pattern, String names) throws IOException {
        assertThat(String.join(",", names(pattern))).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b.jsonl", "a b.jsonl", "a%20b.jsonl", "a#b.jsonl", "a?b.jsonl", "é"})
    void findsFilesWithAnyName(String name) throws IOException {
        Path directory = createDirectories(data.resolve("names"));
        writeString(directory.resolve(name), "{}");
        assertThat(names("data/names")).containsExactly("names/" + name);
        assertThat(names("data/names/" + name)).containsExactly("names/" + name);
    }

    /** Flink's own paths from texts would be others. */
    @ParameterizedTest
    @ValueSource(strings = {" a.jsonl", "a.jsonl ", "a\\b.jsonl"})
    void findsFilesInADirectoryWithNamesThatFlinkWouldChange(String name) throws IOException {
        Path directory = createDirectories(data.resolve("names"));
        writeString(directory.resolve(name), "{}");

        SourceFile file = SourceFiles.of(flinkPath("data/names")).files().get(0);

        assertThat(file.path().getFileSystem().getFileStatus(file.path()).getLen()).isEqualTo(2);
        assertThat(names("data/names")).containsExactly("names/" + name);
    }

    @Test
    void countsTheFilesOfHiddenDirectoriesAndTheirBytes() throws IOException {
        writeString(data.resolve("_temporary/.e"), "four");
        createSymbolicLink(data.resolve("_temporary/loop"), data);
        createSymbolicLink(data.resolve("again.jsonl"), Path.of("a.jsonl"));

        assertThat(SourceFiles.of(flinkPath("data")).leftOut().description())
                .isEqualTo("5 hidden, 10 bytes; 1 linked, and read already");
    }

    @Test
    void knowsSizeAndTimeOfEachFile() throws IOException {
        Path file = data.resolve("a.jsonl");
        java.nio.file.Files.setLastModifiedTime(
                file, java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));

        assertThat(SourceFiles.of(flinkPath("data/a.jsonl")).files())
                .isEqualTo(
                        List.of(
                                new SourceFile(
                                        new org.apache.flink.core.fs.Path(file.toUri()),
                                        2,
                                        1_000_000_000_000L)));
    }

    @Test
    void findsALinkedFileOnce() throws IOException {
        createSymbolicLink(data.resolve("0-latest"), Path.of("2026-11-27"));
        createSymbolicLink(data.resolve("0-first.jsonl"), Path.of("a.jsonl"));
        assertThat(names("data")).containsExactly("2026-11-27/c.jsonl", "a.jsonl", "b.jsonl");
        assertThat(SourceFiles.of(flinkPath("data")).leftOut().repeatedLinks()).isEqualTo(2);
    }

    @Test
    void findsALinkedFileThatLiesElsewhere() throws IOException {
        Path elsewhere = createDirectories(temporary.resolve("elsewhere"));
        writeString(elsewhere.resolve("e.jsonl"), "{}");
        createSymbolicLink(data.resolve("2026-11-27/link"), elsewhere);
        createSymbolicLink(data.resolve("again"), elsewhere);
        assertThat(names("data"))
                .containsExactlyInAnyOrder(
                        "2026-11-27/c.jsonl", "a.jsonl", "b.jsonl", "2026-11-27/link/e.jsonl");
    }

    @Test
    void refusesALoop() throws IOException {
        createSymbolicLink(data.resolve("2026-11-27/loop"), data);
        assertThatThrownBy(() -> SourceFiles.of(flinkPath("data")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("2026-11-27/loop is a link to", "would never end");
    }

    @Test
    void refusesALinkThatLeadsNowhere() throws IOException {
        createSymbolicLink(data.resolve("broken.jsonl"), Path.of("absent.jsonl"));
        createSymbolicLink(data.resolve("self.jsonl"), Path.of("self.jsonl"));
        for (String path : List.of("data", "data/broken.jsonl", "data/self.jsonl")) {
            assertThatThrownBy(() -> SourceFiles.of(flinkPath(path)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("is a link to", "which does not exist");
        }
    }

    @Test
    void refusesADevice() {
        assertThatThrownBy(() -> SourceFiles.of(new org.apache.flink.core.fs.Path("/dev/null")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("/dev/null is a pipe or a device", "cat /dev/null > FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent.jsonl", "data/absent", "absent/*.jsonl"})
    void refusesWhatDoesNotExist(String path) {
        assertThatThrownBy(() -> SourceFiles.of(flinkPath(path)))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("does not exist");
    }
}
