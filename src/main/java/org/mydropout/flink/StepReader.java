package org.mydropout.flink;

import java.io.IOException;

/** Gives the step of each record, from whatever source. */
@FunctionalInterface
interface StepReader<T> {
    long step(T record) throws IOException;
}
