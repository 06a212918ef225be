package org.mydropout.job.connector.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * {@link SourceFiles} of the local file system, which has links, pipes and devices. Flink's own
 * listing follows links without checking their targets, and fails for names with a colon.
 */
final class LocalSourceFiles {

    private final PathMatcher matcher;
    private final List<Found> files = new ArrayList<>();
    private final List<Path> links = new ArrayList<>();
    private final LeftOut leftOut = new LeftOut();

    /** A file with its attributes, which are read once. */
    private record Found(Path path, BasicFileAttributes attributes) {

        /** Flink's own way from a file to its path looks each file up again. */
        SourceFile file() {
            try {
                return new SourceFile(
                        new org.apache.flink.core.fs.Path(
                                new URI("file", null, path.toAbsolutePath().toString(), null)),
                        attributes.size(),
                        attributes.lastModifiedTime().toMillis());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e); // an absolute path is one of a URI
            }
        }
    }

    private LocalSourceFiles(PathMatcher matcher) {
        this.matcher = matcher;
    }

    static SourceFiles of(Path source) throws IOException {
        try {
            return find(source);
        } catch (AccessDeniedException e) {
            throw new IOException("%s may not be read".formatted(e.getFile()), e);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "%s is gone since its directory was listed".formatted(e.getFile()), e);
        } catch (DirectoryIteratorException e) {
            throw new IOException("%s cannot be listed".formatted(source), e);
        } catch (PatternSyntaxException e) {
            throw new IOException("%s is a pattern with an error".formatted(source), e);
        }
    }

    private static SourceFiles find(Path source) throws IOException {
        if (Files.isRegularFile(source)) {
            Found file = new Found(source, attributes(source));
            return new SourceFiles(List.of(file.file()), new LeftOut());
        }
        LocalSourceFiles found;
        if (Files.exists(source)) {
            if (!Files.isDirectory(source)) {
                requireRegular(source, attributes(source));
            }
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
        return new SourceFiles(found.files.stream().map(Found::file).toList(), found.leftOut);
    }

    /** Adds the files below a directory, and collects the links. */
    private void walk(Path directory) throws IOException {
        for (Path entry : entries(directory)) {
            if (SourceFiles.isHidden(entry.getFileName().toString())) {
                countHidden(entry);
                continue;
            }
            BasicFileAttributes attributes = attributesOfLink(entry);
            if (attributes.isSymbolicLink()) {
                links.add(entry);
            } else if (attributes.isDirectory()) {
                walk(entry);
            } else if (matcher.matches(entry)) {
                requireRegular(entry, attributes);
                files.add(new Found(entry, attributes));
            }
        }
    }

    private void countHidden(Path entry) throws IOException {
        BasicFileAttributes attributes = attributesOfLink(entry);
        if (!attributes.isDirectory()) {
            leftOut.hidden(attributes.isRegularFile() ? attributes.size() : 0);
        } else if (Files.isReadable(entry) && Files.isExecutable(entry)) {
            for (Path inner : entries(entry)) {
                countHidden(inner);
            }
        } else {
            leftOut.unlisted();
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        entries.sort(Comparator.comparing(entry -> entry.getFileName().toString()));
        return entries;
    }

    private static BasicFileAttributes attributesOfLink(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    /**
     * Follows the links after all files, so that a file is listed under its own path if it has one.
     */
    private void follow() throws IOException {
        if (links.isEmpty()) {
            return;
        }
        Set<Path> seen = new HashSet<>();
        for (Found file : files) {
            seen.add(file.path().toRealPath());
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
                List<Found> linked = files.subList(before, files.size());
                List<Found> further = new ArrayList<>(linked);
                linked.clear();
                for (Found file : further) {
                    add(file, seen);
                }
            } else {
                leftOut.repeated();
            }
        } else if (matcher.matches(link)) {
            BasicFileAttributes attributes = attributes(target);
            requireRegular(link, attributes);
            add(new Found(link, attributes), seen);
        }
    }

    private void add(Found file, Set<Path> seen) throws IOException {
        if (seen.add(file.path().toRealPath())) {
            files.add(file);
        } else {
            leftOut.repeated();
        }
    }

    private static void requireRegular(Path path, BasicFileAttributes attributes)
            throws IOException {
        if (!attributes.isRegularFile()) {
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
}
