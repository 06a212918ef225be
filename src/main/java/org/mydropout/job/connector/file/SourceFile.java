package org.mydropout.job.connector.file;

import org.apache.flink.core.fs.Path;

/**
 * A file of a source.
 *
 * @param path its path
 * @param size in bytes
 * @param modified when it was changed last, in milliseconds since 1970
 */
record SourceFile(Path path, long size, long modified) {}
