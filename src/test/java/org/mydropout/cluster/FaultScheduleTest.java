package org.mydropout.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mydropout.cluster.FaultSchedule.Event;

/** Tests for {@link FaultSchedule}. */
class FaultScheduleTest {

    @Test
    void fixedSeedsHaveNearlyAllKindsOfFaults() {
        List<Event> events = events(ChaosITCase.SEEDS, Fault.OF_FILES);

        assertThat(events)
                .extracting(Event::fault)
                .contains(
                        Fault.KILL_TASK_MANAGERS_IN_TURN,
                        Fault.FREEZE_TASK_MANAGER,
                        Fault.KILL_JOB_MANAGER_AND_TASK_MANAGER,
                        Fault.FREEZE_JOB_MANAGER,
                        Fault.STOP_WITH_SAVEPOINT,
                        Fault.KILL_TASK_MANAGER_DURING_SAVEPOINT,
                        Fault.CANCEL,
                        Fault.LOSE_CHECKPOINT_DIRECTORY,
                        Fault.KILL_TASK_MANAGER_AT_END);
    }

    @Test
    void fixedSeedsOfTopicsDisturbTheBroker() {
        assertThat(events(ChaosITCase.TOPIC_SEEDS, Fault.OF_TOPICS))
                .extracting(Event::fault)
                .contains(
                        Fault.KILL_BROKER,
                        Fault.FREEZE_BROKER,
                        Fault.KILL_TASK_MANAGER_DURING_SAVEPOINT);
    }

    private static List<Event> events(long[] seeds, List<Fault> faults) {
        return Arrays.stream(seeds)
                .mapToObj(seed -> FaultSchedule.of(seed, faults))
                .flatMap(schedule -> schedule.events().stream())
                .toList();
    }

    @Test
    void seedRepeatsItsSchedule() {
        assertThat(FaultSchedule.of(1, Fault.OF_FILES))
                .isEqualTo(FaultSchedule.of(1, Fault.OF_FILES))
                .isNotEqualTo(FaultSchedule.of(2, Fault.OF_FILES));
    }
}
