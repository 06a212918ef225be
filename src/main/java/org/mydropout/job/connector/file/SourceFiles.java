package org.mydropout.job.connector.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
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
 * @param leftOut the files that are not read
 */
record SourceFiles(List<SourceFile> files, LeftOut leftOut) {

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
        SourceFiles found = new SourceFiles(new ArrayList<>(), new LeftOut());
        if (fileSystem.exists(source)) {
            FileStatus status = fileSystem.getFileStatus(source);
            if (status.isDir()) {
                found.walk(fileSystem, source, path -> true);
            } else {
                found.add(status);
            }
        } else {
            requirePattern(source.getPath());
            PathMatcher matcher = matcher(source.getPath());
            found.walk(
                    fileSystem,
                    new Path(source, "/" + withoutPattern(source.getPath())),
                    path -> matcher.matches(java.nio.file.Path.of(path)));
        }
        return found;
    }

    private void add(FileStatus file) {
        files.add(new SourceFile(file.getPath(), file.getLen(), file.getModificationTime()));
    }

    private void walk(FileSystem fileSystem, Path directory, Predicate<String> isRead)
            throws IOException {
        for (FileStatus entry : entries(fileSystem, directory)) {
            if (isHidden(entry.getPath().getName())) {
                countHidden(fileSystem, entry);
            } else if (entry.isDir()) {
                walk(fileSystem, entry.getPath(), isRead);
            } else if (isRead.test(entry.getPath().getPath())) {
                add(entry);
            }
        }
    }

    private void countHidden(FileSystem fileSystem, FileStatus entry) throws IOException {
        if (!entry.isDir()) {
            leftOut.hidden(entry.getLen());
            return;
        }
        for (FileStatus inner : entries(fileSystem, entry.getPath())) {
            countHidden(fileSystem, inner);
        }
    }

    private static FileStatus[] entries(FileSystem fileSystem, Path directory) throws IOException {
        FileStatus[] entries = fileSystem.listStatus(directory);
        if (entries == null) {
            throw new FileNotFoundException("%s does not exist".formatted(directory));
        }
        Arrays.sort(entries, Comparator.comparing(entry -> entry.getPath().getName()));
        return entries;
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
