package org.mydropout.job.connector.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.local.LocalFileStatus;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * {@link SourceFiles} of the local file system, which has links, pipes and devices. Flink's own
 * listing follows links without checking their targets, and fails for names with a colon.
 */
final class LocalSourceFiles {

    private final PathMatcher matcher;
    private final List<Path> files = new ArrayList<>();
    private final List<Path> links = new ArrayList<>();
    private int hidden;
    private int repeated;

    private LocalSourceFiles(PathMatcher matcher) {
        this.matcher = matcher;
    }

    static SourceFiles of(Path source) throws IOException {
        try {
            return find(source);
        } catch (AccessDeniedException e) {
            throw new IOException("%s may not be read".formatted(e.getFile()), e);
        } catch (DirectoryIteratorException e) {
            throw new IOException("%s cannot be listed".formatted(source), e);
        } catch (PatternSyntaxException e) {
            throw new IOException("%s is a pattern with an error".formatted(source), e);
        }
    }

    private static SourceFiles find(Path source) throws IOException {
        if (Files.isRegularFile(source)) {
            return new SourceFiles(List.of(status(source)), 0, 0);
        }
        LocalSourceFiles found;
        if (Files.exists(source)) {
            requireFileOrDirectory(source);
            found = new LocalSourceFiles(path -> true);
            found.walk(source);
        } else {
            requireNoBrokenLink(source);
            String pattern = source.toString();
            SourceFiles.requirePattern(pattern);
            found = new LocalSourceFiles(SourceFiles.matcher(pattern));
            Path top = Path.of(SourceFiles.withoutPattern(pattern));
            if (!Files.isDirectory(top)) {
                throw new FileNotFoundException("%s does not exist".formatted(top));
            }
            found.walk(top);
        }
        found.follow();
        List<FileStatus> statuses = new ArrayList<>();
        for (Path file : found.files) {
            statuses.add(status(file));
        }
        return new SourceFiles(List.copyOf(statuses), found.hidden, found.repeated);
    }

    /** Adds the files below a directory, and collects the links. */
    private void walk(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        entries.sort(Comparator.comparing(entry -> entry.getFileName().toString()));
        for (Path entry : entries) {
            if (SourceFiles.isHidden(entry.getFileName().toString())) {
                hidden++;
            } else if (Files.isSymbolicLink(entry)) {
                links.add(entry);
            } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                walk(entry);
            } else if (matcher.matches(entry)) {
                requireFileOrDirectory(entry);
                files.add(entry);
            }
        }
    }

    /**
     * Follows the links after all files, so that a file is listed under its own path if it has one.
     */
    private void follow() throws IOException {
        if (links.isEmpty()) {
            return;
        }
        Set<Path> seen = new HashSet<>();
        for (Path file : files) {
            seen.add(file.toRealPath());
        }
        Set<Path> directories = new HashSet<>();
        for (int i = 0; i < links.size(); i++) { // a linked directory may contain more links
            follow(links.get(i), seen, directories);
        }
    }

    private void follow(Path link, Set<Path> seen, Set<Path> directories) throws IOException {
        requireNoBrokenLink(link);
        Path target = link.toRealPath();
        if (Files.isDirectory(target)) {
            if (link.toAbsolutePath().getParent().toRealPath().startsWith(target)) {
                throw new IOException(
                        "%s is a link to %s, a directory that holds it: following it would never end"
                                .formatted(link, target));
            }
            if (directories.add(target)) {
                int before = files.size();
                walk(link);
                List<Path> linked = files.subList(before, files.size());
                List<Path> further = new ArrayList<>(linked);
                linked.clear();
                for (Path file : further) {
                    add(file, seen);
                }
            } else {
                repeated++;
            }
        } else if (matcher.matches(link)) {
            requireFileOrDirectory(target);
            add(link, seen);
        }
    }

    private void add(Path file, Set<Path> seen) throws IOException {
        if (seen.add(file.toRealPath())) {
            files.add(file);
        } else {
            repeated++;
        }
    }

    private static void requireFileOrDirectory(Path path) throws IOException {
        if (!Files.isRegularFile(path) && !Files.isDirectory(path)) {
            throw new IOException(
                    "%s is a pipe or a device, which can be read only once, and Flink opens a source more than once; write it into a file first: cat %1$s > FILE"
                            .formatted(path));
        }
    }

    private static void requireNoBrokenLink(Path path) throws IOException {
        if (Files.isSymbolicLink(path) && !Files.exists(path)) {
            throw new IOException(
                    "%s is a link to %s, which does not exist or leads back to it"
                            .formatted(path, Files.readSymbolicLink(path)));
        }
    }

    private static FileStatus status(Path file) {
        return new LocalFileStatus(file.toFile(), LocalFileSystem.getSharedInstance());
    }
}
