package org.mydropout.job.augment;

import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.DeadLetterEncoder;
import org.mydropout.job.text.TextFormat;
import org.mydropout.job.text.TextRecord;
import org.mydropout.job.text.TextRecordEncoder;
import org.mydropout.kernel.flax.IdType;

/**
 * The topology of the job: source, decode, key by id, dropout, sink; and a sink for dead letters.
 */
public final class AugmentPipeline {

    private AugmentPipeline() {}

    /** Adds the job's operators to an environment. */
    public static void build(StreamExecutionEnvironment environment, JobConfig config) {
        RecordSource source = config.source();
        TextFormat format = source.format();
        SingleOutputStreamOperator<TextRecord> records =
                environment
                        .fromSource(source.source(), WatermarkStrategy.noWatermarks(), "source")
                        .uid("source")
                        .process(
                                new DecodeFunction(
                                        config.schema(),
                                        source.header().orElse(null),
                                        config.copies().orElse(null),
                                        config.vectorCheck().orElse(null),
                                        config.selection().orElse(null),
                                        !config.sink().writesMessages(),
                                        config.deadLetter().isPresent()))
                        .name("decode")
                        .uid("decode");
        keyById(records, config.schema().idType())
                .map(
                        new CountedDropout(
                                config.dropout(),
                                config.accessor(),
                                config.sink().commitLog().orElse(null)))
                .returns(TextRecord.class)
                .name("dropout")
                .uid("dropout")
                .sinkTo(config.sink().sink(format, config.outputHeader(), encoder(config)))
                .name("sink")
                .uid("sink");
        config.deadLetter()
                .ifPresent(
                        deadLetter ->
                                records.getSideOutput(DecodeFunction.DEAD_LETTERS)
                                        .sinkTo(
                                                deadLetter.sink(
                                                        TextFormat.JSON,
                                                        Optional.empty(),
                                                        new DeadLetterEncoder()))
                                        .name("dead-letter")
                                        .uid("dead-letter"));
    }

    private static KeyedStream<TextRecord, ?> keyById(
            SingleOutputStreamOperator<TextRecord> records, IdType idType) {
        if (idType == IdType.STRING) {
            return records.keyBy(TextRecord::name);
        }
        return records.keyBy(record -> record.vector().id());
    }

    private static TextRecordEncoder encoder(JobConfig config) {
        return new TextRecordEncoder(
                config.schema().encoding(),
                config.schema().type(),
                config.source().header().map(CsvHeader::dialect).orElse(CsvDialect.DEFAULT));
    }
}
