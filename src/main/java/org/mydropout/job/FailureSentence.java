package org.mydropout.job;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException;
import org.apache.flink.util.SerializedThrowable;
import org.apache.flink.util.StateMigrationException;

/**
 * One or two sentences about a failure: what failed, where, and what to do.
 *
 * <ol>
 *   <li>If the chain of causes has exceptions of ours, the message of the outermost one, which
 *       knows the place.
 *   <li>For failures of the JVM and of Flink that a user can fix, a sentence from this class.
 *   <li>Otherwise the message of the innermost cause, and a hint at {@code --debug}.
 * </ol>
 */
final class FailureSentence {

    private static final String OURS = "org.mydropout.";

    /** Part of a message of Flink's Checkpoints.loadAndValidateCheckpoint. */
    private static final String FOREIGN_STATE = "Cannot map checkpoint/savepoint state";

    private static final Pattern OTHER_GROUPS =
            Pattern.compile("max parallelism (\\d+) to new program with max parallelism (\\d+)");

    private static final int MAX_CAUSES = 100;

    /** In the order in which they are tried. */
    private static final List<Kind<?>> KINDS =
            List.of(
                    new Kind<>(
                            IllegalStateException.class,
                            e -> String.valueOf(e.getMessage()).contains(FOREIGN_STATE),
                            e ->
                                    "%s must be a savepoint of this job, but has state of an operator that this job lacks, because it is of another job, or of other options."
                                            .formatted(StateRecoveryOptions.SAVEPOINT_PATH.key())),
                    new Kind<>(
                            IllegalStateException.class,
                            e -> OTHER_GROUPS.matcher(String.valueOf(e.getMessage())).find(),
                            FailureSentence::otherGroups),
                    new Kind<>(
                            OutOfMemoryError.class,
                            e ->
                                    "The memory of the JVM has run out (%s). More of it helps, with -Xmx for example, or a lower parallelism.default."
                                            .formatted(e.getMessage())),
                    new Kind<>(
                            StackOverflowError.class,
                            e -> "The stack of a thread has run out. -Xss gives it more."),
                    new Kind<>(LinkageError.class, FailureSentence::missingClass),
                    new Kind<>(ClassNotFoundException.class, FailureSentence::missingClass),
                    new Kind<>(
                            StateMigrationException.class,
                            e ->
                                    "%s must be a savepoint of this job, but state in it has another format: %s"
                                            .formatted(
                                                    StateRecoveryOptions.SAVEPOINT_PATH.key(),
                                                    e.getMessage())),
                    new Kind<>(
                            NoResourceAvailableException.class,
                            e ->
                                    "The cluster has too few free slots for parallelism.default. A lower one helps, or a higher %s."
                                            .formatted(TaskManagerOptions.NUM_TASK_SLOTS.key())),
                    new Kind<>(
                            BindException.class,
                            e ->
                                    "%s must be a port that is free, but is in use; a range such as 8081-8099 takes the first that is free."
                                            .formatted(RestOptions.BIND_PORT.key())),
                    new Kind<>(
                            NoSuchFileException.class,
                            e -> "%s does not exist.".formatted(e.getFile())),
                    new Kind<>(
                            AccessDeniedException.class,
                            e ->
                                    "This user may not read or write %s; its permissions say who may."
                                            .formatted(e.getFile())),
                    new Kind<>(
                            FileSystemException.class,
                            e ->
                                    "%s cannot be read or written: %s."
                                            .formatted(e.getFile(), e.getReason())),
                    new Kind<>(
                            FileNotFoundException.class,
                            e -> "A file cannot be opened: %s.".formatted(e.getMessage())),
                    new Kind<>(
                            EOFException.class,
                            e -> e.getMessage() == null,
                            e ->
                                    "A file ends too early. If the job was to continue from a checkpoint or savepoint, a file of that is cut short. --debug shows where."),
                    new Kind<>(
                            IOException.class,
                            e -> "Reading or writing failed: %s.".formatted(e.getMessage())));

    private FailureSentence() {}

    /** Returns the sentence or sentences. */
    static String of(Throwable failure) {
        List<Throwable> chain = chain(failure);
        return chain.stream()
                .filter(cause -> cause.getClass().getName().startsWith(OURS))
                .map(Throwable::getMessage)
                .findFirst()
                .or(() -> known(chain))
                .orElseGet(() -> unknown(chain.get(chain.size() - 1)));
    }

    private static Optional<String> known(List<Throwable> chain) {
        return KINDS.stream().flatMap(kind -> kind.sentence(chain).stream()).findFirst();
    }

    private static String unknown(Throwable cause) {
        return "%s%s --debug shows where."
                .formatted(
                        cause.getClass().getSimpleName(),
                        cause.getMessage() == null
                                ? "."
                                : ": " + cause.getMessage().strip().replaceAll("\\.$", "") + ".");
    }

    private static String otherGroups(IllegalStateException failure) {
        Matcher numbers = OTHER_GROUPS.matcher(failure.getMessage());
        return numbers.find()
                ? "%s must be %s, as in the savepoint of %s, but is %s."
                        .formatted(
                                PipelineOptions.MAX_PARALLELISM.key(),
                                numbers.group(1),
                                StateRecoveryOptions.SAVEPOINT_PATH.key(),
                                numbers.group(2))
                : failure.getMessage();
    }

    private static String missingClass(Throwable failure) {
        return "A class is not on the class path, or is another version's: %s."
                .formatted(failure.getMessage());
    }

    /** A failure and its causes, deserialized if they came from another process. */
    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Throwable cause = failure;
        while (cause != null && chain.size() < MAX_CAUSES) {
            if (cause instanceof SerializedThrowable serialized) {
                cause = serialized.deserializeError(FailureSentence.class.getClassLoader());
            }
            chain.add(cause);
            cause = cause.getCause();
        }
        return chain;
    }

    /** The sentence for one class of failures. */
    private record Kind<E extends Throwable>(
            Class<E> type, Predicate<E> test, Function<E, String> sentence) {

        Kind(Class<E> type, Function<E, String> sentence) {
            this(type, any -> true, sentence);
        }

        /** The sentence for the innermost cause of the class that passes the test. */
        Optional<String> sentence(List<Throwable> chain) {
            @Nullable E found = null;
            for (Throwable cause : chain) {
                if (type.isInstance(cause) && test.test(type.cast(cause))) {
                    found = type.cast(cause);
                }
            }
            return Optional.ofNullable(found).map(sentence);
        }
    }
}
