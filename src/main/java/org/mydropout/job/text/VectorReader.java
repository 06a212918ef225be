package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import javax.annotation.Nullable;

/**
 * Reads a vector that is a JSON array, or nested ones: directly from the bytes of the line in
 * simple cases, and otherwise token by token, which also reports errors.
 */
final class VectorReader {

    /** The result of {@link #scan} if the vector must be read token by token. */
    static final int LEFT = VectorBuffer.LEFT;

    private final FieldReader field;
    private final VectorBuffer elements;
    private final Nesting nesting = new Nesting();

    VectorReader(FieldReader field, ElementType type) {
        this.field = field;
        this.elements = VectorBuffer.of(field, type);
    }

    /**
     * Reads a JSON array.
     *
     * @param start the index of its opening bracket
     * @return the index after its closing bracket, or {@link #LEFT}
     */
    int scan(byte[] text, int start) {
        clear();
        int at = start;
        while (at < text.length) {
            if (text[at] == '[') {
                if (!nesting.start(elements.size())) {
                    return LEFT;
                }
                at = JsonTokens.afterSpace(text, at + 1, text.length);
                if (at == text.length || text[at] != ']') {
                    continue;
                }
            } else {
                at = elements.scanRun(text, at, text.length);
                if (at == LEFT || !nesting.number()) {
                    return LEFT;
                }
                at = JsonTokens.afterSpace(text, at, text.length);
            }
            while (at < text.length && text[at] == ']') {
                if (!nesting.end(elements.size())) {
                    return LEFT;
                }
                at++;
                if (nesting.isComplete()) {
                    return at;
                }
                at = JsonTokens.afterSpace(text, at, text.length);
            }
            if (at == text.length || text[at] != ',') {
                return LEFT;
            }
            at = JsonTokens.afterSpace(text, at + 1, text.length);
        }
        return LEFT;
    }

    /**
     * Reads a JSON array.
     *
     * @param parser the parser, at the start of the array; moves to its end
     * @throws RefusedLineException if it has anything but numbers, or is ragged
     */
    void read(JsonParser parser) throws IOException, RefusedLineException {
        clear();
        nesting.start(0);
        while (!nesting.isComplete()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                require(nesting.start(elements.size()), "element %d is an array");
            } else if (token == JsonToken.END_ARRAY) {
                require(
                        nesting.end(elements.size()),
                        "nested array before element %d is of another length than one before it");
            } else {
                double value = elements.number(parser, token);
                require(nesting.number(), "element %d is beside nested arrays");
                elements.append(value);
            }
        }
    }

    private void require(boolean fits, String problem) throws RefusedLineException {
        if (!fits) {
            throw field.refuse(
                    WRONG_TYPE,
                    VectorBuffer.RULE
                            + ", nested ones being of equal lengths in at most 64 dimensions",
                    "an array whose " + problem.formatted(elements.size()));
        }
    }

    private void clear() {
        elements.clear();
        nesting.clear();
    }

    /** The numbers of the last vector, in row-major order. */
    Elements elements() {
        return elements.elements();
    }

    /** The dimensions of the last vector, outermost first; null if there is only one. */
    @Nullable
    int[] shape() {
        return nesting.shape();
    }
}
