package org.mydropout.flink;

import java.util.List;
import org.apache.flink.annotation.PublicEvolving;

/** Reports all problems of the {@code dropout.*} options of a job. */
@PublicEvolving
public final class InvalidDropoutConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Serializable, because {@code List.copyOf} and its elements are. */
    @SuppressWarnings("serial")
    private final List<String> problems;

    InvalidDropoutConfigException(List<String> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, at least one. Each is a sentence with option, rule and value. */
    public List<String> problems() {
        return problems;
    }

    private static String message(List<String> problems) {
        if (problems.size() == 1) {
            return problems.get(0);
        }
        return "The dropout options have "
                + problems.size()
                + " problems:\n  - "
                + String.join("\n  - ", problems);
    }
}
