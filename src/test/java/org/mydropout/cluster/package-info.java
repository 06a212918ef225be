/**
 * Tests of the jars that {@code mvn package} makes, on a real Flink cluster: jobs that are
 * submitted, processes that are killed, savepoints that are restored.
 *
 * <p>Belongs here: the extension that starts JobManager, TaskManagers and clients as processes of
 * their own from Flink's jars, and the tests that need them. Does not belong here: what a mini
 * cluster in the test's own process can show. {@code mvn verify} runs these tests after it has made
 * the jars; to run one alone, make them first: {@code mvn package -DskipTests}.
 *
 * <p>Promises: no process outlives the tests; everything written is under {@code target/cluster};
 * only loopback ports are opened; what a test waits for it observes, with a deadline.
 */
package org.mydropout.cluster;
