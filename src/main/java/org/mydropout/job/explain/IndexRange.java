package org.mydropout.job.explain;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.mydropout.job.config.InvalidJobException;

/** Reads indices from a command line: {@code 404..411}, inclusive, or a single index. */
public final class IndexRange {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(?:\\.\\.(\\d{1,9}))?");

    private IndexRange() {}

    /**
     * The indices of a range.
     *
     * @param size the number of elements
     * @throws InvalidJobException if the text is not a range of their indices
     */
    public static List<Integer> of(String text, int size) throws InvalidJobException {
        Matcher range = TEXT.matcher(text);
        if (range.matches()) {
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (first <= last && last < size) {
                return IntStream.rangeClosed(first, last).boxed().toList();
            }
        }
        throw new InvalidJobException(
                List.of(
                        "--elements must be indices from 0 to %d, as 404..411 or 404, but is '%s'."
                                .formatted(size - 1, text)));
    }
}
