package org.mydropout.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The options of a job and what happens to it, all of it derived from a seed. The times of faults
 * are numbers of checkpoints and what Flink has noticed, so that they mean the same on a slow
 * machine.
 *
 * @param seed the seed
 * @param options lines of the job file
 * @param events the faults, in order
 */
record FaultSchedule(long seed, List<String> options, List<Event> events) {

    private static final int MOST_EVENTS = 3;
    private static final int MOST_CHECKPOINTS = 5;

    /**
     * A fault at a time.
     *
     * @param checkpoints how many checkpoints complete before the fault, since the job runs or has
     *     recovered from the fault before
     * @param fault the fault
     * @param late whether the fault goes on until Flink has noticed it; otherwise it may end before
     *     that
     * @param taskManager the index of the TaskManager that the fault hits, or hits first
     * @param parallelism that of the job, if it must be submitted again after the fault
     */
    record Event(int checkpoints, Fault fault, boolean late, int taskManager, int parallelism) {
        @Override
        public String toString() {
            return "%s %s after %d checkpoints (taskmanager-%d, then parallelism %d)"
                    .formatted(
                            late ? "long" : "short",
                            fault,
                            checkpoints,
                            taskManager + 1,
                            parallelism);
        }
    }

    /**
     * Derives a schedule from a seed.
     *
     * @param faults the faults that can happen
     */
    static FaultSchedule of(long seed, List<Fault> faults) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> options =
                List.of(
                        "dropout.step-from: " + oneOf(random, "record", "counter"),
                        "state.backend.type: " + oneOf(random, "hashmap", "rocksdb"),
                        "execution.checkpointing.unaligned.enabled: "
                                + oneOf(random, "false", "false", "true"));
        int count = 1 + random.nextInt(MOST_EVENTS);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event event = event(random, faults);
            if (event.fault() != Fault.KILL_TASK_MANAGER_AT_END || i == count - 1) {
                events.add(event);
            }
        }
        return new FaultSchedule(seed, options, List.copyOf(events));
    }

    private static Event event(SplittableRandom random, List<Fault> faults) {
        return new Event(
                1 + random.nextInt(MOST_CHECKPOINTS),
                fault(random, faults),
                random.nextBoolean(),
                random.nextInt(2),
                1 + random.nextInt(4));
    }

    private static Fault fault(SplittableRandom random, List<Fault> faults) {
        int at = random.nextInt(faults.stream().mapToInt(f -> f.weight).sum());
        for (Fault fault : faults) {
            at -= fault.weight;
            if (at < 0) {
                return fault;
            }
        }
        throw new IllegalStateException("The weights must add up to their sum.");
    }

    private static String oneOf(SplittableRandom random, String... values) {
        return values[random.nextInt(values.length)];
    }

    @Override
    public String toString() {
        return "seed %d: %s; %s"
                .formatted(
                        seed,
                        String.join(", ", options),
                        events.stream().map(Event::toString).collect(Collectors.joining(", ")));
    }
}
