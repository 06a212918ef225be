package org.mydropout.job.verify;

import org.apache.flink.core.fs.Path;
import org.mydropout.job.augment.Selection;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.TextRecord;

/**
 * Takes every record, in the part that its file stands in: the whole path from the output's
 * directory to that of the file. So a file that is too deep, or not deep enough, is in no part that
 * a job has.
 *
 * @param directory the directory of the output, with a slash at its end
 */
record PartOfFile(String directory) implements Selection {

    @Override
    public TextRecord select(TextRecord record, SourceRecord line) {
        String parent = new Path(line.origin()).getParent().getPath() + Path.SEPARATOR;
        return record.inPart(
                parent.startsWith(directory) && parent.length() > directory.length()
                        ? parent.substring(directory.length(), parent.length() - 1)
                        : parent.equals(directory) ? "" : parent);
    }
}
