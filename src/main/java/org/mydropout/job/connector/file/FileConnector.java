package org.mydropout.job.connector.file;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.Connector;
import org.mydropout.job.connector.CsvOptions;
import org.mydropout.job.connector.Places;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.connector.RunMode;
import org.mydropout.job.snapshot.ApplicationJob;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.PrintableText;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.TextFormat;

/** The connector {@code filesystem}: lines of files on any file system of Flink. */
public final class FileConnector implements Connector {

    /** The encoding of file names in this JVM, from the locale in which it was started. */
    private static final Charset FILE_NAMES =
            Charset.forName(System.getProperty("sun.jnu.encoding"));

    private static final String SOURCE_RULE =
            "a file, a directory or a pattern such as data/*.jsonl";

    @Override
    public String name() {
        return "filesystem";
    }

    @Override
    public List<ConfigOption<?>> options() {
        return FileOptions.ALL;
    }

    @Override
    public Optional<? extends RecordSource> source(
            OptionReader options, Optional<TextFormat> format) {
        Optional<Path> path = path(options, FileOptions.SOURCE_PATH, SOURCE_RULE);
        Optional<MemorySize> maxLineSize =
                options.optional(
                        FileOptions.SOURCE_MAX_LINE_SIZE,
                        "from 1 byte to 1 gb",
                        size -> size.getBytes() >= 1 && size.getBytes() <= LineFiles.MAX_LINE_SIZE);
        if (path.isEmpty() || format.isEmpty() || maxLineSize.isEmpty()) {
            return Optional.empty();
        }
        return CsvOptions.dialect(options, format.get())
                .flatMap(
                        dialect ->
                                source(
                                        options,
                                        path.get(),
                                        format.get(),
                                        dialect,
                                        (int) maxLineSize.get().getBytes()));
    }

    private static Optional<FileRecordSource> source(
            OptionReader options,
            Path path,
            TextFormat format,
            CsvDialect dialect,
            int maxLineSize) {
        try {
            SourceFiles files = SourceFiles.of(path);
            if (files.files().isEmpty()) {
                options.mustBe(
                        FileOptions.SOURCE_PATH,
                        SOURCE_RULE,
                        "%s, in which there is no file to read (%d hidden ones: their names begin with '.' or '_')"
                                .formatted(path, files.leftOut().hiddenFiles()));
                return Optional.empty();
            }
            boolean csv = format == TextFormat.CSV;
            byte[] first =
                    LineFiles.firstRow(
                                    files,
                                    maxLineSize,
                                    csv ? Optional.of(dialect) : Optional.empty(),
                                    0,
                                    row -> true)
                            .orElse(new byte[0]);
            return Optional.of(
                    new FileRecordSource(
                            path,
                            format,
                            maxLineSize,
                            files.leftOut().description(),
                            LineFiles.size(files),
                            csv ? Optional.of(CsvHeader.of(first, dialect)) : Optional.empty()));
        } catch (InvalidFileException e) {
            options.problem(e.getMessage());
        } catch (IOException e) {
            options.problem(
                    "%s must be %s, but %s."
                            .formatted(FileOptions.SOURCE_PATH.key(), SOURCE_RULE, e.getMessage()));
        } catch (RefusedLineException e) {
            options.problem(
                    "The header of %s, %s, is wrong. %s"
                            .formatted(FileOptions.SOURCE_PATH.key(), path, e.getMessage()));
        }
        return Optional.empty();
    }

    @Override
    public Optional<? extends RecordSink> sink(OptionReader options, String prefix) {
        Optional<Path> path = path(options, FileOptions.path(prefix), "a directory");
        Optional<Boolean> overwrite = options.flag(FileOptions.overwrite(prefix));
        if (path.isEmpty() || overwrite.isEmpty()) {
            return Optional.empty();
        }
        boolean replaces = overwrite.get() || isUnfinishedOfThisJob(options, path.get());
        return Optional.of(
                new FileRecordSink(path.get(), replaces && !isRestored(options), List.of()));
    }

    /** Reads a path. Without a scheme it is relative to the working directory. */
    private static Optional<Path> path(
            OptionReader options, ConfigOption<String> option, String rule) {
        Optional<String> text = options.required(option, rule);
        if (text.isPresent() && text.get().indexOf('\0') >= 0) { // as "\0" in YAML
            options.mustBe(option, rule, "'" + PrintableText.printable(text.get()) + "'");
            return Optional.empty();
        }
        if (text.isPresent() && !FILE_NAMES.newEncoder().canEncode(text.get())) {
            options.problem(
                    "%s must be a path that this JVM can encode, but is '%s', and file names are in %s here; the environment variable LC_ALL=C.UTF-8 helps."
                            .formatted(option.key(), text.get(), FILE_NAMES));
            return Optional.empty();
        }
        try {
            return text.map(Path::new)
                    .map(
                            path ->
                                    path.isAbsolute() || path.toUri().getScheme() != null
                                            ? path
                                            : new Path(new File(text.get()).getAbsolutePath()));
        } catch (IllegalArgumentException e) {
            options.mustBe(option, rule, "'" + text.get() + "'");
            return Optional.empty();
        }
    }

    /** Whether the job is restored from a savepoint, so that it continues its earlier output. */
    private static boolean isRestored(OptionReader options) {
        return options.isSet(StateRecoveryOptions.SAVEPOINT_PATH);
    }

    /** Whether the output is what this job left when it was lost before its first checkpoint. */
    private static boolean isUnfinishedOfThisJob(OptionReader options, Path path) {
        try {
            return ApplicationJob.wasLostAtItsStart(options.toMap())
                    && OutputDirectory.isUnfinished(path);
        } catch (IOException e) {
            return false; // the check of the directory tells why it cannot be read
        }
    }

    /** A job that writes where it reads would read its own output, or delete its input. */
    @Override
    public void checkApart(OptionReader options, Places places) {
        Map<String, Path> paths = new LinkedHashMap<>();
        places.source(FileRecordSource.class)
                .ifPresent(source -> paths.put(FileOptions.SOURCE_PATH.key(), source.path()));
        places.sinks(FileRecordSink.class)
                .forEach((prefix, sink) -> paths.put(FileOptions.path(prefix).key(), sink.path()));
        paths.forEach(
                (inner, path) ->
                        paths.forEach(
                                (outer, otherPath) -> {
                                    if (!inner.equals(outer) && isWithin(path, otherPath)) {
                                        options.problem(
                                                "%s must not lie in %s, but is %s in %s."
                                                        .formatted(inner, outer, path, otherPath));
                                    }
                                }));
    }

    private static boolean isWithin(Path inner, Path outer) {
        return (resolved(inner) + Path.SEPARATOR).startsWith(resolved(outer) + Path.SEPARATOR);
    }

    /** The same text for all spellings of a path: with and without a scheme or links. */
    private static String resolved(Path path) {
        try {
            FileSystem fileSystem = path.getFileSystem();
            return fileSystem.isDistributedFS()
                    ? path.makeQualified(fileSystem).toString()
                    : new File(path.getPath()).getCanonicalPath();
        } catch (IOException e) {
            return path.toString(); // opening it reports the problem
        }
    }

    @Override
    public void checkStart(OptionReader options, Places places, RunMode mode) {
        boolean restored = isRestored(options);
        places.sinks(FileRecordSink.class)
                .forEach(
                        (prefix, sink) -> {
                            if (restored) {
                                RecoveryCheck.check(options, sink);
                            } else {
                                OutputDirectoryCheck.start(options, prefix, sink);
                            }
                        });
    }

    @Override
    public void checkWritten(OptionReader options, Places places) {
        places.sinks(FileRecordSink.class)
                .forEach((prefix, sink) -> OutputDirectoryCheck.written(options, prefix, sink));
    }
}
