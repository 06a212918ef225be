package org.mydropout.job.sheet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.mydropout.job.config.InvalidJobException;

/** The output file of a sheet: a page or an image. */
public final class SheetFile {

    private final Path path;
    private final boolean isImage;

    private SheetFile(Path path, boolean isImage) {
        this.path = path;
        this.isImage = isImage;
    }

    /**
     * Checks a path without writing.
     *
     * @throws InvalidJobException if it ends neither in .html nor in .png, or if its directory does
     *     not exist
     */
    public static SheetFile of(Path path) throws InvalidJobException {
        String name = path.toString().toLowerCase(Locale.ROOT);
        boolean isImage = name.endsWith(".png");
        if (!isImage && !name.endsWith(".html")) {
            throw new InvalidJobException(
                    List.of("--output must end in .html or .png, but is '%s'.".formatted(path)));
        }
        Path directory = path.toAbsolutePath().getParent();
        if (!Files.isDirectory(directory) || Files.isDirectory(path)) {
            throw new InvalidJobException(
                    List.of(
                            "--output must be a file in a directory that exists, but is '%s'."
                                    .formatted(path)));
        }
        return new SheetFile(path, isImage);
    }

    /**
     * Writes a sheet, and replaces an existing file.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Sheet sheet) throws IOException {
        if (isImage) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
                SheetImage.write(sheet, out);
            }
        } else {
            try (Writer out = Files.newBufferedWriter(path)) {
                new SheetPage(sheet).write(out);
            }
        }
    }
}
