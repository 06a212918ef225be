package org.mydropout.job.config;

import java.io.Serial;
import java.util.List;

/** Everything that is wrong with a job file, found before anything was started. */
public final class InvalidJobException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /**
     * @param problems a full sentence for each problem, at least one
     */
    public InvalidJobException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** A full sentence for each problem. */
    public List<String> problems() {
        return problems;
    }
}
