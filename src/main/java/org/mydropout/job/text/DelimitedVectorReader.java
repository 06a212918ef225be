package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the numbers of a vector with a delimiter between them, each written as in JSON. */
final class DelimitedVectorReader {

    private final FieldReader field;
    private final VectorBuffer elements;

    DelimitedVectorReader(FieldReader field, ElementType type) {
        this.field = field;
        this.elements = VectorBuffer.of(field, type);
    }

    /**
     * Reads numbers directly from the bytes of a line. An empty range has no numbers.
     *
     * @param delimiter where it is white space, it may come several times
     * @return whether all of the range was read
     */
    boolean scan(byte[] text, int start, int end, char delimiter) {
        clear();
        boolean space = JsonTokens.isSpace((byte) delimiter);
        int at = JsonTokens.afterSpace(text, start, end);
        while (at < end) {
            at = elements.scan(text, at, end);
            if (at == VectorBuffer.LEFT) {
                return false;
            }
            at = JsonTokens.afterSpace(text, at, end);
            if (at < end && text[space ? at - 1 : at] != delimiter) {
                return false;
            }
            if (at < end && !space) {
                at = JsonTokens.afterSpace(text, at + 1, end);
                if (at == end) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Reads number by number what {@link #scan} has not read.
     *
     * @throws RefusedLineException if one of them is none
     */
    void read(byte[] text, ByteRange range, char delimiter) throws RefusedLineException {
        clear();
        boolean space = JsonTokens.isSpace((byte) delimiter);
        ByteRange rest = JsonTokens.trimmed(text, range);
        int start = rest.start();
        while (rest.length() > 0) {
            int end = start;
            while (end < rest.end() && text[end] != delimiter) {
                end++;
            }
            readElement(text, JsonTokens.trimmed(text, new ByteRange(start, end)), delimiter);
            if (end == rest.end()) {
                return;
            }
            start = space ? JsonTokens.afterSpace(text, end, rest.end()) : end + 1;
        }
    }

    /** Forgets what was read. */
    void clear() {
        elements.clear();
    }

    /**
     * Reads one number of a text after those before it.
     *
     * @param delimiter what stands between them
     * @throws RefusedLineException if it is none
     */
    void readElement(byte[] text, ByteRange range, char delimiter) throws RefusedLineException {
        if (elements.scanAll(text, range)) {
            return;
        }
        String number = new String(text, range.start(), range.length(), StandardCharsets.UTF_8);
        try (JsonParser parser = JsonTokens.FACTORY.createParser(number)) {
            JsonToken token = parser.nextToken();
            if (token == null || !token.isNumeric()) {
                throw refuse(number, delimiter);
            }
            double value = elements.number(parser, token);
            if (parser.nextToken() != null) {
                throw refuse(number, delimiter);
            }
            elements.append(value);
        } catch (JacksonException e) {
            throw refuse(number, delimiter);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading characters in memory failed.", e);
        }
    }

    private RefusedLineException refuse(String number, char delimiter) {
        return field.refuse(
                WRONG_TYPE,
                "numbers separated by '%s'".formatted(PrintableText.printable("" + delimiter)),
                "a text whose element %d is %s"
                        .formatted(
                                elements.size(),
                                number.isEmpty() ? "empty" : PrintableText.quoted(number)),
                SeparatorHelp.of(number));
    }

    /** The number of elements that have been read. */
    int size() {
        return elements.size();
    }

    /** The elements of the last vector. */
    Elements elements() {
        return elements.elements();
    }
}
