package org.mydropout.job.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads files that are given by name and may be anything. */
public final class TextFile {

    /** In bytes. The memory of the YAML parser grows with the square of the length of a value. */
    static final int MAX_SIZE = 1 << 17;

    private TextFile() {}

    /**
     * Reads a file, or anything else with a path, such as a pipe. Reads at most one byte more than
     * the limit.
     *
     * @param file UTF-8 of at most 131,072 bytes
     * @return the text of the file
     * @throws InvalidJobException if the file cannot be read, is larger, or is not UTF-8
     */
    public static String read(File file) throws InvalidJobException {
        byte[] bytes;
        try (InputStream in = new FileInputStream(file)) {
            bytes = in.readNBytes(MAX_SIZE + 1);
        } catch (IOException e) {
            throw refused(file, "be a file that can be read, but " + hindrance(file));
        }
        if (bytes.length > MAX_SIZE) {
            throw refused(file, "have at most %d bytes, but has more".formatted(MAX_SIZE));
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw refused(file, "be UTF-8, but is not");
        }
    }

    private static String hindrance(File file) {
        if (!file.exists()) {
            return "does not exist";
        }
        return file.isDirectory() ? "is a directory" : "may not be read by this user";
    }

    private static InvalidJobException refused(File file, String rule) {
        return new InvalidJobException(List.of("The file %s must %s.".formatted(file, rule)));
    }
}
