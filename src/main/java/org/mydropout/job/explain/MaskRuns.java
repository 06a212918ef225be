package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The lengths of a mask's runs of kept and dropped elements, such as {@code 59 kept, 1 dropped, …}.
 */
final class MaskRuns {

    private MaskRuns() {}

    /**
     * The first runs.
     *
     * @param most the most runs to show, from 1; an ellipsis replaces further ones
     */
    static String of(BitSet kept, int size, int most) {
        List<String> runs = new ArrayList<>();
        for (int start = 0; start < size && runs.size() < most; ) {
            boolean isKept = kept.get(start);
            int end = isKept ? kept.nextClearBit(start) : kept.nextSetBit(start);
            end = end < 0 ? size : Math.min(end, size);
            runs.add((end - start) + (isKept ? " kept" : " dropped"));
            start = end;
            if (runs.size() == most && end < size) {
                runs.add("…");
            }
        }
        return String.join(", ", runs);
    }
}
