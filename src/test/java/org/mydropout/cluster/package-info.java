/**
 * Tests of the jars that {@code mvn package} makes, on a real Flink cluster: jobs that are
 * submitted, processes that are killed, savepoints that are restored.
 *
 * <p>Belongs here: the extension that starts JobManager, TaskManagers and clients as separate
 * processes from Flink's jars, and the tests that need it. Does not belong here: tests for which a
 * mini cluster in the test's own process is enough. {@code mvn verify} runs these tests after it
 * has packaged the jars. To run a single test, package them first: {@code mvn package -DskipTests}.
 *
 * <p>Promises: no process outlives the tests; all files are under {@code target/cluster}; only
 * loopback ports are opened; a test waits for observable conditions, with a deadline.
 */
package org.mydropout.cluster;
