package org.mydropout.job.connector.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** The content of a sink's directory at one moment. */
final class OutputDirectory {

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /**
     * The names that Flink's FileSink gives to the files of our sinks, finished or in progress, and
     * the names of {@link CommitMarks}.
     */
    private static final Pattern OWN_FILE =
            Pattern.compile(
                    "%1$s-%2$s-\\d+\\.(jsonl|csv)|\\.%1$s-%2$s-\\d+\\.(jsonl|csv)\\.inprogress\\.%2$s|%3$s"
                            .formatted(LineFiles.PART_PREFIX, UUID, CommitMarks.NAME));

    private final Path path;
    private final List<FileStatus> entries;

    private OutputDirectory(Path path, List<FileStatus> entries) {
        this.path = path;
        this.entries = entries;
    }

    /**
     * Looks at a directory, which need not exist, and at those of parts below it.
     *
     * @throws IOException if it cannot be read, or is a file
     */
    static OutputDirectory at(Path path, List<String> parts) throws IOException {
        try {
            if (!path.getFileSystem().getFileStatus(path).isDir()) {
                throw new IOException("It is a file.");
            }
            List<FileStatus> entries = new ArrayList<>();
            for (FileStatus entry : listed(path)) {
                if (entry.isDir() && parts.contains(entry.getPath().getName())) {
                    entries.addAll(listed(entry.getPath()));
                } else {
                    entries.add(entry);
                }
            }
            return new OutputDirectory(path, entries);
        } catch (FileNotFoundException e) {
            return new OutputDirectory(path, List.of());
        }
    }

    /** Whether a directory and those below it hold files, none of which Flink's sink finished. */
    static boolean isUnfinished(Path path) throws IOException {
        if (!path.getFileSystem().exists(path)) {
            return false;
        }
        List<String> below = new ArrayList<>();
        for (FileStatus entry : listed(path)) {
            if (entry.isDir()) {
                below.add(entry.getPath().getName());
            }
        }
        OutputDirectory content = at(path, below);
        return !content.isEmpty() && content.unfinishedFiles() == content.entries.size();
    }

    private static List<FileStatus> listed(Path directory) throws IOException {
        FileStatus[] entries = directory.getFileSystem().listStatus(directory);
        return entries == null ? List.of() : List.of(entries);
    }

    /** Whether nothing is in it. */
    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The number of finished files. */
    long finishedFiles() {
        return entries.stream().filter(entry -> !entry.getPath().getName().startsWith(".")).count();
    }

    /** The number of files that Flink's sink did not finish. */
    long unfinishedFiles() {
        return entries.stream()
                .filter(entry -> entry.getPath().getName().contains(".inprogress."))
                .count();
    }

    /** An entry that was not written by a sink of ours, and is therefore never deleted. */
    Optional<String> foreignEntry() {
        return entries.stream()
                .filter(
                        entry ->
                                entry.isDir()
                                        || !OWN_FILE.matcher(entry.getPath().getName()).matches())
                .map(entry -> entry.getPath().getName())
                .findFirst();
    }

    /** Whether an entry is a directory with files of our sinks alone, such as a part of a split. */
    boolean isOutput(String entry) throws IOException {
        Path directory = new Path(path, entry);
        if (!directory.getFileSystem().getFileStatus(directory).isDir()) {
            return false;
        }
        OutputDirectory content = at(directory, List.of());
        return !content.isEmpty() && content.foreignEntry().isEmpty();
    }

    /** Deletes the files that were in the directory when it was read. */
    void clear() throws IOException {
        FileSystem fileSystem = path.getFileSystem();
        List<Path> left = new ArrayList<>();
        for (FileStatus entry : entries) {
            if (!fileSystem.delete(entry.getPath(), false)) {
                left.add(entry.getPath());
            }
        }
        if (!left.isEmpty()) {
            throw new IOException("The files of an earlier output could not be deleted: " + left);
        }
    }
}
