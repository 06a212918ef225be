package org.mydropout.job.augment;

import java.io.IOException;
import java.util.Optional;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RefusedLineException;

/** The columns of an output that was written. */
public final class WrittenHeader {

    private WrittenHeader() {}

    /**
     * The columns of the first file, which may be those of other layers than the job file's.
     *
     * @param ofJobFile the columns that the job file says; empty where lines are JSON
     * @return those of the job file where the output has no header, or one that cannot be read:
     *     whoever reads the rows says what is wrong with it
     * @throws IOException if the output cannot be read
     */
    public static Optional<CsvHeader> of(RecordSink sink, Optional<CsvHeader> ofJobFile)
            throws IOException {
        if (ofJobFile.isEmpty()) {
            return ofJobFile;
        }
        try {
            Optional<byte[]> line = sink.writtenHeader(ofJobFile.get().dialect());
            return line.isPresent()
                    ? Optional.of(CsvHeader.of(line.get(), ofJobFile.get().dialect()))
                    : ofJobFile;
        } catch (RefusedLineException e) {
            return ofJobFile;
        }
    }
}
