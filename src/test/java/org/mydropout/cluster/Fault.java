package org.mydropout.cluster;

import java.util.Arrays;
import java.util.List;

/** What is done to the processes of a cluster, or to its job. */
enum Fault {
    KILL_TASK_MANAGER(5),
    KILL_BOTH_TASK_MANAGERS(3),
    /** The second TaskManager is killed while the job recovers from the loss of the first. */
    KILL_TASK_MANAGERS_IN_TURN(4),
    /** A frozen process is stopped with SIGSTOP and continues later. */
    FREEZE_TASK_MANAGER(4),
    KILL_JOB_MANAGER(3),
    KILL_JOB_MANAGER_AND_TASK_MANAGER(2),
    FREEZE_JOB_MANAGER(2),
    KILL_ALL(1),
    STOP_WITH_SAVEPOINT(3),
    /** A TaskManager is killed while the job is stopped with a savepoint. */
    KILL_TASK_MANAGER_DURING_SAVEPOINT(3),
    CANCEL(2),
    /** The directory of checkpoints goes away and comes back, as a disk of the network. */
    LOSE_CHECKPOINT_DIRECTORY(2),
    /** A TaskManager is killed while the job ends. No other fault can follow. */
    KILL_TASK_MANAGER_AT_END(2),
    KILL_BROKER(4, true),
    FREEZE_BROKER(3, true);

    /** The faults of a job from files to files. */
    static final List<Fault> OF_FILES = Arrays.stream(values()).filter(f -> !f.ofBroker).toList();

    /** The faults of a job from topic to topic. */
    static final List<Fault> OF_TOPICS = List.of(values());

    /** How often a schedule has this fault, in relation to the others. */
    final int weight;

    private final boolean ofBroker;

    Fault(int weight) {
        this(weight, false);
    }

    Fault(int weight, boolean ofBroker) {
        this.weight = weight;
        this.ofBroker = ofBroker;
    }
}
