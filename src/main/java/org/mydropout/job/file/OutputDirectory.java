package org.mydropout.job.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** A directory that a job is about to write into. */
public final class OutputDirectory {

    /** What a sink of {@link LineFiles} names its files, finished or in progress. */
    private static final Pattern OWN_FILE = Pattern.compile("\\.?" + LineFiles.PART_PREFIX + "-.*");

    private final Path path;
    private final List<FileStatus> entries;

    private OutputDirectory(Path path, List<FileStatus> entries) {
        this.path = path;
        this.entries = entries;
    }

    /** Looks at a directory, which need not exist. */
    public static OutputDirectory at(Path path) throws IOException {
        try {
            FileStatus[] entries = path.getFileSystem().listStatus(path);
            return new OutputDirectory(path, entries == null ? List.of() : List.of(entries));
        } catch (FileNotFoundException e) {
            return new OutputDirectory(path, List.of());
        }
    }

    /** Whether nothing is in it. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** An entry that no sink of ours wrote, and that is therefore never deleted. */
    public Optional<String> foreignEntry() {
        return entries.stream()
                .filter(
                        entry ->
                                entry.isDir()
                                        || !OWN_FILE.matcher(entry.getPath().getName()).matches())
                .map(entry -> entry.getPath().getName())
                .findFirst();
    }

    /** Deletes an earlier output's files. */
    public void clear() throws IOException {
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
