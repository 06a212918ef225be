package org.mydropout.job.connector.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The files of a source path, sorted by name, each once.
 *
 * <table>
 *   <caption>The files of a path</caption>
 *   <tr><td>a file</td><td>that file, whatever its name</td></tr>
 *   <tr><td>a directory</td><td>all files below it that are not hidden</td></tr>
 *   <tr><td>a pattern</td><td>all files that match and are not hidden, see {@link
 *       java.nio.file.FileSystem#getPathMatcher}</td></tr>
 * </table>
 *
 * <p>A file or directory is hidden if its name begins with {@code .} or {@code _}, as for Flink's
 * {@code DefaultFileFilter}.
 *
 * @param files the files to read
 * @param hidden the number of hidden files and directories that are not read
 * @param repeated the number of links that are not read because their file is already read
 */
record SourceFiles(List<FileStatus> files, int hidden, int repeated) {

    private static final String PATTERN_CHARACTERS = "*?[{";

    /**
     * Finds the files.
     *
     * @throws IOException with a message that continues a sentence after "but ", without a full
     *     stop
     */
    static SourceFiles of(Path source) throws IOException {
        FileSystem fileSystem = source.getFileSystem();
        if (fileSystem.getUri().getScheme().equals("file")) {
            return LocalSourceFiles.of(java.nio.file.Path.of(source.getPath()));
        }
        List<FileStatus> files = new ArrayList<>();
        int hidden;
        if (fileSystem.exists(source)) {
            FileStatus status = fileSystem.getFileStatus(source);
            hidden = status.isDir() ? walk(fileSystem, source, null, files) : 0;
            if (!status.isDir()) {
                files.add(status);
            }
        } else {
            requirePattern(source.getPath());
            hidden =
                    walk(
                            fileSystem,
                            new Path(source, "/" + withoutPattern(source.getPath())),
                            matcher(source.getPath()),
                            files);
        }
        return new SourceFiles(files, hidden, 0);
    }

    /** The numbers of files and directories that are not read, and why; empty if all are read. */
    String leftOut() {
        List<String> reasons = new ArrayList<>();
        if (hidden > 0) {
            reasons.add("%,d hidden".formatted(hidden));
        }
        if (repeated > 0) {
            reasons.add("%,d linked, and read already".formatted(repeated));
        }
        return String.join(", ", reasons);
    }

    private static int walk(
            FileSystem fileSystem, Path directory, PathMatcher matcher, List<FileStatus> files)
            throws IOException {
        FileStatus[] entries = fileSystem.listStatus(directory);
        if (entries == null) {
            throw new FileNotFoundException("%s does not exist".formatted(directory));
        }
        Arrays.sort(entries, Comparator.comparing(entry -> entry.getPath().getName()));
        int hidden = 0;
        for (FileStatus entry : entries) {
            if (isHidden(entry.getPath().getName())) {
                hidden++;
            } else if (entry.isDir()) {
                hidden += walk(fileSystem, entry.getPath(), matcher, files);
            } else if (matcher == null
                    || matcher.matches(java.nio.file.Path.of(entry.getPath().getPath()))) {
                files.add(entry);
            }
        }
        return hidden;
    }

    /**
     * The directory that a path has its files in, with a slash at its end: a directory itself, that
     * of a file, or the one below which a pattern looks.
     */
    static String directory(Path source) {
        try {
            FileSystem fileSystem = source.getFileSystem();
            String path = source.getPath();
            if (!fileSystem.exists(source)) {
                return withoutPattern(path);
            }
            return fileSystem.getFileStatus(source).isDir()
                    ? path + Path.SEPARATOR
                    : path.substring(0, path.lastIndexOf('/') + 1);
        } catch (IOException e) {
            return ""; // whoever reads it says what is wrong with it
        }
    }

    static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /** Refuses a path that is not a pattern. Called only if the path does not exist. */
    static void requirePattern(String path) throws IOException {
        if (path.chars().noneMatch(c -> PATTERN_CHARACTERS.indexOf(c) >= 0)) {
            throw new FileNotFoundException("%s does not exist".formatted(path));
        }
    }

    /** The directory that contains all possible matches of a pattern. */
    static String withoutPattern(String pattern) {
        int first = 0;
        while (first < pattern.length() && PATTERN_CHARACTERS.indexOf(pattern.charAt(first)) < 0) {
            first++;
        }
        return pattern.substring(0, pattern.lastIndexOf('/', first) + 1);
    }

    static PathMatcher matcher(String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }
}
