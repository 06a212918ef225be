package org.mydropout.job.connector.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.mydropout.job.connector.CommitLog;

/**
 * Commits as empty hidden files in the output's directory, named {@code .committed-JOB-SNAPSHOT}.
 * Creating an empty file is atomic: no reader sees half a commit.
 *
 * <p>Flink numbers the snapshots of a job that continues from a snapshot on from its number, so the
 * highest number is the latest. {@link #add} deletes earlier files, {@link #addRestored} keeps
 * them.
 */
final class CommitMarks implements CommitLog {
    private static final long serialVersionUID = 1L;

    /** The regular expression of the names. */
    static final String NAME = "\\.committed-([0-9a-f]{32})-(\\d{1,18})";

    private static final Pattern PATTERN = Pattern.compile(NAME);

    private final Path directory;

    /** What this subtask has added last. */
    private transient @Nullable Commit last;

    CommitMarks(Path directory) {
        this.directory = directory;
    }

    @Override
    public void add(Commit commit) throws IOException {
        mark(commit);
        FileSystem fileSystem = directory.getFileSystem();
        // Listing the directory each time would be slow if it holds many files.
        for (Commit earlier : last == null ? commits() : List.of(last)) {
            if (earlier.snapshot() < commit.snapshot()) {
                fileSystem.delete(file(earlier), false);
            }
        }
        last = commit;
    }

    @Override
    public void addRestored(Commit commit) throws IOException {
        mark(commit);
    }

    private void mark(Commit commit) throws IOException {
        directory.getFileSystem().create(file(commit), WriteMode.OVERWRITE).close();
    }

    private Path file(Commit commit) {
        return new Path(directory, ".committed-" + commit.job() + "-" + commit.snapshot());
    }

    @Override
    public Collection<Commit> commits() throws IOException {
        List<Commit> commits = new ArrayList<>();
        for (FileStatus entry : entries()) {
            Matcher name = PATTERN.matcher(entry.getPath().getName());
            if (name.matches()) {
                commits.add(new Commit(name.group(1), Long.parseLong(name.group(2))));
            }
        }
        return commits;
    }

    private FileStatus[] entries() throws IOException {
        try {
            FileStatus[] entries = directory.getFileSystem().listStatus(directory);
            return entries == null ? new FileStatus[0] : entries;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }
}
