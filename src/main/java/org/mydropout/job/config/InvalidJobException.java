package org.mydropout.job.config;

import java.io.Serial;
import java.util.List;

/** Reports all problems of a job file, before anything is started. */
public final class InvalidJobException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /**
     * @param problems the problems, at least one, each a full sentence
     */
    public InvalidJobException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, each a full sentence. */
    public List<String> problems() {
        return problems;
    }
}
