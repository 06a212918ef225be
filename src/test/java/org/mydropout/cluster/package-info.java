/**
 * Tests on a real Flink cluster: processes that are killed, savepoints that are restored.
 *
 * <p>Belongs here: the extension that starts JobManager, TaskManagers and clients as processes of
 * their own from the jars of the test class path, and the tests that need them. Does not belong
 * here: what a mini cluster in the test's own process can show.
 *
 * <p>Promises: no process outlives the tests; everything written is under {@code target/cluster};
 * only loopback ports are opened; what a test waits for it observes, with a deadline.
 */
package org.mydropout.cluster;
