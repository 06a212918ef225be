package org.mydropout.differential;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mydropout.kernel.layer.MyDropout;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares the kernel's plain loops with those of the Vector API and with JAX: keys, masks, values
 * and counts of random records, bit by bit. Each run has a new salt, which it prints.
 *
 * <pre>{@code
 * mvn -q test-compile exec:exec@test \
 *   -Dmain="org.mydropout.differential.Differential --python venv/bin/python --seconds 60"
 * }</pre>
 *
 * <p>Python needs JAX and Flax: {@code pip install jax==0.10.2 jaxlib==0.10.2 flax==0.12.8}.
 * Without {@code --seconds}, every size from 0 to 300 occurs once with every setting, which takes
 * minutes. JAX's compiled draws stay in {@code target/differential} for the next run.
 *
 * <p>Exit status: 0 all equal, 1 a difference, 2 unusable arguments, or nothing to compare with.
 */
@Command(name = "Differential", mixinStandardHelpOptions = true)
final class Differential implements Callable<Integer> {

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(30);

    @Option(names = "--salt", description = "That of an earlier run, to repeat it.")
    private long salt = new SecureRandom().nextInt(Integer.MAX_VALUE);

    @Option(names = "--batch", description = "The only batch to compare.")
    private Long batch;

    @Option(
            names = "--seconds",
            description = "How long to run; until every size has come if not set.")
    private Long seconds;

    @Option(names = "--python", description = "A Python with JAX and Flax.")
    private String python = "python3";

    private final BitSet pairs = new BitSet(Batch.PAIRS);
    private long batches;
    private long elements;

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Differential()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (MyDropout.usesVectorApi()) {
            System.err.println("The plain loops need a JVM without jdk.incubator.vector.");
            return CommandLine.ExitCode.USAGE;
        }
        System.out.println("salt " + salt);
        List<Peer> peers = new ArrayList<>();
        try {
            Peer.start(vectorApi(), (salt, number, batch) -> Question.of(salt, number))
                    .ifPresent(peers::add);
            int withoutJax = peers.size();
            Peer.start(
                            List.of(python, "src/test/python/differential.py"),
                            (salt, number, batch) -> Question.of(batch))
                    .ifPresent(peers::add);
            if (peers.size() == withoutJax) {
                System.out.println(python + " has no JAX that could be asked, so none is.");
            }
            if (peers.isEmpty()) {
                System.err.println("There is nothing to compare the plain loops with.");
                return CommandLine.ExitCode.USAGE;
            }
            return compare(peers) ? 0 : 1;
        } finally {
            for (Peer peer : peers) {
                peer.close();
            }
        }
    }

    private static List<String> vectorApi() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                VectorApiPeer.class.getName());
    }

    /** Whether all answers are equal. */
    private boolean compare(List<Peer> peers) throws IOException {
        long start = System.nanoTime();
        long reported = start;
        for (long number = batch == null ? 0 : batch; isNext(number, start); number++) {
            Batch asked = Batch.of(salt, number);
            byte[] plain = KernelAnswer.of(asked);
            for (Peer peer : peers) {
                byte[] answer = peer.ask(salt, number, asked, plain.length);
                if (!Arrays.equals(plain, answer)) {
                    System.out.println(
                            Mismatch.of(salt, number, asked, plain, peer.name(), answer));
                    System.out.printf("To repeat it: --salt %d --batch %d%n", salt, number);
                    return false;
                }
            }
            batches++;
            elements += (long) Batch.RECORDS * asked.size();
            pairs.set(Batch.pair(salt, number));
            if (System.nanoTime() - reported > BETWEEN_REPORTS.toNanos()) {
                reported = System.nanoTime();
                report("so far");
            }
        }
        report("in all");
        peers.forEach(peer -> System.out.println("equal to plain loops: " + peer.name()));
        return true;
    }

    private boolean isNext(long number, long start) {
        if (batch != null) {
            return number == batch;
        }
        return seconds == null
                ? pairs.cardinality() < Batch.PAIRS
                : System.nanoTime() - start < Duration.ofSeconds(seconds).toNanos();
    }

    private void report(String when) {
        System.out.printf(
                Locale.ROOT,
                "%s: %,d records and %,d elements, %,d of %,d pairs of a size and a setting%n",
                when,
                batches * Batch.RECORDS,
                elements,
                pairs.cardinality(),
                Batch.PAIRS);
    }
}
