/**
 * Benchmarks. JMH measures this project and its peers on the JVM. A C program and a Python script
 * measure the same work outside the JVM. {@link org.mydropout.bench.Benchmarks} runs all of them
 * and compares the numbers. Only the Maven profile {@code bench} builds them.
 */
package org.mydropout.bench;
