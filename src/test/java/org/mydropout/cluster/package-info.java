/**
 * Tests of the jars that {@code mvn package} makes, on a real Flink cluster: jobs that are
 * submitted, processes that are killed, savepoints that are restored.
 *
 * <p>Belongs here: the extension that starts JobManager, TaskManagers and clients as separate
 * processes from Flink's jars, a Kafka broker as a process, a disk and a clock that a test
 * controls, and the tests that need it. Does not belong here: tests for which a mini cluster in the
 * test's own process is enough. {@code mvn -Pcluster failsafe:integration-test failsafe:verify}
 * runs these tests, after {@code mvn verify} or {@code mvn package -DskipTests} has packaged the
 * jars.
 *
 * <p>Promises: no process outlives the tests; all files are under {@code target/cluster}; only
 * loopback ports are opened; a test waits for observable conditions, with a deadline.
 */
package org.mydropout.cluster;
