/**
 * Benchmarks: JMH measures what is ours and its peers on the JVM, a C program and a Python script
 * measure the same work outside of it, and {@link org.mydropout.bench.Benchmarks} runs all of them
 * and puts the numbers side by side. Built by the Maven profile {@code bench} only.
 */
package org.mydropout.bench;
