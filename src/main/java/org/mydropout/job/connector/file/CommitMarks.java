package org.mydropout.job.connector.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.mydropout.job.connector.CommitLog;

/**
 * A hidden empty file in an output's directory, whose name tells the last commit: {@code
 * .committed-JOB-CHECKPOINT}. A name is there or not, so that no reader finds half of it.
 */
final class CommitMarks implements CommitLog {
    private static final long serialVersionUID = 1L;

    /** What the names look like. */
    static final String NAME = "\\.committed-([0-9a-f]{32})-(\\d{1,18})";

    private static final Pattern MARK = Pattern.compile(NAME);

    private final Path directory;

    /** What this subtask has noted last. */
    private transient Path mark;

    CommitMarks(Path directory) {
        this.directory = directory;
    }

    @Override
    public void add(Commit commit) throws IOException {
        FileSystem fileSystem = directory.getFileSystem();
        Path next = new Path(directory, ".committed-" + commit.job() + "-" + commit.checkpoint());
        fileSystem.create(next, WriteMode.OVERWRITE).close();
        if (mark != null && !mark.equals(next)) {
            fileSystem.delete(mark, false);
        }
        mark = next;
    }

    /** Checkpoints of a job that goes on are counted on, so that the greatest is the last. */
    @Override
    public Optional<Commit> last() throws IOException {
        List<Commit> commits = new ArrayList<>();
        for (FileStatus entry : entries()) {
            Matcher name = MARK.matcher(entry.getPath().getName());
            if (name.matches()) {
                commits.add(new Commit(name.group(1), Long.parseLong(name.group(2))));
            }
        }
        return commits.stream().max(Comparator.comparingLong(Commit::checkpoint));
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
